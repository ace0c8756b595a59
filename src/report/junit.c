/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * XML as JUnit's reports are, which CI services show. There is no standard; written is
 * what they have in common (ci/junit.rng): a suite for each run, a case for each cell.
 *
 * BROKEN, and what was not expected, is a failure; FAULT an error; SKIPPED skipped.
 * What could not be told is a failure whose type says so, or skipped where it is to
 * pass. A run that was cut short, and a file that is left out, is a case with an error.
 */
#include <inttypes.h>
#include <string.h>

#include "report/format.h"
#include "report/formats.h"
#include "report/words.h"

/* What the attributes of a suite add up. */
struct tally {
	size_t tests, failures, errors, skipped;
	uint64_t elapsed_ns;
};

static struct tally tally_of(const struct rcs_record_run *run)
{
	bool passes = rcs_words_inconclusive_passes(run);
	struct tally t = {.tests = run->cells, .elapsed_ns = run->elapsed_ns};

	for (size_t i = 0; i < run->cells; i++) {
		switch (rcs_words_bearing(&run->cell[i], passes)) {
		case RCS_BEARING_PASSED:
			break;
		case RCS_BEARING_SKIPPED:
		case RCS_BEARING_TOLERATED:
			t.skipped++;
			break;
		case RCS_BEARING_INCONCLUSIVE:
		case RCS_BEARING_FAILED:
			t.failures++;
			break;
		case RCS_BEARING_ERROR:
			t.errors++;
			break;
		}
	}
	t.tests += run->interrupted;
	t.errors += run->interrupted;
	return t;
}

static void add(struct tally *all, const struct tally *one)
{
	all->tests += one->tests;
	all->failures += one->failures;
	all->errors += one->errors;
	all->skipped += one->skipped;
	all->elapsed_ns += one->elapsed_ns;
}

static void print_tally(FILE *out, const struct tally *t)
{
	(void)fprintf(out,
		      " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\" "
		      "time=\"%.3f\"",
		      t->tests, t->failures, t->errors, t->skipped,
		      (double)t->elapsed_ns * 1e-9);
}

static void print_attribute(FILE *out, const char *name, const char *value)
{
	(void)fprintf(out, " %s=\"", name);
	rcs_quote_attribute(out, value);
	(void)fputc('"', out);
}

static void print_property(FILE *out, const char *prefix, const char *name,
			   const char *value)
{
	if (value[0] == '\0')
		return;
	(void)fprintf(out, "   <property name=\"%s", prefix);
	rcs_quote_attribute(out, name);
	(void)fputc('"', out);
	print_attribute(out, "value", value);
	(void)fputs("/>\n", out);
}

static void print_machine(FILE *out, const struct rcs_machine *m)
{
	char number[32];

	print_property(out, "machine.", "arch", m->arch);
	print_property(out, "machine.", "kernel", m->kernel);
	print_property(out, "machine.", "build", m->build);
	print_property(out, "machine.", "command-line", m->command_line);
	print_property(out, "machine.", "cpu", m->cpu);
	print_property(out, "machine.", "microcode", m->microcode);
	print_property(out, "machine.", "virtual", m->virtual ? "yes" : "no");
	print_property(out, "machine.", "hypervisor", m->hypervisor);
	print_property(out, "machine.", "emulated", m->emulated ? "yes" : "no");
	print_property(out, "machine.", "emulator", m->emulator);
	print_property(out, "machine.", "container", m->container);
	print_property(out, "machine.", "cpus-online", m->cpus_online);
	print_property(out, "machine.", "cpus-allowed", m->cpus_allowed);
	if (m->cpu_quota > 0) {
		(void)snprintf(number, sizeof(number), "%.2f", m->cpu_quota);
		print_property(out, "machine.", "cpu-quota", number);
	}
	if (m->memory_bytes > 0) {
		(void)snprintf(number, sizeof(number), "%" PRIu64, m->memory_bytes);
		print_property(out, "machine.", "memory", number);
	}
	for (uint32_t i = 0; i < m->mitigation_count; i++)
		print_property(out, "mitigation.", m->mitigation[i].name,
			       m->mitigation[i].state);
}

