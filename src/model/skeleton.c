/* SPDX-License-Identifier: BSD-2-Clause */
/* One path of each thread, put together: see skeleton.h. */
#include "model/assemble.h"

#include <string.h>

rcs_set rcs_accesses(const struct rcs_skeleton *s, enum rcs_action action)
{
	rcs_set set = 0;
	int i;

	RCS_EACH(i, s->memory)
	set |= s->event[i].action == action ? rcs_one(i) : 0;
	return set;
}

rcs_set rcs_failures(const struct rcs_skeleton *s)
{
	rcs_set set = 0;
	int i;

	RCS_EACH(i, s->reads)
	set |= s->event[i].failed ? rcs_one(i) : 0;
	return set;
}

rcs_set rcs_rmw_events(const struct rcs_skeleton *s)
{
	return rel_domain(s->rmw) | rel_range(s->rmw);
}

/* What follows from the kinds of its events. */
static void sum_up(struct rcs_skeleton *s)
{
	s->reads = s->of_kind[RCS_EVENT_READ];
	s->writes = s->of_kind[RCS_EVENT_WRITE];
	s->memory = s->reads | s->writes;
	s->po_memory = rel_between(s->memory, s->po, s->memory);
	s->po_location = rel_and(s->po_memory, s->location);
}

void rcs_skeleton_for_machines(const struct rcs_skeleton *s,
			       struct rcs_skeleton *machine)
{
	int i;

	*machine = *s;
	RCS_EACH(i, rcs_accesses(s, RCS_ACTION_SRCU_LOCK))
	machine->event[i].kind = RCS_EVENT_SRCU_LOCK;
	RCS_EACH(i, rcs_accesses(s, RCS_ACTION_SRCU_UNLOCK))
	machine->event[i].kind = RCS_EVENT_SRCU_UNLOCK;
	for (int k = 0; k < RCS_EVENT_KINDS; k++)
		machine->of_kind[k] = 0;
	for (i = 0; i < s->events; i++)
		machine->of_kind[machine->event[i].kind] |= rcs_one(i);
	sum_up(machine);
}

static void add_path(struct rcs_skeleton *s, const struct rcs_path *path, int thread)
{
	int base = s->events;
	rcs_set own = path->events == 0 ? 0 : rcs_below(path->events) << base;

	s->of_thread[thread] = own;
	for (int i = 0; i < path->events; i++) {
		const struct rcs_path_event *from = &path->event[i];
		int e = base + i, d;

		s->event[e] = from->event;
		s->of_kind[from->event.kind] |= rcs_one(e);
		s->of_ordering[from->event.ordering] |= rcs_one(e);
		s->inside.row[e] = own;
		s->po.row[e] = own & ~rcs_below(e) & ~rcs_one(e);
		RCS_EACH(d, from->address)
		s->address.row[base + d] |= rcs_one(e);
		RCS_EACH(d, from->data)
		s->data.row[base + d] |= rcs_one(e);
		RCS_EACH(d, from->control)
		s->control.row[base + d] |= rcs_one(e);
		RCS_EACH(d, from->control_after)
		s->control_after.row[base + d] |= rcs_one(e);
		if (from->rmw >= 0)
			s->rmw.row[base + from->rmw] |= rcs_one(e);
		if (from->rmw >= 0 && from->computed)
			s->computed.row[base + from->rmw] |= rcs_one(e);
	}
	s->events += path->events;
}

/* Pairs every unlock with the last lock of its thread that has none yet. */
static void pair_sections(struct rcs_skeleton *s)
{
	int open[RCS_EVENTS], depth = 0, thread = -1;

	for (int i = 0; i < s->events; i++) {
		if (s->event[i].thread != thread) {
			s->rcu_unbalanced = s->rcu_unbalanced || depth > 0;
			depth = 0;
			thread = s->event[i].thread;
		}
		if (s->event[i].kind == RCS_EVENT_RCU_LOCK)
			open[depth++] = i;
		if (s->event[i].kind != RCS_EVENT_RCU_UNLOCK)
			continue;
		if (depth > 0)
			s->rcu_section.row[open[--depth]] |= rcs_one(i);
		else
			s->rcu_unbalanced = true;
	}
	s->rcu_unbalanced = s->rcu_unbalanced || depth > 0;
}

static void relate_locations(struct rcs_skeleton *s)
{
	for (int i = 0; i < s->events; i++) {
		for (int j = 0; s->event[i].location >= 0 && j < s->events; j++) {
			if (s->event[i].location == s->event[j].location)
				s->location.row[i] |= rcs_one(j);
		}
	}
}

bool rcs_skeleton_assemble(const struct rcs_litmus *test,
			   const struct rcs_path *const *path, struct rcs_skeleton *s)
{
	int events = 0;

	for (int32_t t = 0; t < test->threads; t++)
		events += path[t]->events;
	if (events > RCS_EVENTS)
		return false;
	memset(s, 0, sizeof(*s));
	s->test = test;
	s->threads = test->threads;
	s->po = s->inside = s->location = s->address = s->data = s->computed =
		s->control = s->control_after = s->rmw = s->rcu_section =
			rel_none(events);
	for (int32_t t = 0; t < test->threads; t++)
		add_path(s, path[t], t);
	s->outside = rel_minus(rel_cross(events, rcs_below(events), rcs_below(events)),
			       s->inside);
	relate_locations(s);
	sum_up(s);
	pair_sections(s);
	return true;
}
