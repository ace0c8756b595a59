/* SPDX-License-Identifier: BSD-2-Clause */
/* What has changed against a baseline; and files that are not in the report. */
#include "report/html/parts.h"

#include "report/html/badge.h"
#include "report/html/box.h"
#include "report/html/write.h"

static void put_entry(FILE *out, const struct rcs_matrix_entry *e)
{
	rcs_html_put(out, "<td>");
	if (e == NULL || e->cells == 0)
		rcs_html_put(out, "<span class=none>not run</span>");
	else
		rcs_html_verdict(out, e->verdict, &e->standing);
	rcs_html_put(out, "</td>");
}

static void put_change(FILE *out, const struct rcs_matrix_change *c)
{
	rcs_html_row_named(out, c->barrier);
	rcs_html_cell_text(out, c->test);
	rcs_html_put(out, "<td>");
	rcs_html_machine_name(out, c->kind->machine);
	rcs_html_put(out, "</td>");
	put_entry(out, c->before);
	put_entry(out, c->after);
	rcs_html_put(out, c->worse ? "<td><strong>worse</strong></td></tr>\n"
				   : "<td>other</td></tr>\n");
}

void rcs_html_changes(const struct rcs_html *h)
{
	const struct rcs_matrix_changes *c = h->document->changes;
	size_t shown;

	if (c == NULL)
		return;
	shown = c->count < RCS_HTML_ROWS_MAX ? c->count : RCS_HTML_ROWS_MAX;
	(void)fprintf(h->out,
		      "<section id=changes>\n<h2>Changes against the baseline</h2>\n"
		      "<p>%zu for the worse, %zu other%s, %zu the same.</p>\n",
		      c->worse, c->count - c->worse,
		      c->count - c->worse == 1 ? "" : "s", c->same);
	if (shown < c->count)
		(void)fprintf(h->out, "<p class=note>The first %zu are shown.</p>\n",
			      shown);
	if (shown > 0) {
		rcs_html_table(h->out, "changes", "Verdicts that have changed");
		rcs_html_column(h->out, "", "Barrier");
		rcs_html_column(h->out, "", "Test");
		rcs_html_column(h->out, "", "Machine");
		rcs_html_column(h->out, "", "Before");
		rcs_html_column(h->out, "", "Now");
		rcs_html_column(h->out, "", "Change");
		rcs_html_table_body(h->out);
		for (size_t i = 0; i < shown; i++)
			put_change(h->out, &c->change[i]);
		rcs_html_table_end(h->out);
	}
	rcs_html_put(h->out, "</section>\n");
}

void rcs_html_refused(const struct rcs_html *h)
{
	const struct rcs_report *r = h->document->report;

	if (r->refused == 0)
		return;
	rcs_html_put(h->out, "<section id=refused>\n<h2>Refused files</h2>\n"
			     "<p class=warning><strong>Incomplete.</strong> ");
	rcs_html_number_of(h->out, r->refused, "file");
	rcs_html_put(h->out, r->refused == 1 ? " is not in this report"
					     : " are not in this report");
	if (r->refused > RCS_HTML_ROWS_MAX)
		(void)fprintf(h->out, "; the first %d are named", RCS_HTML_ROWS_MAX);
	rcs_html_put(h->out, ".</p>\n");
	rcs_html_table(h->out, "refused", "Files that were refused");
	rcs_html_column(h->out, "", "File");
	rcs_html_column(h->out, "", "Why");
	rcs_html_table_body(h->out);
	for (size_t i = 0; i < r->refused && i < RCS_HTML_ROWS_MAX; i++) {
		rcs_html_row_named(h->out, r->refuse[i].file);
		rcs_html_cell_text(h->out, r->refuse[i].why);
		rcs_html_put(h->out, "</tr>\n");
	}
	rcs_html_table_end(h->out);
	rcs_html_put(h->out, "</section>\n");
}
