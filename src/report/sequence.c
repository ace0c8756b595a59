/* SPDX-License-Identifier: BSD-2-Clause */
/* A line through a partial order: see sequence.h. */
#include "report/sequence.h"

#include "report/event.h"

/* Everything that comes before something else, so far: transitive, without cycles. */
static void add_edge(struct rcs_relation *order, int from, int to)
{
	const rcs_set behind = order->row[to] | rcs_one(to);

	/* It would contradict what weighs more. */
	if (from == to || rcs_in(from, behind))
		return;
	for (int i = 0; i < order->events; i++) {
		if (i == from || rcs_in(from, order->row[i]))
			order->row[i] |= behind;
	}
}

static void add_edges(struct rcs_relation *order, const struct rcs_relation *edges)
{
	for (int a = 0; a < edges->events; a++) {
		int b;

		RCS_EACH(b, edges->row[a])
		add_edge(order, a, b);
	}
}

/* The nearest access of its own on one side of a call; -1: there is none, or another
 * call is between. */
static int neighbour(const struct rcs_skeleton *s, int point, int way)
{
	for (int e = point + way; e >= 0 && e < s->events; e += way) {
		if (s->event[e].thread != s->event[point].thread ||
		    s->event[e].kind == RCS_EVENT_MEMB_ENTRY ||
		    s->event[e].kind == RCS_EVENT_MEMB_EXIT)
			return -1;
		if (rcs_in(e, s->memory))
			return e;
	}
	return -1;
}

bool rcs_sequence_cut(const struct rcs_proof_witness *witness, int entry, int thread,
		      rcs_set *before, rcs_set *behind)
{
	const struct rcs_skeleton *s = &witness->skeleton;
	const rcs_set own = s->of_thread[thread] & s->memory;
	int last = neighbour(s, entry, -1), first = neighbour(s, entry + 1, 1);
	int e;

	*before = *behind = 0;
	if (last >= 0)
		*behind = witness->strong.row[last] & own;
	RCS_EACH(e, own)
	{
		if (first >= 0 && rcs_in(first, witness->strong.row[e]))
			*before |= rcs_one(e);
	}
	if ((*before | *behind) == 0)
		return false;
	/* Other calls may order more than this one does. */
	RCS_EACH(e, *behind)
	{
		if ((*before & ~rcs_below(e)) != 0)
			return false;
	}
	return true;
}

static void add_fences(const struct rcs_proof_witness *w, struct rcs_relation *order)
{
	const struct rcs_skeleton *s = &w->skeleton;
	rcs_set full = rcs_fences(s, RCS_ORDER_MB) | rcs_calls(s), before, behind;
	int e, other;

	RCS_EACH(e, full)
	{
		const rcs_set thread = s->of_thread[s->event[e].thread];

		RCS_EACH(other, thread & rcs_below(e))
		add_edge(order, other, e);
		RCS_EACH(other, s->po.row[e])
		add_edge(order, e, other);
	}
	RCS_EACH(e, s->of_kind[RCS_EVENT_MEMB_ENTRY])
	{
		for (int t = 0; t < s->threads; t++) {
			if (t == s->event[e].thread ||
			    !rcs_sequence_cut(w, e, t, &before, &behind))
				continue;
			RCS_EACH(other, before)
			add_edge(order, other, e + 1);
			RCS_EACH(other, behind)
			add_edge(order, e, other);
		}
	}
}

/* What is at or behind `from` in its thread comes before none of what leads to it. */
static bool can_follow(const struct rcs_skeleton *s, const struct rcs_relation *order,
		       int from, int to)
{
	return ((s->po.row[from] | rcs_one(from)) &
		rel_domain(rel_to(*order, rcs_one(to)))) == 0;
}

