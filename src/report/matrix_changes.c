/* SPDX-License-Identifier: BSD-2-Clause */
/* The matrix against that of a baseline: see matrix.h. */
#include "report/matrix.h"

#include <stdlib.h>

#include "report/matrix_kinds.h"
#include "report/matrix_names.h"

/* The same test in both; NULL where one does not have it. */
struct both {
	const char *barrier, *test;
	const struct rcs_matrix_entry *before, *after;
};

/* All tests of both: those of today in their order, then those that are gone. */
struct comparison {
	struct rcs_names rows, tests;
	struct both *test;
	const struct rcs_matrix *before, *after;
	const struct rcs_matrix_kind **kind; /* of the baseline, by kind of today */
	struct rcs_matrix_changes *changes;
	struct rcs_matrix_change *list;
};

static struct both *test_in(struct comparison *c, const char *barrier, const char *test)
{
	uint32_t n = rcs_name_number(&c->rows, 0, barrier);

	if (n != RCS_NAME_NONE)
		n = rcs_name_number(&c->tests, n, test);
	if (n == RCS_NAME_NONE)
		return NULL;
	c->test[n].barrier = barrier;
	c->test[n].test = test;
	return &c->test[n];
}

static int take(struct comparison *c, const struct rcs_matrix *m, bool is_after)
{
	for (size_t r = 0; r < m->rows; r++) {
		const struct rcs_matrix_row *row = &m->row[r];

		for (size_t t = 0; t < row->tests; t++) {
			struct both *b = test_in(c, row->barrier, row->test[t].name);

			if (b == NULL)
				return -1;
			if (is_after)
				b->after = row->test[t].entry;
			else
				b->before = row->test[t].entry;
		}
	}
	return 0;
}

static size_t tests_of(const struct rcs_matrix *m)
{
	size_t tests = 0;

	for (size_t r = 0; r < m->rows; r++)
		tests += m->row[r].tests;
	return tests;
}

/* Of a kind; NULL if it was not run there. */
static const struct rcs_matrix_entry *entry_at(const struct rcs_matrix_entry *entries,
					       size_t kind)
{
	return entries != NULL && entries[kind].cells > 0 ? &entries[kind] : NULL;
}

/* It HELD, and nothing tests it any more: passes would be worth less, unnoticed. */
static bool is_lost(const struct rcs_matrix_entry *before,
		    const struct rcs_matrix_entry *after)
{
	if (before == NULL || before->verdict != RCS_HOLDS)
		return false;
	return after == NULL ||
	       (after->verdict == RCS_SKIPPED &&
		!rcs_as_expected(after->verdict, after->standing.expected));
}

static bool is_worse(const struct rcs_matrix_entry *before,
		     const struct rcs_matrix_entry *after)
{
	enum rcs_run_end now;

	if (is_lost(before, after))
		return true;
	if (after == NULL ||
	    !rcs_matrix_speaks_against(after->verdict, &after->standing))
		return false;
	now = rcs_matrix_weight(after->verdict, &after->standing);
	if (before == NULL)
		return now < RCS_RUN_INCONCLUSIVE;
	return now < rcs_matrix_weight(before->verdict, &before->standing);
}

/* One test on one kind: counts it, and notes it down once there is a list. */
static void compare(struct comparison *c, const struct both *test, size_t kind,
		    bool worse)
{
	const struct rcs_matrix_kind *old = c->kind[kind];
	const struct rcs_matrix_entry *after = entry_at(test->after, kind);
	const struct rcs_matrix_entry *before =
		old == NULL ? NULL
			    : entry_at(test->before, (size_t)(old - c->before->kind));

	if (before == NULL && after == NULL)
		return;
	if (before != NULL && after != NULL && before->verdict == after->verdict) {
		c->changes->same += !worse;
		return;
	}
	if (is_worse(before, after) != worse)
		return;
	c->changes->worse += worse;
	if (c->list != NULL)
		c->list[c->changes->count] = (struct rcs_matrix_change){
			test->barrier, test->test, &c->after->kind[kind],
			before,	       after,	   worse,
		};
	c->changes->count++;
}

/* Those for the worse first. */
static void compare_all(struct comparison *c)
{
	*c->changes = (struct rcs_matrix_changes){0};
	for (int pass = 0; pass < 2; pass++) {
		for (size_t t = 0; t < c->tests.count; t++) {
			for (size_t k = 0; k < c->after->kinds; k++)
				compare(c, &c->test[t], k, pass == 0);
		}
	}
	c->changes->change = c->list;
}

static int prepare(struct comparison *c)
{
	size_t most = tests_of(c->before) + tests_of(c->after);

	c->test = calloc(most + 1, sizeof(*c->test));
	c->kind = calloc(c->after->kinds + 1, sizeof(c->kind[0]));
	if (c->test == NULL || c->kind == NULL || take(c, c->after, true) != 0 ||
	    take(c, c->before, false) != 0)
		return -1;
	for (size_t k = 0; k < c->after->kinds; k++)
		c->kind[k] =
			rcs_matrix_kind_nearest(c->before, c->after->kind[k].machine);
	return 0;
}

const struct rcs_matrix_changes *rcs_matrix_changes_of(struct rcs_pool *pool,
						       const struct rcs_matrix *before,
						       const struct rcs_matrix *after)
{
	struct comparison c = {.before = before, .after = after};
	bool failed;

	c.changes = rcs_pool_get(pool, sizeof(*c.changes));
	failed = c.changes == NULL || prepare(&c) != 0;
	if (!failed) {
		/* Once to count them, and once to note them down. */
		compare_all(&c);
		c.list = rcs_pool_get(pool, c.changes->count * sizeof(*c.list) + 1);
		failed = c.list == NULL;
	}
	if (!failed)
		compare_all(&c);
	free(c.test);
	free((void *)c.kind);
	rcs_names_free(&c.rows);
	rcs_names_free(&c.tests);
	return failed ? NULL : c.changes;
}
