/* SPDX-License-Identifier: BSD-2-Clause */
/* What waiting calls order in other threads, as choices: see cuts.h. */
#include "model/cuts.h"

#include <stdlib.h>
#include <string.h>

#include "model/guess.h"

static bool add_way(struct rcs_cuts *cuts, struct rcs_cut_way way)
{
	if (cuts->ways == cuts->room) {
		int room = cuts->room == 0 ? 64 : cuts->room * 2;
		struct rcs_cut_way *grown =
			realloc(cuts->way, (size_t)room * sizeof(*grown));

		if (grown == NULL)
			return false;
		cuts->way = grown;
		cuts->room = room;
	}
	cuts->way[cuts->ways++] = way;
	cuts->cut[cuts->cuts - 1].ways++;
	return true;
}

static bool begin_cut(struct rcs_cuts *cuts, enum rcs_cut_kind kind)
{
	if (cuts->cuts == RCS_CUTS)
		return false;
	cuts->cut[cuts->cuts++] =
		(struct rcs_cut){.kind = kind, .first = cuts->ways, .ways = 0};
	return true;
}

/* What an edge can begin or end at: accesses, and the points of calls. */
static rcs_set ends_of(const struct rcs_cuts *cuts, const struct rcs_skeleton *s)
{
	return s->memory | cuts->points;
}

static rcs_set before(const struct rcs_skeleton *s, int event)
{
	return s->of_thread[s->event[event].thread] & rcs_below(event);
}

/* The places of one call's cut in one other thread. */
static bool add_thread(struct rcs_cuts *cuts, const struct rcs_skeleton *s, int entry,
		       int thread)
{
	const rcs_set ends = ends_of(cuts, s);
	const rcs_set from = (before(s, entry) & ends) | rcs_one(entry);
	const rcs_set to = (s->po.row[entry + 1] & ends) | rcs_one(entry + 1);
	rcs_set left = s->of_thread[thread] & ends, earlier = 0;

	if (!begin_cut(cuts, RCS_CUT_CALL))
		return false;
	for (;;) {
		struct rcs_cut_way way = {{{0, 0}}};

		way.edges[0] = (struct rcs_cut_edges){from, left};
		way.edges[1] = (struct rcs_cut_edges){earlier, to};
		way.edges[2] = (struct rcs_cut_edges){earlier, left};
		if (!add_way(cuts, way))
			return false;
		if (left == 0)
			return true;
		earlier |= left & -left;
		left &= left - 1;
	}
}

static bool add_calls(struct rcs_cuts *cuts, const struct rcs_skeleton *s)
{
	int entry;

	RCS_EACH(entry, s->of_kind[RCS_EVENT_MEMB_ENTRY])
	{
		for (int t = 0; t < s->threads; t++) {
			if (t != s->event[entry].thread && s->of_thread[t] != 0 &&
			    !add_thread(cuts, s, entry, t))
				return false;
		}
	}
	return true;
}

/* A section that a grace period has to do with: it begins later, or ends earlier. */
static bool add_section(struct rcs_cuts *cuts, const struct rcs_skeleton *s, int entry,
			int lock, int unlock)
{
	const rcs_set ends = ends_of(cuts, s);
	const int own = s->event[entry].thread;
	struct rcs_cut_way later = {{{0, 0}}}, earlier = {{{0, 0}}};

	/* What both have in one thread, program order has settled. */
	if (s->event[lock].thread == own && s->event[unlock].thread == own &&
	    (entry < lock || entry > unlock))
		return true;
	later.edges[0] = (struct rcs_cut_edges){
		(before(s, entry) & ends) | rcs_one(entry), s->po.row[lock] & ends};
	earlier.edges[0] = (struct rcs_cut_edges){before(s, unlock) & ends,
						  (s->po.row[entry + 1] & ends) |
							  rcs_one(entry + 1)};
	/* None is left to a thread that waits for its own section. */
	return begin_cut(cuts, RCS_CUT_SECTION) &&
	       ((s->event[lock].thread == own && entry > lock) ||
		add_way(cuts, later)) &&
	       ((s->event[unlock].thread == own && entry < unlock) ||
		add_way(cuts, earlier));
}

