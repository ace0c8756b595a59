/* SPDX-License-Identifier: BSD-2-Clause */
/* The tests behind each row of the matrix, folded, with their counts. */
#include "report/html/parts.h"

#include "report/html/badge.h"
#include "report/html/box.h"
#include "report/html/write.h"

/* How many rows there would be: tests by kinds of machine on which they were run. */
static size_t rows_of(const struct rcs_matrix *m, int least)
{
	size_t count = 0;

	for (size_t r = 0; r < m->rows; r++) {
		for (size_t t = 0; t < m->row[r].tests; t++) {
			const struct rcs_matrix_entry *e = m->row[r].test[t].entry;

			for (size_t k = 0; k < m->kinds; k++)
				count += e[k].cells > 0 &&
					 rcs_html_gravity(e[k].verdict,
							  &e[k].standing) >= least;
		}
	}
	return count;
}

/* The name; a link where the cell that the row tells of is on the page. */
static void put_test(const struct rcs_html *h, const char *name,
		     const struct rcs_record_cell *cell)
{
	const struct rcs_report *report = h->document->report;

	for (size_t r = 0; h->every_cell && cell != NULL && r < report->runs; r++) {
		const struct rcs_record_run *run = report->run[r];

		for (size_t c = 0; c < run->cells; c++) {
			if (&run->cell[c] != cell)
				continue;
			(void)fprintf(h->out, "<a href=\"#c%zu-%zu\">", r + 1, c + 1);
			rcs_html_text(h->out, name);
			rcs_html_put(h->out, "</a>");
			return;
		}
	}
	rcs_html_text(h->out, name);
}

static void put_hits(FILE *out, const struct rcs_arm_total *arm)
{
	rcs_html_put(out, "<td class=num>");
	if (arm->rounds > 0)
		rcs_html_hits(out, arm->hits, arm->exposed);
	else
		rcs_html_put(out, "<span class=none>not run</span>");
	rcs_html_put(out, "</td>");
}

static void put_worth(FILE *out, const struct rcs_record_cell *c)
{
	bool told = c->verdict == RCS_HOLDS || c->verdict == RCS_INCONCLUSIVE;

	rcs_html_put(out, "<td class=num>");
	if (told && c->subject.rounds > 0)
		rcs_html_probability(out, c->p_missed);
	rcs_html_put(out, "</td><td class=num>");
	if (told && c->sensitivity >= 1.0)
		(void)fprintf(out, "one in %.0f", c->sensitivity);
	rcs_html_put(out, "</td><td>");
	if (told && c->judged && c->control.rounds > 0)
		rcs_html_put(out,
			     c->has_heavy ? rcs_twin_name(c->twin) : "fences stripped");
	rcs_html_put(out, "</td>");
}

static void put_cell(FILE *out, const struct rcs_record_cell *c)
{
	put_hits(out, &c->subject);
	if (c->judged)
		put_hits(out, &c->control);
	else
		rcs_html_put(out, "<td></td>");
	put_worth(out, c);
	rcs_html_put(out, "<td class=why>");
	rcs_html_text(out, c->reason);
	if (c->interrupted)
		rcs_html_put(out, c->reason[0] != '\0' ? " (partial: interrupted)"
						       : "partial: interrupted");
	if (c->verdict == RCS_HOLDS && c->proviso[0] != '\0') {
		rcs_html_put(out, "Proviso: ");
		rcs_html_text(out, c->proviso);
	}
	rcs_html_put(out, "</td>");
}

static void put_row(const struct rcs_html *h, const struct rcs_matrix_test *test,
		    size_t kind)
{
	const struct rcs_matrix_entry *e = &test->entry[kind];
	FILE *out = h->out;

	rcs_html_row(out, test->name);
	put_test(h, test->name, e->worst);
	rcs_html_put(out, "</th>");
	if (h->document->matrix->kinds > 1)
		(void)fprintf(out, "<td class=num>%zu</td>", kind + 1);
	rcs_html_put(out, "<td>");
	rcs_html_verdict(out, e->verdict, &e->standing);
	if (e->cells > 1) {
		rcs_html_put(out, "<small>");
		rcs_html_tally(out, e->count);
		rcs_html_put(out, "</small>");
	}
	rcs_html_put(out, "</td>");
	if (e->worst != NULL)
		put_cell(out, e->worst);
	else
		rcs_html_put(out, "<td colspan=6></td>");
	rcs_html_put(out, "</tr>\n");
}

