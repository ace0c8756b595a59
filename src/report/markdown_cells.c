/* SPDX-License-Identifier: BSD-2-Clause */
/* The cells of a report in Markdown: see markdown.h. */
#include <inttypes.h>
#include <string.h>

#include "report/markdown.h"
#include "report/words.h"

/* Also where it would be tolerated: that is for the exit status. */
bool rcs_markdown_is_bad(enum rcs_verdict verdict, const struct rcs_standing *standing)
{
	struct rcs_record_cell cell = {.verdict = verdict, .standing = *standing};
	enum rcs_bearing bearing = rcs_words_bearing(&cell, false);

	return bearing != RCS_BEARING_PASSED && bearing != RCS_BEARING_SKIPPED;
}

static bool is_bad(const struct rcs_record_cell *cell)
{
	return rcs_markdown_is_bad(cell->verdict, &cell->standing);
}

static bool is_shown(const struct rcs_markdown *m, const struct rcs_record_cell *cell)
{
	return m->detail == RCS_MARKDOWN_ALL || is_bad(cell);
}

static size_t longest_run_of_backticks(const char *text)
{
	size_t longest = 0;

	while (*text != '\0') {
		size_t run = strspn(text, "`");

		longest = run > longest ? run : longest;
		text += run > 0 ? run : 1;
	}
	return longest;
}

static void print_fence(const struct rcs_markdown *m, size_t length,
			const char *language)
{
	for (size_t i = 0; i < length; i++)
		(void)fputc('`', m->out);
	(void)fprintf(m->out, "%s\n", language);
}

/* Within a fence that is longer than any in the text. */
static void print_witness(const struct rcs_markdown *m, const char *witness)
{
	size_t longest = longest_run_of_backticks(witness);
	size_t length = longest < 3 ? 3 : longest + 1;

	if (witness[0] == '\0')
		return;
	(void)fputc('\n', m->out);
	print_fence(m, length, "text");
	rcs_quote_lines(m->out, witness);
	if (witness[strlen(witness) - 1] != '\n')
		(void)fputc('\n', m->out);
	print_fence(m, length, "");
}

static void print_place(const struct rcs_markdown *m, const struct rcs_record_run *run)
{
	rcs_markdown_machine(m, run->machine);
	if (run->machine->name[0] != '\0') {
		(void)fputs(" (", m->out);
		rcs_quote_markdown(m->out, run->machine->name);
		(void)fputc(')', m->out);
	}
}

static void print_verdict(const struct rcs_markdown *m,
			  const struct rcs_record_cell *cell)
{
	const char *mark = rcs_words_mark(cell), *bold = is_bad(cell) ? "**" : "";

	(void)fprintf(m->out, "%s%s%s", bold, rcs_verdict_name(cell->verdict), bold);
	if (mark[0] != '\0')
		(void)fprintf(m->out, " (%s)", mark);
	if (cell->interrupted)
		(void)fputs(" (partial: interrupted)", m->out);
}

static void print_costs(const struct rcs_markdown *m,
			const struct rcs_record_cell *cell)
{
	if (cell->heavy_p50_ns > 0)
		(void)fprintf(m->out, " %.1f us / %.1f us |",
			      (double)cell->heavy_p50_ns * 1e-3,
			      (double)cell->heavy_p99_ns * 1e-3);
	else
		(void)fputs(" |", m->out);
	if (cell->interrupts >= 0.0 && cell->heavy_p50_ns > 0)
		(void)fprintf(m->out, " %.2f |", cell->interrupts);
	else
		(void)fputs(" |", m->out);
	(void)fprintf(m->out, " %.2f s |", (double)cell->elapsed_ns * 1e-9);
}

static void print_row(const struct rcs_markdown *m, const struct rcs_record_run *run,
		      const struct rcs_record_cell *cell)
{
	(void)fputs("| ", m->out);
	rcs_quote_markdown(m->out, cell->test);
	(void)fputs(" | ", m->out);
	print_place(m, run);
	(void)fputs(" | ", m->out);
	print_verdict(m, cell);
	(void)fputs(" | ", m->out);
	rcs_words_counts(m->out, rcs_quote_markdown, cell);
	(void)fputs(" |", m->out);
	if (m->document->verbosity > 0)
		print_costs(m, cell);
	(void)fputc('\n', m->out);
}

