/* SPDX-License-Identifier: BSD-2-Clause */
/* Pages from reports that are made up: that they are whole, harmless and bounded. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "report/formats.h"
#include "report/html/parts.h"
#include "report/html/style.h"
#include "sample_html.h"

#define DEPTH_MAX 64

static char *page;
static size_t size;

/* Into page[], and ends the sample. */
static void write_page(struct sample *s)
{
	struct rcs_error e = {0};
	FILE *out;

	free(page);
	out = open_memstream(&page, &size);
	assert_non_null(out);
	assert_int_equal(rcs_format_html.write(&s->document, out, &e), 0);
	assert_int_equal(fclose(out), 0);
	sample_free(s);
}

static bool says(const char *text)
{
	return strstr(page, text) != NULL;
}

static size_t times(const char *text)
{
	size_t count = 0;

	for (const char *c = strstr(page, text); c != NULL; c = strstr(c + 1, text))
		count++;
	return count;
}

/* Those that are never closed. */
static bool is_void(const char *name)
{
	return strcmp(name, "meta") == 0 || strcmp(name, "!DOCTYPE") == 0;
}

/* Each link of the list at the top is to an id that is there, once. */
static size_t links_of_the_worst(void)
{
	const char *at = strstr(page, "<ul class=worst>");
	const char *end = at != NULL ? strstr(at, "</ul>") : NULL;
	size_t count = 0;

	while (at != NULL && (at = strstr(at, "href=\"#c")) != NULL && at < end) {
		size_t run, cell;
		char id[64];

		assert_int_equal(sscanf(at, "href=\"#c%zu-%zu\"", &run, &cell), 2);
		(void)snprintf(id, sizeof(id), "<div id=c%zu-%zu>", run, cell);
		assert_int_equal(times(id), 1);
		count++;
		at++;
	}
	return count;
}

/* Past a tag, in which what is in quotes means nothing; whether it closes itself. */
static const char *past_tag(const char *c, bool *closed)
{
	bool quoted = false;

	for (; quoted || *c != '>'; c++) {
		assert_true(*c != '\0');
		quoted ^= *c == '"';
	}
	*closed = c[-1] == '/';
	return c + 1;
}

/* Each element is closed where it should be, and all text is text. */
static void assert_whole(void)
{
	char open[DEPTH_MAX][16];
	int depth = 0;

	for (const char *c = page; *c != '\0';) {
		char name[16] = "";
		bool closes, closed;
		size_t n = 0;

		assert_true(isprint((unsigned char)*c) || *c == '\n' ||
			    (unsigned char)*c >= 0x80 || *c == '\t');
		if (*c++ != '<')
			continue;
		closes = *c == '/';
		c += closes;
		while (n + 1 < sizeof(name) &&
		       (isalnum((unsigned char)*c) || *c == '!'))
			name[n++] = *c++;
		assert_true(n > 0);
		c = past_tag(c, &closed);
		if (closes) {
			assert_true(depth > 0);
			assert_string_equal(name, open[--depth]);
		} else if (!closed && !is_void(name)) {
			assert_true(depth < DEPTH_MAX);
			memcpy(open[depth++], name, sizeof(name));
		}
	}
	assert_int_equal(depth, 0);
}

static void assert_no_script(void)
{
	assert_false(says("<script"));
	assert_false(says(" style="));
	assert_false(says(" on"
			  "click"));
	assert_false(says("<link"));
	assert_false(says("<img"));
	assert_false(says(" src="));
	assert_false(says("url("));
	assert_false(says("http"
			  "://"));
	assert_false(says("https:"));
}

static void a_page_is_whole_and_asks_for_nothing(void **state)
{
	struct sample s;

	(void)state;
	sample_one(&s);
	write_page(&s);
	assert_whole();
	assert_no_script();
	assert_true(says("default-src 'none'; style-src 'sha256-"));
	assert_true(says(rcs_html_style_hash));
	assert_true(says(rcs_html_style));
	assert_true(says("<html lang=\"en\">"));
	assert_true(says("width=device-width"));
	assert_int_equal(times("<h1>"), 1);
}

static void the_same_report_makes_the_same_page(void **state)
{
	struct sample s;
	char *first;

	(void)state;
	sample_one(&s);
	write_page(&s);
	first = page;
	page = NULL;
	sample_one(&s);
	write_page(&s);
	assert_string_equal(page, first);
	free(first);
}

