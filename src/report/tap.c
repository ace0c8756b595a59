/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * TAP version 14: see tap.h.
 *
 * What could not be told fails, "not ok". Where it is to pass it is "not ok … # TODO",
 * which harnesses count as no failure; "ok … # TODO" would be news to them, a thing
 * to do that has been done, and some fail then.
 *
 * A run that was interrupted bails out after its last point, instead of a plan: how
 * many there would have been is not what counts any more. Among several runs that
 * would put an end to all, so there it is a point that fails.
 *
 * Several runs are a subtest each. A description does not change from run to run, so
 * that those who keep a history find it again: the verdict is in the YAML block, and
 * the file that a run was read from in a comment.
 */
#include "report/tap.h"

#include <inttypes.h>
#include <string.h>

#include "report/format.h"
#include "report/formats.h"
#include "report/words.h"

static void indent(const struct rcs_tap *t, int more)
{
	(void)fprintf(t->out, "%*s", t->indent + more, "");
}

static void print_string(const struct rcs_tap *t, const char *key, const char *value)
{
	if (value[0] == '\0')
		return;
	indent(t, 2);
	(void)fprintf(t->out, "%s: \"", key);
	rcs_quote_yaml(t->out, value);
	(void)fputs("\"\n", t->out);
}

static void print_arm(const struct rcs_tap *t, const char *name,
		      const struct rcs_arm_total *arm)
{
	if (arm->rounds == 0)
		return;
	indent(t, 4);
	(void)fprintf(t->out,
		      "%s: {hits: %" PRIu64 ", exposed: %" PRIu64 ", calls: %" PRIu64
		      ", hit_rounds: %" PRIu64 ", rounds: %" PRIu64 "}\n",
		      name, arm->hits, arm->exposed, arm->calls, arm->hit_rounds,
		      arm->rounds);
}

/* What can stand in a literal block as it is. */
static bool is_plain(const char *text)
{
	while (*text != '\0') {
		const char *before = text;
		uint32_t c = rcs_quote_next(&text);

		if ((c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c <= 0x9f) ||
		    c == 0x2028 || c == 0x2029 || c == 0xfeff ||
		    (c & 0xfffe) == 0xfffe ||
		    (c == RCS_QUOTE_REPLACEMENT && text == before + 1))
			return false;
	}
	return true;
}

/* Blanks that all lines begin with, but for empty ones. */
static size_t margin_of(const char *text)
{
	size_t margin = SIZE_MAX;

	while (*text != '\0') {
		size_t blanks = strspn(text, " "), length = strcspn(text, "\n");

		if (length > blanks && blanks < margin)
			margin = blanks;
		text += length + (text[length] == '\n');
	}
	return margin;
}

/*
 * Lines as a literal block, moved to the left; as a string where the first line then
 * begins with a blank or is none, as some readers take a block's indentation from it.
 */
static void print_block(const struct rcs_tap *t, const char *key, const char *text)
{
	size_t margin = margin_of(text);

	if (!is_plain(text) || margin == SIZE_MAX || strspn(text, " \t\n") != margin) {
		print_string(t, key, text);
		return;
	}
	indent(t, 2);
	(void)fprintf(t->out, "%s: |\n", key);
	while (*text != '\0') {
		size_t length = strcspn(text, "\n");

		if (length > margin) {
			indent(t, 4);
			(void)fprintf(t->out, "%.*s", (int)(length - margin),
				      text + margin);
		}
		(void)fputc('\n', t->out);
		text += length + (text[length] == '\n');
	}
}

static void print_expected(const struct rcs_tap *t, unsigned expected)
{
	char verdicts[64];

	if (expected == 0)
		return;
	rcs_verdicts_print(expected, ", ", verdicts, sizeof(verdicts));
	indent(t, 2);
	(void)fprintf(t->out, "expected: [%s]\n", verdicts);
}

/* A scalar of words that need quotes: printed between double ones. */
static void open_scalar(const struct rcs_tap *t, const char *key)
{
	indent(t, 2);
	(void)fprintf(t->out, "%s: \"", key);
}

