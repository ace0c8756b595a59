/* SPDX-License-Identifier: BSD-2-Clause */
/* From what threads have counted and noted down to the tally of a round. */
#ifndef RCS_STRESS_TORTURE_TALLY_H
#define RCS_STRESS_TORTURE_TALLY_H

#include "stress/torture/rig.h"

/* Counts that go on from round to round, as they were before this one. */
struct rcs_torture_before {
	uint64_t calls, exposed_calls;
};

/* Before the threads are sent; their logs are emptied. */
void rcs_torture_tally_begin(struct rcs_torture *t, struct rcs_torture_before *before);

/* After they are through. */
void rcs_torture_tally_end(struct rcs_torture *t,
			   const struct rcs_torture_before *before,
			   struct rcs_tally *tally);

#endif
