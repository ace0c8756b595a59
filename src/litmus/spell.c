/* SPDX-License-Identifier: BSD-2-Clause */
/* Spelling RCU out as asym: see spell.h. */
#include "litmus/spell.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "litmus/parse.h"
#include "litmus/sections.h"

/* No name in a file is like that, so none is taken. */
#define WORD "rcu word"

struct spelling {
	struct rcs_litmus *test;
	bool full;			  /* something had no room */
	int32_t now;			  /* location: the number that is copied */
	int32_t turn;			  /* lock of who runs a grace period */
	int32_t word[RCS_LITMUS_THREADS]; /* location, of threads with sections */
	int32_t own[RCS_LITMUS_THREADS]; /* register: the number that was copied, … */
	int32_t found[RCS_LITMUS_THREADS]; /* … a word that was scanned, … */
	int32_t busy[RCS_LITMUS_THREADS];  /* … whether any was to be waited for */
	int32_t thread;			   /* that is being spelt */
	int32_t last;			   /* statement to go on behind */
};

static int32_t add_location(struct spelling *s, enum rcs_type type, int64_t initial)
{
	struct rcs_litmus *test = s->test;
	struct rcs_litmus_location *l = &test->location[test->locations];

	if (test->locations == RCS_LITMUS_LOCATIONS) {
		s->full = true;
		return 0;
	}
	*l = (struct rcs_litmus_location){.type = type, .initial.number = initial};
	(void)snprintf(l->name, sizeof(l->name), WORD " %d", (int)test->locations);
	for (int32_t t = 0; t < test->threads; t++)
		test->thread[t].parameters |= UINT32_C(1) << test->locations;
	return test->locations++;
}

static int32_t add_register(struct spelling *s, int32_t thread)
{
	struct rcs_litmus_thread *t = &s->test->thread[thread];
	struct rcs_litmus_register *r = &t->reg[t->registers];

	if (t->registers == RCS_LITMUS_REGISTERS) {
		s->full = true;
		return 0;
	}
	*r = (struct rcs_litmus_register){.type = RCS_TYPE_INT, .declared = true};
	(void)snprintf(r->name, sizeof(r->name), WORD " %d", (int)t->registers);
	return t->registers++;
}

static int32_t add_expression(struct spelling *s, enum rcs_expression_kind kind)
{
	struct rcs_litmus *test = s->test;

	if (test->expressions == RCS_LITMUS_NODES) {
		s->full = true;
		return 0;
	}
	test->expression[test->expressions] = (struct rcs_expression){
		.kind = kind,
		.operand = {RCS_NONE, RCS_NONE, RCS_NONE},
	};
	return test->expressions++;
}

static int32_t number(struct spelling *s, int64_t value)
{
	int32_t i = add_expression(s, RCS_EXPRESSION_NUMBER);

	s->test->expression[i].number = value;
	return i;
}

static int32_t named(struct spelling *s, enum rcs_expression_kind kind, int32_t index)
{
	int32_t i = add_expression(s, kind);

	s->test->expression[i].index = index;
	return i;
}

static int32_t reg(struct spelling *s, int32_t index)
{
	return named(s, RCS_EXPRESSION_REGISTER, index);
}

static int32_t binary(struct spelling *s, enum rcs_operator op, int32_t a, int32_t b)
{
	int32_t i = add_expression(s, RCS_EXPRESSION_BINARY);

	s->test->expression[i].op = op;
	s->test->expression[i].operand[0] = a;
	s->test->expression[i].operand[1] = b;
	return i;
}

/* Of a primitive with these operands; location RCS_NONE: it has none. */
static int32_t call(struct spelling *s, const char *name, int32_t location,
		    int32_t value)
{
	int32_t address = RCS_NONE, i;

	if (location != RCS_NONE)
		address = named(s, RCS_EXPRESSION_LOCATION, location);
	i = add_expression(s, RCS_EXPRESSION_CALL);
	s->test->expression[i].primitive = rcs_primitive_find(name);
	s->test->expression[i].operand[0] = address;
	s->test->expression[i].operand[1] = value;
	return i;
}

