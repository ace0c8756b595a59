/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Markdown as GitHub and GitLab have it, for the summary of a job or a comment: see
 * markdown.h. Readable as it is, too.
 *
 * A summary on GitHub is 1 MiB at most, and is not shown at all if it is longer. So
 * what would be near that is written again with less detail, and says so.
 */
#include "report/markdown.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "report/formats.h"
#include "report/words.h"

#define SIZE_LIMIT 900000 /* bytes */

static bool same_kind(const struct rcs_machine *a, const struct rcs_machine *b)
{
	return strcmp(a->arch, b->arch) == 0 && strcmp(a->kernel, b->kernel) == 0 &&
	       strcmp(a->cpu, b->cpu) == 0 && strcmp(a->emulator, b->emulator) == 0;
}

void rcs_markdown_machine(const struct rcs_markdown *m,
			  const struct rcs_machine *machine)
{
	const struct rcs_matrix *matrix = m->document->matrix;

	for (size_t k = 0; k < matrix->kinds; k++) {
		if (same_kind(matrix->kind[k].machine, machine)) {
			(void)fprintf(m->out, "%zu: ", k + 1);
			break;
		}
	}
	rcs_quote_markdown(m->out, machine->arch);
	if (machine->emulated)
		(void)fputs(" (emulated)", m->out);
}

static void print_count(const struct rcs_markdown *m, size_t count, const char *what)
{
	(void)fprintf(m->out, "%zu %s%s", count, what, count == 1 ? "" : "s");
}

static void write_title(const struct rcs_markdown *m)
{
	const struct rcs_document *d = m->document;
	struct rcs_family all = {0};
	size_t cells = 0;
	double seconds = 0.0;

	for (size_t i = 0; i < d->report->runs; i++) {
		const struct rcs_record_run *run = d->report->run[i];

		cells += run->cells;
		seconds += (double)run->elapsed_ns * 1e-9;
		all.count += run->holding.count;
		all.p_any_missed += run->holding.p_any_missed;
	}
	if (d->report->runs == 0 && d->report->horizons > 0) {
		(void)fputs("## rcustress: horizon\n", m->out);
		return;
	}
	(void)fprintf(m->out, "## rcustress: %s\n\n", rcs_run_end_name(d->matrix->end));
	print_count(m, cells, "cell");
	(void)fputs(" in ", m->out);
	print_count(m, d->report->runs, "run");
	(void)fputs(" on ", m->out);
	print_count(m, d->matrix->kinds, "kind");
	(void)fprintf(m->out, " of machine, %.1f s", seconds);
	if (all.count > 0)
		(void)fprintf(m->out, ", P(any missed) at most %.1e",
			      all.p_any_missed < 1.0 ? all.p_any_missed : 1.0);
	if (d->changes != NULL)
		(void)fprintf(m->out, ", %zu worse than the baseline",
			      d->changes->worse);
	if (d->report->refused > 0) {
		(void)fputs(", ", m->out);
		print_count(m, d->report->refused, "file");
		(void)fputs(" left out", m->out);
	}
	(void)fprintf(m->out, "%s.\n",
		      d->matrix->interrupted ? ", **interrupted**" : "");
}

static void write_detail(const struct rcs_markdown *m, enum rcs_markdown_detail wanted)
{
	if (m->detail == wanted)
		return;
	(void)fprintf(m->out, "\nThis would be too long: %s.\n",
		      m->detail == RCS_MARKDOWN_BAD
			      ? "only cells that did not pass are shown"
			      : "single cells are not shown");
}

static void print_remarks(const struct rcs_markdown *m,
			  const struct rcs_machine *machine)
{
	const struct {
		bool is_so;
		const char *what, *name;
	} remarks[] = {
		{machine->virtual, "virtual", machine->hypervisor},
		{machine->emulated, "**emulated**", machine->emulator},
		{machine->container[0] != '\0', "container", machine->container},
	};
	const char *between = "";

	for (size_t i = 0; i < sizeof(remarks) / sizeof(remarks[0]); i++) {
		if (!remarks[i].is_so)
			continue;
		(void)fprintf(m->out, "%s%s", between, remarks[i].what);
		if (remarks[i].name[0] != '\0') {
			(void)fputs(" (", m->out);
			rcs_quote_markdown(m->out, remarks[i].name);
			(void)fputc(')', m->out);
		}
		between = ", ";
	}
}

