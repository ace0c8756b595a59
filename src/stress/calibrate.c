/* SPDX-License-Identifier: BSD-2-Clause */
/* Choosing amplifier, depth and layout by hits per second: see calibrate.h. */
#include "stress/calibrate.h"

#include <string.h>

#include "host/clock.h"

#define CANDIDATES_MAX (RCS_AMPLIFIERS * RCS_DEPTHS_MAX * RCS_LAYOUTS)

static bool may_use(const struct rcs_plan *plan, int kind)
{
	if (strcmp(plan->amplifier, "auto") != 0)
		return rcs_amplifier_find(plan->amplifier) == kind;
	return rcs_amplifiers[kind]->works_here;
}

/*
 * With "auto", amplifiers that need cold memory are left to machines where no other
 * works: filling it takes longer than all other trials together. There they are left
 * out when there is no memory for it.
 */
static size_t candidates(const struct rcs_cell *cell, struct rcs_setting *list)
{
	const struct rcs_plan *plan = cell->plan;
	size_t count = 0;
	bool automatic = strcmp(plan->amplifier, "auto") == 0;

	for (int kind = 0; kind < RCS_AMPLIFIERS; kind++) {
		const struct rcs_amplifier *a = rcs_amplifiers[kind];

		if (!may_use(plan, kind) ||
		    (automatic && a->needs_arena &&
		     (RCS_HAVE_FLUSH || !rcs_sb_has_cold_memory(cell->sb))))
			continue;
		for (int d = 0; d < RCS_DEPTHS_MAX && a->depth[d] > 0; d++) {
			unsigned depth = plan->depth > 0 ? plan->depth : a->depth[d];

			for (unsigned l = 0; l < RCS_LAYOUTS; l++)
				list[count++] = (struct rcs_setting){
					(enum rcs_amplifier_kind)kind, depth, l};
			if (plan->depth > 0)
				break;
		}
	}
	return count;
}

struct rcs_setting rcs_calibrate_first(const struct rcs_cell *cell)
{
	struct rcs_setting list[CANDIDATES_MAX];

	(void)candidates(cell, list); /* there is always one: "none" works anywhere */
	return list[0];
}

int rcs_calibrate(struct rcs_cell *cell, enum rcs_twin twin, uint64_t budget_ns,
		  struct rcs_calibration *best, struct rcs_error *e)
{
	struct rcs_setting list[CANDIDATES_MAX];
	size_t count = candidates(cell, list);
	double best_rate = -1.0;

	for (size_t i = 0; i < count; i++) {
		struct rcs_round round = {
			.arm = rcs_cell_control(cell, twin),
			.setting = list[i],
			.exposed = UINT64_MAX, /* the deadline ends it */
			.deadline_ns = rcs_clock_ns() + budget_ns / count,
		};
		struct rcs_tally tally;
		double rate;

		if (rcs_cell_out_of_time(cell))
			break;
		if (rcs_sb_round(cell->sb, &round, &tally, e) != 0)
			return -1;
		if (tally.time_ns == 0)
			continue;
		rate = (double)tally.hits / (double)tally.time_ns;
		if (rate <= best_rate)
			continue;
		best_rate = rate;
		best->setting = list[i];
		best->hits_per_exposed =
			tally.exposed > 0 ? (double)tally.hits / (double)tally.exposed
					  : 0;
		best->exposed_per_ns = (double)tally.exposed / (double)tally.time_ns;
	}
	if (best_rate < 0.0)
		*best = (struct rcs_calibration){.setting = list[0]};
	return 0;
}