/* Puts a statement behind the last one: target = expression, or a call. */
static void put(struct spelling *s, int32_t target, int32_t expression)
{
	struct rcs_litmus *test = s->test;
	struct rcs_statement *last = &test->statement[s->last];

	if (test->statements == RCS_LITMUS_NODES) {
		s->full = true;
		return;
	}
	test->statement[test->statements] = (struct rcs_statement){
		.kind = target == RCS_NONE ? RCS_STATEMENT_CALL : RCS_STATEMENT_ASSIGN,
		.at = last->at,
		.target = target,
		.expression = expression,
		.then = RCS_NONE,
		.otherwise = RCS_NONE,
		.next = last->next,
	};
	last->next = test->statements;
	s->last = test->statements++;
}

/* The statement that was the call of RCU becomes this, the first of several. */
static void begin(struct spelling *s, int32_t statement)
{
	s->test->statement[statement].expression =
		call(s, "barrier", RCS_NONE, RCS_NONE);
	s->last = statement;
}

/* The barrier() that begin() leaves is one more than there is, and orders nothing that
 * the store behind it does not. */
static void spell_lock(struct spelling *s, int32_t statement)
{
	int32_t t = s->thread;

	begin(s, statement);
	put(s, s->own[t], call(s, "READ_ONCE", s->now, RCS_NONE));
	put(s, RCS_NONE, call(s, "WRITE_ONCE", s->word[t], reg(s, s->own[t])));
	put(s, RCS_NONE, call(s, "barrier", RCS_NONE, RCS_NONE));
}

static void spell_unlock(struct spelling *s, int32_t statement)
{
	begin(s, statement);
	put(s, RCS_NONE,
	    call(s, "smp_store_release", s->word[s->thread], number(s, 0)));
}

/* busy = busy || (found != 0 && found < own) */
static void scan(struct spelling *s, int32_t word)
{
	int32_t t = s->thread, is, behind;

	put(s, s->found[t], call(s, "smp_load_acquire", word, RCS_NONE));
	is = binary(s, RCS_OPERATOR_UNEQUAL, reg(s, s->found[t]), number(s, 0));
	behind = binary(s, RCS_OPERATOR_LESS, reg(s, s->found[t]), reg(s, s->own[t]));
	put(s, s->busy[t],
	    binary(s, RCS_OPERATOR_EITHER, reg(s, s->busy[t]),
		   binary(s, RCS_OPERATOR_BOTH, is, behind)));
}

static void spell_sync(struct spelling *s, int32_t statement)
{
	int32_t t = s->thread, read;

	begin(s, statement);
	if (s->turn != RCS_NONE)
		put(s, RCS_NONE, call(s, "spin_lock", s->turn, RCS_NONE));
	put(s, RCS_NONE, call(s, "smp_mb", RCS_NONE, RCS_NONE));
	put(s, RCS_NONE, call(s, "smp_memb", RCS_NONE, RCS_NONE));
	read = call(s, "READ_ONCE", s->now, RCS_NONE);
	put(s, s->own[t], binary(s, RCS_OPERATOR_ADD, read, number(s, 1)));
	put(s, RCS_NONE, call(s, "WRITE_ONCE", s->now, reg(s, s->own[t])));
	for (int32_t r = 0; r < s->test->threads; r++) {
		if (r != t && s->word[r] != RCS_NONE)
			scan(s, s->word[r]);
	}
	put(s, RCS_NONE, call(s, "smp_mb", RCS_NONE, RCS_NONE));
	if (s->turn != RCS_NONE)
		put(s, RCS_NONE, call(s, "spin_unlock", s->turn, RCS_NONE));
}

