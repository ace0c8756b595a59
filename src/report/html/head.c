/* SPDX-License-Identifier: BSD-2-Clause */
/* The head of the page: what all runs come to, and what they are. */
#include "report/html/parts.h"

#include <string.h>

#include "report/html/badge.h"
#include "report/html/box.h"
#include "report/html/write.h"

#define VERSIONS_MAX 8	 /* that are named */
#define WORST_MAX    5	 /* cells that are shown at once */
#define REASON_MAX   200 /* characters */

static const char *meaning(enum rcs_run_end end)
{
	static const char *const meanings[] = {
		[RCS_RUN_FAULT] =
			"A machine or the program itself was at fault, which puts all "
			"else in doubt.",
		[RCS_RUN_BROKEN] =
			"A barrier was seen to fail that was not expected to.",
		[RCS_RUN_UNEXPECTED] = "Some cell has another verdict than was "
				       "expected of it.",
		[RCS_RUN_INCONCLUSIVE] =
			"Nothing failed, but some cell could not have told.",
		[RCS_RUN_HOLDS] =
			"Some barrier holds, and nothing speaks against the run.",
		[RCS_RUN_AS_EXPECTED] = "All came out as it was to; nothing holds, and "
					"nothing was to.",
		[RCS_RUN_ALLOWED] = "Only outcomes that are no fault were counted.",
		[RCS_RUN_SKIPPED] = "Nothing was judged.",
	};

	return meanings[end];
}

/* First and last beginning of a run, as text: times of this form sort so. */
static void put_when(const struct rcs_html *h)
{
	const struct rcs_report *r = h->document->report;
	const char *first = "", *last = "";

	for (size_t i = 0; i < r->runs; i++) {
		const char *begun = r->run[i]->begun;

		if (!rcs_html_is_when(begun))
			continue;
		if (first[0] == '\0' || strcmp(begun, first) < 0)
			first = begun;
		if (strcmp(begun, last) > 0)
			last = begun;
	}
	if (first[0] == '\0')
		return;
	rcs_html_fact(h->out, r->runs == 1 ? "Begun" : "Runs begun");
	rcs_html_when(h->out, first);
	if (strcmp(first, last) != 0) {
		rcs_html_put(h->out, " to ");
		rcs_html_when(h->out, last);
	}
	rcs_html_fact_end(h->out);
}

static void put_versions(const struct rcs_html *h)
{
	const struct rcs_report *r = h->document->report;
	const char *named[VERSIONS_MAX];
	size_t count = 0;

	rcs_html_fact(h->out, "Run by");
	rcs_html_put(h->out, "rcustress");
	for (size_t i = 0; i < r->runs; i++) {
		size_t n = 0;

		while (n < count && strcmp(named[n], r->run[i]->version) != 0)
			n++;
		if (n < count)
			continue;
		if (count == VERSIONS_MAX) {
			rcs_html_put(h->out, " and others");
			break;
		}
		named[count++] = r->run[i]->version;
		rcs_html_put(h->out, n > 0 ? ", " : " ");
		rcs_html_text(h->out, r->run[i]->version);
	}
	rcs_html_fact_end(h->out);
}

static void put_extent(const struct rcs_html *h)
{
	const struct rcs_report *r = h->document->report;
	uint64_t elapsed_ns = 0;
	struct rcs_family holding = {0};
	size_t machines = 0;

	for (size_t i = 0; i < r->runs; i++) {
		elapsed_ns += r->run[i]->elapsed_ns;
		holding.count += r->run[i]->holding.count;
		holding.p_any_missed += r->run[i]->holding.p_any_missed;
	}
	for (size_t k = 0; k < h->document->matrix->kinds; k++)
		machines += h->document->matrix->kind[k].machines;
	rcs_html_fact(h->out, "Extent");
	rcs_html_number_of(h->out, h->cells, "cell");
	rcs_html_put(h->out, " in ");
	rcs_html_number_of(h->out, r->runs, "run");
	rcs_html_put(h->out, " on ");
	rcs_html_number_of(h->out, machines, "machine");
	rcs_html_put(h->out, ", ");
	rcs_html_duration(h->out, elapsed_ns);
	rcs_html_fact_end(h->out);
	if (holding.count > 0) {
		rcs_html_fact(h->out, "P(any missed)");
		rcs_html_put(h->out, "at most ");
		rcs_html_probability(h->out, holding.p_any_missed < 1.0
						     ? holding.p_any_missed
						     : 1.0);
		rcs_html_put(h->out, ", of ");
		rcs_html_number_of(h->out, holding.count, "cell");
		(void)fprintf(h->out, " that %s",
			      holding.count == 1 ? "HOLDS" : "HOLD");
		rcs_html_fact_end(h->out);
	}
}

/* Said at the top: verdicts of an emulator look like any others. */
static void put_emulation(const struct rcs_html *h)
{
	const struct rcs_matrix *m = h->document->matrix;
	size_t emulated = 0;

	for (size_t k = 0; k < m->kinds; k++)
		emulated += m->kind[k].machine->emulated;
	if (emulated == 0)
		return;
	rcs_html_put(h->out, "<p class=warning><strong>Under emulation.</strong> An "
			     "emulator of user programs ran these tests");
	if (emulated < m->kinds)
		(void)fprintf(h->out, " on %zu of %zu kinds of machine", emulated,
			      m->kinds);
	rcs_html_put(h->out,
		     ": such a verdict speaks of the emulator and its host, not "
		     "of a CPU of that architecture.</p>\n");
}

