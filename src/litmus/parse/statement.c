/* SPDX-License-Identifier: BSD-2-Clause */
/* Bodies of threads: declarations, assignments, calls, if and else. */
#include "litmus/parse/parser.h"

/* The statements of one block: their first, and where the next is to be linked. */
struct chain {
	int32_t first, last;
};

static void append(struct rcs_parser *p, struct chain *chain, int32_t statement)
{
	if (statement == RCS_NONE)
		return;
	if (chain->last == RCS_NONE)
		chain->first = statement;
	else
		p->test->statement[chain->last].next = statement;
	chain->last = statement;
}

/* A register without a declaration is what it is first given; int, unless that is an
 * address. */
static void settle(struct rcs_parser *p, int32_t index, int32_t expression)
{
	if (expression == RCS_NONE)
		return;
	if (!p->reg[p->thread][index].known &&
	    !p->test->thread[p->thread].reg[index].initialised &&
	    p->value[expression] == RCS_VALUE_POINTER)
		p->test->thread[p->thread].reg[index].type = RCS_TYPE_POINTER;
	p->reg[p->thread][index].known = true;
	p->reg[p->thread][index].assigned = true;
}

/* Behind the '='. */
static int32_t assignment(struct rcs_parser *p, int32_t index, struct rcs_position at)
{
	int32_t s = rcs_parse_add_statement(p, RCS_STATEMENT_ASSIGN, at), expression;

	expression = rcs_parse_expression(p);
	if (rcs_parse_sees(p, "="))
		return rcs_lexer_fail(
			&p->lexer, p->token.at,
			"an assignment in an expression is not supported");
	if (s == RCS_NONE || index == RCS_NONE || !rcs_parse_gives(p, expression))
		return RCS_NONE;
	settle(p, index, expression);
	p->test->statement[s].target = index;
	p->test->statement[s].expression = expression;
	return s;
}

/* The register that is declared there. */
static int32_t declare(struct rcs_parser *p, enum rcs_type type)
{
	struct rcs_litmus_register *r;
	struct rcs_token name;
	int32_t location, index;

	if (!rcs_parse_name(p, "want a register's name", &name))
		return RCS_NONE;
	location = rcs_parse_find_location(p, &name);
	if (location != RCS_NONE &&
	    (p->test->thread[p->thread].parameters >> location & 1) != 0)
		return rcs_lexer_fail(&p->lexer, name.at, "%s is a parameter already",
				      rcs_quote(name.text, name.length).text);
	index = rcs_parse_register(p, p->thread, &name);
	if (index == RCS_NONE)
		return RCS_NONE;
	r = &p->test->thread[p->thread].reg[index];
	/* As often as it likes, and behind its uses, if nothing changes with it. */
	if (p->reg[p->thread][index].known && r->type != type)
		return rcs_lexer_fail(&p->lexer, name.at,
				      r->declared ? "'%s' is declared twice, with "
						    "different types"
						  : "'%s' is declared behind its first "
						    "use, with another type",
				      r->name);
	/* In C an inner one is another variable; here it would be the same. */
	if (r->declared && p->reg[p->thread][index].depth != p->depth)
		return rcs_lexer_fail(&p->lexer, name.at,
				      "'%s' is declared twice, in blocks within each "
				      "other",
				      r->name);
	p->reg[p->thread][index].depth = p->depth;
	r->declared = true;
	r->type = type;
	p->reg[p->thread][index].known = true;
	return index;
}

static void declaration(struct rcs_parser *p, struct chain *chain,
			const struct rcs_written_type *written)
{
	int stars = written->stars;

	if (written->type != RCS_TYPE_INT || written->atomic) {
		(void)rcs_lexer_fail(&p->lexer, written->at,
				     "a register is an int or a pointer");
		return;
	}
	for (;;) {
		struct rcs_position at = p->token.at;
		int32_t index = declare(p, stars > 0 ? RCS_TYPE_POINTER : RCS_TYPE_INT);

		if (rcs_parse_accept(p, "="))
			append(p, chain, assignment(p, index, at));
		if (!rcs_parse_accept(p, ","))
			break;
		for (stars = 0; rcs_parse_accept(p, "*"); stars++)
			;
	}
	rcs_parse_want(p, ";");
}

/* r0 = …; */
static int32_t assign_register(struct rcs_parser *p)
{
	struct rcs_token name;
	int32_t location;

	if (!rcs_parse_name(p, "want a register", &name))
		return RCS_NONE;
	location = rcs_parse_find_location(p, &name);
	if (location != RCS_NONE &&
	    (p->test->thread[p->thread].parameters >> location & 1) != 0)
		return rcs_lexer_fail(&p->lexer, name.at,
				      "%s is a shared variable: write *%.*s = value",
				      rcs_quote(name.text, name.length).text,
				      (int)name.length, name.text);
	rcs_parse_want(p, "=");
	return assignment(p, rcs_parse_register(p, p->thread, &name), name.at);
}