/* Depth is bounded by the parser (RCS_LITMUS_DEPTH). */
static void spell_block(struct spelling *s, int32_t first, int depth)
{
	int32_t next;

	for (int32_t i = first; i != RCS_NONE; i = next) {
		int action = rcs_litmus_action(s->test, i);

		next = s->test->statement[i].next;
		if (s->test->statement[i].kind == RCS_STATEMENT_IF) {
			spell_block(s, s->test->statement[i].then, depth);
			spell_block(s, s->test->statement[i].otherwise, depth);
		} else if (action == RCS_ACTION_RCU_SYNC) {
			spell_sync(s, i);
		} else if (action == RCS_ACTION_RCU_LOCK && depth++ == 0) {
			spell_lock(s, i);
		} else if (action == RCS_ACTION_RCU_UNLOCK && --depth == 0) {
			spell_unlock(s, i);
		} else if (action == RCS_ACTION_RCU_LOCK ||
			   action == RCS_ACTION_RCU_UNLOCK) {
			begin(s, i); /* of an inner one */
		}
	}
}

static int32_t add_condition(struct spelling *s, struct rcs_condition condition)
{
	if (s->test->conditions == RCS_LITMUS_NODES) {
		s->full = true;
		return 0;
	}
	s->test->condition[s->test->conditions] = condition;
	return s->test->conditions++;
}

/* The scans of that thread have found nobody. */
static void add_filter(struct spelling *s, int32_t thread)
{
	int32_t quiet = add_condition(s, (struct rcs_condition){
						 .kind = RCS_CONDITION_EQUAL,
						 .operand = {RCS_NONE, RCS_NONE},
						 .thread = thread,
						 .index = s->busy[thread],
					 });

	if (s->test->filter != RCS_NONE)
		quiet = add_condition(s, (struct rcs_condition){
						 .kind = RCS_CONDITION_AND,
						 .operand = {s->test->filter, quiet},
					 });
	s->test->filter = quiet;
}

static void spell(struct spelling *s)
{
	struct rcs_litmus *test = s->test;
	int syncs = 0;

	s->now = add_location(s, RCS_TYPE_INT, 1);
	for (int32_t t = 0; t < test->threads; t++) {
		bool reads = rcs_litmus_does(test, t, RCS_ACTION_RCU_LOCK);

		s->word[t] = reads ? add_location(s, RCS_TYPE_INT, 0) : RCS_NONE;
		s->own[t] = add_register(s, t);
		s->found[t] = add_register(s, t);
		s->busy[t] = add_register(s, t);
		syncs += rcs_litmus_does(test, t, RCS_ACTION_RCU_SYNC);
	}
	s->turn = syncs > 1 ? add_location(s, RCS_TYPE_LOCK, 0) : RCS_NONE;
	for (int32_t t = 0; t < test->threads && !s->full; t++) {
		bool syncs_here = rcs_litmus_does(test, t, RCS_ACTION_RCU_SYNC);

		s->thread = t;
		spell_block(s, test->thread[t].first, 0);
		if (syncs_here)
			add_filter(s, t);
	}
}

struct rcs_litmus *rcs_litmus_spell(const struct rcs_litmus *test, struct rcs_error *e)
{
	struct spelling s = {0};

	if (rcs_litmus_check_sections(test, e) != 0)
		return NULL;
	s.test = malloc(sizeof(*s.test));
	if (s.test == NULL) {
		(void)rcs_fail(e, RCS_ERROR_RESOURCE, "no memory to spell %s out",
			       test->name);
		return NULL;
	}
	*s.test = *test;
	if (rcs_litmus_has_rcu(test))
		spell(&s);
	if (!s.full)
		return s.test;
	(void)rcs_fail(e, RCS_ERROR_UNSUPPORTED,
		       "%s is too long to have its RCU spelt out", test->name);
	rcs_litmus_free(s.test);
	return NULL;
}
