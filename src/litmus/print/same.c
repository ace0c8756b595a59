/* SPDX-License-Identifier: BSD-2-Clause */
/* Whether two tests say the same. Only what a node's kind uses is compared. */
#include <string.h>

#include "litmus/print.h"

static bool same_value(const struct rcs_litmus_value *a,
		       const struct rcs_litmus_value *b)
{
	return a->is_address == b->is_address && a->number == b->number;
}

static bool same_location(const struct rcs_litmus_location *a,
			  const struct rcs_litmus_location *b)
{
	return strcmp(a->name, b->name) == 0 && a->type == b->type &&
	       a->atomic == b->atomic && same_value(&a->initial, &b->initial);
}

static bool same_register(const struct rcs_litmus_register *a,
			  const struct rcs_litmus_register *b)
{
	return strcmp(a->name, b->name) == 0 && a->type == b->type &&
	       a->declared == b->declared && a->initialised == b->initialised &&
	       same_value(&a->initial, &b->initial);
}

static bool same_thread(const struct rcs_litmus_thread *a,
			const struct rcs_litmus_thread *b)
{
	if (a->first != b->first || a->registers != b->registers ||
	    a->parameters != b->parameters)
		return false;
	for (int32_t r = 0; r < a->registers; r++)
		if (!same_register(&a->reg[r], &b->reg[r]))
			return false;
	return true;
}

static bool same_operands(const struct rcs_expression *a,
			  const struct rcs_expression *b, int count)
{
	for (int i = 0; i < count; i++)
		if (a->operand[i] != b->operand[i])
			return false;
	return true;
}

static bool same_expression(const struct rcs_expression *a,
			    const struct rcs_expression *b)
{
	if (a->kind != b->kind)
		return false;
	switch (a->kind) {
	case RCS_EXPRESSION_NUMBER:
		return a->number == b->number;
	case RCS_EXPRESSION_REGISTER:
	case RCS_EXPRESSION_LOCATION:
		return a->index == b->index;
	case RCS_EXPRESSION_UNARY:
		return a->op == b->op && same_operands(a, b, 1);
	case RCS_EXPRESSION_BINARY:
		return a->op == b->op && same_operands(a, b, 2);
	case RCS_EXPRESSION_CALL:
		return a->primitive == b->primitive &&
		       same_operands(
			       a, b,
			       rcs_shape_operands(rcs_primitives[a->primitive].shape));
	}
	return false;
}

static bool same_statement(const struct rcs_statement *a, const struct rcs_statement *b)
{
	if (a->kind != b->kind || a->expression != b->expression || a->next != b->next)
		return false;
	switch (a->kind) {
	case RCS_STATEMENT_ASSIGN:
		return a->target == b->target;
	case RCS_STATEMENT_CALL:
		return true;
	case RCS_STATEMENT_IF:
		return a->then == b->then && a->otherwise == b->otherwise;
	}
	return false;
}

static bool same_shown(const struct rcs_litmus_shown *a,
		       const struct rcs_litmus_shown *b)
{
	return a->thread == b->thread && a->index == b->index;
}

static bool same_condition(const struct rcs_condition *a, const struct rcs_condition *b)
{
	if (a->kind != b->kind)
		return false;
	switch (a->kind) {
	case RCS_CONDITION_TRUE:
		return true;
	case RCS_CONDITION_NOT:
		return a->operand[0] == b->operand[0];
	case RCS_CONDITION_AND:
	case RCS_CONDITION_OR:
		return a->operand[0] == b->operand[0] && a->operand[1] == b->operand[1];
	case RCS_CONDITION_EQUAL:
	case RCS_CONDITION_UNEQUAL:
		return a->thread == b->thread && a->index == b->index &&
		       same_value(&a->value, &b->value);
	case RCS_CONDITION_SAME:
	case RCS_CONDITION_DIFFERENT:
		return a->thread == b->thread && a->index == b->index &&
		       same_shown(&a->other, &b->other);
	}
	return false;
}

static bool same_counts(const struct rcs_litmus *a, const struct rcs_litmus *b)
{
	return a->locations == b->locations && a->threads == b->threads &&
	       a->expressions == b->expressions && a->statements == b->statements &&
	       a->conditions == b->conditions && a->shown_count == b->shown_count;
}

static bool same_head(const struct rcs_litmus *a, const struct rcs_litmus *b)
{
	return strcmp(a->name, b->name) == 0 && strcmp(a->about, b->about) == 0 &&
	       memcmp(a->result, b->result, sizeof(a->result)) == 0 &&
	       memcmp(a->stripped, b->stripped, sizeof(a->stripped)) == 0 &&
	       memcmp(a->local, b->local, sizeof(a->local)) == 0 &&
	       a->filter == b->filter && a->quantifier == b->quantifier &&
	       a->target == b->target && a->mixes == b->mixes;
}

bool rcs_litmus_same(const struct rcs_litmus *a, const struct rcs_litmus *b)
{
	if (!same_head(a, b) || !same_counts(a, b))
		return false;
	for (int32_t i = 0; i < a->locations; i++)
		if (!same_location(&a->location[i], &b->location[i]))
			return false;
	for (int32_t i = 0; i < a->threads; i++)
		if (!same_thread(&a->thread[i], &b->thread[i]))
			return false;
	for (int32_t i = 0; i < a->expressions; i++)
		if (!same_expression(&a->expression[i], &b->expression[i]))
			return false;
	for (int32_t i = 0; i < a->statements; i++)
		if (!same_statement(&a->statement[i], &b->statement[i]))
			return false;
	for (int32_t i = 0; i < a->conditions; i++)
		if (!same_condition(&a->condition[i], &b->condition[i]))
			return false;
	for (int32_t i = 0; i < a->shown_count; i++)
		if (!same_shown(&a->shown[i], &b->shown[i]))
			return false;
	return true;
}
