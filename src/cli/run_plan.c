/* SPDX-License-Identifier: BSD-2-Clause */
/* Plans of a run's cells: see run_plan.h. */
#include "cli/run_plan.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "stress/arrange.h"

#define ALLOWED_LIMIT_NS UINT64_C(1000000000) /* nothing to decide: a look will do */

/* Runner, threads and seats. 0; -1 and *e. */
static int arrange(const struct rcs_run_options *o, const struct rcs_test *test,
		   struct rcs_plan *plan, struct rcs_error *e)
{
	struct rcs_team_options team = o->team;
	struct rcs_arrangement a = {
		.threads = (int)o->team.threads,
		.writers = (int)o->team.writers,
		.readers = (int)o->team.readers,
		.cpus = o->team.cpus.count,
	};
	uint64_t least;

	if (rcs_arrange(test, o->runner, &a, plan, e) != 0)
		return -1;
	/* Its threads are never held up: no antagonists either. */
	if (plan->runner == RCS_RUNNER_PERPETUAL)
		(void)snprintf(plan->amplifier, sizeof(plan->amplifier), "none");
	least = rcs_arrange_least_memory(test, plan);
	if (o->team.memory < least)
		return rcs_fail(e, RCS_ERROR_USAGE,
				"--memory: %" PRIu64
				" KiB are too little for %s, which takes %" PRIu64
				" KiB for %d threads",
				o->team.memory / 1024, test->litmus->name,
				least / 1024 + 1, plan->writers + plan->readers);
	team.writers = (uint64_t)plan->writers;
	team.readers = (uint64_t)plan->readers;
	team.threads = team.writers + team.readers;
	return rcs_team_plan(&team, plan, e);
}

/* What plans of all cells have. */
static void fill(const struct rcs_run_options *o, const char *barrier,
		 uint64_t limit_ns, struct rcs_plan *plan)
{
	memset(plan, 0, sizeof(*plan));
	plan->job = RCS_JOB_VERDICT;
	(void)snprintf(plan->barrier, sizeof(plan->barrier), "%s", barrier);
	(void)snprintf(plan->amplifier, sizeof(plan->amplifier), "%s",
		       o->amplifier.name);
	plan->depth = o->amplifier.depth;
	plan->limit_ns = limit_ns;
	plan->p_target = o->p_target;
	plan->sensitivity = o->sensitivity;
	plan->full = o->full;
	plan->no_control = o->no_control;
	plan->light_fence = o->light_fence;
}

static int plan_test(const struct rcs_run_options *o, const struct rcs_test *test,
		     struct rcs_plan *plan, struct rcs_error *e)
{
	plan->judged = rcs_test_claim(test) == RCS_CLAIM_NEVER;
	plan->prospect = *rcs_test_prospect(test);
	plan->histogram = o->verbosity > 0;
	(void)snprintf(plan->test, sizeof(plan->test), "%s", test->litmus->name);
	(void)snprintf(plan->object, sizeof(plan->object), "%s",
		       test->object != NULL ? test->object : "");
	if (!plan->judged && !o->full && plan->limit_ns > ALLOWED_LIMIT_NS)
		plan->limit_ns = ALLOWED_LIMIT_NS;
	return arrange(o, test, plan, e);
}

/* Updaters and readers, as many as were asked for. */
static int plan_rcu(const struct rcs_run_options *o,
		    const struct rcs_rcu_flavour *flavour, struct rcs_plan *plan,
		    struct rcs_error *e)
{
	struct rcs_team_options team = rcs_team_of_rcu(&o->team, 1);

	if (strcmp(o->runner, "perpetual") == 0)
		return rcs_fail(e, RCS_ERROR_USAGE,
				"--runner 'perpetual': " RCS_TEST_RCU
				" has no perpetual form: it has a runner of its own");
	plan->runner = RCS_RUNNER_RCU;
	plan->torture.near_wrap = true;
	plan->groups = 1;
	plan->judged = plan->has_heavy = true;
	plan->own_barrier = (flavour->abilities & RCS_RCU_ON_BARRIER) == 0;
	(void)snprintf(plan->rcu, sizeof(plan->rcu), "%s", flavour->name);
	(void)snprintf(plan->test, sizeof(plan->test), RCS_TEST_RCU " %s",
		       flavour->name);
	return rcs_team_plan(&team, plan, e);
}

int rcs_run_plan(const struct rcs_run_options *o, const struct rcs_run_item *item,
		 const char *barrier, uint64_t limit_ns, struct rcs_plan *plan,
		 struct rcs_error *e)
{
	fill(o, barrier, limit_ns, plan);
	return item->test != NULL ? plan_test(o, item->test, plan, e)
				  : plan_rcu(o, item->flavour, plan, e);
}

const char rcs_run_nowhere[] =
	"this architecture does not show the target even without any barrier";

bool rcs_run_skips(const struct rcs_run_options *o, const struct rcs_run_item *item,
		   struct rcs_result *result)
{
	const struct rcs_test *test = item->test;

	memset(result, 0, sizeof(*result));
	result->filled = true;
	result->verdict = RCS_SKIPPED;
	if (test == NULL)
		return false;
	if (!test->runs)
		(void)snprintf(result->reason, sizeof(result->reason), "%s",
			       test->why_not);
	else if (!o->full && rcs_test_claim(test) == RCS_CLAIM_NOWHERE)
		(void)snprintf(result->reason, sizeof(result->reason), "%s",
			       rcs_run_nowhere);
	return result->reason[0] != '\0';
}
