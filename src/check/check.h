/* SPDX-License-Identifier: BSD-2-Clause */
/* A check under way: what its parts share. */
#ifndef RCS_CHECK_CHECK_H
#define RCS_CHECK_CHECK_H

#include <stdbool.h>
#include <stdint.h>

#include "host/cpus.h"
#include "host/machine.h"
#include "host/topology.h"
#include "rcustress-check.h"
#include "stress/board.h"
#include "stress/cell_rig.h"

/* Where a thread is, as far as the caller's functions go. */
enum rcs_check_place {
	RCS_CHECK_ELSEWHERE,
	RCS_CHECK_LIGHT, /* not recorded in rounds: that would be one store more */
	RCS_CHECK_HEAVY,
	RCS_CHECK_ENTER,
	RCS_CHECK_LEAVE,
	RCS_CHECK_PLACES,
};

/* "light", "heavy" and so on. */
extern const char *const rcs_check_places[RCS_CHECK_PLACES];

/* Of a thread: written by it alone. */
struct rcs_check_thread {
	unsigned place;	 /* enum rcs_check_place */
	unsigned visits; /* goes up whenever it goes into one or comes out */
	/* For the watch alone. */
	unsigned seen;
	uint64_t still_ns;
} __attribute__((aligned(128)));

/* In memory that a child process shares: the result comes back in it. */
struct rcs_check_board {
	struct rcs_board board;
	bool unsupported;    /* one of the caller's functions said so */
	uint32_t signal;     /* the child crashed by it, … */
	uint32_t crashed_in; /* … in this place */
};

/* A light side that takes longer, beyond a call, is never said to be right. */
#define RCS_CHECK_LIGHT_MOST_NS 100

struct rcs_check {
	struct rcustress_check what; /* the caller's, with defaults filled in */
	struct rcs_barrier barrier;  /* made of it */
	struct rcs_check_board *shared;
	struct rcs_cell cell;
	unsigned worked; /* some heavy call has */
	bool entered;	 /* some thread may have */
	bool hung;	 /* and the reason is in the result */

	struct rcs_check_thread *thread;
	unsigned threads;		     /* that have one of these */
	uint64_t looked_ns, steps, still_ns; /* see rcs_check_watch() */
	/* Durations of light calls and of empty ones, and whether that is known. */
	struct rcs_samples light, empty;
	unsigned timed;
	uint64_t slow_light_ns; /* how long a light call takes, if that is too long */

	/* For a while only, but too large for anybody's stack. */
	struct rcs_cpus cpus;
	struct rcs_seat seats[RCS_CPUS_MAX];
	struct rcs_machine machine;
};

/* Fills the plan of the check's board. 0, or -1 and *e. */
int rcs_check_plan(struct rcs_check *check, struct rcs_error *e);

/*
 * Runs the cell in this process, in threads of its own, and leaves its result on the
 * board. true: all is as it was before; false: threads are lost, and with them what
 * they use.
 */
bool rcs_check_run(struct rcs_check *check);

/* Whether the lost threads have come back; if so, all is as it was before. */
bool rcs_check_recover(struct rcs_check *check);

/* Runs it in a child process. */
void rcs_check_run_in_child(struct rcs_check *check);

/* From the board to the caller's struct. */
void rcs_check_report(const struct rcs_check *check,
		      struct rcustress_check_result *result);

#endif
