/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What comes before the init block: `C NAME`, then, as diy writes them, lines of
 * quoted text and lines of the form Word=text, which say nothing to the program.
 */
#include <string.h>

#include "litmus/parse/parser.h"

static bool is_letter(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_alnum(int c)
{
	return is_letter(c) || (c >= '0' && c <= '9');
}

static bool ends_word(int c)
{
	return c < 0 || c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void blanks(struct rcs_lexer *x)
{
	while (rcs_lexer_byte(x, 0) == ' ' || rcs_lexer_byte(x, 0) == '\t')
		rcs_lexer_skip(x, 1);
}

/*
 * A name goes into paths and C: what it may hold is listed, not what it may not. Some
 * tests are called by a path in their collection, whose end is the name.
 */
static void test_name(struct rcs_lexer *x)
{
	struct rcs_position at = rcs_lexer_here(x);
	size_t n = 0;

	for (;; n++) {
		int c = rcs_lexer_byte(x, 0);

		if (c == '/' && n > 0) {
			memset(x->test->name, 0, n);
			n = 0;
			rcs_lexer_skip(x, 1);
			c = rcs_lexer_byte(x, 0);
		}
		if (ends_word(c))
			break;
		if (n + 1 == RCS_LITMUS_TEST_SIZE) {
			(void)rcs_lexer_fail(x, at,
					     "a test's name has %d bytes at most",
					     RCS_LITMUS_TEST_SIZE - 1);
			return;
		}
		if (!is_alnum(c) &&
		    (n == 0 || c == '\0' || strchr("_.+-[]", c) == NULL)) {
			char byte = (char)c;

			(void)rcs_lexer_fail(x, rcs_lexer_here(x),
					     "%s is not allowed here in a test's name",
					     rcs_quote(&byte, 1).text);
			return;
		}
		if (c == '.' && x->test->name[n - 1] == '.') {
			(void)rcs_lexer_fail(x, rcs_lexer_here(x),
					     "'..' is not allowed in a test's name");
			return;
		}
		x->test->name[n] = (char)c;
		rcs_lexer_skip(x, 1);
	}
	if (n == 0)
		(void)rcs_lexer_fail(x, at, "want the test's name behind 'C'");
}

/* To the end of the line, which has to be text. */
static void skip_line(struct rcs_lexer *x)
{
	for (;;) {
		int c = rcs_lexer_byte(x, 0);

		if (c < 0 || c == '\n')
			return;
		if ((c < ' ' && c != '\t' && c != '\r') || c > '~') {
			(void)rcs_lexer_fail(x, rcs_lexer_here(x),
					     "byte 0x%02x is not allowed here", c);
			return;
		}
		rcs_lexer_skip(x, 1);
	}
}

static void quoted_line(struct rcs_lexer *x)
{
	struct rcs_position at = rcs_lexer_here(x);
	size_t begin = x->next;

	skip_line(x);
	for (size_t i = x->next; i > begin + 1; i--) {
		if (x->text[i - 1] == '"')
			return;
		if (!ends_word((unsigned char)x->text[i - 1]))
			break;
	}
	(void)rcs_lexer_fail(x, at, "this quoted line has no end");
}

/* Whether a line of the form Word=text begins here. */
static bool sees_setting(const struct rcs_lexer *x)
{
	size_t n = 0;

	if (!is_letter(rcs_lexer_byte(x, 0)))
		return false;
	while (is_alnum(rcs_lexer_byte(x, n)) || rcs_lexer_byte(x, n) == '_' ||
	       rcs_lexer_byte(x, n) == '-')
		n++;
	return rcs_lexer_byte(x, n) == '=';
}

void rcs_parse_header(struct rcs_parser *p)
{
	struct rcs_lexer *x = &p->lexer;

	rcs_lexer_blank(x);
	if (rcs_lexer_byte(x, 0) != 'C' || !ends_word(rcs_lexer_byte(x, 1))) {
		(void)rcs_lexer_fail(x, rcs_lexer_here(x),
				     "a litmus test begins with 'C NAME'; other "
				     "languages than C are not supported");
		return;
	}
	rcs_lexer_skip(x, 1);
	blanks(x);
	test_name(x);
	blanks(x);
	if (!x->failed && !ends_word(rcs_lexer_byte(x, 0)))
		(void)rcs_lexer_fail(x, rcs_lexer_here(x),
				     "want the end of the line behind the test's name");
	for (;;) {
		rcs_lexer_blank(x);
		if (x->failed)
			return;
		if (rcs_lexer_byte(x, 0) == '"')
			quoted_line(x);
		else if (sees_setting(x))
			skip_line(x);
		else
			break;
	}
	rcs_parse_advance(p);
	rcs_parse_advance(p);
}
