/* SPDX-License-Identifier: BSD-2-Clause */
/* The search for executions: see search.h. */
#include "model/search.h"

#include <stdlib.h>
#include <string.h>

#include "model/assemble.h"
#include "model/runs.h"

#define INITIAL (-1) /* the source of what is read before any write */

/* One location of a skeleton, and what was decided of it. */
struct place {
	int location;
	rcs_set reads, writes;
	int order[RCS_EVENTS]; /* writes, first to last */
	int ordered;
};

struct rcs_search {
	const struct rcs_litmus *test;
	const struct rcs_search_visitor *visitor;
	unsigned int models; /* that were asked */
	struct rcs_skeleton skeleton;
	struct rcs_execution execution;
	struct rcs_runs runs;
	uint64_t *live; /* rows of runs.all words, one for each decision */
	size_t live_room;
	int places;
	struct place place[RCS_LITMUS_LOCATIONS];
	/* By event: how many writes of its location stand before it in the order that
	 * was decided; of a write, itself included. */
	int position[RCS_EVENTS];
	int work; /* since the visitor was asked for time */
	enum rcs_search_end end;
};

/* Until it is asked again: so many steps, or fewer that have many runs to look at. */
#define WORK_MAX 64

static bool decide_place(struct rcs_search *s, int p, unsigned int models,
			 uint64_t *live);

static bool going_on(struct rcs_search *s)
{
	s->work += 1 + s->runs.all / 8;
	if (s->end == RCS_SEARCH_DONE && s->work >= WORK_MAX) {
		s->work = 0;
		if (!s->visitor->tick(s->visitor->data))
			s->end = RCS_SEARCH_ENDED;
	}
	return s->end == RCS_SEARCH_DONE;
}

static rcs_word initial_word(const struct rcs_search *s, int event)
{
	return rcs_word_of(
		s->test->location[s->skeleton.event[event].location].initial);
}

/* Rows of rf, co and fr of one location, from its order and the sources. */
static void relate(struct rcs_search *s, const struct place *place)
{
	struct rcs_execution *x = &s->execution;
	rcs_set later = place->writes;
	int r;

	for (int i = 0; i < place->ordered; i++) {
		int w = place->order[i];
		rcs_set own = s->skeleton.inside.row[w];

		later &= ~rcs_one(w);
		x->co.row[w] = later;
		x->coi.row[w] = later & own;
		x->coe.row[w] = later & ~own;
		x->rf.row[w] = x->rfi.row[w] = x->rfe.row[w] = 0;
	}
	RCS_EACH(r, place->reads)
	{
		int w = x->source[r];
		rcs_set own = s->skeleton.inside.row[r];

		x->fr.row[r] = (w == INITIAL ? place->writes : x->co.row[w]);
		/* An RMW does not overwrite what it read before it reads. */
		x->fri.row[r] = x->fr.row[r] & own;
		x->fre.row[r] = x->fr.row[r] & ~own;
		if (w == INITIAL)
			continue;
		x->rf.row[w] |= rcs_one(r);
		x->rfi.row[w] |= rcs_one(r) & s->skeleton.inside.row[w];
		x->rfe.row[w] |= rcs_one(r) & ~s->skeleton.inside.row[w];
	}
	x->decided |= place->reads | place->writes;
}

static void forget(struct rcs_search *s, const struct place *place)
{
	struct rcs_execution *x = &s->execution;
	int i;

	RCS_EACH(i, place->reads | place->writes)
	{
		x->rf.row[i] = x->rfi.row[i] = x->rfe.row[i] = 0;
		x->co.row[i] = x->coi.row[i] = x->coe.row[i] = 0;
		x->fr.row[i] = x->fri.row[i] = x->fre.row[i] = 0;
	}
	x->decided &= ~(place->reads | place->writes);
}

static bool narrow(const struct rcs_search *s, uint64_t *live, int read, int source)
{
	if (source == INITIAL)
		return rcs_runs_read_initial(&s->runs, live, read,
					     initial_word(s, read));
	return rcs_runs_read_from(&s->runs, live, read, source);
}

/* Until nothing changes: what one thread cannot have, another cannot read. */
static bool narrow_all(struct rcs_search *s, uint64_t *live)
{
	const size_t size = (size_t)s->runs.all * sizeof(*live);
	uint64_t *before = live + s->runs.all; /* a row further */
	int r;

	do {
		memcpy(before, live, size);
		RCS_EACH(r, s->skeleton.reads)
		{
			if (!going_on(s) || !narrow(s, live, r, s->execution.source[r]))
				return false;
		}
	} while (memcmp(before, live, size) != 0);
	return true;
}