static void write_machines(const struct rcs_markdown *m)
{
	const struct rcs_matrix *matrix = m->document->matrix;
	bool emulated = false;

	if (matrix->kinds == 0)
		return;
	(void)fputs("\n| machine | kernel | CPU | remarks | machines | runs |\n"
		    "|---|---|---|---|---|---|\n",
		    m->out);
	for (size_t k = 0; k < matrix->kinds; k++) {
		const struct rcs_matrix_kind *kind = &matrix->kind[k];

		(void)fputs("| ", m->out);
		rcs_markdown_machine(m, kind->machine);
		(void)fputs(" | ", m->out);
		rcs_quote_markdown(m->out, kind->machine->kernel);
		(void)fputs(" | ", m->out);
		rcs_quote_markdown(m->out, kind->machine->cpu);
		(void)fputs(" | ", m->out);
		print_remarks(m, kind->machine);
		(void)fprintf(m->out, " | %zu | %zu |\n", kind->machines, kind->runs);
		emulated |= kind->machine->emulated;
	}
	if (emulated)
		(void)fputs("\nUnder emulation, a verdict speaks of the emulator and "
			    "its host.\n",
			    m->out);
}

static void print_entry(const struct rcs_markdown *m,
			const struct rcs_matrix_entry *entry)
{
	bool bad = entry != NULL && entry->cells > 0 &&
		   (entry->unexpected > 0 ||
		    rcs_markdown_is_bad(entry->verdict, &entry->standing));

	(void)fputs(bad ? "**" : "", m->out);
	rcs_words_entry(m->out, entry);
	(void)fputs(bad ? "**" : "", m->out);
}

static void write_matrix(const struct rcs_markdown *m)
{
	const struct rcs_matrix *matrix = m->document->matrix;

	if (matrix->rows == 0)
		return;
	(void)fputs("\n| barrier |", m->out);
	for (size_t k = 0; k < matrix->kinds; k++) {
		(void)fputc(' ', m->out);
		rcs_markdown_machine(m, matrix->kind[k].machine);
		(void)fputs(" |", m->out);
	}
	(void)fputs("\n|---|", m->out);
	for (size_t k = 0; k < matrix->kinds; k++)
		(void)fputs("---|", m->out);
	(void)fputc('\n', m->out);
	for (size_t r = 0; r < matrix->rows; r++) {
		(void)fputs("| ", m->out);
		rcs_quote_markdown(m->out, matrix->row[r].barrier);
		(void)fputs(" |", m->out);
		for (size_t k = 0; k < matrix->kinds; k++) {
			(void)fputc(' ', m->out);
			print_entry(m, &matrix->row[r].entry[k]);
			(void)fputs(" |", m->out);
		}
		(void)fputc('\n', m->out);
	}
}

static void write_changes(const struct rcs_markdown *m)
{
	const struct rcs_matrix_changes *c = m->document->changes;

	if (c == NULL)
		return;
	(void)fprintf(m->out,
		      "\n### Against the baseline\n\n%zu worse, %zu changed "
		      "otherwise, %zu the same.\n",
		      c->worse, c->count - c->worse, c->same);
	if (c->count == 0)
		return;
	(void)fputs("\n| | barrier | test | machine | was | is |\n"
		    "|---|---|---|---|---|---|\n",
		    m->out);
	for (size_t i = 0; i < c->count; i++) {
		const struct rcs_matrix_change *one = &c->change[i];

		(void)fprintf(m->out, "| %s | ", one->worse ? "**worse**" : "");
		rcs_quote_markdown(m->out, one->barrier);
		(void)fputs(" | ", m->out);
		rcs_quote_markdown(m->out, one->test);
		(void)fputs(" | ", m->out);
		rcs_markdown_machine(m, one->kind->machine);
		(void)fputs(" | ", m->out);
		rcs_words_entry(m->out, one->before);
		(void)fputs(" | ", m->out);
		print_entry(m, one->after);
		(void)fputs(" |\n", m->out);
	}
}

static void print_quantiles(const struct rcs_markdown *m, const struct rcs_quantiles *q)
{
	if (q->samples == 0) {
		(void)fputs("not measured", m->out);
		return;
	}
	rcs_words_duration(m->out, q->p50_ns);
	(void)fputs(" / ", m->out);
	rcs_words_duration(m->out, q->p99_ns);
}

/* What barriers cost, which decides on what that machine can judge of them. */
static void write_costs(const struct rcs_markdown *m,
			const struct rcs_record_horizon *horizon)
{
	static const char *const twins[2][2] = {{"none", "absent"},
						{"delay", "delay, absent"}};

	if (horizon->costs == 0)
		return;
	(void)fputs("\n| barrier | exposed p50/p99 | alone p50/p99 | twins that can be "
		    "hit |\n|---|---|---|---|\n",
		    m->out);
	for (size_t i = 0; i < horizon->costs; i++) {
		const struct rcs_record_cost *cost = &horizon->cost[i];

		(void)fputs("| ", m->out);
		rcs_quote_markdown(m->out, cost->barrier);
		(void)fputs(" | ", m->out);
		print_quantiles(m, &cost->exposed);
		(void)fputs(" | ", m->out);
		print_quantiles(m, &cost->alone);
		(void)fprintf(m->out, " | %s |\n",
			      twins[cost->twins.delay][cost->twins.absent]);
	}
}

