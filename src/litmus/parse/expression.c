/* SPDX-License-Identifier: BSD-2-Clause */
/* Expressions, with C's precedence. What calls look like is in parse_call.c. */
#include "litmus/parse/parser.h"

/* Binary operators; a higher level binds tighter. */
static const struct {
	enum rcs_operator op;
	int level;
} binary_operators[] = {
	{RCS_OPERATOR_EITHER, 1},
	{RCS_OPERATOR_BOTH, 2},
	{RCS_OPERATOR_OR, 3},
	{RCS_OPERATOR_XOR, 4},
	{RCS_OPERATOR_AND, 5},
	{RCS_OPERATOR_EQUAL, 6},
	{RCS_OPERATOR_UNEQUAL, 6},
	{RCS_OPERATOR_LESS, 7},
	{RCS_OPERATOR_LESS_EQUAL, 7},
	{RCS_OPERATOR_GREATER, 7},
	{RCS_OPERATOR_GREATER_EQUAL, 7},
	{RCS_OPERATOR_LEFT, 8},
	{RCS_OPERATOR_RIGHT, 8},
	{RCS_OPERATOR_ADD, 9},
	{RCS_OPERATOR_SUBTRACT, 9},
	{RCS_OPERATOR_MULTIPLY, 10},
};

int rcs_operator_level(enum rcs_operator op)
{
	for (size_t i = 0; i < sizeof(binary_operators) / sizeof(binary_operators[0]);
	     i++)
		if (binary_operators[i].op == op)
			return binary_operators[i].level;
	return 11;
}

/* RCS_OPERATORS when the token is none. */
static enum rcs_operator sees_binary(const struct rcs_parser *p)
{
	if (p->token.kind != RCS_TOKEN_MARK)
		return RCS_OPERATORS;
	for (size_t i = 0; i < sizeof(binary_operators) / sizeof(binary_operators[0]);
	     i++)
		if (rcs_parse_sees(p, rcs_operator_text[binary_operators[i].op]))
			return binary_operators[i].op;
	return RCS_OPERATORS;
}

static int32_t leaf(struct rcs_parser *p, enum rcs_expression_kind kind,
		    struct rcs_position at, int32_t index, int64_t number,
		    enum rcs_value_type value)
{
	return rcs_parse_add_expression(
		p,
		&(struct rcs_expression){.kind = kind,
					 .at = at,
					 .index = index,
					 .number = number,
					 .operand = {RCS_NONE, RCS_NONE, RCS_NONE}},
		value);
}

/* A parameter is a location's address; any other name is a register. */
static int32_t named(struct rcs_parser *p)
{
	const struct rcs_litmus_thread *t = &p->test->thread[p->thread];
	struct rcs_token name;
	int32_t i;

	if (!rcs_parse_name(p, "want an expression", &name))
		return RCS_NONE;
	i = rcs_parse_find_location(p, &name);
	if (i != RCS_NONE && (t->parameters >> i & 1) != 0)
		return leaf(p, RCS_EXPRESSION_LOCATION, name.at, i, 0,
			    p->test->location[i].type == RCS_TYPE_POINTER
				    ? RCS_VALUE_OTHER
				    : RCS_VALUE_POINTER);
	i = rcs_parse_register(p, p->thread, &name);
	if (i == RCS_NONE)
		return RCS_NONE;
	p->reg[p->thread][i].known = true;
	return leaf(p, RCS_EXPRESSION_REGISTER, name.at, i, 0,
		    t->reg[i].type == RCS_TYPE_POINTER ? RCS_VALUE_POINTER
						       : RCS_VALUE_INT);
}

/* (int *) before an operand, and the like: it changes nothing. */
static int32_t cast(struct rcs_parser *p, struct rcs_position at)
{
	struct rcs_written_type type;

	if (!rcs_parse_type(p, &type))
		return RCS_NONE;
	if (type.stars == 0 && (type.type != RCS_TYPE_INT || type.atomic))
		return rcs_lexer_fail(&p->lexer, at,
				      "no casts are supported but those to int and to "
				      "pointers");
	rcs_parse_want(p, ")");
	return rcs_parse_operand(p);
}

static bool sees_type(const struct rcs_parser *p)
{
	static const char *const words[] = {"int",	"long",	      "intptr_t",
					    "atomic_t", "spinlock_t", "struct"};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (rcs_parse_sees(p, words[i]))
			return true;
	return rcs_parse_sees(p, "void") && rcs_token_is(&p->next, "*");
}

/* &x, which is x: there are no variables but those whose name is an address. */
static int32_t address_of(struct rcs_parser *p)
{
	int32_t x;

	rcs_parse_want(p, "&");
	x = named(p);
	if (x != RCS_NONE && p->test->expression[x].kind != RCS_EXPRESSION_LOCATION)
		return rcs_lexer_fail(&p->lexer, p->test->expression[x].at,
				      "only shared variables have an address");
	return x;
}

