/* SPDX-License-Identifier: BSD-2-Clause */
/* Which tests have a perpetual form, and why others have none: see perpetual.h. */
#include "litmus/perpetual.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

struct look {
	const struct rcs_litmus *test;
	struct rcs_perpetual *p;
	int thread; /* that is being looked at */
};

static bool refuse(const struct look *look, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static bool refuse(const struct look *look, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	(void)vsnprintf(look->p->why_not, sizeof(look->p->why_not), format, args);
	va_end(args);
	return false;
}

static const char *name_of(const struct look *look, int32_t location)
{
	return look->test->location[location].name;
}

/* The int that an access names; RCS_NONE, and why, for anything else. */
static int32_t location_of(const struct look *look, const struct rcs_expression *call)
{
	const struct rcs_expression *x = &look->test->expression[call->operand[0]];

	if (x->kind != RCS_EXPRESSION_LOCATION) {
		(void)refuse(look, "P%d follows a pointer", look->thread);
		return RCS_NONE;
	}
	if (look->test->location[x->index].type != RCS_TYPE_INT) {
		(void)refuse(look, "'%s' is no int", name_of(look, x->index));
		return RCS_NONE;
	}
	return x->index;
}

/* The value of an expression of constants; these are small. */
static bool constant_of(const struct rcs_litmus *test, int32_t expression,
			int32_t *value)
{
	const struct rcs_expression *x = &test->expression[expression];

	if (x->kind == RCS_EXPRESSION_UNARY && x->op == RCS_OPERATOR_NEGATE &&
	    constant_of(test, x->operand[0], value)) {
		*value = (int32_t)(0U - (uint32_t)*value);
		return true;
	}
	if (x->kind != RCS_EXPRESSION_NUMBER)
		return false;
	*value = (int32_t)x->number;
	return true;
}

/* Whether a statement before `end` of its thread stores that value there, too. */
static bool is_stored(const struct look *look, int32_t location, int32_t value,
		      int32_t end)
{
	const struct rcs_litmus *test = look->test;

	for (int32_t i = test->thread[look->p->location[location].writer].first;
	     i != RCS_NONE && i != end; i = test->statement[i].next) {
		const struct rcs_expression *x;
		int32_t other;

		if (look->p->store[i] == 0)
			continue;
		x = &test->expression[test->statement[i].expression];
		if (test->expression[x->operand[0]].index == location &&
		    constant_of(test, x->operand[1], &other) && other == value)
			return true;
	}
	return false;
}

static bool take_store(const struct look *look, int32_t statement,
		       const struct rcs_expression *call)
{
	struct rcs_perpetual *p = look->p;
	int32_t l = location_of(look, call), value;

	if (l == RCS_NONE)
		return false;
	if (p->location[l].writer != RCS_NONE && p->location[l].writer != look->thread)
		return refuse(look, "P%" PRId32 " and P%d both store to '%s'",
			      p->location[l].writer, look->thread, name_of(look, l));
	if (!constant_of(look->test, call->operand[1], &value))
		return refuse(look, "P%d stores no constant to '%s'", look->thread,
			      name_of(look, l));
	p->location[l].writer = look->thread;
	if (value == (int32_t)look->test->location[l].initial.number)
		return refuse(look, "'%s' is %" PRId32 " already when that is stored",
			      name_of(look, l), value);
	if (is_stored(look, l, value, statement))
		return refuse(look, "%" PRId32 " is stored to '%s' twice", value,
			      name_of(look, l));
	p->store[statement] = (uint16_t)++p->location[l].stores;
	return true;
}

static bool take_load(const struct look *look, int32_t target,
		      const struct rcs_expression *call)
{
	int32_t *loaded = &look->p->loaded[look->thread][target];
	int32_t l = location_of(look, call);

	if (l == RCS_NONE)
		return false;
	if (*loaded != RCS_NONE)
		return refuse(look, "P%d loads into '%s' twice", look->thread,
			      look->test->thread[look->thread].reg[target].name);
	*loaded = l;
	return true;
}

static bool take_statement(const struct look *look, int32_t statement)
{
	const struct rcs_statement *s = &look->test->statement[statement];
	const struct rcs_expression *x = &look->test->expression[s->expression];
	const struct rcs_primitive_row *row;

	if (s->kind == RCS_STATEMENT_IF)
		return refuse(look, "P%d has an if", look->thread);
	if (x->kind != RCS_EXPRESSION_CALL)
		return refuse(look, "P%d calculates", look->thread);
	row = &rcs_primitives[x->primitive];
	if (row->action == RCS_ACTION_READ && s->kind == RCS_STATEMENT_ASSIGN)
		return take_load(look, s->target, x);
	if (row->action == RCS_ACTION_WRITE)
		return take_store(look, statement, x);
	if (row->action == RCS_ACTION_FENCE)
		return true;
	return refuse(look, "P%d uses %s", look->thread,
		      row->action == RCS_ACTION_READ ? "no register for a load"
						     : row->name);
}

/* Whether a value can be told from the number of an iteration. */
static bool is_known(const struct look *look, int32_t location,
		     const struct rcs_litmus_value *value)
{
	int32_t number = (int32_t)value->number;

	if (value->is_address)
		return false;
	if (number == (int32_t)look->test->location[location].initial.number)
		return true;
	return look->p->location[location].writer != RCS_NONE &&
	       is_stored(look, location, number, RCS_NONE);
}

static bool take_condition(const struct look *look, int32_t condition)
{
	const struct rcs_condition *c = &look->test->condition[condition];
	int32_t loaded;

	switch (c->kind) {
	case RCS_CONDITION_TRUE:
		return true;
	case RCS_CONDITION_NOT:
		return take_condition(look, c->operand[0]);
	case RCS_CONDITION_AND:
	case RCS_CONDITION_OR:
		return take_condition(look, c->operand[0]) &&
		       take_condition(look, c->operand[1]);
	case RCS_CONDITION_SAME:
	case RCS_CONDITION_DIFFERENT:
		return refuse(look, "the condition compares what two places hold");
	case RCS_CONDITION_EQUAL:
	case RCS_CONDITION_UNEQUAL:
		break;
	}
	if (c->thread == RCS_NONE)
		return refuse(look, "the condition asks what '%s' is at the end",
			      name_of(look, c->index));
	loaded = look->p->loaded[c->thread][c->index];
	if (loaded == RCS_NONE)
		return refuse(look, "the condition asks for %" PRId32 ":%s, not loaded",
			      c->thread,
			      look->test->thread[c->thread].reg[c->index].name);
	if (!is_known(look, loaded, &c->value))
		return refuse(look,
			      "the condition asks for a value that '%s' never has",
			      name_of(look, loaded));
	return true;
}

static bool take_test(struct look *look)
{
	const struct rcs_litmus *test = look->test;

	for (; look->thread < test->threads; look->thread++) {
		for (int32_t i = test->thread[look->thread].first; i != RCS_NONE;
		     i = test->statement[i].next) {
			if (!take_statement(look, i))
				return false;
		}
	}
	if (test->filter != RCS_NONE)
		return refuse(look, "it has a filter");
	/* What is in memory at the end of an iteration, nobody logs. */
	for (int32_t s = 0; s < test->shown_count; s++) {
		if (test->shown[s].thread == RCS_NONE)
			return refuse(look, "it shows what '%s' is at the end",
				      name_of(look, test->shown[s].index));
	}
	return take_condition(look, test->target);
}

void rcs_perpetual_of(const struct rcs_litmus *test, struct rcs_perpetual *p)
{
	struct look look = {.test = test, .p = p};

	*p = (struct rcs_perpetual){0};
	for (int l = 0; l < RCS_LITMUS_LOCATIONS; l++)
		p->location[l].writer = RCS_NONE;
	for (int t = 0; t < RCS_LITMUS_THREADS; t++) {
		for (int r = 0; r < RCS_LITMUS_REGISTERS; r++)
			p->loaded[t][r] = RCS_NONE;
	}
	p->possible = take_test(&look);
}