static void put_heads(const struct rcs_html *h, const char *barrier)
{
	rcs_html_table_of(h->out, "tests", "Tests of ", barrier);
	rcs_html_column(h->out, "", "Test");
	if (h->document->matrix->kinds > 1)
		rcs_html_column(h->out, "num", "Machine");
	rcs_html_column(h->out, "", "Verdict");
	rcs_html_column(h->out, "num", "Subject hit");
	rcs_html_column(h->out, "num", "Control hit");
	rcs_html_column(h->out, "num", "P(missed)");
	rcs_html_column(h->out, "num", "Sensitivity");
	rcs_html_column(h->out, "", "Twin");
	rcs_html_column(h->out, "", "Why");
	rcs_html_table_body(h->out);
}

/* How all of a barrier's cells came out, on all kinds of machine. */
static void put_summary(const struct rcs_html *h, const struct rcs_matrix_row *row)
{
	uint32_t count[RCS_VERDICTS] = {0};

	for (size_t k = 0; k < h->document->matrix->kinds; k++) {
		for (int v = 0; v < RCS_VERDICTS; v++)
			count[v] += row->entry[k].count[v];
	}
	rcs_html_put(h->out, "<summary><span class=name>");
	rcs_html_text(h->out, row->barrier);
	rcs_html_put(h->out, "</span> <span class=brief>");
	rcs_html_tally(h->out, count);
	rcs_html_put(h->out, "</span></summary>\n");
}

/* On some kind of machine: what asks for a look is not folded. */
static bool is_grave(const struct rcs_html *h, const struct rcs_matrix_row *row)
{
	for (size_t k = 0; k < h->document->matrix->kinds; k++) {
		const struct rcs_matrix_entry *e = &row->entry[k];

		if (e->cells > 0 &&
		    rcs_html_gravity(e->verdict, &e->standing) > RCS_HTML_FINE)
			return true;
	}
	return false;
}

/* The link in the matrix is to what is inside: a browser unfolds it then. */
static void put_barrier(const struct rcs_html *h, size_t number, int least,
			size_t *left)
{
	const struct rcs_matrix *m = h->document->matrix;
	const struct rcs_matrix_row *row = &m->row[number];

	rcs_html_put(h->out, is_grave(h, row) ? "<details open>" : "<details>");
	put_summary(h, row);
	(void)fprintf(h->out, "<div id=b%zu>", number);
	put_heads(h, row->barrier);
	for (size_t t = 0; t < row->tests; t++) {
		for (size_t k = 0; k<m->kinds && * left> 0; k++) {
			const struct rcs_matrix_entry *e = &row->test[t].entry[k];

			if (e->cells == 0 ||
			    rcs_html_gravity(e->verdict, &e->standing) < least)
				continue;
			put_row(h, &row->test[t], k);
			(*left)--;
		}
	}
	rcs_html_table_end(h->out);
	rcs_html_put(h->out, "</div></details>\n");
}

void rcs_html_tests(const struct rcs_html *h)
{
	const struct rcs_matrix *m = h->document->matrix;
	size_t left = RCS_HTML_TESTS_MAX;
	size_t rows = rows_of(m, RCS_HTML_FINE);
	int least = RCS_HTML_FINE;

	if (m->rows == 0)
		return;
	while (least < RCS_HTML_GRAVEST && rows_of(m, least) > RCS_HTML_TESTS_MAX)
		least++;
	rcs_html_put(h->out, "<section id=tests>\n<h2>Tests by barrier</h2>\n");
	if (rows > RCS_HTML_TESTS_MAX)
		(void)fprintf(h->out,
			      "<p class=note>Of %zu rows those with the gravest "
			      "verdicts are shown, at most %d.</p>\n",
			      rows, RCS_HTML_TESTS_MAX);
	if (h->cells > rows)
		rcs_html_put(h->out,
			     "<p class=note>Where a test was run more than once, the "
			     "counts are those of its worst cell.</p>\n");
	for (size_t r = 0; r < m->rows && r < RCS_HTML_ROWS_MAX; r++)
		put_barrier(h, r, least, &left);
	rcs_html_put(h->out, "</section>\n");
}
