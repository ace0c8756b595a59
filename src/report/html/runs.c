/* SPDX-License-Identifier: BSD-2-Clause */
/* Runs one by one with their cells; or, when there are too many, a list of them, and
 * the worst cells of all. */
#include "report/html/parts.h"

#include "report/html/badge.h"
#include "report/html/box.h"
#include "report/html/write.h"

static void put_name(FILE *out, const struct rcs_record_run *run)
{
	if (run->file[0] != '\0')
		rcs_html_text(out, run->file);
	else
		rcs_html_put(out, "this run");
}

static void put_facts(FILE *out, const struct rcs_record_run *run)
{
	rcs_html_put(out, "<dl class=facts>\n<dt>Begun</dt><dd>");
	rcs_html_when(out, run->begun);
	rcs_html_fact_end(out);
	rcs_html_fact(out, "Took");
	rcs_html_duration(out, run->elapsed_ns);
	rcs_html_put(out, run->interrupted ? ", interrupted" : "");
	rcs_html_fact_end(out);
	rcs_html_fact(out, "Command");
	rcs_html_put(out, "<code>");
	rcs_html_text(out, run->command);
	rcs_html_put(out, "</code>");
	rcs_html_fact_end(out);
	rcs_html_fact(out, "Exit status");
	(void)fprintf(out, "%d", run->exit_status);
	rcs_html_fact_end(out);
	rcs_html_fact(out, "Machine");
	rcs_html_machine_name(out, run->machine);
	rcs_html_fact_end(out);
	rcs_html_fact(out, "CPUs");
	rcs_html_text(out, run->cpus);
	rcs_html_put(out, ", in the order of ");
	rcs_html_text(out, run->topology);
	rcs_html_fact_end(out);
	rcs_html_fact(out, "Threads");
	rcs_html_number_of(out, (uint64_t)run->writers, "writer");
	rcs_html_put(out, ", ");
	rcs_html_number_of(out, (uint64_t)run->readers, "reader");
	rcs_html_fact_end(out);
	rcs_html_fact(out, "Seed");
	(void)fprintf(out, "%" PRIu64, run->seed);
	rcs_html_fact_end(out);
	if (run->holding.count > 0) {
		rcs_html_fact(out, "P(any missed)");
		rcs_html_put(out, "at most ");
		rcs_html_probability(out, run->holding.p_any_missed);
		rcs_html_fact_end(out);
	}
	rcs_html_put(out, "</dl>\n");
}

static void put_options(FILE *out, const struct rcs_record_run *run)
{
	if (run->options == 0)
		return;
	rcs_html_put(out, "<details><summary>Options <span class=brief>all, also those "
			  "that were not said</span></summary>\n<dl class=facts>\n");
	for (size_t i = 0; i < run->options && i < RCS_HTML_ROWS_MAX; i++) {
		rcs_html_put(out, "<dt>");
		rcs_html_text(out, run->option[i].name);
		rcs_html_put(out, "</dt><dd>");
		rcs_html_text(out, run->option[i].value);
		rcs_html_fact_end(out);
	}
	rcs_html_put(out, "</dl></details>\n");
}

static void put_run(const struct rcs_html *h, size_t index)
{
	const struct rcs_record_run *run = h->document->report->run[index];
	bool alone = h->document->report->runs == 1;
	FILE *out = h->out;

	(void)fprintf(out, "<article id=run-%zu>\n<h3>", index + 1);
	put_name(out, run);
	rcs_html_put(out, " ");
	rcs_html_end(out, run->end);
	rcs_html_put(out, "</h3>\n");
	put_facts(out, run);
	put_options(out, run);
	(void)fprintf(out, "<details%s><summary>Machine</summary>\n",
		      alone ? " open" : "");
	rcs_html_machine(out, run->machine);
	rcs_html_put(out, "</details>\n");
	rcs_html_latency(out, run, index + 1);
	if (h->every_cell && run->cells > 0) {
		rcs_html_put(out, "<h4>Cells</h4>\n");
		for (size_t c = 0; c < run->cells; c++)
			rcs_html_cell(h, &run->cell[c], NULL, index + 1, c + 1);
	}
	rcs_html_put(out, "</article>\n");
}