static bool add_rcu(struct rcs_cuts *cuts, const struct rcs_skeleton *s)
{
	int entry, lock, unlock;

	RCS_EACH(entry, s->of_kind[RCS_EVENT_RCU_ENTRY])
	{
		for (lock = 0, unlock = -1; lock < s->events; lock++) {
			/* Those within another one add nothing. */
			if (s->rcu_section.row[lock] == 0 || lock < unlock)
				continue;
			unlock = __builtin_ctzll(s->rcu_section.row[lock]);
			if (!add_section(cuts, s, entry, lock, unlock))
				return false;
		}
	}
	return true;
}

static bool add_srcu(struct rcs_cuts *cuts, const struct rcs_skeleton *s,
		     const struct rcs_relation *sections)
{
	int entry, lock, unlock;

	RCS_EACH(entry, s->of_kind[RCS_EVENT_SRCU_ENTRY])
	{
		RCS_EACH(lock, rel_domain(*sections) & s->location.row[entry])
		{
			RCS_EACH(unlock, sections->row[lock])
			{
				if (!add_section(cuts, s, entry, lock, unlock))
					return false;
			}
		}
	}
	return true;
}

int rcs_cuts_find(struct rcs_cuts *cuts, const struct rcs_skeleton *skeleton, bool rcu,
		  const struct rcs_relation *srcu)
{
	cuts->cuts = cuts->ways = 0;
	cuts->points = skeleton->of_kind[RCS_EVENT_MEMB_ENTRY] |
		       skeleton->of_kind[RCS_EVENT_MEMB_EXIT];
	if (rcu)
		cuts->points |= rcs_calls(skeleton);
	if (!add_calls(cuts, skeleton) || (rcu && !add_rcu(cuts, skeleton)) ||
	    (srcu != NULL && !add_srcu(cuts, skeleton, srcu)))
		return -1;
	return 0;
}

void rcs_cuts_release(struct rcs_cuts *cuts)
{
	free(cuts->way);
	memset(cuts, 0, sizeof(*cuts));
}

static struct rcs_relation with(struct rcs_relation edges,
				const struct rcs_cut_way *way)
{
	for (int i = 0; i < 3; i++) {
		int from;

		RCS_EACH(from, way->edges[i].from)
		edges.row[from] |= way->edges[i].to;
	}
	return edges;
}

/*
 * What the edges order between accesses: also from one call on to the next. For a model
 * that has grace periods as events of its own, the points of calls are ends as well, as
 * a grace period may stand right beside them.
 */
static struct rcs_relation closed(const struct rcs_cuts *cuts, bool knows_rcu,
				  const struct rcs_skeleton *s,
				  struct rcs_relation edges)
{
	const rcs_set points = cuts->points;
	const rcs_set ends = s->memory | (knows_rcu ? points : 0);
	struct rcs_relation direct = rel_between(ends, edges, ends);
	struct rcs_relation all, on;

	/* Every point is a fence: what is before it, and what is behind it. */
	all = REL_OR(edges, rel_from(points, s->po), rel_to(s->po, points));
	on = rel_star(rel_between(points, all, points));
	return rel_or(direct, REL_THEN(rel_between(ends, all, points), on,
				       rel_between(points, all, ends)));
}

struct choice {
	const struct rcs_cuts *cuts;
	const struct rcs_model_row *model;
	const void *prepared;
	const struct rcs_execution *execution;
	unsigned int flag;
	struct rcs_relation *strong;
	bool (*tick)(void *data);
	void *data;
	unsigned int asked;
	int16_t order[RCS_CUTS]; /* in which cuts are chosen */
};

static bool allowed(const struct choice *c, const struct rcs_relation *strong)
{
	return c->model->allows(c->execution, c->prepared, strong).allowed &&
	       (c->flag == 0 ||
		(c->model->flags(c->execution, c->prepared, strong) & c->flag) != 0);
}

/* Is that ordered already? */
static bool is_idle(const struct rcs_cut_way *way, const struct rcs_relation *edges)
{
	for (int i = 0; i < 3; i++) {
		int from;

		RCS_EACH(from, way->edges[i].from)
		{
			if ((way->edges[i].to & ~edges->row[from]) != 0)
				return false;
		}
	}
	return true;
}

