/* SPDX-License-Identifier: BSD-2-Clause */
/* Which thread runs on which CPU: see placement.h. */
#include "stress/placement.h"

#include <stdlib.h>

/* A seat with the place it has among its equals at each level, outermost first. */
struct ranked {
	struct rcs_seat seat;
	int rank[4]; /* package; cache in it; core in that; sibling in that */
};

static int by_levels_out(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	for (int level = 0; level < 4; level++) {
		if (x->rank[level] != y->rank[level])
			return x->rank[level] - y->rank[level];
	}
	return x->seat.cpu - y->seat.cpu;
}

static int by_levels_in(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	for (int level = 3; level >= 0; level--) {
		if (x->rank[level] != y->rank[level])
			return x->rank[level] - y->rank[level];
	}
	return x->seat.cpu - y->seat.cpu;
}

static int level_value(const struct rcs_seat *s, int level)
{
	switch (level) {
	case 0:
		return s->package;
	case 1:
		return s->cache;
	case 2:
		return s->core;
	default:
		return s->cpu;
	}
}

static int same_above(const struct rcs_seat *a, const struct rcs_seat *b, int level)
{
	for (int l = 0; l < level; l++) {
		if (level_value(a, l) != level_value(b, l))
			return 0;
	}
	return 1;
}

/* Ranks count the different values seen so far among seats equal further out. */
static void rank_level(struct ranked *r, int count, int level)
{
	for (int i = 0; i < count; i++) {
		int next = 0;
		int found = -1;

		for (int k = 0; k < i && found < 0; k++) {
			if (!same_above(&r[k].seat, &r[i].seat, level))
				continue;
			if (level_value(&r[k].seat, level) ==
			    level_value(&r[i].seat, level))
				found = r[k].rank[level];
			else if (r[k].rank[level] >= next)
				next = r[k].rank[level] + 1;
		}
		r[i].rank[level] = found >= 0 ? found : next;
	}
}

void rcs_placement_order(struct rcs_seat *seats, int count, enum rcs_affinity affinity)
{
	struct ranked *r = calloc((size_t)count, sizeof(*r));

	if (r == NULL || count == 0) {
		free(r); /* in the order they came: a placement all the same */
		return;
	}
	for (int i = 0; i < count; i++)
		r[i].seat = seats[i];
	for (int level = 0; level < 4; level++)
		rank_level(r, count, level);
	qsort(r, (size_t)count, sizeof(*r),
	      affinity == RCS_AFFINITY_COMPACT ? by_levels_out : by_levels_in);
	for (int i = 0; i < count; i++)
		seats[i] = r[i].seat;
	free(r);
}

void rcs_placement_fill(struct rcs_plan *plan, const struct rcs_cpus *cpus,
			enum rcs_affinity affinity)
{
	int threads = plan->writers + plan->readers;
	int for_writers;
	static struct rcs_seat seats[RCS_CPUS_MAX];

	plan->cpus_used = cpus->count < threads ? cpus->count : threads;
	for (int t = 0; t < threads; t++)
		plan->cpu[t] = -1;
	if (affinity == RCS_AFFINITY_NONE) {
		plan->cpus_used = cpus->count;
		return;
	}
	if (cpus->count < 2)
		return;
	rcs_topology_read(cpus, seats);
	rcs_placement_order(seats, cpus->count, affinity);
	for_writers = cpus->count / 2 < plan->writers ? cpus->count / 2 : plan->writers;
	for (int w = 0; w < plan->writers; w++)
		plan->cpu[w] = seats[w % for_writers].cpu;
	for (int r = 0; r < plan->readers; r++)
		plan->cpu[plan->writers + r] =
			seats[for_writers + r % (cpus->count - for_writers)].cpu;
}
