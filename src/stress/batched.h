/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The batched runner: for any test that has native code. Its threads go through an
 * array of instances of the test, in random order, each instance in cache lines of its
 * own; before each one they meet, so that its threads start within nanoseconds of each
 * other. Each final state is looked at.
 *
 * A group of threads runs one array; where there are threads for several groups, they
 * run side by side. Where a test has more threads than its group, some share one: it
 * runs them one after the other with a full fence in between, which is what a context
 * switch would be. Who shares with whom, and in which order, changes all the time.
 */
#ifndef RCS_STRESS_BATCHED_H
#define RCS_STRESS_BATCHED_H

#include "litmus/ast.h"
#include "litmus/native/native.h"
#include "stress/runner.h"

/* Bytes that so many groups take at the least. */
uint64_t rcs_batched_least_memory(const struct rcs_litmus *test, int groups);

/*
 * plan->groups groups, each of plan->writers / groups writers, which run the threads
 * with a heavy side, and plan->readers / groups readers, which run the others; where
 * no thread has a heavy side, or plan->all_call, all run all. NULL and *e (USAGE,
 * RESOURCE). test and native must outlive it.
 */
struct rcs_runner *
rcs_batched_create(struct rcs_team *team, const struct rcs_plan *plan,
		   const struct rcs_litmus *test, const struct rcs_native_test *native,
		   rcs_tick *tick, void *tick_argument, struct rcs_error *e);

#endif
