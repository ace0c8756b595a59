/* SPDX-License-Identifier: BSD-2-Clause */
/* The end of the file: locations, filter, and the condition with its quantifier. */
#include "litmus/parse/parser.h"

/* Something to look at in the end: a location, or a register of a thread. */
struct subject {
	int32_t thread, index;
	struct rcs_position at;
};

static bool register_subject(struct rcs_parser *p, struct subject *s)
{
	int64_t number = p->token.number;
	struct rcs_token name;

	s->at = p->token.at;
	rcs_parse_advance(p);
	rcs_parse_want(p, ":");
	if (!p->lexer.failed && number >= p->test->threads)
		(void)rcs_lexer_fail(&p->lexer, s->at, "there is no thread P%lld",
				     (long long)number);
	if (!rcs_parse_name(p, "want a register", &name))
		return false;
	s->thread = (int32_t)number;
	s->index = rcs_parse_find_register(p, s->thread, &name);
	if (s->index == RCS_NONE) {
		(void)rcs_lexer_fail(&p->lexer, name.at, "P%d has no register %s",
				     s->thread, rcs_quote(name.text, name.length).text);
		return false;
	}
	return true;
}

static bool subject(struct rcs_parser *p, struct subject *s)
{
	bool bracket;
	struct rcs_token name;
	enum rcs_type type;

	if (p->token.kind == RCS_TOKEN_NUMBER)
		return register_subject(p, s);
	bracket = rcs_parse_accept(p, "[");
	s->at = p->token.at;
	s->thread = RCS_NONE;
	if (!rcs_parse_name(p, "want a register, as 0:r0, or a shared variable", &name))
		return false;
	s->index = rcs_parse_find_location(p, &name);
	if (s->index == RCS_NONE) {
		(void)rcs_lexer_fail(&p->lexer, name.at, "unknown shared variable %s",
				     rcs_quote(name.text, name.length).text);
		return false;
	}
	type = p->test->location[s->index].type;
	if (type == RCS_TYPE_LOCK || type == RCS_TYPE_SRCU)
		(void)rcs_lexer_fail(&p->lexer, name.at, "'%s' has no value to look at",
				     p->test->location[s->index].name);
	if (bracket)
		rcs_parse_want(p, "]");
	return !p->lexer.failed;
}

static bool value(struct rcs_parser *p, struct rcs_litmus_value *value)
{
	struct rcs_position at = p->token.at;
	struct rcs_token name;
	enum rcs_type type;
	int32_t l;

	*value = (struct rcs_litmus_value){.is_address = false};
	if (rcs_parse_number(p, &value->number))
		return !p->lexer.failed;
	(void)rcs_parse_accept(p, "&");
	if (!rcs_parse_name(p, "want a number or a shared variable", &name))
		return false;
	l = rcs_parse_find_location(p, &name);
	if (l == RCS_NONE)
		return rcs_lexer_fail(&p->lexer, name.at, "unknown shared variable %s",
				      rcs_quote(name.text, name.length).text) == 0;
	type = p->test->location[l].type;
	if (type == RCS_TYPE_LOCK || type == RCS_TYPE_SRCU)
		(void)rcs_lexer_fail(&p->lexer, at,
				     "the address of '%s', no int, cannot be a value",
				     p->test->location[l].name);
	*value = (struct rcs_litmus_value){.is_address = true, .number = l};
	return !p->lexer.failed;
}

/* 0:r0=1, x!=2, 1:r0=x; and 0:r0=1:r0, which compares with a register. */
static int32_t atom(struct rcs_parser *p)
{
	struct rcs_condition c = {.kind = RCS_CONDITION_EQUAL,
				  .operand = {RCS_NONE, RCS_NONE}};
	struct subject s;

	if (!subject(p, &s))
		return RCS_NONE;
	c.at = s.at;
	c.thread = s.thread;
	c.index = s.index;
	if (rcs_parse_accept(p, "!="))
		c.kind = RCS_CONDITION_UNEQUAL;
	else if (!rcs_parse_accept(p, "=="))
		rcs_parse_want(p, "=");
	if (p->token.kind == RCS_TOKEN_NUMBER && rcs_token_is(&p->next, ":")) {
		c.kind = c.kind == RCS_CONDITION_EQUAL ? RCS_CONDITION_SAME
						       : RCS_CONDITION_DIFFERENT;
		if (!register_subject(p, &s))
			return RCS_NONE;
		c.other = (struct rcs_litmus_shown){s.thread, s.index};
	} else if (!value(p, &c.value)) {
		return RCS_NONE;
	}
	return rcs_parse_add_condition(p, &c);
}

