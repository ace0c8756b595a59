/* SPDX-License-Identifier: BSD-2-Clause */
/* The matrix of a made-up report, slow and simple: see sample_html.h. */
#include <stdlib.h>
#include <string.h>

#include "report/html/badge.h"
#include "sample_html.h"

#define ROWS_MAX 40

static void *get(const struct rcs_report *r, size_t size)
{
	void *memory = rcs_pool_get(r->pool, size);

	if (memory == NULL)
		abort();
	return memory;
}

static size_t kind_of(struct rcs_matrix_kind *kind, size_t *kinds,
		      const struct rcs_machine *m)
{
	size_t k = 0;

	while (k < *kinds && (strcmp(kind[k].machine->arch, m->arch) != 0 ||
			      strcmp(kind[k].machine->kernel, m->kernel) != 0))
		k++;
	if (k == *kinds) {
		kind[k] = (struct rcs_matrix_kind){.machine = m, .machines = 1};
		(*kinds)++;
	}
	kind[k].runs++;
	return k;
}

static void add(struct rcs_matrix_entry *e, const struct rcs_record_cell *c,
		const struct rcs_record_run *run)
{
	if (c->verdict == RCS_HOLDS) {
		rcs_family_add(&e->holding, c->p_missed);
		e->sensitivity_least = c->sensitivity;
	}
	e->count[c->verdict]++;
	e->self_tests += c->standing.self_test;
	e->unexpected += rcs_unexpected(c->verdict, c->standing.expected);
	if (e->cells++ > 0 && rcs_html_gravity(c->verdict, &c->standing) <=
				      rcs_html_gravity(e->verdict, &e->standing))
		return;
	e->verdict = c->verdict;
	e->standing = c->standing;
	e->worst = c;
	e->worst_run = run;
}

/* Rows are filled while they are made, and constant from then on. */
static void add_cell(const struct rcs_report *r, struct rcs_matrix *m, size_t kinds,
		     size_t k, const struct rcs_record_cell *c,
		     const struct rcs_record_run *run)
{
	struct rcs_matrix_row *row = (struct rcs_matrix_row *)m->row;
	struct rcs_matrix_test *test;
	size_t i = 0, t = 0;

	while (i < m->rows && strcmp(row[i].barrier, c->barrier) != 0)
		i++;
	if (i == m->rows) {
		if (m->rows++ == ROWS_MAX)
			abort();
		row[i].barrier = c->barrier;
		row[i].entry = get(r, kinds * sizeof(*row->entry));
		row[i].test = get(r, ROWS_MAX * sizeof(*row->test));
	}
	test = (struct rcs_matrix_test *)row[i].test;
	while (t < row[i].tests && strcmp(test[t].name, c->test) != 0)
		t++;
	if (t == row[i].tests) {
		if (row[i].tests++ == ROWS_MAX)
			abort();
		test[t].name = c->test;
		test[t].entry = get(r, kinds * sizeof(*test->entry));
	}
	add((struct rcs_matrix_entry *)&row[i].entry[k], c, run);
	add((struct rcs_matrix_entry *)&test[t].entry[k], c, run);
}

const struct rcs_matrix *sample_matrix(const struct rcs_report *r)
{
	struct rcs_matrix *m = get(r, sizeof(*m));
	struct rcs_matrix_kind *kind = get(r, r->runs * sizeof(*kind) + 1);
	size_t *of = get(r, r->runs * sizeof(*of) + 1);

	for (size_t i = 0; i < r->runs; i++)
		of[i] = kind_of(kind, &m->kinds, r->run[i]->machine);
	m->kind = kind;
	m->row = get(r, ROWS_MAX * sizeof(*m->row));
	for (size_t i = 0; i < r->runs; i++) {
		for (size_t c = 0; c < r->run[i]->cells; c++)
			add_cell(r, m, m->kinds, of[i], &r->run[i]->cell[c], r->run[i]);
	}
	m->end = r->runs > 0 ? RCS_RUN_BROKEN : RCS_RUN_SKIPPED;
	return m;
}
