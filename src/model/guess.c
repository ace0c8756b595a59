/* SPDX-License-Identifier: BSD-2-Clause */
/* A likely way to choose cuts: see guess.h. */
#include "model/guess.h"

/* When[event]: its place in one order that the relation allows, threads not torn apart
 * more than need be. */
static void line_up(const struct rcs_relation *order, int *when)
{
	struct rcs_relation before = rel_inverse(*order);
	rcs_set left = rcs_below(order->events);
	int time = 0;

	while (left != 0) {
		rcs_set ready = 0;
		int i;

		RCS_EACH(i, left)
		ready |= (before.row[i] & left) == 0 ? rcs_one(i) : 0;
		/* Never, as it is acyclic; but this has to end. */
		if (ready == 0)
			ready = left;
		i = __builtin_ctzll(ready);
		when[i] = time++;
		left &= ~rcs_one(i);
	}
}

/* The last of these accesses to take effect. */
static int latest(rcs_set accesses, const int *when)
{
	int time = -1, i;

	RCS_EACH(i, accesses)
	time = when[i] > time ? when[i] : time;
	return time;
}

static int earliest(rcs_set accesses, const int *when, int never)
{
	int time = never, i;

	RCS_EACH(i, accesses)
	time = when[i] < time ? when[i] : time;
	return time;
}

/* The last way in which nothing stands before the cut that came after the call; of a
 * grace period, the first in which the section begins after it, or else the other. */
static int choose(const struct rcs_cuts *cuts, const struct rcs_cut *cut,
		  const struct rcs_skeleton *s, const int *when)
{
	const struct rcs_cut_way *way = &cuts->way[cut->first];
	int called = latest(way[0].edges[0].from & s->memory, when);
	int chosen = 0;

	if (cut->kind == RCS_CUT_SECTION)
		return cut->ways > 1 && earliest(way[0].edges[0].to & s->memory, when,
						 RCS_EVENTS) <= called;
	for (int w = 1; w < cut->ways; w++) {
		if (latest(way[w].edges[2].from & s->memory, when) > called)
			break;
		chosen = w;
	}
	return chosen;
}

void rcs_cuts_guess(const struct rcs_cuts *cuts, const struct rcs_skeleton *skeleton,
		    const struct rcs_relation *order, int *chosen)
{
	int when[RCS_EVENTS];

	line_up(order, when);
	for (int c = 0; c < cuts->cuts; c++)
		chosen[c] = cuts->cut[c].ways == 0
				    ? -1
				    : choose(cuts, &cuts->cut[c], skeleton, when);
}
