/* SPDX-License-Identifier: BSD-2-Clause */
/* Steps, one a line, and below a step what is strange about it: see story.h. */
#include "report/story.h"

#include <string.h>

#include "litmus/print.h"
#include "report/event.h"
#include "report/sequence.h"
#include "report/state.h"

#define CODE_WIDTH_MAX 36

struct story {
	const struct rcs_litmus *test;
	const struct rcs_proof_witness *w;
	const struct rcs_skeleton *s;
	const struct rcs_execution *x;
	struct rcs_sequence sequence;
	/* Numbers of steps, from 1; what is told in one has one. */
	int number[RCS_EVENTS];
	rcs_set accesses;
	bool stores_wait; /* stores are overtaken in a store buffer, as machines do */
	int width;
	FILE *out;
};

/* Which order it is that is told. */
static const char *const orders[RCS_MODELS] = {
	[RCS_MODEL_LKMM] = "which knows no one order of memory: steps keep its "
			   "happens-before, and a store may reach others later",
	[RCS_MODEL_SC] = "one step after the other, as all threads see it",
	[RCS_MODEL_TSO] = "in the order of memory: a store when it leaves its store "
			  "buffer, a load when it takes its value",
	[RCS_MODEL_ARMV8] = "in the order in which all threads see it take effect",
	[RCS_MODEL_RISCV] = "in the global memory order",
	[RCS_MODEL_POWER] = "which has no one order of memory: steps keep its "
			    "happens-before, and a store may reach others later",
};

static bool done(const struct story *t, int event, int at)
{
	return t->sequence.step[event] >= 0 &&
	       t->sequence.step[event] < t->sequence.step[at];
}

static bool is_access(const struct story *t, int event)
{
	return rcs_in(event, t->accesses);
}

/* "P1's y = 1 (step 3)", or "its own …". */
static void print_other(const struct story *t, int event, int reader)
{
	char value[RCS_EVENT_TEXT_SIZE];

	rcs_event_value(t->x, event, value, sizeof(value));
	if (t->s->event[event].thread == t->s->event[reader].thread)
		(void)fprintf(t->out, "its own ");
	else
		(void)fprintf(t->out, "P%d's ", t->s->event[event].thread);
	(void)fprintf(t->out, "%s (step %d)", value, t->number[event]);
}

static void begin_note(const struct story *t)
{
	(void)fprintf(t->out, "\n        ");
}

/* The write that this one overwrites; -1: the initial value. */
static int overwritten(const struct story *t, int write)
{
	const struct rcs_relation before = rel_inverse(t->x->co);
	int e;

	RCS_EACH(e, before.row[write])
	{
		/* The last of them: nothing is between. */
		if ((t->x->co.row[e] & before.row[write]) == 0)
			return e;
	}
	return -1;
}

static bool is_lock(enum rcs_action action)
{
	return action == RCS_ACTION_LOCK || action == RCS_ACTION_TRYLOCK;
}

static void print_write(const struct story *t, int event)
{
	const struct rcs_event *e = &t->s->event[event];
	const char *name = t->test->location[e->location].name;
	char value[RCS_EVENT_TEXT_SIZE];
	int under = overwritten(t, event);

	rcs_event_value(t->x, event, value, sizeof(value));
	if (is_lock(e->action)) {
		(void)fprintf(t->out, "takes %s", name);
	} else if (e->action == RCS_ACTION_UNLOCK) {
		(void)fprintf(t->out, "releases %s", name);
	} else if (under < 0) {
		(void)fprintf(t->out, "writes %s, over the initial %s", value,
			      rcs_value_text(t->test,
					     &t->test->location[e->location].initial));
	} else {
		(void)fprintf(t->out, "writes %s, over ", value);
		print_other(t, under, event);
	}
}