/* A read-side section begins after a grace period does, or ends before that ends. */
static void add_section(const struct rcs_skeleton *s, struct rcs_relation *order,
			int entry, int lock, int unlock)
{
	int e;

	if (s->event[lock].thread == s->event[entry].thread)
		return;
	if (can_follow(s, order, lock, entry)) {
		add_edge(order, entry, lock);
		RCS_EACH(e, s->po.row[lock])
		add_edge(order, lock, e);
	} else {
		RCS_EACH(e, s->of_thread[s->event[unlock].thread] & rcs_below(unlock))
		add_edge(order, e, unlock);
		add_edge(order, unlock, entry + 1);
	}
}

/* SRCU's calls of one kind, whatever the model takes them for. */
static rcs_set srcu_calls(const struct rcs_skeleton *s, enum rcs_action action)
{
	rcs_set calls = 0;

	for (int e = 0; e < s->events; e++)
		calls |= s->event[e].action == action ? rcs_one(e) : 0;
	return calls;
}

static void add_sections(const struct rcs_skeleton *s, struct rcs_relation *order)
{
	const rcs_set unlocks = srcu_calls(s, RCS_ACTION_SRCU_UNLOCK);
	int entry, lock, unlock;

	RCS_EACH(entry, s->of_kind[RCS_EVENT_RCU_ENTRY])
	{
		RCS_EACH(lock, s->of_kind[RCS_EVENT_RCU_LOCK])
		{
			RCS_EACH(unlock, s->rcu_section.row[lock])
			add_section(s, order, entry, lock, unlock);
		}
	}
	RCS_EACH(entry, s->of_kind[RCS_EVENT_SRCU_ENTRY])
	{
		RCS_EACH(lock, srcu_calls(s, RCS_ACTION_SRCU_LOCK))
		{
			if (s->event[lock].location != s->event[entry].location)
				continue;
			RCS_EACH(unlock, s->data.row[lock] & unlocks)
			add_section(s, order, entry, lock, unlock);
		}
	}
}

/* Between accesses. */
static void add_accesses(const struct rcs_skeleton *s, struct rcs_relation *order,
			 struct rcs_relation edges)
{
	const rcs_set accesses = rcs_event_accesses(s);

	edges = rel_between(accesses, edges, accesses);
	add_edges(order, &edges);
}

static struct rcs_relation order_of(const struct rcs_proof_witness *w)
{
	const struct rcs_skeleton *s = &w->skeleton;
	struct rcs_relation order = rel_none(s->events);

	add_accesses(s, &order, w->order);
	add_fences(w, &order);
	add_sections(s, &order);
	add_accesses(s, &order, w->execution.rfe);
	add_accesses(s, &order, w->execution.co);
	add_accesses(s, &order, w->execution.fr);
	add_edges(&order, &s->po);
	return order;
}

/* Of what nothing is missing any more; on in the same thread if that can be. */
static int next_of(const struct rcs_skeleton *s, const struct rcs_relation *order,
		   rcs_set left, int last)
{
	int best = -1, e;

	RCS_EACH(e, left)
	{
		bool ready = true;

		for (int i = 0; i < s->events; i++) {
			if (rcs_in(i, left) && rcs_in(e, order->row[i]))
				ready = false;
		}
		if (!ready)
			continue;
		if (last >= 0 && s->event[e].thread == s->event[last].thread)
			return e;
		if (best < 0)
			best = e;
	}
	return best;
}

void rcs_sequence_of(const struct rcs_proof_witness *witness,
		     struct rcs_sequence *sequence)
{
	const struct rcs_skeleton *s = &witness->skeleton;
	const struct rcs_relation order = order_of(witness);
	rcs_set left = rcs_below(s->events);
	int last = -1;

	sequence->steps = 0;
	for (int e = 0; e < s->events; e++)
		sequence->step[e] = -1;
	while (left != 0) {
		last = next_of(s, &order, left, last);
		left &= ~rcs_one(last);
		if (rcs_in(last, rcs_fences(s, RCS_ORDER_BARRIER)))
			continue;
		sequence->step[last] = sequence->steps;
		sequence->event[sequence->steps++] = last;
	}
}