static void a_page_has_what_the_report_has(void **state)
{
	struct sample s;
	char counts[96];

	(void)state;
	sample_one(&s);
	(void)snprintf(counts, sizeof(counts), "<td class=num>276 of %d,%03d</td>",
		       (int)(s.report.run[0]->cell[6].subject.exposed / 1000),
		       (int)(s.report.run[0]->cell[6].subject.exposed % 1000));
	write_page(&s);
	assert_true(says(counts));
	assert_true(says("29 cells in 1 run on 1 machine"));
	assert_true(says("P(any missed)</dt><dd>at most 1.1e-05, of 12 cells"));
	assert_true(says("2026-11-23 11:31:32 UTC"));
	assert_true(says("<dt>Seed</dt><dd>4048546332</dd>"));
	assert_true(says("<code>rcustress --barrier all --output html=report.html"));
	assert_true(says("untrained return thunk"));
	assert_true(says("<dt>p-missed</dt><dd>1e-06</dd>"));
	assert_true(says("horizon 63.1 µs</text>"));
	assert_true(says("\n  writer 0 on CPU 1: stored Y = 1;"));
	assert_true(says("<b class=\"verdict broken calm\">BROKEN</b>"));
	assert_false(says("class=emulated"));
	assert_false(says("id=changes"));
	assert_false(says("id=refused"));
	/* A plot of latency, one of the horizon, rounds of each cell that was run. */
	assert_int_equal(times("<svg class=plot"), 2 + 27);
	assert_int_equal(times("<details class=cell>"), 29);
	assert_int_equal(times("0:r0=x; 0:r1=x; 0:r2=1;"), 6 + 1);
}

static void every_fact_of_a_machine_is_there(void **state)
{
	static const char *const facts[] = {
		"Name</dt><dd>ci-0",
		"Architecture</dt><dd>x86_64",
		"CPU</dt><dd>AMD EPYC 9B14 96-Core Processor",
		"Microcode</dt><dd>0xa10113e",
		"Kernel</dt><dd>Linux 6.18.44",
		"Build</dt><dd>#1 SMP PREEMPT_DYNAMIC Debian",
		"Kernel command line</dt><dd>BOOT_IMAGE=/vmlinuz",
		"Hypervisor</dt><dd>KVM",
		"Emulator</dt><dd>none seen",
		"Container</dt><dd>docker",
		"CPUs online</dt><dd>0-7",
		"CPUs allowed</dt><dd>0-1",
		"CPU quota</dt><dd>2 CPUs",
		"Memory</dt><dd>16.0 GiB",
		"seccomp</dt><dd>filter",
		"TLB shootdowns</dt><dd>by interrupt",
		"Mitigations <span class=brief>3<",
		"meltdown</dt><dd>Not affected",
	};
	struct sample s;

	(void)state;
	sample_one(&s);
	write_page(&s);
	for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++)
		assert_true(says(facts[i]));
}

/* A row each, as the sample has them. */
static void tables_have_the_numbers_of_their_plots(void **state)
{
	struct sample s;

	(void)state;
	sample_one(&s);
	write_page(&s);
	assert_true(says("<th scope=row>control delay</th><td class=num>200</td>"
			 "<td class=num>58</td><td class=num>9,810</td>"
			 "<td class=num>9,700</td><td class=num>1,657</td>"
			 "<td class=num>17.1 %</td><td class=num>2.90 s</td>"));
	assert_true(says("</span><small>4 HOLDS, 2 ALLOWED</small>"
			 "<small>P(any missed) 3.8e-06</small>"
			 "<small>sensitivity at least one in 67</small>"));
	assert_true(says("<th scope=row class=name>0:r0=x; 0:r1=x; 0:r2=0;</th>"
			 "<td></td><td class=num>51,511</td>"));
	assert_true(says("<td class=num>70,663</td>"));
	assert_true(says("<th scope=row>signal</th><td>exposed</td>"
			 "<td class=num>4,000</td><td class=num>21.2 µs</td>"));
	assert_true(says("<th scope=row class=num>39.8 µs</th><td class=num>200</td>"
			 "<td class=num>0.2 %</td><td class=num>16 of 20</td>"
			 "<td>stream-split x8</td>"));
	assert_true(says("<th scope=row>membarrier-global</th><td class=num>1.2 ms</td>"
			 "<td class=num>9.2 ms</td><td>none</td>"));
	assert_true(says("<th scope=row>stamp</th><td class=num>48</td>"
			 "<td class=num>912</td><td class=num>0</td>"));
	assert_true(says("<th scope=row class=num>1-13</th>"));
	assert_int_equal(times("<dt><b class=\"verdict "), 6);
}

