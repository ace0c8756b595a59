/* SPDX-License-Identifier: BSD-2-Clause */
/* What stands below the matrix: cells that somebody should look at, and changes. */
#include "report/matrix_parts.h"

#include <inttypes.h>
#include <string.h>

#include "report/quote.h"
#include "report/words.h"

/* Lines as the report of a run has them. */
static void put_lines(FILE *out, const char *lines)
{
	size_t length = strlen(lines);

	rcs_quote_lines(out, lines);
	if (length > 0 && lines[length - 1] != '\n')
		(void)fputc('\n', out);
}

static void put_reason(FILE *out, const struct rcs_record_cell *cell)
{
	char verdicts[64];

	if (cell->reason[0] != '\0') {
		(void)fprintf(out, "  why: ");
		rcs_quote_line(out, cell->reason);
		(void)fputc('\n', out);
	}
	if (rcs_unexpected(cell->verdict, cell->standing.expected)) {
		rcs_verdicts_print(cell->standing.expected, " or ", verdicts,
				   sizeof(verdicts));
		(void)fprintf(out, "  %s was expected\n", verdicts);
	}
	if (cell->standing.self_test && cell->verdict != RCS_BROKEN &&
	    cell->verdict != RCS_SKIPPED)
		(void)fprintf(out,
			      "  this control does nothing and was not caught, so the "
			      "run as a whole could not have told\n");
}

/* Which cell it is, and where it ran. */
static void put_cell(const struct rcs_document *d, FILE *out,
		     const struct rcs_record_cell *cell,
		     const struct rcs_record_run *run)
{
	rcs_matrix_put_verdict(out, cell->verdict, &cell->standing, d->colored);
	(void)fprintf(out, "  ");
	rcs_quote_line(out, cell->barrier);
	(void)fprintf(out, "  ");
	rcs_quote_line(out, cell->test);
	(void)fprintf(out, "  on ");
	rcs_quote_line(out, run->machine->name[0] != '\0' ? run->machine->name
							  : "a machine without name");
	(void)fprintf(out, ", ");
	rcs_quote_line(out, run->begun);
	if (cell->interrupted)
		(void)fprintf(out, "  (partial: interrupted)");
	(void)fprintf(out, "\n  ");
	rcs_matrix_put_machine(out, run->machine);
	if (run->file[0] != '\0') {
		(void)fprintf(out, ": ");
		rcs_quote_line(out, run->file);
	}
	(void)fputc('\n', out);
	if (d->verbosity < 0)
		return;
	if (cell->subject.rounds > 0) {
		(void)fprintf(out, "  ");
		rcs_words_counts(out, rcs_quote_line, cell);
		(void)fputc('\n', out);
	}
	put_reason(out, cell);
	if (cell->verdict == RCS_BROKEN)
		put_lines(out, cell->witness);
}

/* What the other cells of an entry came to. */
static void put_others(FILE *out, const struct rcs_matrix_entry *entry)
{
	if (entry->cells == 1)
		return;
	(void)fprintf(out, "  one of %" PRIu32 " cells there: ", entry->cells);
	rcs_words_entry(out, entry);
	(void)fputc('\n', out);
}

static bool weighs(const struct rcs_matrix_entry *entry, enum rcs_run_end weight)
{
	return entry->cells > 0 &&
	       rcs_matrix_weight(entry->verdict, &entry->standing) == weight;
}

/* Of each test and kind, the cell that stands for all. */
static void list_worst(const struct rcs_document *d, FILE *out, enum rcs_run_end weight)
{
	const struct rcs_matrix *m = d->matrix;

	for (size_t r = 0; r < m->rows; r++) {
		for (size_t t = 0; t < m->row[r].tests; t++) {
			const struct rcs_matrix_entry *entry = m->row[r].test[t].entry;

			for (size_t k = 0; k < m->kinds; k++) {
				if (!weighs(&entry[k], weight))
					continue;
				put_cell(d, out, entry[k].worst, entry[k].worst_run);
				put_others(out, &entry[k]);
			}
		}
	}
}

/* Every cell, in the order of runs. */
static void list_every(const struct rcs_document *d, FILE *out, enum rcs_run_end weight)
{
	for (size_t r = 0; r < d->report->runs; r++) {
		const struct rcs_record_run *run = d->report->run[r];

		for (size_t c = 0; c < run->cells; c++) {
			const struct rcs_record_cell *cell = &run->cell[c];

			/* Of what speaks against nothing, only what is like it. */
			if (rcs_matrix_weight(cell->verdict, &cell->standing) ==
				    weight &&
			    (weight <= RCS_RUN_INCONCLUSIVE ||
			     cell->verdict == RCS_BROKEN ||
			     cell->verdict == RCS_INCONCLUSIVE))
				put_cell(d, out, cell, run);
		}
	}
}

void rcs_matrix_list_cells(const struct rcs_document *d, FILE *out)
{
	if (d->verbosity > 0) {
		for (int w = RCS_RUN_FAULT; w <= RCS_RUN_SKIPPED; w++)
			list_every(d, out, (enum rcs_run_end)w);
	} else {
		for (int w = RCS_RUN_FAULT; w <= RCS_RUN_INCONCLUSIVE; w++)
			list_worst(d, out, (enum rcs_run_end)w);
	}
}

static void put_verdict_of(const struct rcs_matrix_entry *entry, bool colored,
			   FILE *out)
{
	if (entry == NULL)
		(void)fprintf(out, "not run");
	else
		rcs_matrix_put_verdict(out, entry->verdict, &entry->standing, colored);
}

static void put_change(const struct rcs_document *d, FILE *out,
		       const struct rcs_matrix_change *change)
{
	(void)fprintf(out, "  %s", change->worse ? "worse: " : "");
	put_verdict_of(change->before, d->colored, out);
	(void)fprintf(out, " -> ");
	put_verdict_of(change->after, d->colored, out);
	(void)fprintf(out, "  ");
	rcs_quote_line(out, change->barrier);
	(void)fprintf(out, "  ");
	rcs_quote_line(out, change->test);
	(void)fprintf(out, "  on ");
	rcs_matrix_put_machine(out, change->kind->machine);
	(void)fputc('\n', out);
}

void rcs_matrix_list_changes(const struct rcs_document *d, FILE *out)
{
	const struct rcs_matrix_changes *c = d->changes;
	size_t unseen = 0;

	if (d->verbosity >= 0 || c->worse > 0)
		(void)fprintf(out,
			      "against the baseline: %zu worse, %zu other change%s, "
			      "%zu the same\n",
			      c->worse, c->count - c->worse,
			      c->count - c->worse == 1 ? "" : "s", c->same);
	for (size_t i = 0; i < c->count; i++) {
		const struct rcs_matrix_change *change = &c->change[i];
		bool partial = change->before == NULL || change->after == NULL;

		if (change->worse || d->verbosity > 0 ||
		    (d->verbosity == 0 && !partial))
			put_change(d, out, change);
		else
			unseen++;
	}
	if (unseen > 0 && d->verbosity == 0)
		(void)fprintf(out,
			      "  and %zu run in one of the two only, which are not "
			      "worse\n",
			      unseen);
}
