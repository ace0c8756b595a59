/* SPDX-License-Identifier: BSD-2-Clause */
/* New nodes of the AST: none beyond its arrays, none higher than its depth. */
#include "litmus/parse/parser.h"

/* Room for one more, and not too high; an error else. */
static bool fits(struct rcs_parser *p, int32_t count, int height,
		 struct rcs_position at)
{
	if (count == RCS_LITMUS_NODES)
		(void)rcs_lexer_fail(&p->lexer, at, "the test is too long");
	if (height > RCS_LITMUS_DEPTH)
		(void)rcs_lexer_fail(&p->lexer, at, "nested deeper than %d levels",
				     RCS_LITMUS_DEPTH);
	return !p->lexer.failed;
}

int32_t rcs_parse_add_expression(struct rcs_parser *p,
				 const struct rcs_expression *expression,
				 enum rcs_value_type value)
{
	int32_t index = p->test->expressions;
	bool access = expression->kind == RCS_EXPRESSION_CALL;
	int height = 1;

	for (int i = 0; i < RCS_PRIMITIVE_OPERANDS; i++) {
		int32_t o = expression->operand[i];

		if (o == RCS_NONE)
			continue;
		access |= p->access[o];
		if (p->height[o] >= height)
			height = p->height[o] + 1;
	}
	if (!fits(p, index, height, expression->at))
		return RCS_NONE;
	p->test->expression[index] = *expression;
	p->value[index] = (uint8_t)value;
	p->height[index] = (uint8_t)height;
	p->access[index] = access;
	p->test->expressions++;
	return index;
}

int32_t rcs_parse_add_statement(struct rcs_parser *p, enum rcs_statement_kind kind,
				struct rcs_position at)
{
	int32_t index = p->test->statements;

	if (!fits(p, index, 0, at))
		return RCS_NONE;
	p->test->statement[index] = (struct rcs_statement){
		.kind = kind,
		.at = at,
		.target = RCS_NONE,
		.expression = RCS_NONE,
		.then = RCS_NONE,
		.otherwise = RCS_NONE,
		.next = RCS_NONE,
	};
	p->test->statements++;
	return index;
}

int32_t rcs_parse_add_condition(struct rcs_parser *p,
				const struct rcs_condition *condition)
{
	int32_t index = p->test->conditions;
	int height = 1;

	for (int i = 0; i < 2; i++) {
		int32_t o = condition->operand[i];

		if (o != RCS_NONE && p->condition_height[o] >= height)
			height = p->condition_height[o] + 1;
	}
	if (!fits(p, index, height, condition->at))
		return RCS_NONE;
	p->test->condition[index] = *condition;
	p->condition_height[index] = (uint8_t)height;
	p->test->conditions++;
	return index;
}
