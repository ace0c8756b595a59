/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The rounds of a cell, one by one and in their order: what a verdict was decided by,
 * and can be decided by again. Plain data, as it comes back through shared memory.
 *
 * Evidence for a twin is the number of blocks whose control was hit and whose subject
 * was not, both rounds being complete; of the absent twin, only if interrupts were
 * seen throughout after the subject's round. A round marked ANEW sets that twin's
 * evidence back to nothing.
 */
#ifndef RCS_STRESS_ROUND_LOG_H
#define RCS_STRESS_ROUND_LOG_H

#include <stdint.h>

#include "verdict/verdict.h"

/* Rounds that are kept; of more, only totals are left. */
#define RCS_ROUND_LOG_MAX 8192

enum rcs_round_arm {
	RCS_ROUND_SUBJECT,
	RCS_ROUND_DELAY,  /* the control: its delay twin, or stripped fences … */
	RCS_ROUND_ABSENT, /* … or its absent twin */
	RCS_ROUND_REFERENCE,
	RCS_ROUND_ARMS
};

enum rcs_round_mark {
	RCS_ROUND_COMPLETE = 1 << 0,
	RCS_ROUND_THROUGHOUT = 1 << 1, /* interrupts so far back the absent twin */
	RCS_ROUND_ANEW_DELAY = 1 << 2,
	RCS_ROUND_ANEW_ABSENT = 1 << 3,
};

/* Exposed and hits are those that the verdict goes by: see cell_rig.h. */
struct rcs_round_entry {
	uint8_t arm;   /* enum rcs_round_arm */
	uint8_t marks; /* enum rcs_round_mark, or-ed together */
	uint16_t placement;
	uint32_t block; /* from 1; 0: outside of any, as rounds that measure durations
			 */
	uint64_t calls, exposed, hits;
	/* Calls with an exposed pair or more, and with a hit or more. */
	uint64_t exposed_calls, hit_calls;
	uint64_t time_ns;
};

struct rcs_round_log {
	uint64_t rounds; /* ever; the first RCS_ROUND_LOG_MAX of them are in entry[] */
	struct rcs_round_entry entry[RCS_ROUND_LOG_MAX];
};

/* What is asked of a log. */
struct rcs_round_question {
	double p_target;
	double sensitivity; /* 0: none is asked for */
	/* Hits tell how many calls fail: not where frames are searched. */
	bool has_sensitivity;
};

/*
 * The verdict that these rounds come to, by the rules of verdict.h and nothing else;
 * that of a judged test. `sensitivity` is that of the twin that was decided by.
 */
struct rcs_decision rcs_round_log_decide(const struct rcs_round_entry *rounds,
					 uint64_t count,
					 const struct rcs_round_question *question,
					 double *sensitivity);

#endif
