/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The torture of an RCU: a sound one has no violation, and each check finds what it is
 * for. What is broken here is broken so badly that one CPU suffices to see it.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ck_pr.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "host/clock.h"
#include "rcu/mutants/mutants.h"
#include "stress/torture/torture.h"

#define MEMORY (UINT64_C(64) << 20)
#define SECOND UINT64_C(1000000000)

extern const struct rcs_rcu_flavour rcs_rcu_asym, rcs_rcu_asym_two, rcs_rcu_asym_parity;

static bool no_tick(void *argument)
{
	(void)argument;
	return false;
}

/* Readers have full fences here, so a full fence is all that a heavy side needs. */
static int fence(void *writer)
{
	(void)writer;
	ck_pr_fence_memory();
	return 0;
}

static int fail_call(void *writer)
{
	(void)writer;
	return -EIO;
}

static void *nobody[8];
static struct rcs_plan plan;
static struct rcs_error e;
static struct rcs_tally tally;
static struct rcs_torture_result result;
static bool stuck;

static void plan_for(int writers, int readers)
{
	memset(&plan, 0, sizeof(plan));
	plan.writers = writers;
	plan.readers = readers;
	plan.has_heavy = true;
	plan.memory = MEMORY;
	plan.cpus_used = 2;
	plan.placements = 1;
	plan.seed = 1;
	plan.job = RCS_JOB_KILL;
	for (int t = 0; t < writers + readers; t++)
		plan.placement[0].cpu[t] = -1;
}

/* A round that ends at the first violation, or after so many exposed calls. */
static int torture(const struct rcs_rcu_flavour *flavour, int (*heavy)(void *),
		   uint64_t exposed, uint64_t limit_ns)
{
	struct rcs_team *team;
	struct rcs_runner *runner;
	struct rcs_round round = {
		.arm = {heavy, nobody, RCS_FENCED},
		.setting = {RCS_AMPLIFIER_none, 1, 0},
		.exposed = exposed,
		.deadline_ns = rcs_clock_ns() + limit_ns,
	};
	int failed;

	team = rcs_team_start(plan.writers + plan.readers, plan.placement[0].cpu, &e);
	assert_non_null(team);
	runner = rcs_torture_create_for(team, &plan, flavour, no_tick, NULL, &e);
	if (runner == NULL)
		fail_msg("%s", e.text);
	failed = rcs_runner_round(runner, &round, &tally, &e);
	rcs_torture_report(runner, &result);
	stuck = rcs_torture_stuck(runner);
	/* Else its threads are lost, and still use all of it. */
	if (!stuck) {
		rcs_runner_destroy(runner);
		rcs_team_end(team);
	}
	return failed;
}

static void test_a_sound_one_has_no_violation(void **state)
{
	const struct rcs_rcu_flavour *const sound[] = {&rcs_rcu_asym, &rcs_rcu_asym_two,
						       &rcs_rcu_asym_parity};

	(void)state;
	for (size_t i = 0; i < sizeof(sound) / sizeof(sound[0]); i++) {
		plan_for(2, 2);
		plan.torture.near_wrap = i % 2 == 0;
		assert_int_equal(torture(sound[i], fence, UINT64_MAX, SECOND / 2), 0);
		if (tally.all_hits > 0)
			fail_msg("%s: %s", sound[i]->name, tally.witness.story);
		assert_true(tally.calls > 0);
		assert_true(result.sections > 0);
		assert_int_equal(result.queued, result.invoked);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_sound_one_has_no_violation),
	};

	(void)fail_call;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
