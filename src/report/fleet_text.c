/* SPDX-License-Identifier: BSD-2-Clause */
/* The page of a fleet as text, for terminals. */
#include <stdlib.h>
#include <string.h>

#include "report/fleet_page.h"
#include "report/matrix_parts.h"
#include "report/quote.h"
#include "report/style.h"

#define GAP	   2
#define COLUMN_MAX 72 /* what is longer stands out of its column */

static void put_line(const struct rcs_document *d, FILE *out,
		     const struct rcs_fleet_line *line)
{
	(void)fputs(line->detail ? "    " : "  ", out);
	if (line->word[0] != '\0')
		(void)fprintf(out, "%s%s%s  ", rcs_style_run_end(line->end, d->colored),
			      line->word, rcs_style_plain(d->colored));
	rcs_quote_line(out, line->text);
	(void)fputc('\n', out);
}

static size_t width_of(const struct rcs_fleet_section *s, size_t column)
{
	size_t width = strlen(s->head[column]);

	for (size_t r = 0; r < s->rows; r++) {
		size_t length = strlen(s->cell[r * s->columns + column]);

		if (length > width)
			width = length;
	}
	return width > COLUMN_MAX ? COLUMN_MAX : width;
}

/* One row: text to the left, numbers to the right of their columns, and no blanks
 * behind. */
static void put_row(FILE *out, const struct rcs_fleet_section *s,
		    const char *const *cell, const size_t *width)
{
	size_t due = GAP;

	for (size_t c = 0; c < s->columns; c++) {
		size_t length = strlen(cell[c]);
		size_t blanks = width[c] > length ? width[c] - length : 0;

		if (c >= s->names)
			due += blanks;
		if (length > 0) {
			(void)fprintf(out, "%*s", (int)due, "");
			rcs_quote_line(out, cell[c]);
			due = 0;
		}
		if (c < s->names)
			due += blanks;
		due += GAP;
	}
	(void)fputc('\n', out);
}

static int put_table(FILE *out, const struct rcs_fleet_section *s)
{
	size_t *width = calloc(s->columns + 1, sizeof(*width));

	if (width == NULL)
		return -1;
	for (size_t c = 0; c < s->columns; c++)
		width[c] = width_of(s, c);
	put_row(out, s, s->head, width);
	for (size_t r = 0; r < s->rows; r++)
		put_row(out, s, s->cell + r * s->columns, width);
	free(width);
	return 0;
}

int rcs_fleet_text(const struct rcs_document *d, FILE *out)
{
	const struct rcs_fleet_page *page =
		rcs_fleet_page_of(d->report, d->fleet, d->verbosity);

	if (page == NULL)
		return -1;
	for (size_t i = 0; i < page->sections; i++) {
		const struct rcs_fleet_section *s = &page->section[i];

		/* Quietly, what is fine is not worth a line. */
		if (d->verbosity < 0 && s->lines == 0)
			continue;
		(void)fprintf(out, "%s\n", s->title);
		for (size_t l = 0; l < s->lines; l++)
			put_line(d, out, &s->line[l]);
		if (s->columns > 0 && put_table(out, s) != 0)
			return -1;
		if (s->note[0] != '\0')
			(void)fprintf(out, "  %s\n", s->note);
		(void)fputc('\n', out);
	}
	return 0;
}
