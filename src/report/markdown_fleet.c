/* SPDX-License-Identifier: BSD-2-Clause */
/* The page of a fleet in Markdown. */
#include "report/fleet_page.h"
#include "report/markdown.h"
#include "report/quote.h"

static void put_line(FILE *out, const struct rcs_fleet_line *line)
{
	(void)fputs(line->detail ? "  - " : "- ", out);
	if (line->word[0] != '\0')
		(void)fprintf(out, "**%s** ", line->word);
	rcs_quote_markdown(out, line->text);
	(void)fputc('\n', out);
}

static void put_row(FILE *out, const char *const *cell, size_t columns)
{
	(void)fputc('|', out);
	for (size_t c = 0; c < columns; c++) {
		(void)fputc(' ', out);
		rcs_quote_markdown(out, cell[c]);
		(void)fputs(" |", out);
	}
	(void)fputc('\n', out);
}

static void put_table(FILE *out, const struct rcs_fleet_section *s)
{
	(void)fputc('\n', out);
	put_row(out, s->head, s->columns);
	(void)fputc('|', out);
	for (size_t c = 0; c < s->columns; c++)
		(void)fputs(c < s->names ? "---|" : "--:|", out);
	(void)fputc('\n', out);
	for (size_t r = 0; r < s->rows; r++)
		put_row(out, s->cell + r * s->columns, s->columns);
}

int rcs_markdown_fleet(const struct rcs_markdown *m)
{
	const struct rcs_document *d = m->document;
	const struct rcs_fleet_page *page =
		rcs_fleet_page_of(d->report, d->fleet, d->verbosity);

	if (page == NULL)
		return -1;
	for (size_t i = 0; i < page->sections; i++) {
		const struct rcs_fleet_section *s = &page->section[i];

		(void)fprintf(m->out, "\n### %s\n", s->title);
		if (s->lines > 0)
			(void)fputc('\n', m->out);
		for (size_t l = 0; l < s->lines; l++)
			put_line(m->out, &s->line[l]);
		if (s->columns > 0)
			put_table(m->out, s);
		if (s->note[0] != '\0')
			(void)fprintf(m->out, "\n%s\n", s->note);
	}
	return 0;
}