static void names_of_files_and_tests_may_be_anything(void **state)
{
	struct sample s;

	(void)state;
	sample_many(&s, 4, 3, true);
	write_page(&s);
	assert_whole();
	assert_no_script();
	assert_true(says("&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;&quot;&#39;"));
	assert_true(says("<strong>Incomplete.</strong> 4 files are not"));
	assert_true(says("1 for the worse, 1 other, 26 the same"));
	assert_true(says("<strong>Under emulation.</strong>"));
	assert_true(says("on 1 of 3 kinds of machine"));
	assert_true(says("emulated: qemu-riscv64"));
	assert_true(says("rcustress horizon --output json=h.json"));
}

static void ten_thousand_runs_make_no_larger_a_page(void **state)
{
	struct sample s;

	(void)state;
	sample_many(&s, 10000, 200, false);
	write_page(&s);
	assert_whole();
	assert_in_range(size, 100000, 4000000);
	assert_int_equal(times("<th scope=col class=kind>"), RCS_HTML_KINDS_MAX);
	assert_true(says("64 of 200 kinds of machine are shown"));
	assert_true(says("the first 300 of 10,000"));
	assert_true(says("290,000 cells are more than this page shows"));
	assert_true(says("the first 300 are named"));
	assert_int_equal(times("<details class=cell>"), RCS_HTML_WORST_MAX);
	/* Controls that were caught are none of the worst. */
	assert_null(strstr(strstr(page, "<h3>Worst cells"), "as a control must be"));
}

static void a_run_of_29_cells_is_below_a_megabyte(void **state)
{
	struct sample s;

	(void)state;
	sample_one(&s);
	write_page(&s);
	assert_in_range(size, 100000, 1000000);
}

static void the_gravest_columns_and_rows_stay(void **state)
{
	struct sample s;
	struct rcs_matrix_entry *entry;
	const struct rcs_matrix_row *last;

	(void)state;
	sample_many(&s, 400, 200, false);
	last = &s.document.matrix->row[s.document.matrix->rows - 1];
	entry = (struct rcs_matrix_entry *)&last->test[0].entry[150];
	entry->verdict = RCS_FAULT;
	entry = (struct rcs_matrix_entry *)&last->entry[150];
	entry->verdict = RCS_FAULT;
	write_page(&s);
	assert_true(says("<span class=number>machine 151</span>"));
	assert_true(says("<td class=num>151</td><td><b class=\"verdict fault\">"));
	assert_true(says("those with the gravest verdicts are shown, at most 3000"));
	assert_true(times("<tr><th scope=row>") < 3000 + 300 + 300 + 2000);
}

static void of_many_cells_only_the_worst_are_told(void **state)
{
	struct sample s;

	(void)state;
	sample_many(&s, 12, 3, false);
	write_page(&s);
	assert_true(says("348 cells are more than this page shows one by one"));
	/* Of each run four that are BROKEN and four that are INCONCLUSIVE. */
	assert_int_equal(times("<details class=cell>"), 12 * 8);
	assert_int_equal(times("<article id=run-"), 12);
	assert_true(says("<dt>File</dt><dd>run-1.json</dd>"));
	assert_int_equal(links_of_the_worst(), 5);
}

/* As many runs of one cell each, of this verdict. */
static void write_cells(enum rcs_verdict verdict, const char *reason, size_t count)
{
	struct rcs_record_cell cell;
	struct rcs_record_run run;
	struct sample s;

	sample_one(&s);
	cell = s.report.run[0]->cell[0];
	run = *s.report.run[0];
	cell.verdict = verdict;
	cell.standing = (struct rcs_standing){0};
	cell.reason = reason;
	cell.barrier = "membarrier";
	run.cells = 1;
	run.cell = &cell;
	s.report.runs = 0;
	for (size_t i = 0; i < count; i++)
		assert_int_equal(rcs_report_add_run(&s.report, &run), 0);
	s.document.matrix = sample_matrix(&s.report);
	write_page(&s);
	assert_whole();
}

static void what_speaks_against_a_run_is_open_and_at_the_top(void **state)
{
	(void)state;
	write_cells(RCS_HOLDS, "", 1);
	assert_false(says("<ul class=worst>"));
	assert_false(says("<details open><summary><span class=name>membarrier<"));
	assert_true(says("<details><summary><span class=name>membarrier<"));
	write_cells(RCS_INCONCLUSIVE, "the control is <rare>", 2);
	assert_true(says("<details open><summary><span class=name>membarrier<"));
	assert_true(says("</a> the control is &lt;rare&gt; <span class=brief>on "));
	assert_int_equal(links_of_the_worst(), 2);
	assert_false(says("These are the gravest of"));
	write_cells(RCS_FAULT, "", 7);
	assert_int_equal(links_of_the_worst(), 5);
	assert_true(says("These are the gravest of 7 cells that speak against the "
			 "runs."));
	write_cells(RCS_BROKEN, "", 20);
	assert_int_equal(links_of_the_worst(), 5);
}

