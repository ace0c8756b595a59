/* SPDX-License-Identifier: BSD-2-Clause */
/* "Did you mean …": the known word nearest to a misspelt one. */
#ifndef RCS_CLI_SUGGEST_H
#define RCS_CLI_SUGGEST_H

#include <stddef.h>

struct rcs_suggestion {
	const char *best; /* NULL: nothing is near enough */
	size_t distance;
};

/*
 * Looks at one more candidate (kept by pointer) for word: edits (insert, delete,
 * replace, swap neighbours), a third of the word's length at most, and never all
 * of it; capitals are none. Words of 64 characters and more are never near anything.
 */
void rcs_suggest(struct rcs_suggestion *s, const char *word, const char *candidate);

#endif