/*
 * The place in c->order of the next cut to choose, or -1. None of those of which a way
 * asks for nothing: what is forbidden with that is forbidden with any other. So it is
 * with those that were chosen.
 */
static int next_cut(const struct choice *c, const struct rcs_relation *edges)
{
	for (int i = 0; i < c->cuts->cuts; i++) {
		const struct rcs_cut *cut = &c->cuts->cut[c->order[i]];
		bool idle = false;

		for (int w = 0; w < cut->ways && !idle; w++)
			idle = is_idle(&c->cuts->way[cut->first + w], edges);
		if (!idle)
			return i;
	}
	return -1;
}

/* All other cuts, having chosen what has led to `edges`. */
static enum rcs_cuts_end choose(struct choice *c, struct rcs_relation edges)
{
	const int next = next_cut(c, &edges);
	const int16_t number = next < 0 ? -1 : c->order[next];
	const struct rcs_cut *cut = &c->cuts->cut[number < 0 ? 0 : number];
	bool hopeless = true;

	if (number < 0) {
		*c->strong = closed(c->cuts, c->model->knows_rcu,
				    c->execution->skeleton, edges);
		return RCS_CUTS_ALLOWED;
	}
	for (int w = 0; w < cut->ways; w++) {
		struct rcs_relation more = with(edges, &c->cuts->way[cut->first + w]);
		struct rcs_relation strong;
		enum rcs_cuts_end end;

		if ((++c->asked & 255) == 0 && !c->tick(c->data))
			return RCS_CUTS_ENDED;
		strong = closed(c->cuts, c->model->knows_rcu, c->execution->skeleton,
				more);
		if (!allowed(c, &strong))
			continue;
		hopeless = false;
		end = choose(c, more);
		if (end != RCS_CUTS_FORBIDDEN)
			return end;
	}
	/* From now on it comes first: what it does not go with was chosen before. */
	if (hopeless) {
		memmove(c->order + 1, c->order, (size_t)next * sizeof(*c->order));
		c->order[0] = number;
	}
	return RCS_CUTS_FORBIDDEN;
}

/* All cuts at once, as they are likely to be. */
static bool guess(const struct choice *c)
{
	const struct rcs_execution *x = c->execution;
	struct rcs_relation edges = rel_none(x->skeleton->events), order, all;
	int chosen[RCS_CUTS];

	order = c->model->order(x, c->prepared, &edges);
	/* As everybody sees it, if all see the same. */
	all = REL_OR(order, x->rfe, x->co, x->fr);
	if (rel_acyclic(all))
		order = all;
	rcs_cuts_guess(c->cuts, x->skeleton, &order, chosen);
	for (int i = 0; i < c->cuts->cuts; i++) {
		if (chosen[i] < 0)
			return false;
		edges = with(edges, &c->cuts->way[c->cuts->cut[i].first + chosen[i]]);
	}
	*c->strong = closed(c->cuts, c->model->knows_rcu, x->skeleton, edges);
	return allowed(c, c->strong);
}

enum rcs_cuts_end rcs_cuts_allow(const struct rcs_cuts *cuts,
				 const struct rcs_model_row *model,
				 const void *prepared,
				 const struct rcs_execution *execution,
				 unsigned int flag, bool (*tick)(void *data),
				 void *data, struct rcs_relation *strong)
{
	const struct rcs_relation none = rel_none(execution->skeleton->events);
	struct choice c = {.cuts = cuts,
			   .model = model,
			   .prepared = prepared,
			   .execution = execution,
			   .flag = flag,
			   .strong = strong,
			   .tick = tick,
			   .data = data};

	*strong = none;
	if (!allowed(&c, &none))
		return RCS_CUTS_FORBIDDEN;
	if (cuts->cuts == 0 || (cuts->cuts > 1 && guess(&c)))
		return RCS_CUTS_ALLOWED;
	for (int i = 0; i < cuts->cuts; i++) {
		if (cuts->cut[i].ways == 0)
			return RCS_CUTS_FORBIDDEN;
		c.order[i] = (int16_t)i;
	}
	return choose(&c, none);
}