/* What is to be said of a cell beside its row; most have nothing. */
static void print_remarks(const struct rcs_markdown *m,
			  const struct rcs_record_run *run,
			  const struct rcs_record_cell *cell)
{
	bool has_why = rcs_words_has_why(cell);

	if (!has_why && cell->witness[0] == '\0' && cell->proviso[0] == '\0')
		return;
	(void)fputc('\n', m->out);
	print_verdict(m, cell);
	(void)fputs(": ", m->out);
	rcs_quote_markdown(m->out, cell->test);
	(void)fputs(" on ", m->out);
	print_place(m, run);
	if (has_why) {
		(void)fputs(": ", m->out);
		rcs_words_why(m->out, rcs_quote_markdown, cell);
	}
	if (cell->proviso[0] != '\0') {
		(void)fputs("; proviso: ", m->out);
		rcs_quote_markdown(m->out, cell->proviso);
	}
	(void)fputc('\n', m->out);
	print_witness(m, cell->witness);
}

typedef void print_cell(const struct rcs_markdown *m, const struct rcs_record_run *run,
			const struct rcs_record_cell *cell);

static size_t each_cell(const struct rcs_markdown *m, const char *barrier,
			print_cell *print)
{
	const struct rcs_report *report = m->document->report;
	size_t shown = 0;

	for (size_t r = 0; r < report->runs; r++) {
		const struct rcs_record_run *run = report->run[r];

		for (size_t c = 0; c < run->cells; c++) {
			if (strcmp(run->cell[c].barrier, barrier) != 0 ||
			    !is_shown(m, &run->cell[c]))
				continue;
			shown++;
			if (print != NULL)
				print(m, run, &run->cell[c]);
		}
	}
	return shown;
}

/* What it is on each kind of machine; on one line, which HTML then is as well. */
static void print_summary(const struct rcs_markdown *m,
			  const struct rcs_matrix_row *row)
{
	const char *between = ": ";

	rcs_quote_attribute(m->out, strcmp(row->barrier, "-") == 0 ? "no barrier"
								   : row->barrier);
	for (size_t k = 0; k < m->document->matrix->kinds; k++) {
		if (row->entry[k].cells == 0)
			continue;
		(void)fputs(between, m->out);
		rcs_words_entry(m->out, &row->entry[k]);
		between = "; ";
	}
}

static void write_row(const struct rcs_markdown *m, const struct rcs_matrix_row *row)
{
	bool bad = false;

	if (each_cell(m, row->barrier, NULL) == 0)
		return;
	for (size_t k = 0; k < m->document->matrix->kinds; k++) {
		const struct rcs_matrix_entry *entry = &row->entry[k];

		bad |= entry->unexpected > 0 ||
		       (entry->cells > 0 &&
			rcs_markdown_is_bad(entry->verdict, &entry->standing));
	}
	(void)fprintf(m->out, "\n<details%s><summary>", bad ? " open" : "");
	print_summary(m, row);
	(void)fputs("</summary>\n\n", m->out);
	if (m->document->verbosity > 0)
		(void)fputs("| test | machine | verdict | counts | heavy call p50/p99 "
			    "| interrupts per call | time |\n"
			    "|---|---|---|---|---|---|---|\n",
			    m->out);
	else
		(void)fputs(
			"| test | machine | verdict | counts |\n|---|---|---|---|\n",
			m->out);
	(void)each_cell(m, row->barrier, print_row);
	(void)each_cell(m, row->barrier, print_remarks);
	(void)fputs("\n</details>\n", m->out);
}

void rcs_markdown_cells(const struct rcs_markdown *m)
{
	const struct rcs_matrix *matrix = m->document->matrix;

	if (m->detail == RCS_MARKDOWN_NONE)
		return;
	for (size_t r = 0; r < matrix->rows; r++)
		write_row(m, &matrix->row[r]);
}
