/* SPDX-License-Identifier: BSD-2-Clause */
/* The matrix as a table for terminals: a row for a barrier, a column for a kind. */
#include "report/matrix_parts.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "report/matrix_kinds.h"
#include "report/quote.h"

#define GAP	   2
#define LABEL_MAX  60
#define CELL_SIZE  48
#define HEAD_LINES 5 /* above a column: what a machine of its kind is */

/* What stands behind verdicts, and is explained below the table if it is there. */
enum mark { MARK_NONE, MARK_GOOD, MARK_BAD, MARK_UNCLAIMED, MARK_NOT_RUN, MARKS };

static const char signs[MARKS] = {' ', '*', '!', '~', '.'};
static const char *const meanings[MARKS] = {
	[MARK_GOOD] = "as expected, or as a control must be",
	[MARK_BAD] = "not as expected, or a control that was not caught",
	[MARK_UNCLAIMED] = "not claimed there",
	[MARK_NOT_RUN] = "not run there",
};

struct table {
	const struct rcs_document *d;
	const struct rcs_matrix *m;
	FILE *out;
	bool numbered;	/* columns have numbers, which a list of kinds explains */
	size_t label;	/* width of the first column, … */
	size_t *column; /* … and of those of the kinds */
	bool marked[MARKS];
};

static enum mark mark_of(const struct rcs_matrix_entry *entry)
{
	const struct rcs_standing *s = &entry->standing;

	if (entry->cells == 0)
		return MARK_NOT_RUN;
	if (s->self_test && entry->verdict != RCS_SKIPPED)
		return entry->verdict == RCS_BROKEN ? MARK_GOOD : MARK_BAD;
	if (rcs_unexpected(entry->verdict, s->expected))
		return MARK_BAD;
	if (s->unclaimed && entry->verdict == RCS_HOLDS)
		return MARK_UNCLAIMED;
	return rcs_as_expected(entry->verdict, s->expected) ? MARK_GOOD : MARK_NONE;
}

/* "BROKEN* 3/20": how many cells came to the verdict that stands for all, if that is
 * no good news of all of them. Gives the length of the verdict itself. */
static size_t cell_text(const struct rcs_matrix_entry *entry, char *text, size_t size)
{
	enum mark mark = mark_of(entry);
	uint32_t count = entry->count[entry->verdict];
	bool shared = entry->verdict == RCS_FAULT || entry->verdict == RCS_BROKEN ||
		      entry->verdict == RCS_INCONCLUSIVE || mark == MARK_BAD;
	const char *name = rcs_verdict_name(entry->verdict);

	if (mark == MARK_NOT_RUN) {
		(void)snprintf(text, size, ".");
		return 0;
	}
	if (shared && count < entry->cells)
		(void)snprintf(text, size, "%s%.*s %" PRIu32 "/%" PRIu32, name,
			       mark != MARK_NONE, &signs[mark], count, entry->cells);
	else
		(void)snprintf(text, size, "%s%.*s", name, mark != MARK_NONE,
			       &signs[mark]);
	return strlen(name);
}

static void head_text(const struct rcs_matrix_kind *kind, int line, char *text,
		      size_t size)
{
	const struct rcs_machine *m = kind->machine;

	text[0] = '\0';
	if (line == 0)
		(void)snprintf(text, size, "%s", m->arch);
	else if (line == 1)
		(void)snprintf(text, size, "%s", m->cpu);
	else if (line == 2)
		(void)snprintf(text, size, "%s", m->kernel);
	else if (line == 3 && m->emulated)
		(void)snprintf(text, size, "under %s", rcs_matrix_emulator(m));
	else if (line == 4)
		rcs_matrix_kind_counts(kind, text, size);
}

static size_t most(size_t a, size_t b)
{
	return a > b ? a : b;
}

static size_t column_width(const struct table *t, size_t kind)
{
	bool unfolded = t->d->verbosity > 0;
	char text[CELL_SIZE], head[128];
	size_t width;

	(void)snprintf(text, sizeof(text), "%zu", kind + 1);
	width = strlen(text);
	for (int line = 0; !t->numbered && line < HEAD_LINES; line++) {
		head_text(&t->m->kind[kind], line, head, sizeof(head));
		width = most(width, strlen(head));
	}
	for (size_t r = 0; r < t->m->rows; r++) {
		const struct rcs_matrix_row *row = &t->m->row[r];

		(void)cell_text(&row->entry[kind], text, sizeof(text));
		width = most(width, strlen(text));
		for (size_t i = 0; unfolded && i < row->tests; i++) {
			(void)cell_text(&row->test[i].entry[kind], text, sizeof(text));
			width = most(width, strlen(text));
		}
	}
	return width;
}

static void measure(struct table *t, bool numbered)
{
	t->numbered = numbered;
	for (size_t k = 0; k < t->m->kinds; k++)
		t->column[k] = column_width(t, k);
	t->label = strlen("barrier");
	for (size_t r = 0; r < t->m->rows; r++) {
		const struct rcs_matrix_row *row = &t->m->row[r];

		t->label = most(t->label, strlen(row->barrier));
		for (size_t i = 0; t->d->verbosity > 0 && i < row->tests; i++)
			t->label = most(t->label, GAP + strlen(row->test[i].name));
	}
	/* One that is longer stands out of its column. */
	if (t->label > LABEL_MAX)
		t->label = LABEL_MAX;
}