static void print_properties(FILE *out, const struct rcs_record_run *run)
{
	char seed[24];

	(void)snprintf(seed, sizeof(seed), "%" PRIu64, run->seed);
	(void)fputs("  <properties>\n", out);
	print_property(out, "", "version", run->version);
	print_property(out, "", "command", run->command);
	print_property(out, "", "file", run->file);
	print_property(out, "", "seed", seed);
	print_property(out, "", "cpus", run->cpus);
	print_property(out, "", "topology", run->topology);
	print_machine(out, run->machine);
	for (size_t i = 0; i < run->options; i++)
		print_property(out, "option.", run->option[i].name,
			       run->option[i].value);
	(void)fputs("  </properties>\n", out);
}

/* The verdict with its mark, and why. */
static void print_message(FILE *out, const struct rcs_record_cell *cell)
{
	const char *mark = rcs_words_mark(cell);

	(void)fputs(rcs_verdict_name(cell->verdict), out);
	if (mark[0] != '\0')
		(void)fprintf(out, " (%s)", mark);
	if (rcs_words_has_why(cell)) {
		(void)fputs(": ", out);
		rcs_words_why(out, rcs_quote_attribute, cell);
	}
}

/* All of it, for those who look closer. */
static void print_text(FILE *out, const struct rcs_record_run *run,
		       const struct rcs_record_cell *cell)
{
	const char *mark = rcs_words_mark(cell);

	(void)fputs(rcs_verdict_name(cell->verdict), out);
	if (mark[0] != '\0')
		(void)fprintf(out, " (%s)", mark);
	(void)fputs("  ", out);
	rcs_words_name(out, rcs_quote_xml, cell);
	if (cell->interrupted)
		(void)fputs("  (partial: interrupted)", out);
	if (cell->subject.rounds > 0) {
		(void)fputs("  ", out);
		rcs_words_counts(out, rcs_quote_xml, cell);
	}
	if (rcs_words_has_why(cell)) {
		(void)fputs("\n  why: ", out);
		rcs_words_why(out, rcs_quote_xml, cell);
	}
	(void)fputc('\n', out);
	rcs_quote_xml(out, cell->witness);
	if (cell->proviso[0] != '\0') {
		(void)fputs("  proviso: ", out);
		rcs_quote_xml(out, cell->proviso);
		(void)fputc('\n', out);
	}
	(void)fputs("  on ", out);
	rcs_words_machine(out, rcs_quote_xml, run->machine);
	(void)fputc('\n', out);
}

static void print_problem(FILE *out, const char *element, const char *type,
			  const struct rcs_record_run *run,
			  const struct rcs_record_cell *cell)
{
	(void)fprintf(out, "   <%s type=\"%s\" message=\"", element, type);
	print_message(out, cell);
	(void)fputs("\">", out);
	print_text(out, run, cell);
	(void)fprintf(out, "</%s>\n", element);
}

/* Skipped elements have no text in some readers, so that goes where all take it. */
static void print_skipped(FILE *out, const struct rcs_record_cell *cell,
			  enum rcs_bearing bearing)
{
	(void)fputs("   <skipped message=\"", out);
	/* A control that was not caught has a verdict of another name. */
	if (bearing == RCS_BEARING_TOLERATED && cell->verdict != RCS_INCONCLUSIVE)
		(void)fputs("INCONCLUSIVE: ", out);
	print_message(out, cell);
	(void)fputs("\"/>\n", out);
}

/* With a dot: what has none, some services file under a root of their own. */
static void print_class(FILE *out, const char *barrier)
{
	(void)fputs(" classname=\"rcustress.", out);
	if (strcmp(barrier, "-") == 0)
		(void)fputs("no-barrier", out);
	else
		rcs_quote_attribute(out, barrier);
	(void)fputc('"', out);
}

static void write_cell(FILE *out, const struct rcs_record_run *run,
		       const struct rcs_record_cell *cell)
{
	enum rcs_bearing bearing =
		rcs_words_bearing(cell, rcs_words_inconclusive_passes(run));

	(void)fputs("  <testcase", out);
	print_class(out, cell->barrier);
	print_attribute(out, "name", cell->test);
	(void)fprintf(out, " time=\"%.3f\">\n", (double)cell->elapsed_ns * 1e-9);
	switch (bearing) {
	case RCS_BEARING_ERROR:
		print_problem(out, "error", "FAULT", run, cell);
		break;
	case RCS_BEARING_FAILED:
		print_problem(out, "failure",
			      cell->verdict == RCS_BROKEN ? "BROKEN" : "UNEXPECTED",
			      run, cell);
		break;
	case RCS_BEARING_INCONCLUSIVE:
		print_problem(out, "failure", "INCONCLUSIVE", run, cell);
		break;
	case RCS_BEARING_SKIPPED:
	case RCS_BEARING_TOLERATED:
		print_skipped(out, cell, bearing);
		/* fall through */
	case RCS_BEARING_PASSED:
		(void)fputs("   <system-out>", out);
		print_text(out, run, cell);
		(void)fputs("</system-out>\n", out);
		break;
	}
	(void)fputs("  </testcase>\n", out);
}

