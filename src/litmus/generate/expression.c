/* SPDX-License-Identifier: BSD-2-Clause */
/* Expressions as C: see expression.h. */
#include "litmus/generate/expression.h"

#include <inttypes.h>

#include "litmus/generate/thread.h"

/* Functions of native/integers.h. */
static const char *const operators[RCS_OPERATORS] = {
	[RCS_OPERATOR_NEGATE] = "rcs_negate",
	[RCS_OPERATOR_INVERT] = "rcs_invert",
	[RCS_OPERATOR_NOT] = "rcs_not",
	[RCS_OPERATOR_ADD] = "rcs_add",
	[RCS_OPERATOR_SUBTRACT] = "rcs_subtract",
	[RCS_OPERATOR_MULTIPLY] = "rcs_multiply",
	[RCS_OPERATOR_AND] = "rcs_and",
	[RCS_OPERATOR_OR] = "rcs_or",
	[RCS_OPERATOR_XOR] = "rcs_xor",
	[RCS_OPERATOR_LEFT] = "rcs_left",
	[RCS_OPERATOR_RIGHT] = "rcs_right",
	[RCS_OPERATOR_EQUAL] = "rcs_equal",
	[RCS_OPERATOR_UNEQUAL] = "rcs_unequal",
	[RCS_OPERATOR_LESS] = "rcs_less",
	[RCS_OPERATOR_LESS_EQUAL] = "rcs_less_equal",
	[RCS_OPERATOR_GREATER] = "rcs_greater",
	[RCS_OPERATOR_GREATER_EQUAL] = "rcs_greater_equal",
	[RCS_OPERATOR_BOTH] = "rcs_both",
	[RCS_OPERATOR_EITHER] = "rcs_either",
};

static const char *const changes[] = {
	[RCS_CHANGE_NONE] = "RCS_MODIFY_ADD",
	[RCS_CHANGE_ADD] = "RCS_MODIFY_ADD",
	[RCS_CHANGE_SUBTRACT] = "RCS_MODIFY_ADD", /* of what is negated */
	[RCS_CHANGE_AND] = "RCS_MODIFY_AND",
	[RCS_CHANGE_OR] = "RCS_MODIFY_OR",
	[RCS_CHANGE_XOR] = "RCS_MODIFY_XOR",
	[RCS_CHANGE_ANDNOT] = "RCS_MODIFY_ANDNOT",
};

/* Functions of native/primitives.h, native/updates.h, native/locks.h and native/rcu.h.
 */
static const char *const functions[] = {
	[RCS_ACTION_READ] = "rcs_read",
	[RCS_ACTION_WRITE] = "rcs_write",
	[RCS_ACTION_EXCHANGE] = "rcs_exchange",
	[RCS_ACTION_COMPARE] = "rcs_compare",
	[RCS_ACTION_FETCH] = "rcs_fetch",
	[RCS_ACTION_CHANGE] = "rcs_change",
	[RCS_ACTION_UPDATE] = "rcs_update",
	[RCS_ACTION_TEST] = "rcs_change",
	[RCS_ACTION_NEGATIVE] = "rcs_change",
	[RCS_ACTION_ADD_UNLESS] = "rcs_add_unless",
	[RCS_ACTION_FENCE] = "rcs_fence",
	[RCS_ACTION_LOCK] = "rcs_lock",
	[RCS_ACTION_UNLOCK] = "rcs_unlock",
	[RCS_ACTION_TRYLOCK] = "rcs_trylock",
	[RCS_ACTION_IS_LOCKED] = "rcs_is_locked",
	[RCS_ACTION_RCU_LOCK] = "rcs_rcu_lock",
	[RCS_ACTION_RCU_UNLOCK] = "rcs_rcu_unlock",
	[RCS_ACTION_RCU_SYNC] = "rcs_rcu_synchronize",
};

void rcs_generate_indent(int depth, FILE *out)
{
	for (int i = 0; i < depth; i++)
		(void)fputc('\t', out);
}

static int operands_of(const struct rcs_expression *x)
{
	switch (x->kind) {
	case RCS_EXPRESSION_UNARY:
		return 1;
	case RCS_EXPRESSION_BINARY:
		return 2;
	case RCS_EXPRESSION_CALL:
		return rcs_shape_operands(rcs_primitives[x->primitive].shape);
	default:
		return 0;
	}
}

/* A bit for each location of that type. */
static uint32_t locations_of(const struct rcs_litmus *test, enum rcs_type type)
{
	uint32_t bits = 0;

	for (int32_t l = 0; l < test->locations; l++)
		bits |= (uint32_t)(test->location[l].type == type) << l;
	return bits;
}

static bool is_rcu(enum rcs_action action)
{
	return action >= RCS_ACTION_RCU_LOCK && action <= RCS_ACTION_RCU_SYNC;
}

static bool is_lock(enum rcs_action action)
{
	return action >= RCS_ACTION_LOCK && action <= RCS_ACTION_IS_LOCKED;
}

/* Whether it changes what is there as an int, which no pointer is. */
static bool calculates(enum rcs_action action)
{
	return action >= RCS_ACTION_FETCH && action <= RCS_ACTION_ADD_UNLESS;
}

/* The cell that operand names, or that it holds the address of: an int then, as there
 * are no pointers to anything else. */