static void print_read(const struct story *t, int event)
{
	const struct rcs_event *e = &t->s->event[event];
	int source = t->x->source[event];
	char value[RCS_EVENT_TEXT_SIZE];

	rcs_event_value(t->x, event, value, sizeof(value));
	if (is_lock(e->action) || e->action == RCS_ACTION_IS_LOCKED) {
		(void)fprintf(t->out, "finds %s %s",
			      t->test->location[e->location].name,
			      e->locked ? "taken" : "free");
		return;
	}
	(void)fprintf(t->out, "reads %s, ", value);
	if (source < 0) {
		(void)fprintf(t->out, "the initial value");
		return;
	}
	(void)fprintf(t->out, "from ");
	print_other(t, source, event);
	if (!done(t, source, event))
		(void)fprintf(t->out, ", %s",
			      t->stores_wait ? "which is still in its store buffer"
					     : "before others can");
}

/* What is newer than what is written or read, and comes before it all the same. */
static void print_newer(const struct story *t, int event)
{
	bool reads = rcs_in(event, t->s->reads);
	int newer;

	RCS_EACH(newer, reads ? t->x->fr.row[event] : t->x->co.row[event])
	{
		if (!done(t, newer, event))
			continue;
		begin_note(t);
		(void)fprintf(t->out, "though ");
		print_other(t, newer, event);
		if (reads)
			(void)fprintf(t->out,
				      " is done already: it has not reached P%d",
				      t->s->event[event].thread);
		else
			(void)fprintf(t->out, " is done already, and stays on top");
	}
}

/* What stands before it in its thread, and comes after it. */
static void print_overtaken(const struct story *t, int event)
{
	const struct rcs_skeleton *s = t->s;
	char code[RCS_EVENT_TEXT_SIZE];
	int e, partner;

	RCS_EACH(e,
		 t->accesses & s->of_thread[s->event[event].thread] & rcs_below(event))
	{
		partner = rcs_event_partner(s, e);
		/* Both halves of an RMW are said once. */
		if (done(t, e, event) || t->x->source[event] == e ||
		    (partner >= 0 && partner < e && !done(t, partner, event)))
			continue;
		rcs_event_code(s, e, code, sizeof(code));
		begin_note(t);
		(void)fprintf(t->out, "ahead of its own earlier %s (step %d)", code,
			      t->number[e]);
		if (t->stores_wait && rcs_in(e, s->writes) && rcs_in(event, s->reads))
			(void)fprintf(t->out, ", which is still in its store buffer");
	}
}

static bool is_entry(enum rcs_event_kind kind)
{
	return kind == RCS_EVENT_MEMB_ENTRY || kind == RCS_EVENT_RCU_ENTRY ||
	       kind == RCS_EVENT_SRCU_ENTRY;
}

static bool is_exit(enum rcs_event_kind kind)
{
	return kind == RCS_EVENT_MEMB_EXIT || kind == RCS_EVENT_RCU_EXIT ||
	       kind == RCS_EVENT_SRCU_EXIT;
}

/* The moment of another thread: between these accesses of its own. */
static void print_cuts(const struct story *t, int exit)
{
	const struct rcs_skeleton *s = t->s;
	char code[RCS_EVENT_TEXT_SIZE];
	rcs_set before, behind;

	for (int thread = 0; thread < s->threads; thread++) {
		const char *and = "";

		if (thread == s->event[exit].thread ||
		    !rcs_sequence_cut(t->w, exit - 1, thread, &before, &behind))
			continue;
		begin_note(t);
		(void)fprintf(t->out, "P%d's fence for it falls ", thread);
		if (before != 0) {
			int last = 63 - __builtin_clzll(before);

			rcs_event_code(s, last, code, sizeof(code));
			(void)fprintf(t->out, "after %s (step %d)", code,
				      t->number[last]);
			and = " and ";
		}
		if (behind != 0) {
			int first = __builtin_ctzll(behind);

			rcs_event_code(s, first, code, sizeof(code));
			(void)fprintf(t->out, "%sbefore %s (step %d)", and, code,
				      t->number[first]);
		}
	}
}

static void print_effect(const struct story *t, int event)
{
	enum rcs_event_kind kind = t->s->event[event].kind;

	if (is_access(t, event) && kind == RCS_EVENT_READ)
		print_read(t, event);
	else if (is_access(t, event))
		print_write(t, event);
	else if (is_entry(kind))
		(void)fprintf(t->out, "begins");
	else if (is_exit(kind))
		(void)fprintf(t->out, "returns");
}

