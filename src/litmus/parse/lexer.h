/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Text to tokens, with their positions. Reads each byte once and keeps one token of
 * look-ahead. Private to this folder: the parser is parse.h.
 */
#ifndef RCS_LITMUS_LEXER_H
#define RCS_LITMUS_LEXER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "host/error.h"
#include "litmus/ast.h"

enum rcs_token_kind {
	RCS_TOKEN_END,
	RCS_TOKEN_WORD,	  /* an identifier or a keyword */
	RCS_TOKEN_NUMBER, /* its magnitude; at most 2^31 */
	RCS_TOKEN_MARK,	  /* anything else: compared by its text */
};

struct rcs_token {
	enum rcs_token_kind kind;
	struct rcs_position at;
	const char *text; /* into the file */
	size_t length;
	int64_t number;
};

struct rcs_lexer {
	const char *source, *text;
	size_t size, next;
	uint32_t line, column;
	/* Braces that are open, and whether the first pair, the init block, is over:
	 * in bodies of threads a '(' before a '*' begins no comment. */
	int32_t braces;
	bool initialised;
	bool commented; /* a comment was seen: the next one is not the first */

	struct rcs_litmus *test; /* where comments go */
	struct rcs_error *e;
	bool failed; /* *e says why; there are no more tokens */
};

/* What stands for the end, and for everything after an error. */
extern const struct rcs_token rcs_token_end;

/* Only the first error counts. Returns RCS_NONE. */
int rcs_lexer_fail(struct rcs_lexer *x, struct rcs_position at, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

struct rcs_position rcs_lexer_here(const struct rcs_lexer *x);

/* The next byte, or -1 at the end; and the one `ahead` bytes later. */
int rcs_lexer_byte(const struct rcs_lexer *x, size_t ahead);
void rcs_lexer_skip(struct rcs_lexer *x, size_t bytes);

/* Over white space and comments. */
void rcs_lexer_blank(struct rcs_lexer *x);

struct rcs_token rcs_lexer_token(struct rcs_lexer *x);

bool rcs_token_is(const struct rcs_token *token, const char *text);

/* Text of a file as it may be printed: escaped, shortened, between quotes. */
struct rcs_quoted {
	char text[64];
};
struct rcs_quoted rcs_quote(const char *text, size_t length);

/* A comment, without its delimiters, that begins there: fills in about and results. */
void rcs_lexer_comment(struct rcs_lexer *x, const char *text, size_t length,
		       struct rcs_position at);

#endif