static void print_evidence(const struct rcs_tap *t, const struct rcs_record_cell *cell)
{
	if (cell->subject.rounds == 0)
		return;
	open_scalar(t, "summary");
	rcs_words_counts(t->out, rcs_quote_yaml, cell);
	(void)fputs("\"\n", t->out);
	indent(t, 2);
	(void)fputs("counts:\n", t->out);
	print_arm(t, "subject", &cell->subject);
	print_arm(t, "control", &cell->control);
	print_arm(t, "reference", &cell->reference);
	if (cell->verdict != RCS_HOLDS && cell->verdict != RCS_INCONCLUSIVE)
		return;
	indent(t, 2);
	(void)fprintf(t->out, "p_missed: %.1e\n", cell->p_missed);
	if (cell->has_heavy && cell->control.rounds > 0)
		print_string(t, "twin", rcs_twin_name(cell->twin));
	if (cell->sensitivity >= 1.0) {
		indent(t, 2);
		(void)fprintf(t->out, "sensitivity: %.0f\n", cell->sensitivity);
	}
}

static void print_diagnostics(const struct rcs_tap *t,
			      const struct rcs_record_cell *cell)
{
	indent(t, 2);
	(void)fputs("---\n", t->out);
	indent(t, 2);
	(void)fprintf(t->out, "verdict: %s\n", rcs_verdict_name(cell->verdict));
	print_string(t, "standing", rcs_words_mark(cell));
	print_expected(t, cell->standing.expected);
	print_string(t, "barrier", cell->barrier);
	print_string(t, "test", cell->test);
	print_string(t, "rcu", cell->rcu);
	print_string(t, "runner", cell->runner);
	if (rcs_words_has_why(cell)) {
		open_scalar(t, "reason");
		rcs_words_why(t->out, rcs_quote_yaml, cell);
		(void)fputs("\"\n", t->out);
	}
	if (cell->interrupted) {
		indent(t, 2);
		(void)fputs("interrupted: true\n", t->out);
	}
	print_evidence(t, cell);
	print_string(t, "proviso", cell->proviso);
	print_block(t, "witness", cell->witness);
	indent(t, 2);
	(void)fprintf(t->out, "seconds: %.3f\n", (double)cell->elapsed_ns * 1e-9);
	open_scalar(t, "machine");
	rcs_words_machine(t->out, rcs_quote_yaml, t->machine);
	(void)fputs("\"\n", t->out);
	indent(t, 2);
	(void)fputs("...\n", t->out);
}

/* "ok 3 - "; who calls it adds the description and the end of the line. */
static void open_point(struct rcs_tap *t, bool ok)
{
	t->points++;
	indent(t, 0);
	(void)fprintf(t->out, "%sok %zu - ", ok ? "" : "not ", t->points);
}

static void print_machine(const struct rcs_tap *t, const struct rcs_record_run *run)
{
	rcs_words_machine(t->out, rcs_quote_line, run->machine);
	if (run->file[0] != '\0') {
		(void)fputs(": ", t->out);
		rcs_quote_line(t->out, run->machine->name);
	}
}

static void begin_points(struct rcs_tap *t, const struct rcs_record_run *run)
{
	t->machine = run->machine;
	t->inconclusive_passes = rcs_words_inconclusive_passes(run);
	indent(t, 0);
	(void)fputs("# machine  ", t->out);
	print_machine(t, run);
	(void)fprintf(t->out, "; seed %" PRIu64 "\n", run->seed);
	if (run->file[0] != '\0') {
		indent(t, 0);
		(void)fputs("# file  ", t->out);
		rcs_quote_line(t->out, run->file);
		(void)fputc('\n', t->out);
	}
	(void)fflush(t->out);
}

static void print_end(const struct rcs_tap *t, const struct rcs_record_run *run)
{
	indent(t, 0);
	(void)fputs("# ", t->out);
	rcs_words_end(t->out, run);
	(void)fputc('\n', t->out);
}

static void print_plan(const struct rcs_tap *t)
{
	indent(t, 0);
	(void)fprintf(t->out, "1..%zu%s\n", t->points,
		      t->points == 0 ? " # SKIP there is no cell" : "");
}

void rcs_tap_begin(struct rcs_tap *t, const struct rcs_record_run *run)
{
	(void)fputs("TAP version 14\n", t->out);
	begin_points(t, run);
}

