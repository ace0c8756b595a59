/* SPDX-License-Identifier: BSD-2-Clause */
/* Names of locations and registers: which words can be one, and which are known. */
#include <string.h>

#include "litmus/parse/parser.h"

/* Words of C and of the conditions; names of primitives are no names either. */
static const char *const reserved[] = {
	"int",	  "long",     "intptr_t", "atomic_t", "spinlock_t", "struct",
	"if",	  "else",     "while",	  "for",      "do",	    "goto",
	"switch", "case",     "default",  "return",   "break",	    "continue",
	"sizeof", "asm",      "volatile", "unsigned", "signed",	    "const",
	"static", "char",     "short",	  "float",    "double",	    "void",
	"union",  "enum",     "typedef",  "extern",   "register",   "auto",
	"inline", "restrict", "exists",	  "forall",   "filter",	    "locations",
	"not",	  "true",     "false",
};

bool rcs_parse_is_reserved(const struct rcs_token *token)
{
	for (size_t i = 0; i < sizeof(reserved) / sizeof(reserved[0]); i++)
		if (rcs_token_is(token, reserved[i]))
			return true;
	/* A number, and the one primitive that is dropped when it is read. */
	return rcs_token_is(token, "NULL") ||
	       rcs_token_is(token, "smp_read_barrier_depends");
}

bool rcs_parse_is_name(const struct rcs_token *token)
{
	char text[RCS_LITMUS_NAME_SIZE];

	if (token->kind != RCS_TOKEN_WORD || rcs_parse_is_reserved(token))
		return false;
	memcpy(text, token->text, token->length);
	text[token->length] = '\0';
	return rcs_primitive_find(text) == RCS_PRIMITIVE_UNKNOWN;
}

bool rcs_parse_name(struct rcs_parser *p, const char *what, struct rcs_token *name)
{
	*name = p->token;
	if (rcs_parse_is_name(&p->token)) {
		rcs_parse_advance(p);
		return !p->lexer.failed;
	}
	rcs_parse_unexpected(p, what);
	return false;
}

int32_t rcs_parse_find_location(const struct rcs_parser *p,
				const struct rcs_token *name)
{
	for (int32_t i = 0; i < p->test->locations; i++)
		if (rcs_token_is(name, p->test->location[i].name))
			return i;
	return RCS_NONE;
}

int32_t rcs_parse_find_register(const struct rcs_parser *p, int32_t thread,
				const struct rcs_token *name)
{
	const struct rcs_litmus_thread *t = &p->test->thread[thread];

	for (int32_t i = 0; i < t->registers; i++)
		if (rcs_token_is(name, t->reg[i].name))
			return i;
	return RCS_NONE;
}

int32_t rcs_parse_location(struct rcs_parser *p, const struct rcs_token *name)
{
	int32_t i = rcs_parse_find_location(p, name);

	if (i != RCS_NONE || p->lexer.failed)
		return p->lexer.failed ? RCS_NONE : i;
	i = p->test->locations;
	if (i == RCS_LITMUS_LOCATIONS)
		return rcs_lexer_fail(&p->lexer, name->at,
				      "a test has %d shared variables at most",
				      RCS_LITMUS_LOCATIONS);
	memcpy(p->test->location[i].name, name->text, name->length);
	p->location[i].at = name->at;
	p->test->locations++;
	return i;
}

int32_t rcs_parse_register(struct rcs_parser *p, int32_t thread,
			   const struct rcs_token *name)
{
	struct rcs_litmus_thread *t = &p->test->thread[thread];
	int32_t i = rcs_parse_find_register(p, thread, name);

	if (i != RCS_NONE || p->lexer.failed)
		return p->lexer.failed ? RCS_NONE : i;
	i = t->registers;
	if (i == RCS_LITMUS_REGISTERS)
		return rcs_lexer_fail(&p->lexer, name->at,
				      "a thread has %d registers at most",
				      RCS_LITMUS_REGISTERS);
	memcpy(t->reg[i].name, name->text, name->length);
	p->reg[thread][i].at = name->at;
	t->registers++;
	return i;
}
