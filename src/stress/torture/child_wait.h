/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Waiting for a child of fork() that may never end. A busy machine is no fault of the
 * child's, so time alone does not count: one that does not end either sleeps, and
 * nobody wakes it, or has had far more of a CPU than it needs. One that is neither was
 * kept from running, and tells nothing.
 */
#ifndef RCS_STRESS_TORTURE_CHILD_WAIT_H
#define RCS_STRESS_TORTURE_CHILD_WAIT_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum rcs_torture_child {
	RCS_TORTURE_CHILD_ENDED,   /* by itself: *status is of waitpid() */
	RCS_TORTURE_CHILD_SLEPT,   /* for ever */
	RCS_TORTURE_CHILD_SPUN,	   /* for ever */
	RCS_TORTURE_CHILD_STARVED, /* nobody knows */
};

/* When it is enough. */
struct rcs_torture_patience {
	uint64_t asleep_ns;   /* that it slept, in all */
	uint64_t still_ns;    /* and at a stretch, without having run */
	uint64_t spun_ns;     /* of CPU time */
	uint64_t given_up_ns; /* whatever it does */
};

/*
 * Until it has ended, by itself or, for the other three, by SIGKILL; then `text` says
 * what its threads were at. `look` is called
 * at each look, every millisecond or so. *status stays what it is
 * where there is no such child.
 */
enum rcs_torture_child
rcs_torture_child_wait(pid_t child, const struct rcs_torture_patience *patience,
		       void (*look)(void *argument), void *argument, int *status,
		       char *text, size_t size);

#endif