void rcs_tap_cell(struct rcs_tap *t, const struct rcs_record_cell *cell)
{
	enum rcs_bearing bearing = rcs_words_bearing(cell, t->inconclusive_passes);
	bool ok = bearing == RCS_BEARING_PASSED || bearing == RCS_BEARING_SKIPPED;

	if (!ok && bearing != RCS_BEARING_TOLERATED)
		t->failed = true;
	open_point(t, ok);
	rcs_words_name(t->out, rcs_quote_tap, cell);
	if (bearing == RCS_BEARING_SKIPPED)
		(void)fputs(" # SKIP ", t->out);
	else if (bearing == RCS_BEARING_TOLERATED)
		(void)fprintf(t->out, " # TODO %s: ", rcs_verdict_name(cell->verdict));
	if (bearing == RCS_BEARING_SKIPPED || bearing == RCS_BEARING_TOLERATED)
		rcs_words_why(t->out, rcs_quote_line, cell);
	(void)fputc('\n', t->out);
	print_diagnostics(t, cell);
	(void)fflush(t->out);
}

void rcs_tap_end(struct rcs_tap *t, const struct rcs_record_run *run)
{
	print_end(t, run);
	if (run->interrupted)
		(void)fputs("Bail out! interrupted\n", t->out);
	else
		print_plan(t);
	(void)fflush(t->out);
}

static void write_subtest(struct rcs_tap *all, const struct rcs_record_run *run)
{
	struct rcs_tap t = {.out = all->out, .indent = all->indent + 4};

	(void)fputs("# Subtest: ", all->out);
	print_machine(all, run);
	(void)fputc('\n', all->out);
	begin_points(&t, run);
	for (size_t i = 0; i < run->cells; i++)
		rcs_tap_cell(&t, &run->cell[i]);
	print_end(&t, run);
	if (run->interrupted) {
		open_point(&t, false);
		(void)fputs("the run was interrupted\n", t.out);
		t.failed = true;
	}
	print_plan(&t);
	open_point(all, !t.failed);
	rcs_words_machine(all->out, rcs_quote_tap, run->machine);
	if (run->file[0] != '\0') {
		(void)fputs(": ", all->out);
		rcs_quote_tap(all->out, run->machine->name);
	}
	(void)fputs(t.points == 0 ? " # SKIP there is no cell\n" : "\n", all->out);
}

static void write_horizons(const struct rcs_report *report, FILE *out)
{
	for (size_t i = 0; i < report->horizons; i++) {
		const struct rcs_record_horizon *h = report->horizon[i];

		(void)fputs("# horizon  ", out);
		rcs_words_machine(out, rcs_quote_line, h->machine);
		(void)fputs(": ", out);
		rcs_words_horizon(out, rcs_quote_line, h);
		(void)fputc('\n', out);
	}
}

static void write_refused(struct rcs_tap *t, const struct rcs_report *report)
{
	for (size_t i = 0; i < report->refused; i++) {
		open_point(t, false);
		rcs_quote_tap(t->out, report->refuse[i].file);
		(void)fputs(" is left out\n", t->out);
		indent(t, 2);
		(void)fputs("---\n", t->out);
		print_string(t, "file", report->refuse[i].file);
		print_string(t, "reason", report->refuse[i].why);
		indent(t, 2);
		(void)fputs("...\n", t->out);
	}
}

static int write_document(const struct rcs_document *document, FILE *out,
			  struct rcs_error *e)
{
	const struct rcs_report *report = document->report;
	struct rcs_tap t = {.out = out};

	(void)e;
	if (report->runs == 1 && report->refused == 0) {
		const struct rcs_record_run *run = report->run[0];

		rcs_tap_begin(&t, run);
		write_horizons(report, out);
		for (size_t i = 0; i < run->cells; i++)
			rcs_tap_cell(&t, &run->cell[i]);
		rcs_tap_end(&t, run);
		return 0;
	}
	(void)fputs("TAP version 14\n", out);
	write_horizons(report, out);
	for (size_t i = 0; i < report->runs; i++)
		write_subtest(&t, report->run[i]);
	write_refused(&t, report);
	print_plan(&t);
	return 0;
}

const struct rcs_format rcs_format_tap = {
	"tap", "TAP version 14: a test point for each cell, with YAML diagnostics",
	write_document};