/* Those that ended worst come first. */
static void put_list(const struct rcs_html *h)
{
	const struct rcs_report *r = h->document->report;
	FILE *out = h->out;
	int left = RCS_HTML_ROWS_MAX;

	rcs_html_put(out, "<p class=note>More runs than this page shows one by one: "
			  "they are listed, the worst first");
	if (r->runs > RCS_HTML_ROWS_MAX) {
		(void)fprintf(out, ", the first %d of ", RCS_HTML_ROWS_MAX);
		rcs_html_count(out, r->runs);
	}
	rcs_html_put(out, ".</p>\n");
	rcs_html_table(out, "runs", "Runs");
	rcs_html_column(out, "", "File");
	rcs_html_column(out, "", "Outcome");
	rcs_html_column(out, "num", "Cells");
	rcs_html_column(out, "", "Begun");
	rcs_html_column(out, "", "Machine");
	rcs_html_column(out, "", "Name");
	rcs_html_column(out, "num", "Seed");
	rcs_html_table_body(out);
	for (int end = RCS_RUN_FAULT; end <= RCS_RUN_SKIPPED; end++) {
		for (size_t i = 0; i < r->runs && left > 0; i++) {
			const struct rcs_record_run *run = r->run[i];

			if ((int)run->end != end)
				continue;
			rcs_html_row(out, run->file);
			put_name(out, run);
			rcs_html_put(out, "</th><td>");
			rcs_html_end(out, run->end);
			rcs_html_put(out, "</td>");
			rcs_html_cell_count(out, run->cells);
			rcs_html_put(out, "<td>");
			rcs_html_when(out, run->begun);
			rcs_html_put(out, "</td><td>");
			rcs_html_machine_name(out, run->machine);
			rcs_html_put(out, "</td>");
			rcs_html_cell_text(out, run->machine->name);
			(void)fprintf(out, "<td class=num>%" PRIu64 "</td></tr>\n",
				      run->seed);
			left--;
		}
	}
	rcs_html_table_end(out);
}

/* Of that gravity, until so many have been put. */
static int put_worst_of(const struct rcs_html *h, int gravity, int left)
{
	const struct rcs_report *r = h->document->report;

	for (size_t i = 0; i < r->runs; i++) {
		const struct rcs_record_run *run = r->run[i];

		for (size_t c = 0; c < run->cells && left > 0; c++) {
			const struct rcs_record_cell *cell = &run->cell[c];

			if (rcs_html_gravity(cell->verdict, &cell->standing) != gravity)
				continue;
			rcs_html_cell(h, cell, run, i + 1, c + 1);
			left--;
		}
	}
	return left;
}

static void put_worst(const struct rcs_html *h)
{
	int left = RCS_HTML_WORST_MAX;

	rcs_html_put(h->out, "<h3>Worst cells</h3>\n<p class=note>");
	rcs_html_number_of(h->out, h->cells, "cell");
	(void)fprintf(h->out,
		      " are more than this page shows one by one. Of those that are "
		      "FAULT, BROKEN, INCONCLUSIVE or not as expected, and were not "
		      "to be, these are the worst, at most %d.</p>\n",
		      RCS_HTML_WORST_MAX);
	for (int gravity = RCS_HTML_GRAVEST; gravity > RCS_HTML_FINE; gravity--)
		left = put_worst_of(h, gravity, left);
	if (left == RCS_HTML_WORST_MAX)
		rcs_html_put(h->out, "<p>There is none.</p>\n");
}

void rcs_html_runs(const struct rcs_html *h)
{
	const struct rcs_report *r = h->document->report;

	rcs_html_put(h->out, "<section id=runs>\n<h2>Runs</h2>\n");
	if (r->runs == 0)
		rcs_html_put(h->out, "<p>There is none.</p>\n");
	else if (!h->every_run)
		put_list(h);
	for (size_t i = 0; h->every_run && i < r->runs; i++)
		put_run(h, i);
	if (!h->every_cell)
		put_worst(h);
	rcs_html_put(h->out, "</section>\n");
}