static void report(struct rcs_search *s, unsigned int models, const uint64_t *live)
{
	const rcs_word *reg[RCS_LITMUS_THREADS] = {NULL};
	rcs_word memory[RCS_LITMUS_LOCATIONS], word[RCS_EVENTS];

	for (int t = 0; t < s->skeleton.threads; t++) {
		const struct rcs_path *path = s->runs.path[t];
		int run = rcs_runs_next(&s->runs, live, t, 0);

		reg[t] = path->reg + (size_t)run * (size_t)s->test->thread[t].registers;
		for (int i = 0; i < path->events; i++)
			word[s->runs.base[t] + i] = rcs_run_values(path, run)[i];
	}
	for (int i = 0; i < s->skeleton.events; i++)
		s->execution.value[i] = rcs_value_of(word[i]);
	for (int32_t l = 0; l < s->test->locations; l++)
		memory[l] = rcs_word_of(s->test->location[l].initial);
	for (int p = 0; p < s->places; p++) {
		const struct place *place = &s->place[p];

		if (place->ordered > 0)
			memory[place->location] =
				word[place->order[place->ordered - 1]];
	}
	if (!s->visitor->candidate(s->visitor->data, &s->execution, models, reg,
				   memory))
		s->end = RCS_SEARCH_ENDED;
}

/* All is decided; where a thread still has several runs, values that justify each
 * other are all that tells them apart: each is a candidate. */
static bool settle(struct rcs_search *s, unsigned int models, uint64_t *live)
{
	if (!narrow_all(s, live))
		return s->end == RCS_SEARCH_DONE;
	for (int t = 0; t < s->skeleton.threads; t++) {
		int run = rcs_runs_next(&s->runs, live, t, 0);

		if (rcs_runs_next(&s->runs, live, t, run + 1) < 0)
			continue;
		for (; run >= 0 && going_on(s);
		     run = rcs_runs_next(&s->runs, live, t, run + 1)) {
			uint64_t *chosen = live + s->runs.all;

			memcpy(chosen, live, (size_t)s->runs.all * sizeof(*live));
			rcs_runs_choose(&s->runs, chosen, t, run);
			(void)settle(s, models, chosen);
		}
		return s->end == RCS_SEARCH_DONE;
	}
	report(s, models, live);
	return s->end == RCS_SEARCH_DONE;
}

static bool decided(struct rcs_search *s, int p, unsigned int models, uint64_t *live)
{
	struct place *place = &s->place[p];
	bool on;

	if (!going_on(s))
		return false;
	relate(s, place);
	/* One location alone is coherent, and no model asks for more; the last one is
	 * looked at in full. */
	if (p > 0 && p < s->places - 1)
		s->visitor->partial(s->visitor->data, &s->execution, &models);
	on = models == 0 || decide_place(s, p + 1, models, live);
	forget(s, place);
	return on;
}

/* Reads in program order, from `left`: each from a place in the order that neither an
 * earlier nor a later access of its thread rules out. */
static bool decide_reads(struct rcs_search *s, int p, rcs_set left, unsigned int models,
			 uint64_t *live)
{
	const struct place *place = &s->place[p];
	const struct rcs_skeleton *k = &s->skeleton;
	uint64_t *narrowed = live + s->runs.all;
	int r, low = 0, high = place->ordered, other;

	if (left == 0)
		return decided(s, p, models, live);
	r = __builtin_ctzll(left);
	RCS_EACH(other, place->reads | place->writes)
	{
		if (rcs_in(r, k->po_location.row[other]) && s->position[other] > low)
			low = s->position[other];
		if (rcs_in(other, k->po_location.row[r] & place->writes) &&
		    s->position[other] - 1 < high)
			high = s->position[other] - 1;
	}
	/* Nothing comes between the halves of an RMW. */
	if (k->rmw.row[r] != 0) {
		int before = s->position[__builtin_ctzll(k->rmw.row[r])] - 1;

		low = before > low ? before : low;
		high = before < high ? before : high;
	}
	for (int position = low; position <= high; position++) {
		int source = position == 0 ? INITIAL : place->order[position - 1];

		if (!going_on(s))
			return false;
		memcpy(narrowed, live, (size_t)s->runs.all * sizeof(*live));
		if (!narrow(s, narrowed, r, source))
			continue;
		s->position[r] = position;
		s->execution.source[r] = (int8_t)source;
		if (!decide_reads(s, p, left & (left - 1), models, narrowed))
			return false;
	}
	return true;
}

