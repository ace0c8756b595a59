/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The torture of an RCU as a runner: readers in sections of all lengths, updaters that
 * wait for grace periods in all ways, and checks of all that RCU promises. The heavy
 * side is that of the barrier under test, put under the flavour; a call of it is a
 * call of a round, and a hit is a grace period that ended too early for a reader.
 *
 * A flavour that rests on no barrier is judged as it is: its own grace periods are the
 * calls, and in control rounds a grace period only waits.
 */
#ifndef RCS_STRESS_TORTURE_TORTURE_H
#define RCS_STRESS_TORTURE_TORTURE_H

#include "stress/plan.h"
#include "stress/runner.h"
#include "stress/torture/result.h"

/* NULL and *e. tick is asked while rounds run. */
struct rcs_runner *rcs_torture_create(struct rcs_team *team,
				      const struct rcs_plan *plan, rcs_tick *tick,
				      void *tick_argument, struct rcs_error *e);

/* The same for a flavour that is in no list. */
struct rcs_runner *rcs_torture_create_for(struct rcs_team *team,
					  const struct rcs_plan *plan,
					  const struct rcs_rcu_flavour *flavour,
					  rcs_tick *tick, void *tick_argument,
					  struct rcs_error *e);

/*
 * The subject's arm where the flavour rests on no barrier: its own grace periods.
 * false: it rests on one.
 */
bool rcs_torture_own_arm(struct rcs_runner *runner, struct rcs_arm *arm);

/* All that was found since the runner was created. */
void rcs_torture_report(const struct rcs_runner *runner,
			struct rcs_torture_result *result);

/*
 * Whether grace periods were stuck in the last round, which has failed for that; the
 * tally has the hit all the same. Its threads are lost.
 */
bool rcs_torture_stuck(const struct rcs_runner *runner);

extern const struct rcs_runner_kind rcs_torture_kind;

#endif
