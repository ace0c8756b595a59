/* SPDX-License-Identifier: BSD-2-Clause */
/* What is said of a fleet, and never all of it: a page has bounds. */
#include "report/fleet_page.h"
#include "report/html/box.h"
#include "report/html/parts.h"
#include "report/html/write.h"

/* Lines with their details, folded into items. */
static void put_lines(FILE *out, const struct rcs_fleet_section *s)
{
	bool open = false;

	if (s->lines == 0)
		return;
	rcs_html_put(out, "<ul>\n");
	for (size_t l = 0; l < s->lines; l++) {
		const struct rcs_fleet_line *line = &s->line[l];

		if (!line->detail || !open)
			rcs_html_put(out, open ? "</li>\n<li>" : "<li>");
		else
			rcs_html_put(out, "<br><small>");
		if (line->word[0] != '\0')
			(void)fprintf(out, "<strong>%s</strong> ", line->word);
		rcs_html_text(out, line->text);
		rcs_html_put(out, line->detail && open ? "</small>" : "");
		open = true;
	}
	rcs_html_put(out, "</li>\n</ul>\n");
}

static void put_row(FILE *out, const struct rcs_fleet_section *s,
		    const char *const *cell)
{
	rcs_html_row_named(out, cell[0]);
	for (size_t c = 1; c < s->columns; c++) {
		rcs_html_put(out, c < s->names ? "<td>" : "<td class=num>");
		rcs_html_text(out, cell[c]);
		rcs_html_put(out, "</td>");
	}
	rcs_html_put(out, "</tr>\n");
}

static void put_table(FILE *out, const struct rcs_fleet_section *s)
{
	rcs_html_table(out, "fleet", s->title);
	for (size_t c = 0; c < s->columns; c++)
		rcs_html_column(out, c < s->names ? "" : "num", s->head[c]);
	rcs_html_table_body(out);
	for (size_t r = 0; r < s->rows; r++)
		put_row(out, s, s->cell + r * s->columns);
	rcs_html_table_end(out);
}

int rcs_html_fleet(const struct rcs_html *h)
{
	const struct rcs_document *d = h->document;
	const struct rcs_fleet_page *page;

	if (d->fleet == NULL)
		return 0;
	page = rcs_fleet_page_of(d->report, d->fleet,
				 d->verbosity < 0 ? d->verbosity : 0);
	if (page == NULL)
		return -1;
	for (size_t i = 0; i < page->sections; i++) {
		const struct rcs_fleet_section *s = &page->section[i];

		(void)fprintf(h->out, "<section>\n<h2>%s</h2>\n", s->title);
		put_lines(h->out, s);
		if (s->columns > 0)
			put_table(h->out, s);
		if (s->note[0] != '\0')
			(void)fprintf(h->out, "<p class=note>%s</p>\n", s->note);
		rcs_html_put(h->out, "</section>\n");
	}
	return 0;
}