static void a_report_of_nothing_is_a_page(void **state)
{
	struct sample s;

	(void)state;
	sample_many(&s, 1, 1, false);
	s.report.runs = s.report.refused = 0;
	s.document.changes = NULL;
	s.document.matrix = sample_matrix(&s.report);
	write_page(&s);
	assert_whole();
	assert_true(says("0 cells in 0 runs on 0 machines"));
	assert_true(says("<p>No cell was run.</p>"));
	assert_true(says("SKIPPED"));
}

static void a_horizon_may_stand_alone(void **state)
{
	struct sample s;

	(void)state;
	sample_one(&s);
	s.report.runs = 0;
	s.document.matrix = sample_matrix(&s.report);
	write_page(&s);
	assert_whole();
	assert_true(says("<title>Horizon - rcustress</title>"));
	assert_true(says("<h1>Horizon "));
	assert_true(says("2026-11-23 11:40:02 UTC</time>"));
	assert_true(says("horizon 63.1 µs</text>"));
	assert_false(says("id=verdicts"));
	assert_false(says("id=runs"));
}

/* Whatever was never measured. */
static void empty_the_first_cell(struct sample *s)
{
	struct rcs_record_cell *cell = (struct rcs_record_cell *)s->report.run[0]->cell;
	struct rcs_result *r = (struct rcs_result *)cell->detail->result;
	struct rcs_record_detail *d = (struct rcs_record_detail *)cell->detail;
	struct rcs_round_entry *e = (struct rcs_round_entry *)d->round;

	d->rounds = 1;
	d->rounds_left_out = 0;
	e[0].exposed = e[0].hits = 0;
	memset(&r->exposed, 0, sizeof(r->exposed));
	memset(&r->amplified, 0, sizeof(r->amplified));
	/* As older records have them: two quantiles only. */
	memset(r->alone.at_ns, 0, sizeof(r->alone.at_ns));
	r->mechanism.readable = false;
	cell->interrupts = -1.0;
}

static void what_was_not_measured_is_not_drawn(void **state)
{
	struct sample s;
	struct rcs_record_horizon *h;

	(void)state;
	sample_one(&s);
	empty_the_first_cell(&s);
	h = (struct rcs_record_horizon *)s.report.horizon[0];
	for (size_t i = 0; i < h->curve.count; i++)
		h->curve.point[i].exposed = h->curve.point[i].rounds = 0;
	h->costs = 0;
	write_page(&s);
	assert_whole();
	assert_true(says("No delay was hit in half of its rounds"));
	assert_true(says("<dt>Interrupts</dt><dd>not readable: CAL, TLB</dd>"));
	assert_false(says(" 0 of 0 exposed calls hit"));
	assert_int_equal(times(" r=3.5 />"), 1);
	assert_false(says("nan"));
	assert_false(says("=inf"));
	assert_false(says(" inf"));
}

static int end(void **state)
{
	(void)state;
	free(page);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_page_is_whole_and_asks_for_nothing),
		cmocka_unit_test(the_same_report_makes_the_same_page),
		cmocka_unit_test(a_page_has_what_the_report_has),
		cmocka_unit_test(every_fact_of_a_machine_is_there),
		cmocka_unit_test(tables_have_the_numbers_of_their_plots),
		cmocka_unit_test(names_of_files_and_tests_may_be_anything),
		cmocka_unit_test(ten_thousand_runs_make_no_larger_a_page),
		cmocka_unit_test(a_run_of_29_cells_is_below_a_megabyte),
		cmocka_unit_test(the_gravest_columns_and_rows_stay),
		cmocka_unit_test(of_many_cells_only_the_worst_are_told),
		cmocka_unit_test(what_speaks_against_a_run_is_open_and_at_the_top),
		cmocka_unit_test(a_report_of_nothing_is_a_page),
		cmocka_unit_test(a_horizon_may_stand_alone),
		cmocka_unit_test(what_was_not_measured_is_not_drawn),
	};

	return cmocka_run_group_tests_name("html", tests, NULL, end);
}
