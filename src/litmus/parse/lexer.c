/* SPDX-License-Identifier: BSD-2-Clause */
/* Tokens: words, numbers and marks. White space and comments are in blank.c. */
#include "litmus/parse/lexer.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define MAGNITUDE_MAX 2147483648 /* of INT32_MIN */
#define COLUMN_MAX    65535	 /* what struct rcs_position can say */

const struct rcs_token rcs_token_end = {.kind = RCS_TOKEN_END, .text = ""};

/* Longest first where one begins another. */
static const char *const marks[] = {
	"<<=", ">>=", "...", "/\\", "\\/", "&&", "||", "==", "!=",
	"<=",  ">=",  "<<",  ">>",  "->",  "++", "--", "+=", "-=",
	"*=",  "/=",  "%=",  "&=",  "|=",  "^=", "=>",
};

int rcs_lexer_fail(struct rcs_lexer *x, struct rcs_position at, const char *format, ...)
{
	char what[320];
	va_list args;

	if (x->failed)
		return RCS_NONE;
	x->failed = true;
	va_start(args, format);
	(void)vsnprintf(what, sizeof(what), format, args);
	va_end(args);
	(void)rcs_fail(x->e, RCS_ERROR_USAGE, "%.120s:%d:%d: %s", x->source, at.line,
		       at.column, what);
	return RCS_NONE;
}

struct rcs_position rcs_lexer_here(const struct rcs_lexer *x)
{
	return (struct rcs_position){
		.line = (uint16_t)(x->line < COLUMN_MAX ? x->line : COLUMN_MAX),
		.column = (uint16_t)(x->column < COLUMN_MAX ? x->column : COLUMN_MAX),
	};
}

int rcs_lexer_byte(const struct rcs_lexer *x, size_t ahead)
{
	return x->next + ahead < x->size ? (unsigned char)x->text[x->next + ahead] : -1;
}

void rcs_lexer_skip(struct rcs_lexer *x, size_t bytes)
{
	for (; bytes > 0 && x->next < x->size; bytes--) {
		if (x->text[x->next++] == '\n') {
			x->line++;
			x->column = 1;
		} else {
			x->column++;
		}
	}
}

static bool is_digit(int c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static int digit_value(int c)
{
	if (is_digit(c))
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return 99;
}

static size_t word_length(const struct rcs_lexer *x)
{
	size_t length = 0;

	while (is_letter(rcs_lexer_byte(x, length)) ||
	       is_digit(rcs_lexer_byte(x, length)))
		length++;
	return length;
}

static void take_number(struct rcs_lexer *x, struct rcs_token *token)
{
	size_t i = 0;
	int base = 10;

	token->kind = RCS_TOKEN_NUMBER;
	token->length = word_length(x);
	if (token->length > 2 && token->text[0] == '0' &&
	    (token->text[1] | 0x20) == 'x') {
		base = 16;
		i = 2;
	} else if (token->length > 1 && token->text[0] == '0' &&
		   is_digit(token->text[1])) {
		(void)rcs_lexer_fail(x, token->at,
				     "%s: octal numbers are not supported",
				     rcs_quote(token->text, token->length).text);
		return;
	}
	for (; i < token->length; i++) {
		int digit = digit_value(token->text[i]);

		if (digit >= base) {
			(void)rcs_lexer_fail(
				x, token->at,
				"%s is not a number; there are no suffixes",
				rcs_quote(token->text, token->length).text);
			return;
		}
		if (token->number <= MAGNITUDE_MAX)
			token->number = token->number * base + digit;
	}
	if (token->number > MAGNITUDE_MAX)
		(void)rcs_lexer_fail(x, token->at, "%s does not fit 32 bits",
				     rcs_quote(token->text, token->length).text);
}

static void take_word(struct rcs_lexer *x, struct rcs_token *token)
{
	token->kind = RCS_TOKEN_WORD;
	token->length = word_length(x);
	if (token->length >= RCS_LITMUS_NAME_SIZE)
		(void)rcs_lexer_fail(x, token->at, "a name has %d bytes at most",
				     RCS_LITMUS_NAME_SIZE - 1);
}

static void take_mark(struct rcs_lexer *x, struct rcs_token *token)
{
	int c = rcs_lexer_byte(x, 0);

	token->kind = RCS_TOKEN_MARK;
	token->length = 1;
	if (c < ' ' || c > '~') {
		(void)rcs_lexer_fail(x, token->at, "byte 0x%02x is not allowed here",
				     c);
		return;
	}
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		size_t length = strlen(marks[i]);

		if (x->size - x->next >= length &&
		    memcmp(token->text, marks[i], length) == 0) {
			token->length = length;
			return;
		}
	}
	if (c == '{')
		x->braces++;
	if (c == '}' && --x->braces == 0)
		x->initialised = true;
}

struct rcs_token rcs_lexer_token(struct rcs_lexer *x)
{
	struct rcs_token token = {.kind = RCS_TOKEN_END, .text = ""};
	int c;

	rcs_lexer_blank(x);
	token.at = rcs_lexer_here(x);
	c = rcs_lexer_byte(x, 0);
	if (x->failed || c < 0)
		return token;
	token.text = x->text + x->next;
	if (is_letter(c))
		take_word(x, &token);
	else if (is_digit(c))
		take_number(x, &token);
	else
		take_mark(x, &token);
	if (x->failed)
		return rcs_token_end;
	rcs_lexer_skip(x, token.length);
	return token;
}

bool rcs_token_is(const struct rcs_token *token, const char *text)
{
	return token->kind != RCS_TOKEN_END && strlen(text) == token->length &&
	       memcmp(text, token->text, token->length) == 0;
}

struct rcs_quoted rcs_quote(const char *text, size_t length)
{
	struct rcs_quoted q;
	size_t n = 0;

	q.text[n++] = '\'';
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)text[i];

		if (n > 48) {
			n += (size_t)sprintf(q.text + n, "...");
			break;
		}
		if (c < ' ' || c > '~')
			n += (size_t)sprintf(q.text + n, "\\x%02x", c);
		else
			q.text[n++] = (char)c;
	}
	q.text[n++] = '\'';
	q.text[n] = '\0';
	return q;
}
