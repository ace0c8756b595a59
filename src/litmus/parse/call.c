/* SPDX-License-Identifier: BSD-2-Clause */
/* Calls of primitives, and plain accesses: shapes and types of their operands. */
#include <string.h>

#include "litmus/parse/parser.h"

bool rcs_parse_fits(struct rcs_parser *p, int32_t expression, enum rcs_value_type type)
{
	const struct rcs_expression *x;

	if (expression == RCS_NONE || p->lexer.failed)
		return false;
	x = &p->test->expression[expression];
	if (p->value[expression] == type)
		return true;
	/* The null pointer. */
	if (type == RCS_VALUE_POINTER && x->kind == RCS_EXPRESSION_NUMBER &&
	    x->number == 0)
		return true;
	if (p->value[expression] == RCS_VALUE_NOTHING)
		(void)rcs_lexer_fail(&p->lexer, x->at, "%s gives no value",
				     rcs_primitives[x->primitive].name);
	else if (x->kind == RCS_EXPRESSION_LOCATION)
		(void)rcs_lexer_fail(
			&p->lexer, x->at,
			type == RCS_VALUE_INT
				? "'%s' is an address; want a number: *%s?"
				: "the address of '%s', no int, cannot be a "
				  "value%.0s",
			p->test->location[x->index].name,
			p->test->location[x->index].name);
	else
		(void)rcs_lexer_fail(&p->lexer, x->at, "%s",
				     type == RCS_VALUE_INT
					     ? "want a number here, not an address"
					     : "want an address here, not a number");
	return false;
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
		if (r->type == RCS_TYPE_POINTER)
			return true;
		if (!r->declared && !r->initialised &&
		    !p->reg[p->thread][x->index].assigned)
			(void)rcs_lexer_fail(&p->lexer, x->at,
					     "unknown shared variable '%s': P%d has no "
					     "such parameter",
					     r->name, p->thread);
		else
			(void)rcs_lexer_fail(
				&p->lexer, x->at,
				"'%s' holds an int; declared as int *%s, it "
				"could hold an address",
				r->name, r->name);
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

/* Which cells a primitive works on. */
static bool cell_fits(struct rcs_parser *p, const struct rcs_primitive_row *row,
		      int32_t address)
{
	enum rcs_type type = cell_type(p, address);
	struct rcs_position at = p->test->expression[address].at;
	const char *wanted = NULL;

	switch (row->action) {
	case RCS_ACTION_READ:
	case RCS_ACTION_WRITE:
	case RCS_ACTION_EXCHANGE:
	case RCS_ACTION_COMPARE:
		if (strncmp(row->name, "atomic_", 7) == 0 && type != RCS_TYPE_INT)
			wanted = "an int";
		else if (type != RCS_TYPE_INT && type != RCS_TYPE_POINTER)
			wanted = "an int or a pointer";
		break;
	case RCS_ACTION_LOCK:
	case RCS_ACTION_UNLOCK:
	case RCS_ACTION_TRYLOCK:
	case RCS_ACTION_IS_LOCKED:
		wanted = type != RCS_TYPE_LOCK ? "a spinlock_t" : NULL;
		break;
	case RCS_ACTION_SRCU_LOCK:
	case RCS_ACTION_SRCU_UNLOCK:
	case RCS_ACTION_SRCU_SYNC:
		wanted = type != RCS_TYPE_SRCU ? "a struct srcu_struct" : NULL;
		break;
	default:
		wanted = type != RCS_TYPE_INT ? "an int" : NULL;
		break;
	}
	if (wanted != NULL)
		(void)rcs_lexer_fail(&p->lexer, at, "%s works on %s",
				     row->name[0] == '*' ? "a plain access" : row->name,
				     wanted);
	return wanted == NULL;
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
	enum rcs_value_type cell = RCS_VALUE_INT, value;
	int count = rcs_shape_operands(row->shape), accesses = 0;

	if (p->lexer.failed)
		return RCS_NONE;
	if (count > 0) {
		bool lvalue = row->shape == RCS_SHAPE_LVALUE ||
			      row->shape == RCS_SHAPE_LVALUE_VALUE;

		if (!is_address(p, operand[0], lvalue ? NULL : row->name) ||
		    !cell_fits(p, row, operand[0]))
			return RCS_NONE;
		if (cell_type(p, operand[0]) == RCS_TYPE_POINTER)
			cell = RCS_VALUE_POINTER;
	}
	for (int i = 0; i < count; i++) {
		if (i > 0 && !rcs_parse_fits(p, operand[i], cell))
			return RCS_NONE;
		accesses += p->access[operand[i]];
		x.operand[i] = operand[i];
	}
	if (accesses > 1)
		return rcs_lexer_fail(&p->lexer, at,
				      "two accesses in one expression: their order of "
				      "evaluation is not defined");
	value = !row->gives ? RCS_VALUE_NOTHING : cell;
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
