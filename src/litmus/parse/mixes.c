/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where a test takes a number for an address, or the reverse. herd7 has no types, and
 * to it that is nothing special; it is recorded here since machine code has them.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "litmus/parse/parser.h"

static bool is_before(struct rcs_position a, struct rcs_position b)
{
	return a.line < b.line || (a.line == b.line && a.column < b.column);
}

/* The first place of the file counts, in whichever order they are found. */
static void mixes(struct rcs_parser *p, struct rcs_position at, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static void mixes(struct rcs_parser *p, struct rcs_position at, const char *format, ...)
{
	va_list args;

	if (p->test->mixes && !is_before(at, p->test->mixes_at))
		return;
	p->test->mixes = true;
	p->test->mixes_at = at;
	va_start(args, format);
	(void)vsnprintf(p->test->mixes_why, sizeof(p->test->mixes_why), format, args);
	va_end(args);
}

static const char *kind_of(enum rcs_type type)
{
	return type == RCS_TYPE_POINTER ? "a pointer" : "an int";
}

/* One of a name that is of that type. */
struct holder {
	const char *name;
	enum rcs_type type;
};

static struct holder location_of(const struct rcs_parser *p, int32_t index)
{
	return (struct holder){p->test->location[index].name,
			       p->test->location[index].type};
}

static struct holder register_of(const struct rcs_parser *p, int32_t thread,
				 int32_t index)
{
	return (struct holder){p->test->thread[thread].reg[index].name,
			       p->test->thread[thread].reg[index].type};
}

/* A value that is not computed, as init block and conditions have them. */
static void hold(struct rcs_parser *p, struct holder holder,
		 const struct rcs_litmus_value *value, struct rcs_position at,
		 const char *verb)
{
	if (value->is_address && holder.type != RCS_TYPE_POINTER)
		mixes(p, at, "'%s' is an int and %s an address", holder.name, verb);
	else if (value->is_address &&
		 p->test->location[value->number].type != RCS_TYPE_INT)
		mixes(p, at, "'%s' %s the address of '%s', which is no int",
		      holder.name, verb, p->test->location[value->number].name);
	else if (!value->is_address && holder.type == RCS_TYPE_POINTER &&
		 value->number != 0)
		mixes(p, at, "'%s' is a pointer and %s a number", holder.name, verb);
}

static bool is_null(const struct rcs_parser *p, int32_t index)
{
	const struct rcs_expression *x = &p->test->expression[index];

	return x->kind == RCS_EXPRESSION_NUMBER && x->number == 0;
}

static struct rcs_position at_of(const struct rcs_parser *p, int32_t index)
{
	return p->test->expression[index].at;
}

static const char *text_of(const struct rcs_parser *p, int32_t index)
{
	switch ((enum rcs_value_type)p->value[index]) {
	case RCS_VALUE_INT:
		return "a number";
	case RCS_VALUE_POINTER:
		return "an address";
	default:
		return "the address of what is no int";
	}
}

/* The value of an expression, given to a cell or a register. */
static void give(struct rcs_parser *p, struct holder holder, int32_t index)
{
	bool pointer = holder.type == RCS_TYPE_POINTER;
	enum rcs_value_type wanted = pointer ? RCS_VALUE_POINTER : RCS_VALUE_INT;

	if (p->value[index] != wanted && !(pointer && is_null(p, index)))
		mixes(p, at_of(p, index), "'%s' is %s and is given %s", holder.name,
		      kind_of(holder.type), text_of(p, index));
}

static bool is_number(struct rcs_parser *p, int32_t index, const char *symbol)
{
	if (p->value[index] != RCS_VALUE_INT)
		mixes(p, at_of(p, index), "'%s' is given %s", symbol,
		      text_of(p, index));
	return p->value[index] == RCS_VALUE_INT;
}

/* Whether it is null can be asked of an address as well. */
static void is_truth(struct rcs_parser *p, int32_t index, const char *symbol)
{
	if (p->value[index] != RCS_VALUE_POINTER)
		(void)is_number(p, index, symbol);
}

static void binary(struct rcs_parser *p, const struct rcs_expression *x)
{
	const char *symbol = rcs_operator_text[x->op];
	int32_t a = x->operand[0], b = x->operand[1];
	bool pointers = p->value[a] != RCS_VALUE_INT || p->value[b] != RCS_VALUE_INT;

	if (x->op == RCS_OPERATOR_BOTH || x->op == RCS_OPERATOR_EITHER) {
		is_truth(p, a, symbol);
		is_truth(p, b, symbol);
	} else if (pointers &&
		   (x->op == RCS_OPERATOR_EQUAL || x->op == RCS_OPERATOR_UNEQUAL)) {
		for (int i = 0; i < 2; i++)
			if (p->value[x->operand[i]] != RCS_VALUE_POINTER &&
			    !is_null(p, x->operand[i]))
				mixes(p, at_of(p, x->operand[i]),
				      "an address is compared with %s",
				      text_of(p, x->operand[i]));
	} else if (is_number(p, a, symbol)) {
		(void)is_number(p, b, symbol);
	}
}

/* What is in the cell at that address, which has to be known, or a pointer. */
static struct holder cell_of(struct rcs_parser *p, int32_t thread, int32_t address)
{
	const struct rcs_expression *x = &p->test->expression[address];

	if (x->kind == RCS_EXPRESSION_LOCATION)
		return location_of(p, x->index);
	if (x->kind != RCS_EXPRESSION_REGISTER)
		mixes(p, x->at, "an address is computed");
	else if (register_of(p, thread, x->index).type != RCS_TYPE_POINTER)
		mixes(p, x->at, "'%s' is an int and is taken for an address",
		      register_of(p, thread, x->index).name);
	return (struct holder){"*", RCS_TYPE_INT};
}

static bool passes_on(enum rcs_action action)
{
	return action == RCS_ACTION_READ || action == RCS_ACTION_WRITE ||
	       action == RCS_ACTION_EXCHANGE || action == RCS_ACTION_COMPARE;
}

/* Checks the operands; what it gives. */
static enum rcs_value_type call(struct rcs_parser *p, int32_t thread,
				const struct rcs_expression *x)
{
	const struct rcs_primitive_row *row = &rcs_primitives[x->primitive];
	int count = rcs_shape_operands(row->shape);
	struct holder cell = {"*", RCS_TYPE_INT};

	if (count > 0)
		cell = cell_of(p, thread, x->operand[0]);
	if (cell.type == RCS_TYPE_POINTER &&
	    (!passes_on(row->action) || strncmp(row->name, "atomic_", 7) == 0))
		mixes(p, at_of(p, x->operand[0]),
		      "%s works on an int, and '%s' is a "
		      "pointer",
		      row->name, cell.name);
	for (int i = 1; i < count; i++)
		give(p, cell, x->operand[i]);
	if (!row->gives)
		return RCS_VALUE_NOTHING;
	return cell.type == RCS_TYPE_POINTER && passes_on(row->action)
		       ? RCS_VALUE_POINTER
		       : RCS_VALUE_INT;
}

static enum rcs_value_type value_of(struct rcs_parser *p, int32_t thread, int32_t index)
{
	const struct rcs_expression *x = &p->test->expression[index];

	switch (x->kind) {
	case RCS_EXPRESSION_NUMBER:
		return RCS_VALUE_INT;
	case RCS_EXPRESSION_REGISTER:
		return register_of(p, thread, x->index).type == RCS_TYPE_POINTER
			       ? RCS_VALUE_POINTER
			       : RCS_VALUE_INT;
	case RCS_EXPRESSION_LOCATION:
		return p->test->location[x->index].type == RCS_TYPE_INT
			       ? RCS_VALUE_POINTER
			       : RCS_VALUE_OTHER;
	case RCS_EXPRESSION_UNARY:
		if (x->op == RCS_OPERATOR_NOT)
			is_truth(p, x->operand[0], "!");
		else
			(void)is_number(p, x->operand[0], rcs_operator_text[x->op]);
		return RCS_VALUE_INT;
	case RCS_EXPRESSION_BINARY:
		binary(p, x);
		return RCS_VALUE_INT;
	case RCS_EXPRESSION_CALL:
		return call(p, thread, x);
	}
	return RCS_VALUE_NOTHING;
}

static void thread_mixes(struct rcs_parser *p, int32_t thread, int32_t expression,
			 int32_t statement)
{
	for (int32_t i = expression; i < p->expressions_end[thread]; i++)
		p->value[i] = (uint8_t)value_of(p, thread, i);
	for (int32_t i = statement; i < p->statements_end[thread]; i++) {
		const struct rcs_statement *s = &p->test->statement[i];

		if (s->kind == RCS_STATEMENT_ASSIGN)
			give(p, register_of(p, thread, s->target), s->expression);
		if (s->kind == RCS_STATEMENT_IF)
			is_truth(p, s->expression, "if");
	}
}

static void init_mixes(struct rcs_parser *p)
{
	for (int32_t l = 0; l < p->test->locations; l++)
		hold(p, location_of(p, l), &p->test->location[l].initial,
		     p->location[l].initial, "begins as");
	for (int32_t t = 0; t < p->test->threads; t++)
		for (int32_t r = 0; r < p->test->thread[t].registers; r++)
			hold(p, register_of(p, t, r),
			     &p->test->thread[t].reg[r].initial, p->reg[t][r].initial,
			     "begins as");
}

static struct holder holder_of(const struct rcs_parser *p, int32_t thread,
			       int32_t index)
{
	return thread == RCS_NONE ? location_of(p, index)
				  : register_of(p, thread, index);
}

static void condition_mixes(struct rcs_parser *p, const struct rcs_condition *c)
{
	struct holder one = {NULL, RCS_TYPE_INT}, other = one;

	if (c->kind >= RCS_CONDITION_EQUAL)
		one = holder_of(p, c->thread, c->index);
	if (c->kind == RCS_CONDITION_EQUAL || c->kind == RCS_CONDITION_UNEQUAL)
		hold(p, one, &c->value, c->at, "is compared with");
	if (c->kind < RCS_CONDITION_SAME)
		return;
	other = holder_of(p, c->other.thread, c->other.index);
	if (one.type != other.type)
		mixes(p, c->at, "'%s' is %s and is compared with '%s', %s", one.name,
		      kind_of(one.type), other.name, kind_of(other.type));
}

void rcs_parse_mixes(struct rcs_parser *p)
{
	int32_t expression = 0, statement = 0;

	if (p->lexer.failed)
		return;
	init_mixes(p);
	for (int32_t t = 0; t < p->test->threads; t++) {
		thread_mixes(p, t, expression, statement);
		expression = p->expressions_end[t];
		statement = p->statements_end[t];
	}
	for (int32_t c = 0; c < p->test->conditions; c++)
		condition_mixes(p, &p->test->condition[c]);
}