static int32_t combine(struct rcs_parser *p, enum rcs_condition_kind kind,
		       struct rcs_position at, int32_t a, int32_t b)
{
	struct rcs_condition c = {
		.kind = kind, .at = at, .operand = {a, b}, .thread = RCS_NONE};

	return rcs_parse_add_condition(p, &c);
}

static int32_t disjunction(struct rcs_parser *p);

static int32_t primary(struct rcs_parser *p)
{
	struct rcs_position at = p->token.at;
	int32_t inner = RCS_NONE;

	if (!rcs_parse_enter(p)) {
		;
	} else if (rcs_parse_accept(p, "~") || rcs_parse_accept(p, "not")) {
		inner = primary(p);
		inner = combine(p, RCS_CONDITION_NOT, at, inner, RCS_NONE);
	} else if (rcs_parse_accept(p, "(")) {
		inner = disjunction(p);
		rcs_parse_want(p, ")");
	} else if (rcs_parse_accept(p, "true")) {
		inner = combine(p, RCS_CONDITION_TRUE, at, RCS_NONE, RCS_NONE);
	} else {
		inner = atom(p);
	}
	p->nesting--;
	return inner;
}

static int32_t conjunction(struct rcs_parser *p)
{
	int32_t left = primary(p);

	while (rcs_parse_sees(p, "/\\")) {
		struct rcs_position at = p->token.at;

		rcs_parse_advance(p);
		left = combine(p, RCS_CONDITION_AND, at, left, primary(p));
	}
	return left;
}

static int32_t disjunction(struct rcs_parser *p)
{
	int32_t left = conjunction(p);

	while (rcs_parse_sees(p, "\\/")) {
		struct rcs_position at = p->token.at;

		rcs_parse_advance(p);
		left = combine(p, RCS_CONDITION_OR, at, left, conjunction(p));
	}
	return left;
}

/* With parentheses around it, as a rule, that are no level of its own. */
static int32_t whole(struct rcs_parser *p)
{
	p->nesting = -1;
	return disjunction(p);
}

/* locations [x; 1:r0;] */
static void shown(struct rcs_parser *p)
{
	rcs_parse_want(p, "[");
	while (!p->lexer.failed && !rcs_parse_accept(p, "]")) {
		struct subject s;

		if (!subject(p, &s))
			return;
		if (p->test->shown_count == RCS_LITMUS_LOCATIONS) {
			(void)rcs_lexer_fail(&p->lexer, s.at, "%d are shown at most",
					     RCS_LITMUS_LOCATIONS);
			return;
		}
		p->test->shown[p->test->shown_count++] =
			(struct rcs_litmus_shown){s.thread, s.index};
		if (!rcs_parse_sees(p, "]"))
			rcs_parse_want(p, ";");
	}
}

static void quantifier(struct rcs_parser *p)
{
	if (rcs_parse_accept(p, "exists")) {
		p->test->quantifier = RCS_EXISTS;
	} else if (rcs_parse_accept(p, "forall")) {
		p->test->quantifier = RCS_FORALL;
	} else if (rcs_parse_accept(p, "~") || rcs_parse_accept(p, "not")) {
		rcs_parse_want(p, "exists");
		p->test->quantifier = RCS_NOT_EXISTS;
	} else {
		rcs_parse_unexpected(p, "want exists, ~exists or forall");
	}
}

void rcs_parse_conclusion(struct rcs_parser *p)
{
	if (rcs_parse_accept(p, "locations"))
		shown(p);
	if (rcs_parse_accept(p, "filter"))
		p->test->filter = whole(p);
	quantifier(p);
	p->test->target = whole(p);
	(void)rcs_parse_accept(p, ";");
	if (rcs_parse_sees(p, "C") && p->next.kind == RCS_TOKEN_WORD)
		(void)rcs_lexer_fail(&p->lexer, p->token.at,
				     "a second test in the file");
	if (!p->lexer.failed && p->token.kind != RCS_TOKEN_END)
		rcs_parse_unexpected(p, "want the end of the file");
}