static void print_cell(const struct rcs_litmus *test, int32_t operand,
		       enum rcs_action action, FILE *out)
{
	const struct rcs_expression *x = &test->expression[operand];
	bool lock = is_lock(action);

	if (x->kind == RCS_EXPRESSION_LOCATION) {
		bool wide = test->location[x->index].type == RCS_TYPE_POINTER &&
			    !calculates(action) && !lock;

		(void)fprintf(out, "rcs_cell(l%" PRId32 ", %s)", x->index,
			      wide ? "RCS_WIDE" : "RCS_INT");
		return;
	}
	(void)fputs("rcs_followed(env, base, ", out);
	rcs_generate_value(test, operand, out);
	(void)fprintf(out, ", 0x%" PRIx32 ")",
		      locations_of(test, lock ? RCS_TYPE_LOCK : RCS_TYPE_INT));
}

/* What an RMW adds: its operand, or the step of its name. */
static void print_amount(const struct rcs_litmus *test, const struct rcs_expression *x,
			 const struct rcs_primitive_row *row, FILE *out)
{
	bool subtracts = row->change == RCS_CHANGE_SUBTRACT;

	(void)fputs(subtracts ? "rcs_negate(" : "", out);
	if (rcs_shape_operands(row->shape) > 1)
		rcs_generate_value(test, x->operand[1], out);
	else
		(void)fprintf(out, "%d", row->step);
	(void)fputs(subtracts ? ")" : "", out);
}

static void print_lock(const struct rcs_litmus *test, const struct rcs_expression *x,
		       const struct rcs_primitive_row *row, FILE *out)
{
	(void)fprintf(out, "%s(v, %s", functions[row->action],
		      row->action == RCS_ACTION_LOCK ? "env, " : "");
	print_cell(test, x->operand[0], row->action, out);
	(void)fputc(')', out);
}

static void print_access(const struct rcs_litmus *test, const struct rcs_expression *x,
			 const struct rcs_primitive_row *row, FILE *out)
{
	bool amount = row->change != RCS_CHANGE_NONE;
	int operands = rcs_shape_operands(row->shape);

	(void)fprintf(out, "%s(v, %s, ", functions[row->action],
		      rcs_generate_order(row->ordering));
	if (calculates(row->action) && row->action != RCS_ACTION_ADD_UNLESS)
		(void)fprintf(out, "%s, ", changes[row->change]);
	print_cell(test, x->operand[0], row->action, out);
	if (amount || operands > 1) {
		(void)fputs(", ", out);
		print_amount(test, x, row, out);
	}
	if (operands > 2) {
		(void)fputs(", ", out);
		rcs_generate_value(test, x->operand[2], out);
	}
	(void)fputc(')', out);
}

static void print_call(const struct rcs_litmus *test, const struct rcs_expression *x,
		       FILE *out)
{
	const struct rcs_primitive_row *row = &rcs_primitives[x->primitive];

	if (row->action == RCS_ACTION_FENCE) {
		rcs_generate_fence(row->ordering, out);
	} else if (is_lock(row->action)) {
		print_lock(test, x, row, out);
	} else if (is_rcu(row->action)) {
		(void)fprintf(out, "%s(v, env)", functions[row->action]);
	} else if (row->action == RCS_ACTION_TEST) {
		(void)fputs("rcs_not(", out);
		print_access(test, x, row, out);
		(void)fputc(')', out);
	} else if (row->action == RCS_ACTION_NEGATIVE) {
		(void)fputs("rcs_less(", out);
		print_access(test, x, row, out);
		(void)fputs(", 0)", out);
	} else {
		print_access(test, x, row, out);
	}
}

void rcs_generate_calls(const struct rcs_litmus *test, int32_t expression, int depth,
			FILE *out)
{
	const struct rcs_expression *x = &test->expression[expression];

	for (int i = 0; i < operands_of(x); i++)
		rcs_generate_calls(test, x->operand[i], depth, out);
	if (x->kind != RCS_EXPRESSION_CALL)
		return;
	rcs_generate_indent(depth, out);
	if (rcs_primitives[x->primitive].gives)
		(void)fprintf(out, "const intptr_t t%" PRId32 " = ", expression);
	print_call(test, x, out);
	(void)fputs(";\n", out);
}

void rcs_generate_value(const struct rcs_litmus *test, int32_t expression, FILE *out)
{
	const struct rcs_expression *x = &test->expression[expression];

	switch (x->kind) {
	case RCS_EXPRESSION_NUMBER:
		(void)fprintf(out, "%" PRId32, (int32_t)x->number);
		break;
	case RCS_EXPRESSION_REGISTER:
		(void)fprintf(out, "RCS_USE(r%" PRId32 ", %" PRId32 ")", x->index,
			      expression);
		break;
	case RCS_EXPRESSION_LOCATION:
		(void)fprintf(out, "(intptr_t)l%" PRId32, x->index);
		break;
	case RCS_EXPRESSION_UNARY:
	case RCS_EXPRESSION_BINARY:
		(void)fprintf(out, "%s(", operators[x->op]);
		rcs_generate_value(test, x->operand[0], out);
		if (x->kind == RCS_EXPRESSION_BINARY) {
			(void)fputs(", ", out);
			rcs_generate_value(test, x->operand[1], out);
		}
		(void)fputc(')', out);
		break;
	case RCS_EXPRESSION_CALL:
		(void)fprintf(out, "t%" PRId32, expression);
		break;
	}
}
