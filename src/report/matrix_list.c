/* SPDX-License-Identifier: BSD-2-Clause */
/* What stands below the matrix: cells that somebody should look at, and changes. */
#include "report/matrix_parts.h"

#include <inttypes.h>
#include <string.h>

/* Lines, each indented by two at least, as it is in the report of a run. */
static void put_lines(FILE *out, const char *lines)
{
	char line[512];

	while (*lines != '\0') {
		size_t length = strcspn(lines, "\n");

		(void)snprintf(line, sizeof(line), "%.*s", (int)length, lines);
		(void)fprintf(out, "%s", line[0] == ' ' ? "" : "  ");
		rcs_matrix_put(out, line);
		(void)fputc('\n', out);
		lines += length + (lines[length] == '\n');
	}
}

static void put_reason(FILE *out, const struct rcs_record_cell *cell)
{
	char verdicts[64];

	if (cell->reason[0] != '\0') {
		(void)fprintf(out, "  why: ");
		rcs_matrix_put(out, cell->reason);
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
	rcs_matrix_put(out, cell->barrier);
	(void)fprintf(out, "  ");
	rcs_matrix_put(out, cell->test);
	(void)fprintf(out, "  on ");
	rcs_matrix_put(out, run->machine->name[0] != '\0' ? run->machine->name
							  : "a machine without name");
	(void)fprintf(out, ", ");
	rcs_matrix_put(out, run->begun);
	if (cell->interrupted)
		(void)fprintf(out, "  (partial: interrupted)");
	(void)fprintf(out, "\n  ");
	rcs_matrix_put_machine(out, run->machine);
	if (run->file[0] != '\0') {
		(void)fprintf(out, ": ");
		rcs_matrix_put(out, run->file);
	}
	(void)fputc('\n', out);
	if (d->verbosity < 0)
		return;
	put_reason(out, cell);
	if (cell->verdict == RCS_BROKEN)
		put_lines(out, cell->witness);
}

/* What the other cells of an entry came to. */
static void put_counts(FILE *out, const struct rcs_matrix_entry *entry)
{
	static const enum rcs_verdict order[RCS_VERDICTS] = {
		RCS_FAULT, RCS_BROKEN,	RCS_INCONCLUSIVE,
		RCS_HOLDS, RCS_ALLOWED, RCS_SKIPPED,
	};
	const char *separator = ":";

	if (entry->cells == 1)
		return;
	(void)fprintf(out, "  one of %" PRIu32 " cells there", entry->cells);
	for (size_t i = 0; i < RCS_VERDICTS; i++) {
		if (entry->count[order[i]] == 0)
			continue;
		(void)fprintf(out, "%s %" PRIu32 " %s", separator,
			      entry->count[order[i]], rcs_verdict_name(order[i]));
		separator = ",";
	}
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
				put_counts(out, &entry[k]);
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
	rcs_matrix_put(out, change->barrier);
	(void)fprintf(out, "  ");
	rcs_matrix_put(out, change->test);
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