static void print_notes(const struct story *t, int event)
{
	if (is_access(t, event)) {
		print_newer(t, event);
		print_overtaken(t, event);
	}
	if (t->s->event[event].kind == RCS_EVENT_MEMB_EXIT)
		print_cuts(t, event);
}

/* The other half of an RMW or of a call, right behind the first: one step. */
static bool continues(const struct story *t, int i)
{
	const struct rcs_sequence *q = &t->sequence;

	if (i == 0 || i >= q->steps)
		return false;
	return rcs_in(q->event[i], t->s->rmw.row[q->event[i - 1]]) ||
	       (is_entry(t->s->event[q->event[i - 1]].kind) &&
		q->event[i] == q->event[i - 1] + 1);
}

static void print_step(const struct story *t, int i)
{
	const int event = t->sequence.event[i];
	const enum rcs_event_kind kind = t->s->event[event].kind;
	const bool lock = is_lock(t->s->event[event].action);
	char code[RCS_EVENT_TEXT_SIZE];

	rcs_event_code(t->s, event, code, sizeof(code));
	(void)fprintf(t->out, "    %2d  P%d  ", t->number[event],
		      t->s->event[event].thread);
	if (is_access(t, event) || is_entry(kind) || is_exit(kind))
		(void)fprintf(t->out, "%-*s  ", t->width, code);
	else
		(void)fprintf(t->out, "%s", code);
	if (!continues(t, i + 1)) {
		print_effect(t, event);
		print_notes(t, event);
	} else {
		/* That a lock was free goes without saying. */
		if (!lock)
			print_effect(t, event);
		(void)fputs(lock ? "" : ", and ", t->out);
		print_effect(t, t->sequence.event[i + 1]);
		print_notes(t, event);
		print_notes(t, t->sequence.event[i + 1]);
	}
	(void)fputc('\n', t->out);
}

static void fill(struct story *t)
{
	char code[RCS_EVENT_TEXT_SIZE];
	int number = 0;

	rcs_sequence_of(t->w, &t->sequence);
	memset(t->number, 0, sizeof(t->number));
	for (int i = 0; i < t->sequence.steps; i++) {
		int length;

		number += !continues(t, i);
		t->number[t->sequence.event[i]] = number;
		rcs_event_code(t->s, t->sequence.event[i], code, sizeof(code));
		length = (int)strlen(code);
		if (length > t->width && length <= CODE_WIDTH_MAX)
			t->width = length;
	}
}

static void print_end(const struct story *t, const struct rcs_proof *proof,
		      enum rcs_model model)
{
	const struct rcs_state *state = proof->model[model].witness->state;
	char text[8192];

	if (state != NULL) {
		(void)rcs_state_text(t->test, proof, state, text, sizeof(text));
		(void)fprintf(t->out, "    in the end %s\n", text);
	}
	(void)fprintf(t->out, "    so ");
	rcs_litmus_print_condition(t->test, t->test->target, t->out);
	(void)fprintf(t->out, " %s\n",
		      t->test->quantifier == RCS_FORALL ? "does not hold" : "holds");
}

void rcs_story_print(const struct rcs_litmus *test, const struct rcs_proof *proof,
		     enum rcs_model model, FILE *out)
{
	const struct rcs_proof_witness *w = proof->model[model].witness;
	struct story t = {
		.test = test,
		.w = w,
		.s = &w->skeleton,
		.x = &w->execution,
		.accesses = rcs_event_accesses(&w->skeleton),
		.stores_wait = model != RCS_MODEL_LKMM && model != RCS_MODEL_SC,
		.out = out,
	};

	fill(&t);
	(void)fprintf(out, "  story of %s by %s, %s:\n", test->name,
		      rcs_model_names[model], orders[model]);
	for (int i = 0; i < t.sequence.steps; i++) {
		if (!continues(&t, i))
			print_step(&t, i);
	}
	print_end(&t, proof, model);
	(void)fflush(out);
}