/* Writes that have no place yet: any whose earlier ones of its thread have theirs. */
static bool decide_writes(struct rcs_search *s, int p, rcs_set left,
			  unsigned int models, uint64_t *live)
{
	struct place *place = &s->place[p];
	int w, other;

	if (left == 0)
		return decide_reads(s, p, place->reads, models, live);
	RCS_EACH(w, left)
	{
		bool first = true;

		RCS_EACH(other, left)
		first = first && !rcs_in(w, s->skeleton.po_location.row[other]);
		if (!first)
			continue;
		place->order[place->ordered++] = w;
		s->position[w] = place->ordered;
		if (!decide_writes(s, p, left & ~rcs_one(w), models, live))
			return false;
		place->ordered--;
	}
	return true;
}

static bool decide_place(struct rcs_search *s, int p, unsigned int models,
			 uint64_t *live)
{
	if (p == s->places)
		return settle(s, models, live);
	s->place[p].ordered = 0;
	return decide_writes(s, p, s->place[p].writes, models, live);
}

static void find_places(struct rcs_search *s)
{
	const struct rcs_skeleton *k = &s->skeleton;

	s->places = 0;
	for (int32_t l = 0; l < s->test->locations; l++) {
		struct place place = {.location = l};
		int i;

		RCS_EACH(i, k->memory)
		{
			if (k->event[i].location != l)
				continue;
			if (rcs_in(i, k->reads))
				place.reads |= rcs_one(i);
			else
				place.writes |= rcs_one(i);
		}
		if ((place.reads | place.writes) != 0)
			s->place[s->places++] = place;
	}
}

/* A row of bits for each read that is decided, one for each thread that is settled, and
 * one beyond. */
static bool make_room(struct rcs_search *s)
{
	size_t rows = (size_t)__builtin_popcountll(s->skeleton.reads) +
		      (size_t)s->skeleton.threads + 2;
	size_t room = rows * (size_t)s->runs.all;
	uint64_t *grown;

	if (room <= s->live_room)
		return true;
	grown = realloc(s->live, room * sizeof(*grown));
	if (grown == NULL)
		return false;
	s->live = grown;
	s->live_room = room;
	return true;
}

static bool search_paths(struct rcs_search *s, const struct rcs_path *const *path)
{
	struct rcs_execution *x = &s->execution;

	if (!rcs_skeleton_assemble(s->test, path, &s->skeleton)) {
		s->end = RCS_SEARCH_TOO_LONG;
		return false;
	}
	rcs_runs_lay_out(&s->runs, &s->skeleton, path);
	if (!make_room(s)) {
		s->end = RCS_SEARCH_NO_MEMORY;
		return false;
	}
	find_places(s);
	x->skeleton = &s->skeleton;
	x->decided = 0;
	x->rf = x->co = x->fr = x->rfe = x->coe = x->fre = x->rfi = x->coi = x->fri =
		rel_none(s->skeleton.events);
	if (!s->visitor->skeleton(s->visitor->data, &s->skeleton)) {
		s->end = RCS_SEARCH_ENDED;
		return false;
	}
	rcs_runs_fill(&s->runs, s->live);
	return decide_place(s, 0, s->models, s->live);
}

static bool search_threads(struct rcs_search *s, const struct rcs_paths *by_thread,
			   const struct rcs_path **path, int thread)
{
	if (thread == s->test->threads)
		return going_on(s) && search_paths(s, path);
	for (int p = 0; p < by_thread[thread].paths; p++) {
		path[thread] = &by_thread[thread].path[p];
		if (!search_threads(s, by_thread, path, thread + 1))
			return false;
	}
	return true;
}

enum rcs_search_end rcs_search(const struct rcs_litmus *test,
			       const struct rcs_paths *by_thread, unsigned int models,
			       const struct rcs_search_visitor *visitor)
{
	struct rcs_search *s = calloc(1, sizeof(*s));
	const struct rcs_path *path[RCS_LITMUS_THREADS] = {NULL};
	enum rcs_search_end end;

	if (s == NULL)
		return RCS_SEARCH_NO_MEMORY;
	s->test = test;
	s->visitor = visitor;
	s->models = models;
	(void)search_threads(s, by_thread, path, 0);
	end = s->end;
	free(s->live);
	free(s);
	return end;
}
