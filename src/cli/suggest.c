/* SPDX-License-Identifier: BSD-2-Clause */
/* The optimal string alignment distance, row by row: see suggest.h. */
#include "cli/suggest.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#define LENGTH_MAX 64

static size_t least3(size_t a, size_t b, size_t c)
{
	size_t ab = a < b ? a : b;

	return ab < c ? ab : c;
}

/* Capitals are no edit. */
static bool same(char a, char b)
{
	return tolower((unsigned char)a) == tolower((unsigned char)b);
}

static size_t edits(const char *a, size_t n, const char *b, size_t m)
{
	size_t row[3][LENGTH_MAX + 1]; /* row i is row[i % 3] */

	for (size_t k = 0; k <= m; k++)
		row[0][k] = k;
	for (size_t i = 1; i <= n; i++) {
		size_t *now = row[i % 3];
		const size_t *above = row[(i - 1) % 3];

		now[0] = i;
		for (size_t k = 1; k <= m; k++) {
			now[k] = least3(above[k] + 1, now[k - 1] + 1,
					above[k - 1] + !same(a[i - 1], b[k - 1]));
			if (i > 1 && k > 1 && same(a[i - 1], b[k - 2]) &&
			    same(a[i - 2], b[k - 1]) &&
			    row[(i - 2) % 3][k - 2] + 1 < now[k])
				now[k] = row[(i - 2) % 3][k - 2] + 1;
		}
	}
	return row[n % 3][m];
}

void rcs_suggest(struct rcs_suggestion *s, const char *word, const char *candidate)
{
	size_t n = strlen(word), m = strlen(candidate);
	size_t distance;

	if (n >= LENGTH_MAX || m >= LENGTH_MAX)
		return;
	distance = edits(word, n, candidate, m);
	/* Of a single letter nothing would be left. */
	if (distance > (n + 2) / 3 || distance >= n ||
	    (s->best != NULL && distance >= s->distance))
		return;
	s->best = candidate;
	s->distance = distance;
}
