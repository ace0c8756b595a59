/* SPDX-License-Identifier: BSD-2-Clause */
/* Cells of many runs, folded into the matrix: see matrix.h. */
#include "report/matrix.h"

#include <stdlib.h>

#include "report/matrix_kinds.h"
#include "report/matrix_names.h"

/* Rows and tests are numbered in the order of first appearance. */
struct folding {
	const struct rcs_report *report;
	struct rcs_names rows;	/* by barrier */
	struct rcs_names tests; /* each in the context of its row */
	size_t cells;
	const char **barrier;	     /* of a row */
	const char **test;	     /* name of a test, … */
	uint32_t *row_of;	     /* … and its row */
	uint32_t *kind_of;	     /* of a run */
	uint32_t *test_of;	     /* of a cell, over all runs */
	struct rcs_outcome *outcome; /* of a cell */
	/* By kind, of all rows and of all tests. */
	struct rcs_matrix_entry *of_rows, *of_tests;
};

enum rcs_run_end rcs_matrix_weight(enum rcs_verdict verdict,
				   const struct rcs_standing *standing)
{
	struct rcs_outcome outcome = {verdict, *standing};

	return rcs_run_end(&outcome, 1, false);
}

bool rcs_matrix_speaks_against(enum rcs_verdict verdict,
			       const struct rcs_standing *standing)
{
	return rcs_matrix_weight(verdict, standing) <= RCS_RUN_INCONCLUSIVE;
}

/* The place of a verdict in the order of matrix.h. */
static int place_of(enum rcs_verdict verdict)
{
	static const int place[RCS_VERDICTS] = {
		[RCS_FAULT] = 0, [RCS_BROKEN] = 1,  [RCS_INCONCLUSIVE] = 2,
		[RCS_HOLDS] = 3, [RCS_ALLOWED] = 4, [RCS_SKIPPED] = 5,
	};

	return place[verdict];
}

/* Whether a verdict stands for all rather than the one that has so far. */
static bool goes_before(const struct rcs_record_cell *cell,
			const struct rcs_matrix_entry *entry)
{
	enum rcs_run_end weight = rcs_matrix_weight(cell->verdict, &cell->standing);
	enum rcs_run_end so_far = rcs_matrix_weight(entry->verdict, &entry->standing);

	/* Where nothing speaks against either, the verdicts alone are compared. */
	if (weight != so_far &&
	    (weight <= RCS_RUN_INCONCLUSIVE || so_far <= RCS_RUN_INCONCLUSIVE))
		return weight < so_far;
	return place_of(cell->verdict) < place_of(entry->verdict);
}

static void add(struct rcs_matrix_entry *entry, const struct rcs_record_cell *cell,
		const struct rcs_record_run *run)
{
	const struct rcs_standing *s = &cell->standing;
	bool unexpected = rcs_unexpected(cell->verdict, s->expected);

	if (entry->cells == 0 || goes_before(cell, entry)) {
		entry->verdict = cell->verdict;
		entry->standing = *s;
		entry->worst = cell;
		entry->worst_run = run;
	}
	entry->cells++;
	entry->count[cell->verdict]++;
	entry->unexpected += unexpected;
	entry->expected += rcs_as_expected(cell->verdict, s->expected);
	entry->self_tests += s->self_test && cell->verdict == RCS_BROKEN;
	if (cell->verdict != RCS_HOLDS)
		return;
	if (!s->self_test && !unexpected)
		rcs_family_add(&entry->holding, cell->p_missed);
	if (cell->sensitivity >= 1.0 && (entry->sensitivity_least < 1.0 ||
					 cell->sensitivity < entry->sensitivity_least))
		entry->sensitivity_least = cell->sensitivity;
}

/* Memory for so many cells and runs. */
static int make_room(struct folding *f)
{
	const struct rcs_report *report = f->report;

	for (size_t r = 0; r < report->runs; r++)
		f->cells += report->run[r]->cells;
	if (f->cells >= RCS_NAME_NONE || report->runs >= RCS_NAME_NONE)
		return -1;
	f->barrier = calloc(f->cells + 1, sizeof(*f->barrier));
	f->test = calloc(f->cells + 1, sizeof(*f->test));
	f->row_of = calloc(f->cells + 1, sizeof(*f->row_of));
	f->kind_of = calloc(report->runs + 1, sizeof(*f->kind_of));
	f->test_of = calloc(f->cells + 1, sizeof(*f->test_of));
	f->outcome = calloc(f->cells + 1, sizeof(*f->outcome));
	return f->barrier != NULL && f->test != NULL && f->row_of != NULL &&
			       f->kind_of != NULL && f->test_of != NULL &&
			       f->outcome != NULL
		       ? 0
		       : -1;
}

static void free_room(struct folding *f)
{
	free(f->barrier);
	free(f->test);
	free(f->row_of);
	free(f->kind_of);
	free(f->test_of);
	free(f->outcome);
	rcs_names_free(&f->rows);
	rcs_names_free(&f->tests);
}