/* Its page has it further down, under the same id: see rcs_html_cell(). */
static void put_bad(const struct rcs_html *h, size_t run, size_t index)
{
	const struct rcs_record_run *from = h->document->report->run[run];
	const struct rcs_record_cell *c = &from->cell[index];
	FILE *out = h->out;

	rcs_html_put(out, "<li>");
	rcs_html_verdict(out, c->verdict, &c->standing);
	(void)fprintf(out, " <a class=name href=\"#c%zu-%zu\">", run + 1, index + 1);
	rcs_html_text(out, c->barrier);
	rcs_html_put(out, " ");
	rcs_html_text(out, c->test);
	rcs_html_put(out, "</a>");
	if (c->reason[0] != '\0') {
		rcs_html_put(out, " ");
		rcs_html_text_cut(out, c->reason, REASON_MAX);
	} else if (c->subject.hits > 0) {
		rcs_html_put(out, " hit ");
		rcs_html_hits(out, c->subject.hits, c->subject.exposed);
	}
	if (h->document->report->runs > 1) {
		rcs_html_put(out, " <span class=brief>on ");
		rcs_html_text(out, from->machine->name);
		rcs_html_put(out, "</span>");
	}
	rcs_html_put(out, "</li>\n");
}

/* Of that gravity; as many as are left. How many there are. */
static size_t put_bad_of(const struct rcs_html *h, int gravity, size_t *left)
{
	const struct rcs_report *r = h->document->report;
	size_t count = 0;

	for (size_t i = 0; i < r->runs; i++) {
		for (size_t c = 0; c < r->run[i]->cells; c++) {
			const struct rcs_record_cell *cell = &r->run[i]->cell[c];

			if (rcs_html_gravity(cell->verdict, &cell->standing) != gravity)
				continue;
			if (count == 0 && *left == WORST_MAX)
				rcs_html_put(h->out, "<ul class=worst>\n");
			count++;
			if (*left == 0)
				continue;
			put_bad(h, i, c);
			(*left)--;
		}
	}
	return count;
}

/* What to look at first, the gravest before the others. */
static void put_worst(const struct rcs_html *h)
{
	size_t left = WORST_MAX, count = 0;

	for (int gravity = RCS_HTML_GRAVEST; gravity > RCS_HTML_FINE; gravity--)
		count += put_bad_of(h, gravity, &left);
	if (count == 0)
		return;
	rcs_html_put(h->out, "</ul>\n");
	if (count <= WORST_MAX)
		return;
	rcs_html_put(h->out, "<p class=note>These are the gravest of ");
	rcs_html_number_of(h->out, count, "cell");
	rcs_html_put(h->out, " that speak against the run");
	rcs_html_put(h->out, h->document->report->runs == 1 ? ".</p>\n" : "s.</p>\n");
}

static void put_contents(const struct rcs_html *h)
{
	const struct rcs_document *d = h->document;

	rcs_html_put(h->out, "<nav aria-label=\"Contents\"><a href=\"#verdicts\">"
			     "Verdicts</a>");
	if (d->changes != NULL)
		rcs_html_put(h->out, " <a href=\"#changes\">Changes</a>");
	if (d->report->refused > 0)
		rcs_html_put(h->out, " <a href=\"#refused\">Refused files</a>");
	rcs_html_put(
		h->out,
		" <a href=\"#tests\">Tests</a> <a href=\"#horizon\">Horizon</a> "
		"<a href=\"#runs\">Runs</a> <a href=\"#legend\">Legend</a></nav>\n");
}

/* Of a page that has nothing else. */
static void put_horizon(const struct rcs_html *h)
{
	const struct rcs_record_horizon *r = h->document->report->horizon[0];

	rcs_html_put(h->out,
		     "<header>\n<h1>Horizon <span class=product>rcustress"
		     "</span></h1>\n<p>How long stores can be held back, and so "
		     "which barriers can be judged.</p>\n<dl class=facts>\n");
	rcs_html_fact(h->out, "Begun");
	rcs_html_when(h->out, r->begun);
	rcs_html_fact_end(h->out);
	rcs_html_fact(h->out, "Run by");
	rcs_html_put(h->out, "rcustress ");
	rcs_html_text(h->out, r->version);
	rcs_html_fact_end(h->out);
	rcs_html_put(h->out, "</dl>\n");
	if (r->machine->emulated)
		rcs_html_put(h->out, "<p class=warning><strong>Under emulation."
				     "</strong> It speaks of the emulator and its host."
				     "</p>\n");
	rcs_html_put(h->out, "</header>\n");
}

void rcs_html_head(const struct rcs_html *h)
{
	const struct rcs_matrix *m = h->document->matrix;

	if (h->horizon_only) {
		put_horizon(h);
		return;
	}
	rcs_html_put(h->out, "<header>\n<h1>");
	rcs_html_end(h->out, m->end);
	rcs_html_put(h->out, " <span class=product>rcustress</span></h1>\n<p>");
	rcs_html_put(h->out, meaning(m->end));
	if (m->interrupted)
		rcs_html_put(h->out, h->document->report->runs == 1
					     ? " The run was interrupted."
					     : " Some run was interrupted.");
	rcs_html_put(h->out, "</p>\n");
	put_worst(h);
	put_emulation(h);
	rcs_html_put(h->out, "<dl class=facts>\n");
	put_when(h);
	put_extent(h);
	put_versions(h);
	rcs_html_put(h->out, "</dl>\n");
	put_contents(h);
	rcs_html_put(h->out, "</header>\n");
}
