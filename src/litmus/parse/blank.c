/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * White space and the three kinds of comments: OCaml's, which nest, and the two of C.
 * Comments may hold any valid UTF-8; everything else is ASCII.
 */
#include "litmus/parse/lexer.h"

#include <string.h>

/* Bytes of the character that begins here, or 0: not UTF-8, or NUL. */
static size_t character(const struct rcs_lexer *x)
{
	int c = rcs_lexer_byte(x, 0);
	size_t more = c < 0x80 ? 0 : c < 0xe0 ? 1 : c < 0xf0 ? 2 : 3;
	uint32_t code;
	static const uint32_t least[] = {1, 0x80, 0x800, 0x10000};

	if ((c >= 0x80 && c < 0xc2) || c > 0xf4)
		return 0;
	code = (uint32_t)c & (more == 0 ? 0x7f : 0x3fu >> more);
	for (size_t i = 1; i <= more; i++) {
		int next = rcs_lexer_byte(x, i);

		if (next < 0 || (next & 0xc0) != 0x80)
			return 0;
		code = code << 6 | ((uint32_t)next & 0x3f);
	}
	if (code < least[more] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
		return 0;
	return more + 1;
}

static bool at_text(const struct rcs_lexer *x, const char *text)
{
	size_t length = strlen(text);

	return x->size - x->next >= length &&
	       memcmp(x->text + x->next, text, length) == 0;
}

/* From one delimiter to the other; a line ends at its end or that of the file. */
static void comment(struct rcs_lexer *x, const char *open, const char *close)
{
	bool line = close[0] == '\n', nests = open[0] == '(';
	struct rcs_position at = rcs_lexer_here(x), begin;
	const char *text;
	int depth = 0;

	rcs_lexer_skip(x, strlen(open));
	begin = rcs_lexer_here(x);
	text = x->text + x->next;
	while (!at_text(x, close) || depth > 0) {
		size_t bytes;

		if (x->next == x->size) {
			if (line)
				break;
			(void)rcs_lexer_fail(x, at, "this comment has no end");
			return;
		}
		bytes = character(x);
		if (bytes == 0) {
			(void)rcs_lexer_fail(x, rcs_lexer_here(x),
					     "byte 0x%02x is not UTF-8 text",
					     rcs_lexer_byte(x, 0));
			return;
		}
		if (nests && at_text(x, open)) {
			depth++;
			bytes = 2;
		} else if (nests && at_text(x, close)) {
			depth--;
			bytes = 2;
		}
		rcs_lexer_skip(x, bytes);
	}
	rcs_lexer_comment(x, text, (size_t)(x->text + x->next - text), begin);
	if (!line)
		rcs_lexer_skip(x, strlen(close));
	x->commented = true;
}

void rcs_lexer_blank(struct rcs_lexer *x)
{
	while (!x->failed) {
		int c = rcs_lexer_byte(x, 0);

		if (c == ' ' || c == '\t' || c == '\r' || c == '\n')
			rcs_lexer_skip(x, 1);
		else if (at_text(x, "//"))
			comment(x, "//", "\n");
		else if (at_text(x, "/*"))
			comment(x, "/*", "*/");
		else if (at_text(x, "(*") && !(x->initialised && x->braces > 0))
			comment(x, "(*", "*)");
		else
			return;
	}
}