static int number_cell(struct folding *f, size_t place,
		       const struct rcs_record_cell *cell)
{
	uint32_t row = rcs_name_number(&f->rows, 0, cell->barrier);
	uint32_t test;

	if (row == RCS_NAME_NONE)
		return -1;
	test = rcs_name_number(&f->tests, row, cell->test);
	if (test == RCS_NAME_NONE)
		return -1;
	f->barrier[row] = cell->barrier;
	f->test[test] = cell->test;
	f->row_of[test] = row;
	f->test_of[place] = test;
	f->outcome[place] = (struct rcs_outcome){cell->verdict, cell->standing};
	return 0;
}

static int number_cells(struct folding *f)
{
	size_t place = 0;

	for (size_t r = 0; r < f->report->runs; r++) {
		const struct rcs_record_run *run = f->report->run[r];

		for (size_t c = 0; c < run->cells; c++) {
			if (number_cell(f, place++, &run->cell[c]) != 0)
				return -1;
		}
	}
	return 0;
}

static struct rcs_matrix_entry *entries(struct rcs_pool *pool, size_t rows,
					size_t kinds)
{
	const size_t size = sizeof(struct rcs_matrix_entry);

	if (kinds > 0 && rows >= SIZE_MAX / size / kinds)
		return NULL;
	return rcs_pool_get(pool, rows * kinds * size + 1);
}

/* Where a row stands: as it is numbered, but "-" last. */
static size_t place_of_row(const struct folding *f, uint32_t row)
{
	uint32_t none = rcs_name_find(&f->rows, 0, "-");

	if (row == none)
		return f->rows.count - 1;
	return row - (row > none);
}

/* Tests go to their rows: next[] is for where the next one of each row goes. */
static void deal_tests(const struct folding *f, size_t kinds,
		       struct rcs_matrix_row *rows, struct rcs_matrix_test *tests,
		       size_t *next)
{
	size_t total = 0;

	for (uint32_t n = 0; n < f->tests.count; n++)
		rows[place_of_row(f, f->row_of[n])].tests++;
	for (size_t r = 0; r < f->rows.count; r++) {
		rows[r].test = tests + total;
		next[r] = total;
		total += rows[r].tests;
	}
	for (uint32_t n = 0; n < f->tests.count; n++)
		tests[next[place_of_row(f, f->row_of[n])]++] = (struct rcs_matrix_test){
			f->test[n],
			f->of_tests + (size_t)n * kinds,
		};
}

static int lay_out(const struct folding *f, struct rcs_matrix *m)
{
	struct rcs_pool *pool = f->report->pool;
	struct rcs_matrix_row *rows =
		rcs_pool_get(pool, f->rows.count * sizeof(*rows) + 1);
	struct rcs_matrix_test *tests =
		rcs_pool_get(pool, f->tests.count * sizeof(*tests) + 1);
	size_t *next = calloc(f->rows.count + 1, sizeof(*next));

	if (rows == NULL || tests == NULL || next == NULL) {
		free(next);
		return -1;
	}
	for (uint32_t n = 0; n < f->rows.count; n++) {
		struct rcs_matrix_row *row = &rows[place_of_row(f, n)];

		row->barrier = f->barrier[n];
		row->entry = f->of_rows + (size_t)n * m->kinds;
	}
	deal_tests(f, m->kinds, rows, tests, next);
	free(next);
	m->rows = f->rows.count;
	m->row = rows;
	return 0;
}

static void fill(const struct folding *f, struct rcs_matrix *m)
{
	size_t place = 0;

	for (size_t r = 0; r < f->report->runs; r++) {
		const struct rcs_record_run *run = f->report->run[r];
		size_t kind = f->kind_of[r];

		m->interrupted = m->interrupted || run->interrupted;
		for (size_t c = 0; c < run->cells; c++) {
			uint32_t test = f->test_of[place++];
			size_t row = f->row_of[test];

			add(&f->of_rows[row * m->kinds + kind], &run->cell[c], run);
			add(&f->of_tests[(size_t)test * m->kinds + kind], &run->cell[c],
			    run);
		}
	}
	m->end = rcs_run_end(f->outcome, f->cells, m->interrupted);
}

static int fold(struct folding *f, struct rcs_matrix *m)
{
	struct rcs_pool *pool = f->report->pool;

	if (make_room(f) != 0 || number_cells(f) != 0 ||
	    rcs_matrix_kinds_of(f->report, m, f->kind_of) != 0)
		return -1;
	f->of_rows = entries(pool, f->rows.count, m->kinds);
	f->of_tests = entries(pool, f->tests.count, m->kinds);
	if (f->of_rows == NULL || f->of_tests == NULL || lay_out(f, m) != 0)
		return -1;
	fill(f, m);
	return 0;
}

const struct rcs_matrix *rcs_matrix_of(const struct rcs_report *report)
{
	struct folding f = {.report = report};
	struct rcs_matrix *m = rcs_pool_get(report->pool, sizeof(*m));
	int failed = m == NULL || fold(&f, m) != 0;

	free_room(&f);
	return failed ? NULL : m;
}
