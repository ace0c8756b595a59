/* SPDX-License-Identifier: BSD-2-Clause */
/* Calls of primitives, and plain accesses: the shapes of their operands. */
#include <string.h>

#include "litmus/parse/parser.h"

bool rcs_parse_gives(struct rcs_parser *p, int32_t expression)
{
	const struct rcs_expression *x;

	if (expression == RCS_NONE || p->lexer.failed)
		return false;
	x = &p->test->expression[expression];
	if (p->value[expression] == RCS_VALUE_NOTHING)
		(void)rcs_lexer_fail(&p->lexer, x->at, "%s gives no value",
				     rcs_primitives[x->primitive].name);
	return !p->lexer.failed;
}

/* Whether it can be followed; an error else. name: of the primitive, where a '*' too
 * many is likely. */
static bool is_address(struct rcs_parser *p, int32_t expression, const char *name)
{
	const struct rcs_expression *x;
	const struct rcs_litmus_register *r;

	if (expression == RCS_NONE || p->lexer.failed)
		return false;
	x = &p->test->expression[expression];
	if (x->kind == RCS_EXPRESSION_LOCATION)
		return true;
	if (x->kind == RCS_EXPRESSION_REGISTER) {
		r = &p->test->thread[p->thread].reg[x->index];
		if (r->declared || r->initialised ||
		    p->reg[p->thread][x->index].assigned)
			return true;
		(void)rcs_lexer_fail(&p->lexer, x->at,
				     "unknown shared variable '%s': P%d has no such "
				     "parameter",
				     r->name, p->thread);
	} else if ((x->kind == RCS_EXPRESSION_UNARY ||
		    x->kind == RCS_EXPRESSION_BINARY) &&
		   !p->access[expression]) {
		return true;
	} else if (x->kind == RCS_EXPRESSION_CALL &&
		   p->value[expression] == RCS_VALUE_POINTER) {
		(void)rcs_lexer_fail(&p->lexer, x->at,
				     "put this address into a register first");
	} else if (x->primitive == RCS_PRIMITIVE_PLAIN_READ &&
		   x->kind == RCS_EXPRESSION_CALL && name != NULL) {
		(void)rcs_lexer_fail(&p->lexer, x->at,
				     "%s takes an address: write it without *", name);
	} else {
		(void)rcs_lexer_fail(&p->lexer, x->at,
				     "want a shared variable, or a register that holds "
				     "its address");
	}
	return false;
}

/* What is in the cell at that address. */
static enum rcs_type cell_type(const struct rcs_parser *p, int32_t address)
{
	const struct rcs_expression *x = &p->test->expression[address];

	return x->kind == RCS_EXPRESSION_LOCATION ? p->test->location[x->index].type
						  : RCS_TYPE_INT;
}

/* Whether what it gives is what was in the cell. */
static bool passes_on(enum rcs_action action)
{
	return action == RCS_ACTION_READ || action == RCS_ACTION_EXCHANGE ||
	       action == RCS_ACTION_COMPARE;
}

/* One node out of operands, which have been read. */
static int32_t call(struct rcs_parser *p, int primitive, struct rcs_position at,
		    const int32_t *operand)
{
	const struct rcs_primitive_row *row = &rcs_primitives[primitive];
	struct rcs_expression x = {.kind = RCS_EXPRESSION_CALL,
				   .at = at,
				   .primitive = primitive,
				   .operand = {RCS_NONE, RCS_NONE, RCS_NONE}};
	enum rcs_value_type value = row->gives ? RCS_VALUE_INT : RCS_VALUE_NOTHING;
	int count = rcs_shape_operands(row->shape), accesses = 0;

	if (p->lexer.failed)
		return RCS_NONE;
	if (count > 0) {
		bool lvalue = row->shape == RCS_SHAPE_LVALUE ||
			      row->shape == RCS_SHAPE_LVALUE_VALUE;

		if (!is_address(p, operand[0], lvalue ? NULL : row->name))
			return RCS_NONE;
		if (row->gives && passes_on(row->action) &&
		    cell_type(p, operand[0]) == RCS_TYPE_POINTER)
			value = RCS_VALUE_POINTER;
	}
	for (int i = 0; i < count; i++) {
		if (i > 0 && !rcs_parse_gives(p, operand[i]))
			return RCS_NONE;
		accesses += p->access[operand[i]];
		x.operand[i] = operand[i];
	}
	if (accesses > 1)
		return rcs_lexer_fail(&p->lexer, at,
				      "two accesses in one expression: their order of "
				      "evaluation is not defined");
	return rcs_parse_add_expression(p, &x, value);
}

int32_t rcs_parse_plain(struct rcs_parser *p, struct rcs_position at, int32_t address,
			int32_t value)
{
	int32_t operand[] = {address, value};

	if (p->lexer.failed || !is_address(p, address, NULL))
		return RCS_NONE;
	return call(p,
		    value == RCS_NONE ? RCS_PRIMITIVE_PLAIN_READ
				      : RCS_PRIMITIVE_PLAIN_WRITE,
		    at, operand);
}

static int32_t starred(struct rcs_parser *p, const char *name)
{
	if (!rcs_parse_accept(p, "*")) {
		if (rcs_parse_is_name(&p->token))
			return rcs_lexer_fail(&p->lexer, p->token.at,
					      "%s takes a variable, not its address: "
					      "write *%.*s",
					      name, (int)p->token.length,
					      p->token.text);
		rcs_parse_want(p, "*");
	}
	return rcs_parse_operand(p);
}

/* What stands between the parentheses; `operand` gets it in the table's order. */
static void operands(struct rcs_parser *p, const struct rcs_primitive_row *row,
		     int32_t *operand)
{
	int count = rcs_shape_operands(row->shape);

	for (int i = 0; i < count; i++) {
		int place = row->shape == RCS_SHAPE_VALUE_ADDRESS ? 1 - i : i;

		if (i > 0)
			rcs_parse_want(p, ",");
		if (i == 0 && (row->shape == RCS_SHAPE_LVALUE ||
			       row->shape == RCS_SHAPE_LVALUE_VALUE))
			operand[place] = starred(p, row->name);
		else
			operand[place] = rcs_parse_expression(p);
	}
	rcs_parse_want(p, ")");
}

int32_t rcs_parse_call(struct rcs_parser *p, const struct rcs_token *name)
{
	int32_t operand[RCS_PRIMITIVE_OPERANDS] = {RCS_NONE, RCS_NONE, RCS_NONE};
	char text[RCS_LITMUS_NAME_SIZE];
	int primitive;

	if (p->lexer.failed)
		return RCS_NONE;
	memcpy(text, name->text, name->length);
	text[name->length] = '\0';
	primitive = rcs_primitive_find(text);
	if (primitive == RCS_PRIMITIVE_UNKNOWN)
		return rcs_lexer_fail(&p->lexer, name->at, "unknown primitive '%s'%s",
				      text,
				      strcmp(text, "ACCESS_ONCE") == 0
					      ? ": use READ_ONCE or WRITE_ONCE"
					      : "");
	rcs_parse_want(p, "(");
	operands(p, &rcs_primitives[primitive], operand);
	return call(p, primitive, name->at, operand);
}
