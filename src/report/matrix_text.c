/* SPDX-License-Identifier: BSD-2-Clause */
/* The format `text`: runs merged into a matrix, for terminals. */
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "report/format.h"
#include "report/formats.h"
#include "report/matrix_kinds.h"
#include "report/matrix_parts.h"
#include "report/quote.h"
#include "report/style.h"

#define WIDTH_USUAL 80
#define WIDTH_LEAST 40

/* Of the terminal; or else as COLUMNS has it. */
static int width_of(FILE *out)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	long width = WIDTH_USUAL;

	if (ioctl(fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		width = size.ws_col;
	else if (columns != NULL && strtol(columns, NULL, 10) > 0)
		width = strtol(columns, NULL, 10);
	if (width > INT16_MAX)
		width = INT16_MAX;
	return width < WIDTH_LEAST ? WIDTH_LEAST : (int)width;
}

void rcs_matrix_put_verdict(FILE *out, enum rcs_verdict verdict,
			    const struct rcs_standing *standing, bool colored)
{
	(void)fprintf(out, "%s%s%s",
		      rcs_style_run_end(rcs_matrix_weight(verdict, standing), colored),
		      rcs_verdict_name(verdict), rcs_style_plain(colored));
}

void rcs_matrix_put_machine(FILE *out, const struct rcs_machine *m)
{
	rcs_quote_line(out, m->arch);
	(void)fprintf(out, ", ");
	rcs_quote_line(out, m->kernel);
	(void)fprintf(out, ", ");
	rcs_quote_line(out, m->cpu);
	if (m->virtual)
		(void)fprintf(out, " (virtual)");
	if (m->emulated) {
		(void)fprintf(out, ", under ");
		rcs_quote_line(out, rcs_matrix_emulator(m));
	}
}

void rcs_matrix_kind_counts(const struct rcs_matrix_kind *kind, char *text, size_t size)
{
	(void)snprintf(text, size, "%zu machine%s, %zu run%s", kind->machines,
		       kind->machines == 1 ? "" : "s", kind->runs,
		       kind->runs == 1 ? "" : "s");
}

static void put_horizons(const struct rcs_report *report, FILE *out)
{
	for (size_t i = 0; i < report->horizons; i++) {
		const struct rcs_record_horizon *h = report->horizon[i];

		rcs_quote_line(out, h->machine->name);
		(void)fprintf(out, ": ");
		rcs_matrix_put_machine(out, h->machine);
		(void)fprintf(out, ", ");
		rcs_quote_line(out, h->pair);
		(void)fprintf(out, "\n  ");
		rcs_horizon_foot(out, &h->curve);
	}
}

static void put_refused(const struct rcs_report *report, FILE *out)
{
	for (size_t i = 0; i < report->refused; i++) {
		(void)fprintf(out, "not read: ");
		rcs_quote_line(out, report->refuse[i].file);
		(void)fprintf(out, ": ");
		rcs_quote_line(out, report->refuse[i].why);
		(void)fputc('\n', out);
	}
}

static void put_number(FILE *out, const char *before, size_t number, const char *what)
{
	(void)fprintf(out, "%s%zu %s%s", before, number, what, number == 1 ? "" : "s");
}

/* What all runs come to. */
static void put_runs(const struct rcs_document *d, FILE *out)
{
	const struct rcs_matrix *m = d->matrix;
	struct rcs_family holding = {0};
	size_t machines = 0, cells = 0;

	for (size_t r = 0; r < d->report->runs; r++)
		cells += d->report->run[r]->cells;
	for (size_t k = 0; k < m->kinds; k++) {
		machines += m->kind[k].machines;
		for (size_t r = 0; r < m->rows; r++) {
			const struct rcs_family *f = &m->row[r].entry[k].holding;

			holding.count += f->count;
			holding.p_any_missed += f->p_any_missed;
		}
	}
	(void)fprintf(out, "%s%s%s:", rcs_style_run_end(m->end, d->colored),
		      rcs_run_end_name(m->end), rcs_style_plain(d->colored));
	put_number(out, " ", cells, "cell");
	put_number(out, " of ", d->report->runs, "run");
	put_number(out, " on ", machines, "machine");
	put_number(out, " of ", m->kinds, "kind");
	if (holding.count > 0)
		(void)fprintf(out, ", P(any missed) at most %.1e",
			      holding.p_any_missed < 1.0 ? holding.p_any_missed : 1.0);
	if (m->interrupted)
		(void)fprintf(out, ", interrupted");
}

/* The last line. Without a run nothing was judged, not even skipped. */
static void put_end(const struct rcs_document *d, FILE *out)
{
	const struct rcs_report *r = d->report;

	if (r->runs > 0)
		put_runs(d, out);
	else
		(void)fputs("no runs", out);
	if (r->runs == 0 && r->horizons > 0)
		put_number(out, "; ", r->horizons, "horizon");
	if (d->changes != NULL)
		(void)fprintf(out, ", %zu worse than the baseline", d->changes->worse);
	if (r->refused > 0)
		put_number(out, ", ", r->refused, "file");
	(void)fprintf(out, "%s\n", r->refused > 0 ? " not read" : "");
}

static int write_document(const struct rcs_document *d, FILE *out, struct rcs_error *e)
{
	if (d->fleet != NULL) {
		if (rcs_fleet_text(d, out) != 0)
			return rcs_fail(e, RCS_ERROR_RESOURCE,
					"no memory for the fleet");
	} else {
		if (d->verbosity >= 0 && rcs_matrix_table(d, out, width_of(out)) != 0)
			return rcs_fail(e, RCS_ERROR_RESOURCE,
					"no memory for the table");
		rcs_matrix_list_cells(d, out);
	}
	if (d->verbosity >= 0)
		put_horizons(d->report, out);
	put_refused(d->report, out);
	if (d->changes != NULL)
		rcs_matrix_list_changes(d, out);
	put_end(d, out);
	return 0;
}

const struct rcs_format rcs_format_text = {
	"text",
	"for people: a few lines for each cell; of `rcustress report', a table",
	write_document,
};
