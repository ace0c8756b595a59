/* SPDX-License-Identifier: BSD-2-Clause */
/* The matrix: barriers by kinds of machine. */
#include "report/html/parts.h"

#include "report/html/badge.h"
#include "report/html/box.h"
#include "report/html/write.h"

/* Of all barriers on this kind of machine, the gravest. */
static int gravity_of_kind(const struct rcs_matrix *m, size_t kind)
{
	int gravest = RCS_HTML_FINE;

	for (size_t r = 0; r < m->rows; r++) {
		const struct rcs_matrix_entry *e = &m->row[r].entry[kind];
		int gravity = rcs_html_gravity(e->verdict, &e->standing);

		if (e->cells > 0 && gravity > gravest)
			gravest = gravity;
	}
	return gravest;
}

/* Which columns are shown when there are too many: the gravest, in their order. */
static size_t choose_kinds(const struct rcs_matrix *m,
			   size_t chosen[RCS_HTML_KINDS_MAX])
{
	int least = RCS_HTML_GRAVEST;
	size_t above = 0, of_least = 0, count = 0;

	for (;; least--) {
		of_least = 0;
		for (size_t k = 0; k < m->kinds; k++)
			of_least += gravity_of_kind(m, k) == least;
		if (least == RCS_HTML_FINE || above + of_least >= RCS_HTML_KINDS_MAX)
			break;
		above += of_least;
	}
	for (size_t k = 0; k < m->kinds && count < RCS_HTML_KINDS_MAX; k++) {
		int gravity = gravity_of_kind(m, k);

		if (gravity == least && above < RCS_HTML_KINDS_MAX)
			above++;
		else if (gravity <= least)
			continue;
		chosen[count++] = k;
	}
	return count;
}

static void put_kind(const struct rcs_html *h, size_t number)
{
	const struct rcs_matrix_kind *kind = &h->document->matrix->kind[number];
	const struct rcs_machine *m = kind->machine;
	FILE *out = h->out;

	rcs_html_put(out, "<th scope=col class=kind>");
	if (h->document->matrix->kinds > 1)
		(void)fprintf(out, "<span class=number>machine %zu</span>", number + 1);
	rcs_html_text(out, m->arch);
	if (m->emulated) {
		rcs_html_put(out, "<strong class=emulated>emulated");
		if (m->emulator[0] != '\0') {
			rcs_html_put(out, ": ");
			rcs_html_text(out, m->emulator);
		}
		rcs_html_put(out, "</strong>");
	}
	rcs_html_put(out, "<small>");
	rcs_html_text(out, m->cpu);
	rcs_html_put(out, m->virtual ? " (virtual)</small><small>" : "</small><small>");
	rcs_html_text(out, m->kernel);
	rcs_html_put(out, "</small>");
	if (kind->runs > 1) {
		rcs_html_put(out, "<small>");
		rcs_html_number_of(out, kind->machines, "machine");
		rcs_html_put(out, ", ");
		rcs_html_number_of(out, kind->runs, "run");
		rcs_html_put(out, "</small>");
	}
	rcs_html_put(out, "</th>");
}

static void put_entry(FILE *out, const struct rcs_matrix_entry *e)
{
	if (e->cells == 0) {
		rcs_html_put(out, "<td class=none>not run</td>");
		return;
	}
	rcs_html_put(out, "<td><span class=said>");
	rcs_html_verdict(out, e->verdict, &e->standing);
	rcs_html_put(out, "</span><small>");
	rcs_html_tally(out, e->count);
	if (e->unexpected > 0)
		(void)fprintf(out, "; %" PRIu32 " unexpected", e->unexpected);
	rcs_html_put(out, "</small>");
	if (e->holding.count > 0) {
		rcs_html_put(out, "<small>P(any missed) ");
		rcs_html_probability(out, e->holding.p_any_missed);
		rcs_html_put(out, "</small>");
	}
	if (e->sensitivity_least >= 1.0)
		(void)fprintf(out, "<small>sensitivity at least one in %.0f</small>",
			      e->sensitivity_least);
	rcs_html_put(out, "</td>");
}

static void put_row(const struct rcs_html *h, size_t row, const size_t *chosen,
		    size_t count)
{
	const struct rcs_matrix_row *r = &h->document->matrix->row[row];

	rcs_html_row(h->out, r->barrier);
	(void)fprintf(h->out, "<a href=\"#b%zu\">", row);
	rcs_html_text(h->out, r->barrier);
	rcs_html_put(h->out, "</a></th>");
	for (size_t k = 0; k < count; k++)
		put_entry(h->out, &r->entry[chosen[k]]);
	rcs_html_put(h->out, "</tr>\n");
}

static bool has_plain_row(const struct rcs_matrix *m)
{
	for (size_t r = 0; r < m->rows && r < RCS_HTML_ROWS_MAX; r++) {
		if (m->row[r].barrier[0] == '-' && m->row[r].barrier[1] == '\0')
			return true;
	}
	return false;
}

void rcs_html_verdicts(const struct rcs_html *h)
{
	const struct rcs_matrix *m = h->document->matrix;
	size_t chosen[RCS_HTML_KINDS_MAX];
	size_t count = choose_kinds(m, chosen);
	FILE *out = h->out;

	rcs_html_put(out, "<section id=verdicts>\n<h2>Verdicts</h2>\n");
	if (m->rows == 0) {
		rcs_html_put(out, "<p>No cell was run.</p>\n</section>\n");
		return;
	}
	if (count < m->kinds)
		(void)fprintf(out,
			      "<p class=note>%zu of %zu kinds of machine are shown, "
			      "those with the gravest verdicts.</p>\n",
			      count, m->kinds);
	if (m->rows > RCS_HTML_ROWS_MAX)
		(void)fprintf(out,
			      "<p class=note>The first %d of %zu barriers are "
			      "shown.</p>\n",
			      RCS_HTML_ROWS_MAX, m->rows);
	rcs_html_table(out, m->kinds == 1 ? "matrix single" : "matrix",
		       "Verdicts by barrier and kind of machine");
	rcs_html_column(out, "", "Barrier");
	for (size_t k = 0; k < count; k++)
		put_kind(h, chosen[k]);
	rcs_html_table_body(out);
	for (size_t r = 0; r < m->rows && r < RCS_HTML_ROWS_MAX; r++)
		put_row(h, r, chosen, count);
	rcs_html_table_end(out);
	if (has_plain_row(m))
		rcs_html_put(out, "<p class=note>“-” stands for "
				  "tests in which no barrier has a part.</p>\n");
	rcs_html_put(out, "</section>\n");
}