/* How many columns, from this one on, go beside each other. */
static size_t columns_that_fit(const struct table *t, size_t from, size_t width)
{
	size_t used = t->label, k;

	for (k = from; k < t->m->kinds; k++) {
		used += GAP + t->column[k];
		if (used > width)
			break;
	}
	return k - from;
}

/* One more text in a line: after the blanks that the one before it has left due. */
static void put_column(const struct table *t, size_t *due, const char *text,
		       size_t column)
{
	size_t length = strlen(text);

	if (length > 0) {
		(void)fprintf(t->out, "%*s", (int)*due, "");
		rcs_quote_line(t->out, text);
		*due = 0;
	}
	*due += column > length ? column - length : 0;
}

static void put_cell(struct table *t, size_t *due, const struct rcs_matrix_entry *entry,
		     size_t column)
{
	char text[CELL_SIZE];
	size_t name = cell_text(entry, text, sizeof(text)), length = strlen(text);

	(void)fprintf(t->out, "%*s", (int)*due, "");
	if (name > 0)
		rcs_matrix_put_verdict(t->out, entry->verdict, &entry->standing,
				       t->d->colored);
	(void)fprintf(t->out, "%s", text + name);
	*due = column - length;
	t->marked[mark_of(entry)] = true;
}

/* A row of verdicts, or of none if nothing was run in these columns. */
static void put_row(struct table *t, const char *label, size_t indent,
		    const struct rcs_matrix_entry *entries, size_t from, size_t columns)
{
	size_t due = 0;

	(void)fprintf(t->out, "%*s", (int)indent, "");
	put_column(t, &due, label, t->label - indent);
	for (size_t k = from; k < from + columns; k++) {
		due += GAP;
		put_cell(t, &due, &entries[k], t->column[k]);
	}
	(void)fputc('\n', t->out);
}

static bool has_line(const struct table *t, int line, size_t from, size_t columns)
{
	char text[128];

	for (size_t k = from; k < from + columns; k++) {
		head_text(&t->m->kind[k], line, text, sizeof(text));
		if (text[0] != '\0')
			return true;
	}
	return false;
}

static void put_head(struct table *t, size_t from, size_t columns)
{
	char text[128];

	for (int line = 0; line < (t->numbered ? 1 : HEAD_LINES); line++) {
		size_t due = 0;

		if (!has_line(t, line, from, columns))
			continue;
		put_column(t, &due, line == 0 ? "barrier" : "", t->label);
		for (size_t k = from; k < from + columns; k++) {
			due += GAP;
			if (t->numbered)
				(void)snprintf(text, sizeof(text), "%zu", k + 1);
			else
				head_text(&t->m->kind[k], line, text, sizeof(text));
			put_column(t, &due, text, t->column[k]);
		}
		(void)fputc('\n', t->out);
	}
}

static void put_block(struct table *t, size_t from, size_t columns)
{
	put_head(t, from, columns);
	for (size_t r = 0; r < t->m->rows; r++) {
		const struct rcs_matrix_row *row = &t->m->row[r];

		put_row(t, row->barrier, 0, row->entry, from, columns);
		for (size_t i = 0; t->d->verbosity > 0 && i < row->tests; i++)
			put_row(t, row->test[i].name, GAP, row->test[i].entry, from,
				columns);
	}
	(void)fputc('\n', t->out);
}

static void put_kinds(const struct table *t)
{
	char counts[CELL_SIZE];

	(void)fprintf(t->out, "kinds of machines\n");
	for (size_t k = 0; k < t->m->kinds; k++) {
		rcs_matrix_kind_counts(&t->m->kind[k], counts, sizeof(counts));
		(void)fprintf(t->out, "  %2zu  ", k + 1);
		rcs_matrix_put_machine(t->out, t->m->kind[k].machine);
		(void)fprintf(t->out, ": %s\n", counts);
	}
	(void)fputc('\n', t->out);
}

static void put_marks(const struct table *t)
{
	bool any = false;

	for (int m = MARK_NONE + 1; m < MARKS; m++) {
		if (!t->marked[m])
			continue;
		(void)fprintf(t->out, "%c %s\n", signs[m], meanings[m]);
		any = true;
	}
	if (any)
		(void)fputc('\n', t->out);
}

int rcs_matrix_table(const struct rcs_document *document, FILE *out, int width)
{
	struct table t = {.d = document, .m = document->matrix, .out = out};

	if (t.m->kinds == 0 || t.m->rows == 0)
		return 0;
	t.column = calloc(t.m->kinds, sizeof(*t.column));
	if (t.column == NULL)
		return -1;
	measure(&t, false);
	if (columns_that_fit(&t, 0, (size_t)width) < t.m->kinds) {
		measure(&t, true);
		put_kinds(&t);
	}
	for (size_t from = 0; from < t.m->kinds;) {
		size_t columns = most(1, columns_that_fit(&t, from, (size_t)width));

		put_block(&t, from, columns);
		from += columns;
	}
	put_marks(&t);
	free(t.column);
	return 0;
}
