/* SPDX-License-Identifier: BSD-2-Clause */
/* Choosing amplifier, depth and layout by hits per second: see calibrate.h. */
#include "stress/calibrate.h"

#include <stdlib.h>
#include <string.h>

#include "host/clock.h"

#define CANDIDATES_MAX (RCS_AMPLIFIERS * RCS_DEPTHS_MAX * RCS_LAYOUTS)
#define FINALISTS      3

struct candidate {
	struct rcs_setting setting;
	uint64_t hits, exposed, time_ns;
	bool bridges; /* a twin's delay */
};

/*
 * With "auto", amplifiers that need cold memory are left to machines where no flush
 * works (filling it takes longer than all other trials together), and there they are
 * left out if there is no memory for it; those that need antagonists are left to
 * machines with CPUs for them.
 */
static bool may_use(const struct rcs_cell *cell, int kind)
{
	const struct rcs_plan *plan = cell->plan;
	const struct rcs_amplifier *a = rcs_amplifiers[kind];

	/* Its threads are never held up: there is no place for one. */
	if (plan->runner == RCS_RUNNER_PERPETUAL)
		return kind == RCS_AMPLIFIER_none;
	if (strcmp(plan->amplifier, "auto") != 0)
		return rcs_amplifier_find(plan->amplifier) == kind;
	if (rcs_amplifier_lacks(a) != NULL)
		return false;
	if ((a->needs & RCS_NEEDS_ARENA) &&
	    (rcs_flush_works() ||
	     !rcs_amplifier_memory_cold(&cell->runner->amplifier_memory)))
		return false;
	return !(a->needs & RCS_NEEDS_ANTAGONISTS) ||
	       (plan->antagonists > 0 && plan->cpus_spare > 0);
}

static size_t list_all(const struct rcs_cell *cell, struct candidate *list)
{
	const struct rcs_plan *plan = cell->plan;
	size_t count = 0;

	memset(list, 0, CANDIDATES_MAX * sizeof(*list));
	for (int kind = 0; kind < RCS_AMPLIFIERS; kind++) {
		const struct rcs_amplifier *a = rcs_amplifiers[kind];

		if (!may_use(cell, kind))
			continue;
		for (int d = 0; d < RCS_DEPTHS_MAX && a->depth[d] > 0; d++) {
			unsigned depth = plan->depth > 0 ? plan->depth : a->depth[d];

			/* Instances lie where they lie. */
			for (unsigned l = 0;
			     l < (plan->runner == RCS_RUNNER_SB ? RCS_LAYOUTS : 1); l++)
				list[count++].setting = (struct rcs_setting){
					(enum rcs_amplifier_kind)kind, depth, l};
			if (plan->depth > 0)
				break;
		}
	}
	return count;
}

struct rcs_setting rcs_calibrate_first(const struct rcs_cell *cell)
{
	struct candidate list[CANDIDATES_MAX];

	(void)list_all(cell, list); /* there is always one: "none" works anywhere */
	return list[0].setting;
}

struct rcs_setting rcs_calibrate_nth(const struct rcs_cell *cell, unsigned n)
{
	struct candidate list[CANDIDATES_MAX];

	return list[n % list_all(cell, list)].setting;
}

static double hits_per_ns(const struct candidate *c)
{
	return c->time_ns > 0 ? (double)c->hits / (double)c->time_ns : -1.0;
}

static double exposed_per_ns(const struct candidate *c)
{
	return c->time_ns > 0 ? (double)c->exposed / (double)c->time_ns : -1.0;
}

/*
 * Best first; among equals, as they stand in the list: the usual ones come first. But
 * where no delay is to be bridged, the fastest of those that were not hit.
 */
static int better_first(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;
	double hx = hits_per_ns(x), hy = hits_per_ns(y);

	if (hx != hy)
		return hx < hy ? 1 : -1;
	if (!x->bridges && exposed_per_ns(x) != exposed_per_ns(y))
		return exposed_per_ns(x) < exposed_per_ns(y) ? 1 : -1;
	return x->setting.amplifier != y->setting.amplifier
		       ? (int)x->setting.amplifier - (int)y->setting.amplifier
		       : (int)x->setting.layout - (int)y->setting.layout;
}

static int try_each(struct rcs_cell *cell, const struct rcs_arm *control,
		    struct candidate *list, size_t count, uint64_t budget_ns,
		    struct rcs_error *e)
{
	for (size_t i = 0; i < count && !rcs_cell_out_of_time(cell); i++) {
		struct rcs_round round = {
			.arm = *control,
			.setting = list[i].setting,
			.exposed = UINT64_MAX, /* the deadline ends it */
			.deadline_ns = rcs_clock_ns() + budget_ns / count,
			.learn = true,
		};
		struct rcs_tally tally;

		if (rcs_runner_round(cell->runner, &round, &tally, e) != 0)
			return -1;
		list[i].hits += tally.hits;
		list[i].exposed += tally.exposed;
		list[i].time_ns += tally.time_ns;
	}
	qsort(list, count, sizeof(*list), better_first);
	return 0;
}

int rcs_calibrate(struct rcs_cell *cell, const struct rcs_arm *control,
		  uint64_t budget_ns, struct rcs_calibration *best, struct rcs_error *e)
{
	struct candidate list[CANDIDATES_MAX];
	size_t count = list_all(cell, list);
	size_t finalists = count < FINALISTS ? count : FINALISTS;
	const struct candidate *first = &list[0];

	for (size_t i = 0; i < count; i++)
		list[i].bridges = cell->plan->has_heavy;
	if (try_each(cell, control, list, count, budget_ns / 2, e) != 0 ||
	    (count > 1 &&
	     try_each(cell, control, list, finalists, budget_ns / 2, e) != 0))
		return -1;
	*best = (struct rcs_calibration){.setting = first->setting};
	if (first->exposed > 0)
		best->hits_per_exposed = (double)first->hits / (double)first->exposed;
	if (first->time_ns > 0)
		best->exposed_per_ns = (double)first->exposed / (double)first->time_ns;
	return 0;
}
