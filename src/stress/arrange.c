/* SPDX-License-Identifier: BSD-2-Clause */
/* Choosing a runner, and threads for it: see arrange.h. */
#include "stress/arrange.h"

#include <string.h>

#include "stress/batched.h"
#include "stress/footprint.h"
#include "stress/perpetual.h"
#include "stress/sb.h"
#include "stress/sb_shape.h"

static int least(int a, int b)
{
	return a < b ? a : b;
}

static int most(int a, int b)
{
	return a > b ? a : b;
}

static void spread(struct rcs_plan *plan, int groups, int writers, int readers)
{
	plan->groups = groups;
	plan->writers = groups * writers;
	plan->readers = groups * readers;
}

static void arrange_perpetual(const struct rcs_test *test,
			      const struct rcs_arrangement *a, struct rcs_plan *plan)
{
	int threads = test->litmus->threads;

	plan->runner = RCS_RUNNER_PERPETUAL;
	spread(plan, most(1, a->threads / threads), threads / 2, threads - threads / 2);
}

/* As many seats as the test has threads, if there are threads and CPUs for them. */
static void arrange_batched(const struct rcs_test *test,
			    const struct rcs_arrangement *a, struct rcs_plan *plan)
{
	struct rcs_footprint footprint[RCS_LITMUS_THREADS];
	int threads = test->litmus->threads, heavy = 0, writers, groups;
	int seats = most(2, least(threads, least(a->threads, a->cpus)));

	plan->runner = RCS_RUNNER_BATCHED;
	rcs_footprint_of(test->litmus, footprint);
	for (int t = 0; t < threads; t++)
		heavy += footprint[t].heavy > 0;
	writers = seats / 2;
	if (plan->has_heavy && !plan->all_call)
		writers = most(least(heavy, seats - 1), seats - (threads - heavy));
	else if (plan->all_call)
		writers = 1; /* any thread of the test may be on any of them */
	groups = most(1, a->threads / seats);
	/* Calls at the same time are slow, and nobody knows whose interrupt it was. */
	if (heavy > 0)
		groups = least(groups, a->writers);
	spread(plan, groups, writers, seats - writers);
}

int rcs_arrange(const struct rcs_test *test, const char *wanted,
		const struct rcs_arrangement *a, struct rcs_plan *plan,
		struct rcs_error *e)
{
	static struct rcs_perpetual form;
	static struct rcs_histogram states;
	bool any = strcmp(wanted, RCS_RUNNER_AUTO) == 0;
	bool perpetual = strcmp(wanted, "perpetual") == 0;
	const char *refused;

	plan->has_heavy = test->has_heavy;
	plan->all_call = rcs_test_claim(test) == RCS_CLAIM_CALLER;
	if (!test->runs)
		return rcs_fail(e, RCS_ERROR_UNSUPPORTED, "%s", test->why_not);
	if ((any || perpetual) && rcs_sb_shape(test->litmus)) {
		plan->runner = RCS_RUNNER_SB;
		plan->groups = 1;
		plan->writers = a->writers;
		plan->readers = a->readers;
		return 0;
	}
	refused = rcs_perpetual_refuses(test->litmus, &form, &states);
	if (test->litmus->threads < 2)
		refused = "it has one thread only";
	/* Threads in turn on one CPU see each other's stores in order. */
	if (any && test->litmus->threads > a->cpus)
		refused = "it has more threads than there are CPUs";
	if (plan->sensitivity > 0)
		refused = "what it finds does not say how rare a failure may be";
	if (any && strcmp(plan->amplifier, "auto") != 0 &&
	    strcmp(plan->amplifier, "none") != 0)
		refused = "an amplifier is asked for";
	if ((any || perpetual) && refused == NULL) {
		arrange_perpetual(test, a, plan);
		return 0;
	}
	if (perpetual)
		return rcs_fail(e, RCS_ERROR_USAGE,
				"--runner 'perpetual': %s has no perpetual form: %s",
				test->litmus->name, refused);
	arrange_batched(test, a, plan);
	return 0;
}

uint64_t rcs_arrange_least_memory(const struct rcs_test *test,
				  const struct rcs_plan *plan)
{
	switch (plan->runner) {
	case RCS_RUNNER_PERPETUAL:
		return rcs_perpetual_least_memory(test->litmus, plan->groups);
	case RCS_RUNNER_BATCHED:
		return rcs_batched_least_memory(test->litmus, plan->groups);
	default:
		return rcs_sb_least_memory(plan->writers, plan->readers);
	}
}
