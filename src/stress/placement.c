/* SPDX-License-Identifier: BSD-2-Clause */
/* Which thread runs on which CPU: see placement.h. */
#include "stress/placement.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "host/random.h"

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

static void swap(struct rcs_seat *a, struct rcs_seat *b)
{
	struct rcs_seat kept = *a;

	*a = *b;
	*b = kept;
}

/* Adds a placement: writers on the first seats, readers on the others. */
static void seat_all(struct rcs_plan *plan, const struct rcs_seat *seats, int count)
{
	struct rcs_placement *p = &plan->placement[plan->placements++];
	int writers = count / 2 < plan->writers ? count / 2 : plan->writers;
	int rest = count - writers;
	int used = writers + (plan->readers < rest ? plan->readers : rest);

	for (int w = 0; w < plan->writers; w++)
		p->cpu[w] = seats[w % writers].cpu;
	for (int r = 0; r < plan->readers; r++) {
		const struct rcs_seat *seat = &seats[writers + r % rest];

		p->cpu[plan->writers + r] = seat->cpu;
		p->pair_of[r] = (uint8_t)rcs_pair_of(
			&seats[(r % plan->writers) % writers], seat);
	}
	for (int a = 0; a < plan->antagonists; a++)
		p->cpu[plan->writers + plan->readers + a] =
			used < count ? seats[used + a % (count - used)].cpu : -1;
	p->pair = (enum rcs_pair)p->pair_of[0];
}

/* Draws one of all ordered pairs of that kind, each as likely. */
static bool draw_pair(const struct rcs_seat *seats, int count, enum rcs_pair kind,
		      struct rcs_random *random, int *a, int *b)
{
	uint32_t found = 0;

	for (int i = 0; i < count; i++) {
		for (int k = 0; k < count; k++) {
			if (rcs_pair_of(&seats[i], &seats[k]) != kind ||
			    rcs_random_below(random, ++found) != 0)
				continue;
			*a = i;
			*b = k;
		}
	}
	return found > 0;
}

/* The kind of pair on the seats of writer 0 and reader 0; then the two change. */
static bool seat_pair(struct rcs_plan *plan, const struct rcs_seat *ordered, int count,
		      enum rcs_pair kind, struct rcs_random *random)
{
	static struct rcs_seat seats[RCS_CPUS_MAX];
	int first_reader = count / 2 < plan->writers ? count / 2 : plan->writers;
	int a = 0, b = 0;

	if (!draw_pair(ordered, count, kind, random, &a, &b))
		return false;
	memcpy(seats, ordered, (size_t)count * sizeof(seats[0]));
	swap(&seats[0], &seats[a]);
	swap(&seats[first_reader], &seats[b == 0 ? a : b]);
	seat_all(plan, seats, count);
	swap(&seats[0], &seats[first_reader]);
	seat_all(plan, seats, count);
	return true;
}

static const enum rcs_pair kinds[] = {
	[RCS_AFFINITY_SIBLINGS] = RCS_PAIR_SIBLINGS,
	[RCS_AFFINITY_CACHE] = RCS_PAIR_CACHE,
	[RCS_AFFINITY_PACKAGE] = RCS_PAIR_PACKAGE,
	[RCS_AFFINITY_REMOTE] = RCS_PAIR_REMOTE,
};

static int seat_by_kind(struct rcs_plan *plan, const struct rcs_seat *seats, int count,
			enum rcs_affinity affinity, struct rcs_error *e)
{
	struct rcs_random random = rcs_random_stream(plan->seed, 2);

	if (affinity != RCS_AFFINITY_AUTO &&
	    !seat_pair(plan, seats, count, kinds[affinity], &random))
		return rcs_fail(e, RCS_ERROR_USAGE,
				"--affinity: among the CPUs that may be used there are "
				"no two of this kind: %s",
				rcs_pair_name(kinds[affinity]));
	if (affinity != RCS_AFFINITY_AUTO)
		return 0;
	for (enum rcs_pair kind = RCS_PAIR_SIBLINGS; kind < RCS_PAIRS; kind++)
		(void)seat_pair(plan, seats, count, kind, &random);
	return 0;
}

static void seat_nobody(struct rcs_plan *plan)
{
	struct rcs_placement *p = &plan->placement[plan->placements++];

	for (int t = 0; t < plan->writers + plan->readers + plan->antagonists; t++)
		p->cpu[t] = -1;
	p->pair = RCS_PAIR_UNBOUND;
	memset(p->pair_of, RCS_PAIR_UNBOUND, sizeof(p->pair_of));
}

int rcs_placement_fill(struct rcs_plan *plan, struct rcs_seat *seats, int count,
		       enum rcs_affinity affinity, struct rcs_error *e)
{
	int threads = plan->writers + plan->readers;

	plan->placements = 0;
	plan->cpus_used = count < threads ? count : threads;
	plan->cpus_spare = count - plan->cpus_used;
	if (affinity == RCS_AFFINITY_NONE)
		plan->cpus_used = count;
	if (affinity == RCS_AFFINITY_NONE || count < 2) {
		seat_nobody(plan);
		return 0;
	}
	rcs_placement_order(seats, count, affinity);
	if (affinity != RCS_AFFINITY_SPREAD && affinity != RCS_AFFINITY_COMPACT)
		return seat_by_kind(plan, seats, count, affinity, e);
	seat_all(plan, seats, count);
	return 0;
}
