/* SPDX-License-Identifier: BSD-2-Clause */
/* The parser from outside, and its handling of tokens. Recursive descent. */
#include "litmus/parse.h"

#include <stdlib.h>
#include <string.h>

#include "litmus/parse/parser.h"

void rcs_parse_advance(struct rcs_parser *p)
{
	p->token = p->next;
	p->next = rcs_lexer_token(&p->lexer);
	if (p->lexer.failed) {
		p->token = rcs_token_end;
		p->next = rcs_token_end;
	}
}

bool rcs_parse_sees(const struct rcs_parser *p, const char *text)
{
	return !p->lexer.failed && rcs_token_is(&p->token, text);
}

bool rcs_parse_accept(struct rcs_parser *p, const char *text)
{
	if (!rcs_parse_sees(p, text))
		return false;
	rcs_parse_advance(p);
	return true;
}

void rcs_parse_want(struct rcs_parser *p, const char *text)
{
	char wanted[40] = "want '";

	if (rcs_parse_accept(p, text))
		return;
	strncat(wanted, text, 20);
	strcat(wanted, "'");
	rcs_parse_unexpected(p, wanted);
}

/* What C has and this dialect has not. */
static const struct {
	const char *text, *what;
} unsupported[] = {
	{"/", "division is not supported"},
	{"%", "division is not supported"},
	{"?", "?: is not supported: use if"},
	{"[", "arrays are not supported"},
	{".", "struct members are not supported"},
	{"->", "struct members are not supported"},
	{"++", "++ is not supported: write r = r + 1"},
	{"--", "-- is not supported: write r = r - 1"},
	{"+=", "compound assignment is not supported"},
	{"-=", "compound assignment is not supported"},
	{"*=", "compound assignment is not supported"},
	{"/=", "compound assignment is not supported"},
	{"%=", "compound assignment is not supported"},
	{"&=", "compound assignment is not supported"},
	{"|=", "compound assignment is not supported"},
	{"^=", "compound assignment is not supported"},
	{"<<=", "compound assignment is not supported"},
	{">>=", "compound assignment is not supported"},
	{"=>", "implication is not supported: write ~a \\/ b"},
	{"#", "preprocessor lines are not supported"},
	{"while", "loops are not supported"},
	{"for", "loops are not supported"},
	{"do", "loops are not supported"},
	{"goto", "goto is not supported"},
	{"switch", "switch is not supported"},
	{"return", "return is not supported"},
	{"break", "break is not supported"},
	{"continue", "continue is not supported"},
	{"sizeof", "sizeof is not supported"},
	{"asm", "assembly is not supported"},
	{"volatile", "volatile is not supported: use READ_ONCE and WRITE_ONCE"},
	{"unsigned", "unsigned is not supported: values are 32-bit ints"},
	{"const", "const is not supported"},
	{"static", "static is not supported"},
	{"char", "char is not supported: values are 32-bit ints"},
	{"short", "short is not supported: values are 32-bit ints"},
	{"float", "float is not supported: values are 32-bit ints"},
	{"double", "double is not supported: values are 32-bit ints"},
	{"void", "void is not supported"},
	{"union", "unions are not supported"},
	{"enum", "enums are not supported"},
	{"typedef", "typedef is not supported"},
};

void rcs_parse_unexpected(struct rcs_parser *p, const char *wanted)
{
	const struct rcs_token *t = &p->token;

	for (size_t i = 0; i < sizeof(unsupported) / sizeof(unsupported[0]); i++)
		if (rcs_token_is(t, unsupported[i].text)) {
			(void)rcs_lexer_fail(&p->lexer, t->at, "%s",
					     unsupported[i].what);
			rcs_parse_advance(p);
			return;
		}
	if (t->kind == RCS_TOKEN_END)
		(void)rcs_lexer_fail(&p->lexer, t->at, "the file ends here; %s",
				     wanted);
	else
		(void)rcs_lexer_fail(&p->lexer, t->at, "%s, not %s", wanted,
				     rcs_quote(t->text, t->length).text);
	rcs_parse_advance(p);
}

bool rcs_parse_number(struct rcs_parser *p, int64_t *number)
{
	bool negative = rcs_parse_sees(p, "-") && p->next.kind == RCS_TOKEN_NUMBER;

	if (negative)
		rcs_parse_advance(p);
	if (p->token.kind != RCS_TOKEN_NUMBER)
		return false;
	*number = negative ? -p->token.number : p->token.number;
	if (*number > INT32_MAX)
		(void)rcs_lexer_fail(&p->lexer, p->token.at, "%s does not fit 32 bits",
				     rcs_quote(p->token.text, p->token.length).text);
	rcs_parse_advance(p);
	return true;
}

bool rcs_parse_enter(struct rcs_parser *p)
{
	p->nesting++;
	if (p->nesting > RCS_LITMUS_DEPTH)
		(void)rcs_lexer_fail(&p->lexer, p->token.at,
				     "nested deeper than %d levels", RCS_LITMUS_DEPTH);
	return !p->lexer.failed;
}

struct rcs_litmus *rcs_litmus_parse(const char *source, const char *text, size_t size,
				    struct rcs_error *e)
{
	char name[120];
	size_t n = 0;
	struct rcs_litmus *test;
	struct rcs_parser *p;
	bool failed;

	for (; source[n] != '\0' && n + 1 < sizeof(name); n++)
		name[n] =
			(source[n] & 0x60) != 0 && source[n] != 0x7f ? source[n] : '?';
	name[n] = '\0';
	if (size > RCS_LITMUS_SIZE_MAX) {
		(void)rcs_fail(e, RCS_ERROR_USAGE, "%s: a test has %d bytes at most",
			       name, RCS_LITMUS_SIZE_MAX);
		return NULL;
	}
	test = calloc(1, sizeof(*test));
	p = calloc(1, sizeof(*p));
	if (test == NULL || p == NULL) {
		free(test);
		free(p);
		(void)rcs_fail(e, RCS_ERROR_RESOURCE, "%s: out of memory", name);
		return NULL;
	}
	p->lexer = (struct rcs_lexer){.source = name,
				      .text = text,
				      .size = size,
				      .line = 1,
				      .column = 1,
				      .test = test,
				      .e = e};
	p->test = test;
	test->filter = RCS_NONE;
	rcs_parse_header(p);
	rcs_parse_init(p);
	rcs_parse_threads(p);
	rcs_parse_conclusion(p);
	rcs_parse_mixes(p);
	failed = p->lexer.failed;
	free(p);
	if (!failed)
		return test;
	free(test);
	return NULL;
}

void rcs_litmus_free(struct rcs_litmus *test)
{
	free(test);
}
