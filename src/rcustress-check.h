/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rcustress-check: whether a project's own barrier orders memory across CPUs, asked
 * from within its own tests. One call runs the stress engine of rcustress(1) over a
 * light and a heavy function and returns its verdict: rcustress-check(3) says what that
 * is worth.
 *
 *     struct rcustress_check check = {.size = sizeof(check), .heavy = my_heavy};
 *     struct rcustress_check_result result = {.size = sizeof(result)};
 *
 *     rcustress_check(&check, &result);
 *     assert(result.verdict == RCUSTRESS_HOLDS);
 */
#ifndef RCUSTRESS_CHECK_H
#define RCUSTRESS_CHECK_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* As rcustress(1) has them. 0 is no pass: what nobody filled does not hold. */
enum rcustress_verdict {
	RCUSTRESS_INCONCLUSIVE, /* this check could not have told, and why */
	RCUSTRESS_HOLDS,	/* never hit, where a control was, often enough */
	RCUSTRESS_BROKEN,	/* it was hit: the witness is in the result */
	RCUSTRESS_SKIPPED,	/* it said -EOPNOTSUPP: it cannot be used here */
	RCUSTRESS_FAULT		/* an error, a hang, a crash, or bad arguments */
};

/* Flags of a check. */
#define RCUSTRESS_CHECK_FORK                                                           \
	1u /* in a child process: what crashes or hangs ends there */

/* What is to be checked. All zero but for size and heavy will do. */
struct rcustress_check {
	size_t size;	  /* sizeof(struct rcustress_check) */
	const char *name; /* in messages; NULL: "barrier" */
	/*
	 * The light side: readers call it between a store and a load. NULL: a compiler
	 * barrier, which is compiled into the readers.
	 */
	void (*light)(void *argument);
	/*
	 * The heavy side: the writer calls it, in one thread at a time. 0, or a
	 * negative errno value.
	 */
	int (*heavy)(void *argument);
	/* In each reader and writer, before its first and after its last call. May be
	 * NULL. 0, or a negative errno value: no thread_leave() then. */
	int (*thread_enter)(void *argument);
	void (*thread_leave)(void *argument);
	void *argument; /* of all of these */

	unsigned time_ms;   /* when it is to end at the latest; 0: 10 s */
	unsigned hang_ms;   /* a call that takes longer has hung; 0: 5 s */
	unsigned threads;   /* one writer, the rest readers; 0: one for each CPU */
	unsigned flags;	    /* RCUSTRESS_CHECK_*, or-ed together */
	double p_missed;    /* what HOLDS takes at the most; 0: 1e-6 */
	double sensitivity; /* one failing call in so many must show; 0: any */
	uint64_t seed;	    /* of all random choices; 0: a new one */
};

/* What came of it. Texts are empty where there is nothing to say. */
struct rcustress_check_result {
	size_t size; /* sizeof(struct rcustress_check_result): the caller's to fill */
	enum rcustress_verdict verdict;
	char name[64];
	char reason[480];   /* why it is not HOLDS, and what would help */
	char witness[480];  /* of BROKEN: two loads that missed each other's store */
	char proviso[240];  /* what HOLDS does not cover on this machine */
	double p_missed;    /* of HOLDS: that a barrier that does nothing had passed */
	double sensitivity; /* one failing call in so many would have shown */
	/* Of the barrier: its calls; those in which a reader ran; and of these, hits.
	 */
	uint64_t calls, exposed, hits;
	/* Of the control, whose barrier does nothing; and of full fences. */
	uint64_t control_exposed, control_hits;
	uint64_t reference_exposed, reference_hits;
	uint64_t blocks, blocks_needed; /* in which the control was hit; for p_missed */
	uint64_t heavy_p50_ns, heavy_p99_ns; /* of calls with readers running */
	uint64_t elapsed_ns;
	uint64_t seed;
};

/*
 * Checks it, and fills the result. 0: there is a verdict, whichever; a negative errno
 * value: -EINVAL for arguments that make no sense, -EBUSY while another check runs, or
 * a thread of an earlier one has not come back. The verdict is FAULT then, with the
 * reason; but a result that is NULL or too small is not touched.
 */
int rcustress_check(const struct rcustress_check *check,
		    struct rcustress_check_result *result);

/* "HOLDS" and so on. */
const char *rcustress_verdict_name(enum rcustress_verdict verdict);

/* What a test program may end with, as rcustress does: 0 HOLDS, 1 BROKEN, 3
 * INCONCLUSIVE, 4 FAULT, 77 SKIPPED. */
int rcustress_verdict_status(enum rcustress_verdict verdict);

/*
 * Puts the result into words, in a few lines that each end in a newline, as far as size
 * goes. Returns how long all of it is, as snprintf(3) does.
 */
int rcustress_check_format(const struct rcustress_check_result *result, char *text,
			   size_t size);

#ifdef __cplusplus
}
#endif

#endif
