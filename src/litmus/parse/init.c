/* SPDX-License-Identifier: BSD-2-Clause */
/* The init block: types and initial values of shared variables and registers. */
#include "litmus/parse/parser.h"

/* The address a token names. */
static struct rcs_litmus_value address_of(struct rcs_parser *p)
{
	struct rcs_litmus_value value = {.is_address = true};
	struct rcs_token name;

	if (rcs_parse_name(p, "want a number or a shared variable", &name))
		value.number = rcs_parse_location(p, &name);
	return value;
}

static struct rcs_litmus_value initial_value(struct rcs_parser *p)
{
	struct rcs_litmus_value value = {.is_address = false};
	bool macro = rcs_parse_accept(p, "ATOMIC_INIT");

	if (macro)
		rcs_parse_want(p, "(");
	if (rcs_parse_number(p, &value.number)) {
		if (macro)
			rcs_parse_want(p, ")");
		return value;
	}
	if (macro) {
		rcs_parse_unexpected(p, "want a number");
		return value;
	}
	(void)rcs_parse_accept(p, "&");
	return address_of(p);
}

/* 1:r0 = 5; a type says nothing here that the value, or a declaration, does not. */
static void init_register(struct rcs_parser *p)
{
	struct rcs_token number = p->token, name;
	struct rcs_litmus_register *r;
	int32_t index;

	rcs_parse_advance(p);
	rcs_parse_want(p, ":");
	if (number.number >= RCS_LITMUS_THREADS) {
		(void)rcs_lexer_fail(&p->lexer, number.at,
				     "a test has %d threads at most",
				     RCS_LITMUS_THREADS);
		return;
	}
	if (!rcs_parse_name(p, "want a register", &name))
		return;
	/* It begins as 0, as all do. */
	if (!rcs_parse_sees(p, "=")) {
		p->bare[number.number] = name.at;
		return;
	}
	index = rcs_parse_register(p, (int32_t)number.number, &name);
	if (index == RCS_NONE)
		return;
	r = &p->test->thread[number.number].reg[index];
	if (r->initialised)
		(void)rcs_lexer_fail(&p->lexer, name.at, "'%s' has two initial values",
				     r->name);
	rcs_parse_want(p, "=");
	p->reg[number.number][index].initial = p->token.at;
	r->initial = initial_value(p);
	r->initialised = true;
	r->type = r->initial.is_address ? RCS_TYPE_POINTER : RCS_TYPE_INT;
}

/* x; x = 5; p = &x; and [x] = 5; type is NULL when none is written. */
static void init_location(struct rcs_parser *p, const struct rcs_written_type *type)
{
	bool bracket = rcs_parse_accept(p, "[");
	struct rcs_litmus_location *l;
	struct rcs_token name;
	int32_t index;

	if (!rcs_parse_name(p, "want a shared variable, a register or '}'", &name))
		return;
	if (bracket)
		rcs_parse_want(p, "]");
	index = rcs_parse_location(p, &name);
	if (index == RCS_NONE)
		return;
	/* Named, and no more. */
	if (type == NULL && !rcs_parse_sees(p, "=") && !rcs_parse_sees(p, "["))
		return;
	l = &p->test->location[index];
	if (p->location[index].initialised)
		(void)rcs_lexer_fail(&p->lexer, name.at, "'%s' has two initial values",
				     l->name);
	p->location[index].initialised = true;
	if (type != NULL)
		rcs_parse_location_type(p, index, type,
					type->stars > 0 ? RCS_TYPE_POINTER
							: type->type);
	if (rcs_parse_sees(p, "["))
		rcs_parse_unexpected(p, "");
	if (!rcs_parse_accept(p, "="))
		return;
	p->location[index].initial = p->token.at;
	l->initial = initial_value(p);
}

void rcs_parse_init(struct rcs_parser *p)
{
	rcs_parse_want(p, "{");
	while (!p->lexer.failed && !rcs_parse_sees(p, "}")) {
		struct rcs_written_type type;
		bool typed;

		if (rcs_parse_accept(p, ";"))
			continue;
		typed = rcs_parse_type(p, &type);
		if (p->token.kind == RCS_TOKEN_NUMBER)
			init_register(p);
		else
			init_location(p, typed ? &type : NULL);
		if (!rcs_parse_sees(p, "}"))
			rcs_parse_want(p, ";");
	}
	rcs_parse_want(p, "}");
}