/* A call, whose result (void) may drop, or *x = v: which looks like a read at first. */
static int32_t call(struct rcs_parser *p)
{
	struct rcs_position at = p->token.at;
	int32_t s = rcs_parse_add_statement(p, RCS_STATEMENT_CALL, at), expression;
	const struct rcs_expression *x;

	if (rcs_parse_sees(p, "(") && rcs_token_is(&p->next, "void")) {
		rcs_parse_advance(p);
		rcs_parse_advance(p);
		rcs_parse_want(p, ")");
	}
	expression = rcs_parse_expression(p);

	if (s == RCS_NONE || expression == RCS_NONE || p->lexer.failed)
		return RCS_NONE;
	x = &p->test->expression[expression];
	if (x->kind == RCS_EXPRESSION_CALL &&
	    x->primitive == RCS_PRIMITIVE_PLAIN_READ && rcs_parse_accept(p, "=")) {
		struct rcs_position star = x->at;
		int32_t address = x->operand[0], value;

		p->test->expressions--;
		value = rcs_parse_expression(p);
		if (rcs_parse_sees(p, "="))
			return rcs_lexer_fail(
				&p->lexer, p->token.at,
				"an assignment in an expression is not supported");
		if (!rcs_parse_gives(p, value))
			return RCS_NONE;
		expression = rcs_parse_plain(p, star, address, value);
	} else if (x->kind != RCS_EXPRESSION_CALL && rcs_parse_sees(p, ";")) {
		return rcs_lexer_fail(&p->lexer, at, "this statement does nothing");
	}
	p->test->statement[s].expression = expression;
	return s;
}

static void statement(struct rcs_parser *p, struct chain *chain);

/* A branch: a block, or one statement that is no declaration. */
static int32_t branch(struct rcs_parser *p)
{
	struct chain chain = {RCS_NONE, RCS_NONE};
	struct rcs_position at = p->token.at;

	if (rcs_parse_sees(p, "int") || rcs_parse_sees(p, "long") ||
	    rcs_parse_sees(p, "intptr_t") || rcs_parse_sees(p, "void"))
		return rcs_lexer_fail(&p->lexer, at, "a declaration here needs braces");
	/* Braces are no level of their own here. */
	if (rcs_parse_accept(p, "{"))
		while (!p->lexer.failed && !rcs_parse_accept(p, "}"))
			statement(p, &chain);
	else
		statement(p, &chain);
	return chain.first;
}

static int32_t conditional(struct rcs_parser *p)
{
	int32_t s = rcs_parse_add_statement(p, RCS_STATEMENT_IF, p->token.at), then;
	int32_t expression, otherwise = RCS_NONE;

	rcs_parse_want(p, "if");
	rcs_parse_want(p, "(");
	expression = rcs_parse_expression(p);
	if (rcs_parse_sees(p, "="))
		return rcs_lexer_fail(
			&p->lexer, p->token.at,
			"an assignment in an expression is not supported");
	rcs_parse_want(p, ")");
	(void)rcs_parse_gives(p, expression);
	then = branch(p);
	if (rcs_parse_accept(p, "else"))
		otherwise = branch(p);
	if (s == RCS_NONE || p->lexer.failed)
		return RCS_NONE;
	p->test->statement[s].expression = expression;
	p->test->statement[s].then = then;
	p->test->statement[s].otherwise = otherwise;
	return s;
}

/* A fence that only Alpha needed, and the kernel has no more: it orders nothing. */
static bool depends(struct rcs_parser *p)
{
	if (!rcs_parse_accept(p, "smp_read_barrier_depends"))
		return false;
	rcs_parse_want(p, "(");
	rcs_parse_want(p, ")");
	rcs_parse_want(p, ";");
	return true;
}

static void statement_inner(struct rcs_parser *p, struct chain *chain)
{
	struct rcs_written_type type;

	if (rcs_parse_accept(p, "{")) {
		while (!p->lexer.failed && !rcs_parse_accept(p, "}"))
			statement(p, chain);
	} else if (rcs_parse_sees(p, "if")) {
		append(p, chain, conditional(p));
	} else if (rcs_parse_accept(p, ";") || depends(p)) {
		return;
	} else if (rcs_parse_type(p, &type)) {
		declaration(p, chain, &type);
	} else {
		append(p, chain,
		       p->token.kind == RCS_TOKEN_WORD && rcs_token_is(&p->next, "=")
			       ? assign_register(p)
			       : call(p));
		rcs_parse_want(p, ";");
	}
}

static void statement(struct rcs_parser *p, struct chain *chain)
{
	int outer = p->nesting;

	p->nesting = p->depth;
	if (rcs_parse_enter(p)) {
		p->depth++;
		p->nesting = 0;
		statement_inner(p, chain);
		p->depth--;
	}
	p->nesting = outer;
}

int32_t rcs_parse_block(struct rcs_parser *p)
{
	struct chain chain = {RCS_NONE, RCS_NONE};

	rcs_parse_want(p, "{");
	while (!p->lexer.failed && !rcs_parse_accept(p, "}"))
		statement(p, &chain);
	return chain.first;
}
