/* SPDX-License-Identifier: BSD-2-Clause */
/* Which runner runs a test, and with how many threads in which parts. */
#ifndef RCS_STRESS_ARRANGE_H
#define RCS_STRESS_ARRANGE_H

#include "host/error.h"
#include "stress/plan.h"
#include "stress/tests.h"

/* By name: "auto", "perpetual", "batched". */
#define RCS_RUNNER_AUTO "auto"

/* What the options leave to be arranged. */
struct rcs_arrangement {
	int threads;	      /* in all, at least 2 */
	int writers, readers; /* of them, where there is a heavy side */
	int cpus;
};

/*
 * Fills plan->runner, groups, writers and readers. wanted is RCS_RUNNER_AUTO or the
 * name of a runner. 0; -1 and *e: USAGE when that runner cannot run this test,
 * UNSUPPORTED when none can.
 */
int rcs_arrange(const struct rcs_test *test, const char *wanted,
		const struct rcs_arrangement *a, struct rcs_plan *plan,
		struct rcs_error *e);

/* Bytes that the plan's threads take at the least. */
uint64_t rcs_arrange_least_memory(const struct rcs_test *test,
				  const struct rcs_plan *plan);

#endif