static int32_t primary(struct rcs_parser *p)
{
	struct rcs_token first = p->token;
	int64_t number;
	int32_t inner;

	if (rcs_parse_number(p, &number))
		return leaf(p, RCS_EXPRESSION_NUMBER, first.at, 0, number,
			    RCS_VALUE_INT);
	if (rcs_parse_accept(p, "NULL"))
		return leaf(p, RCS_EXPRESSION_NUMBER, first.at, 0, 0, RCS_VALUE_INT);
	if (rcs_parse_accept(p, "(")) {
		if (sees_type(p))
			return cast(p, first.at);
		inner = rcs_parse_expression(p);
		rcs_parse_want(p, ")");
		return inner;
	}
	if (first.kind == RCS_TOKEN_WORD && rcs_token_is(&p->next, "(") &&
	    !rcs_parse_is_reserved(&first)) {
		rcs_parse_advance(p);
		return rcs_parse_call(p, &first);
	}
	if (rcs_parse_sees(p, "&"))
		return address_of(p);
	return named(p);
}

/* -5 is a number, and so is -(5). */
static int32_t apply_unary(struct rcs_parser *p, enum rcs_operator op,
			   struct rcs_position at, int32_t operand)
{
	struct rcs_expression *o;

	if (operand == RCS_NONE || p->lexer.failed)
		return RCS_NONE;
	o = &p->test->expression[operand];
	if (op == RCS_OPERATOR_NEGATE && o->kind == RCS_EXPRESSION_NUMBER) {
		o->number = (int32_t)(uint32_t)-o->number;
		o->at = at;
		return operand;
	}
	if (!rcs_parse_gives(p, operand))
		return RCS_NONE;
	return rcs_parse_add_expression(
		p,
		&(struct rcs_expression){.kind = RCS_EXPRESSION_UNARY,
					 .at = at,
					 .op = op,
					 .operand = {operand, RCS_NONE, RCS_NONE}},
		RCS_VALUE_INT);
}

static int32_t unary_inner(struct rcs_parser *p)
{
	static const enum rcs_operator operators[] = {
		RCS_OPERATOR_NEGATE, RCS_OPERATOR_INVERT, RCS_OPERATOR_NOT};
	struct rcs_position at = p->token.at;

	if (p->token.kind == RCS_TOKEN_MARK) {
		if (rcs_parse_sees(p, "-") && p->next.kind == RCS_TOKEN_NUMBER)
			return primary(p);
		for (int i = 0; i < 3; i++)
			if (rcs_parse_accept(p, rcs_operator_text[operators[i]]))
				return apply_unary(p, operators[i], at,
						   rcs_parse_operand(p));
		if (rcs_parse_accept(p, "*"))
			return rcs_parse_plain(p, at, rcs_parse_operand(p), RCS_NONE);
	}
	return primary(p);
}

int32_t rcs_parse_operand(struct rcs_parser *p)
{
	int32_t result = rcs_parse_enter(p) ? unary_inner(p) : RCS_NONE;

	p->nesting--;
	return result;
}

static int32_t apply_binary(struct rcs_parser *p, enum rcs_operator op,
			    struct rcs_position at, int32_t a, int32_t b)
{
	bool lazy = op == RCS_OPERATOR_BOTH || op == RCS_OPERATOR_EITHER;

	if (!rcs_parse_gives(p, a) || !rcs_parse_gives(p, b))
		return RCS_NONE;
	if (lazy && (p->access[a] || p->access[b]))
		return rcs_lexer_fail(&p->lexer, at,
				      "%s decides whether an access is made: use if",
				      rcs_operator_text[op]);
	if (p->access[a] && p->access[b])
		return rcs_lexer_fail(&p->lexer, at,
				      "two accesses in one expression: their order of "
				      "evaluation is not defined");
	return rcs_parse_add_expression(
		p,
		&(struct rcs_expression){.kind = RCS_EXPRESSION_BINARY,
					 .at = at,
					 .op = op,
					 .operand = {a, b, RCS_NONE}},
		RCS_VALUE_INT);
}

/* Operators that bind tighter than `level`: of that many kinds, so this ends. */
static int32_t binary(struct rcs_parser *p, int level)
{
	int32_t left = rcs_parse_operand(p);
	enum rcs_operator op;

	while ((op = sees_binary(p)) != RCS_OPERATORS &&
	       rcs_operator_level(op) > level) {
		struct rcs_position at = p->token.at;

		rcs_parse_advance(p);
		left = apply_binary(p, op, at, left, binary(p, rcs_operator_level(op)));
	}
	return left;
}

int32_t rcs_parse_expression(struct rcs_parser *p)
{
	return binary(p, 0);
}
