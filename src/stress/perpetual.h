/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The perpetual runner: for tests without a heavy side that have a perpetual form
 * (litmus/perpetual.h). Its threads count upwards with no synchronisation at all; the
 * logs of what they load are searched afterwards (frames.h).
 */
#ifndef RCS_STRESS_PERPETUAL_H
#define RCS_STRESS_PERPETUAL_H

#include "litmus/ast.h"
#include "litmus/native/native.h"
#include "litmus/perpetual.h"
#include "stress/runner.h"

/*
 * NULL when it can run this test; else why not, in words. *p is filled either way;
 * states is room for a histogram, and needed no longer.
 */
const char *rcs_perpetual_refuses(const struct rcs_litmus *test,
				  struct rcs_perpetual *p,
				  struct rcs_histogram *states);

/* Bytes that so many groups take at the least. */
uint64_t rcs_perpetual_least_memory(const struct rcs_litmus *test, int groups);

/*
 * plan->groups groups with a thread for each of the test's. NULL and *e (USAGE,
 * RESOURCE, UNSUPPORTED). test and native must outlive it.
 */
struct rcs_runner *rcs_perpetual_create(struct rcs_team *team,
					const struct rcs_plan *plan,
					const struct rcs_litmus *test,
					const struct rcs_native_test *native,
					rcs_tick *tick, void *tick_argument,
					struct rcs_error *e);

#endif