/*
 * Of a run that was read from a file the name ends in the machine's: who keeps a
 * history finds it again wherever the file is, which is a property.
 */
static void write_run(FILE *out, const struct rcs_record_run *run)
{
	struct tally t = tally_of(run);

	(void)fputs(" <testsuite name=\"", out);
	rcs_words_machine(out, rcs_quote_attribute, run->machine);
	if (run->file[0] != '\0') {
		(void)fputs(": ", out);
		rcs_quote_attribute(out, run->machine->name);
	}
	(void)fputc('"', out);
	print_attribute(out, "hostname", run->machine->name);
	print_attribute(out, "timestamp", run->begun);
	print_tally(out, &t);
	(void)fputs(">\n", out);
	print_properties(out, run);
	for (size_t i = 0; i < run->cells; i++)
		write_cell(out, run, &run->cell[i]);
	if (run->interrupted)
		(void)fputs("  <testcase classname=\"rcustress.run\" name=\"the whole "
			    "run\" "
			    "time=\"0\">\n   <error type=\"INTERRUPTED\" "
			    "message=\"the run was interrupted\"/>\n  </testcase>\n",
			    out);
	(void)fputs("  <system-out>", out);
	rcs_words_end(out, run);
	(void)fputs("</system-out>\n </testsuite>\n", out);
}

static void write_refused(FILE *out, const struct rcs_report *report)
{
	struct tally t = {.tests = report->refused, .errors = report->refused};

	if (report->refused == 0)
		return;
	(void)fputs(" <testsuite name=\"files that are left out\"", out);
	print_tally(out, &t);
	(void)fputs(">\n", out);
	for (size_t i = 0; i < report->refused; i++) {
		(void)fputs("  <testcase classname=\"rcustress.files\"", out);
		print_attribute(out, "name", report->refuse[i].file);
		(void)fputs(" time=\"0\">\n   <error type=\"REFUSED\"", out);
		print_attribute(out, "message", report->refuse[i].why);
		(void)fputs("/>\n  </testcase>\n", out);
	}
	(void)fputs(" </testsuite>\n", out);
}

/* No test, so these are a note within the file. */
static void write_horizons(FILE *out, const struct rcs_report *report)
{
	struct tally none = {0};

	if (report->horizons == 0)
		return;
	(void)fputs(" <testsuite name=\"horizons\"", out);
	print_tally(out, &none);
	(void)fputs(">\n  <system-out>", out);
	for (size_t i = 0; i < report->horizons; i++) {
		rcs_words_machine(out, rcs_quote_xml, report->horizon[i]->machine);
		(void)fputs(": ", out);
		rcs_words_horizon(out, rcs_quote_xml, report->horizon[i]);
		(void)fputc('\n', out);
	}
	(void)fputs("</system-out>\n </testsuite>\n", out);
}

static int write_document(const struct rcs_document *document, FILE *out,
			  struct rcs_error *e)
{
	const struct rcs_report *report = document->report;
	struct tally all = {.tests = report->refused, .errors = report->refused};

	(void)e;
	for (size_t i = 0; i < report->runs; i++) {
		struct tally one = tally_of(report->run[i]);

		add(&all, &one);
	}
	(void)fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		    "<testsuites name=\"rcustress\"",
		    out);
	print_tally(out, &all);
	(void)fputs(">\n", out);
	for (size_t i = 0; i < report->runs; i++)
		write_run(out, report->run[i]);
	write_horizons(out, report);
	write_refused(out, report);
	(void)fputs("</testsuites>\n", out);
	return 0;
}

const struct rcs_format rcs_format_junit = {
	"junit", "XML as JUnit's, for CI services: a case for each cell",
	write_document};