static void write_horizons(const struct rcs_markdown *m)
{
	const struct rcs_report *report = m->document->report;

	for (size_t i = 0; i < report->horizons; i++) {
		const struct rcs_record_horizon *h = report->horizon[i];

		(void)fputs("\n### Horizon\n\nOn ", m->out);
		rcs_words_machine(m->out, rcs_quote_markdown, h->machine);
		(void)fputs(": ", m->out);
		rcs_words_horizon(m->out, rcs_quote_markdown, h);
		(void)fputs(".\n", m->out);
		write_costs(m, h);
	}
}

static void write_refused(const struct rcs_markdown *m)
{
	const struct rcs_report *report = m->document->report;

	if (report->refused == 0)
		return;
	(void)fputs("\n### Files that are left out\n\n", m->out);
	for (size_t i = 0; i < report->refused; i++) {
		(void)fputs("- file ", m->out);
		rcs_quote_markdown(m->out, report->refuse[i].file);
		(void)fputs(": ", m->out);
		rcs_quote_markdown(m->out, report->refuse[i].why);
		(void)fputc('\n', m->out);
	}
}

/* How it was run, to be run again. */
static void write_runs(const struct rcs_markdown *m)
{
	const struct rcs_report *report = m->document->report;

	if (report->runs == 0 || m->detail == RCS_MARKDOWN_NONE)
		return;
	(void)fputs("\n<details><summary>Runs</summary>\n\n", m->out);
	for (size_t i = 0; i < report->runs; i++) {
		const struct rcs_record_run *run = report->run[i];

		(void)fputs("- ", m->out);
		rcs_markdown_machine(m, run->machine);
		(void)fputs(": ", m->out);
		rcs_quote_markdown(m->out, run->command);
		(void)fprintf(m->out, ", seed %" PRIu64 ", ", run->seed);
		rcs_quote_markdown(m->out, run->begun);
		(void)fputs(", rcustress ", m->out);
		rcs_quote_markdown(m->out, run->version);
		(void)fputs(": ", m->out);
		rcs_words_end(m->out, run);
		(void)fputc('\n', m->out);
	}
	(void)fputs("\n</details>\n", m->out);
}

static int write_all(const struct rcs_markdown *m, enum rcs_markdown_detail wanted)
{
	bool fleet = m->document->fleet != NULL;

	write_title(m);
	if (fleet && rcs_markdown_fleet(m) != 0)
		return -1;
	if (!fleet) {
		write_detail(m, wanted);
		write_matrix(m);
		write_machines(m);
	}
	write_changes(m);
	write_refused(m);
	if (!fleet)
		rcs_markdown_cells(m);
	write_horizons(m);
	if (!fleet)
		write_runs(m);
	return 0;
}

/* With that much detail, into memory. -1 and *e. */
static int draft(const struct rcs_document *document, enum rcs_markdown_detail detail,
		 enum rcs_markdown_detail wanted, char **text, size_t *size,
		 struct rcs_error *e)
{
	struct rcs_markdown m = {.document = document, .detail = detail};
	bool failed;

	*text = NULL;
	m.out = open_memstream(text, size);
	if (m.out == NULL)
		return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for the report");
	failed = write_all(&m, wanted) != 0 || ferror(m.out) != 0;
	if (fclose(m.out) == 0 && !failed)
		return 0;
	free(*text);
	return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for the report");
}

/* Whole lines of it, and that there would be more. */
static void write_cut(FILE *out, const char *text)
{
	size_t length = SIZE_LIMIT;

	while (length > 0 && text[length - 1] != '\n')
		length--;
	(void)fwrite(text, 1, length, out);
	(void)fputs("\nThis would be too long: it ends here.\n", out);
}

static int write_document(const struct rcs_document *document, FILE *out,
			  struct rcs_error *e)
{
	enum rcs_markdown_detail wanted =
		document->verbosity < 0 ? RCS_MARKDOWN_NONE : RCS_MARKDOWN_ALL;

	for (int detail = (int)wanted;; detail++) {
		char *text;
		size_t size;

		if (draft(document, (enum rcs_markdown_detail)detail, wanted, &text,
			  &size, e) != 0)
			return -1;
		if (size > SIZE_LIMIT && detail < RCS_MARKDOWN_NONE) {
			free(text);
			continue;
		}
		if (size > SIZE_LIMIT)
			write_cut(out, text);
		else
			(void)fwrite(text, 1, size, out);
		free(text);
		return 0;
	}
}

const struct rcs_format rcs_format_markdown = {
	"markdown", "Markdown for job summaries and comments, in which details fold",
	write_document};
