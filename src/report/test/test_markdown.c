/* SPDX-License-Identifier: BSD-2-Clause */
/* Markdown from made-up records: its tables, folds and fences, and how long it gets. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/formats.h"
#include "report/test/format_test.h"
#include "report/test/sample.h"

static void say_with(struct rcs_document document)
{
	size_t size;
	FILE *out;

	free(said);
	out = open_memstream(&said, &size);
	assert_non_null(out);
	document.report = &report;
	if (document.matrix == NULL)
		document.matrix = rcs_sample_matrix(&report);
	assert_int_equal(rcs_format_markdown.write(&document, out, NULL), 0);
	fclose(out);
}

static void say(int verbosity)
{
	say_with((struct rcs_document){.verbosity = verbosity});
}

static void add(const struct rcs_record_run *run)
{
	assert_int_equal(rcs_report_add_run(&report, run), 0);
}

/* Bars of a line that are not escaped. */
static int bars(const char *line)
{
	int count = 0;

	for (; *line != '\0' && *line != '\n'; line++) {
		if (*line == '\\' && line[1] != '\0' && line[1] != '\n')
			line++;
		else
			count += *line == '|';
	}
	return count;
}

static void a_report_begins_with_what_it_came_to(void **state)
{
	struct rcs_record_cell cell = rcs_sample_cell(RCS_HOLDS);
	struct rcs_record_run arm = rcs_sample_run(&cell, 1);

	(void)state;
	arm.machine = &rcs_sample_arm;
	arm.interrupted = true;
	add(rcs_sample_run_of_each());
	add(&arm);
	assert_int_equal(rcs_report_add_horizon(&report, rcs_sample_horizon()), 0);
	assert_int_equal(rcs_report_refuse(&report, "c.json", "it is cut short"), 0);
	say(0);
	assert_memory_equal(
		said, "## rcustress: FAULT\n\n11 cells in 2 runs on 2 kinds ", 51);
	assert_true(
		has(" of machine, 3.0 s, P(any missed) at most 2.9e-06, 1 file left "
		    "out, **interrupted**.\n"));
	assert_true(has("\n| barrier | 1: x86\\_64 | 2: aarch64 (emulated) |\n"
			"|---|---|---|\n"
			"| mprotect | **INCONCLUSIVE 1, HOLDS 1** | HOLDS |\n"));
	assert_true(has("\n| none | BROKEN (as a control must be) | not run |\n"));
	assert_true(has("\n| delay:500 | BROKEN (as expected) | not run |\n"));
	assert_true(has("\n| madvise | **HOLDS, 1 unexpected** | not run |\n"));
	assert_true(has("| **emulated** (qemu-aarch64) | 1 | 1 |\n"
			"\nUnder emulation, a verdict speaks of the emulator and "));
	assert_true(has("\n- file c.json: it is cut short\n"));
	assert_true(
		has(": stores were held back for 512 ns, on cores of one cache.\n"));
	assert_true(
		has("\n| mprotect | 900 ns / 2.5 ms | 1.7 us / 1.8 us | delay, absent "
		    "|\n| signal | 4.0 us / 5.0 us | not measured | none |\n"));
}

static void bad_news_is_not_folded(void **state)
{
	(void)state;
	add(rcs_sample_run_of_each());
	say(0);
	assert_true(
		has("\n<details open><summary>mprotect-untouched: BROKEN</summary>"));
	assert_true(has("\n<details open><summary>mprotect: INCONCLUSIVE 1, HOLDS 1"));
	assert_true(has("\n<details open><summary>madvise: HOLDS, 1 unexpected<"));
	assert_true(has("\n<details><summary>none: BROKEN (as a control must be)<"));
	assert_true(has("\n<details><summary>no barrier: ALLOWED 1, SKIPPED 1<"));
	assert_true(
		has("\n**INCONCLUSIVE**: MP+barrier+memb on 1: x86\\_64 (builder-1): "
		    "the control was hit in 3 of 20 rounds only\n"));
	assert_true(has("\nSKIPPED: HP+mbs on "));
	assert_true(has("; proviso: pages could not be locked\n"));
	assert_true(has("\n```text\n  witness: round 1, "));
}

static void all_rows_of_a_table_have_its_columns(void **state)
{
	struct rcs_record_cell cell = rcs_sample_cell(RCS_BROKEN);
	struct rcs_record_run run;
	int columns = 0, rows = 0;

	(void)state;
	cell.barrier = cell.test = cell.amplifier = cell.reason = rcs_sample_hostile;
	run = rcs_sample_run(&cell, 1);
	add(rcs_sample_run_of_each());
	add(&run);
	say(1);
	for (const char *line = said; line != NULL && *line != '\0';) {
		if (*line == '|') {
			columns = columns == 0 ? bars(line) : columns;
			assert_int_equal(bars(line), columns);
			rows++;
		} else {
			columns = 0;
		}
		line = strchr(line, '\n');
		line = line == NULL ? NULL : line + 1;
	}
	assert_true(rows > 20);
}

static void a_fence_is_longer_than_any_within(void **state)
{
	struct rcs_record_cell cell = rcs_sample_cell(RCS_BROKEN);
	struct rcs_record_run run = rcs_sample_run(&cell, 1);

	(void)state;
	cell.witness = "a `````\n```\nb";
	add(&run);
	say(0);
	assert_true(has("\n``````text\na `````\n```\nb\n``````\n"));
}

static void how_much_is_said_is_a_choice(void **state)
{
	(void)state;
	add(rcs_sample_run_of_each());
	say(-1);
	assert_true(has("\n| mprotect | **INCONCLUSIVE 1, HOLDS 1** |\n"));
	assert_false(has("<details"));
	assert_false(has("too long"));
	say(0);
	assert_false(has("heavy call"));
	say(1);
	assert_true(has("| 1.7 us / 1.8 us | 1.00 | 0.25 s |\n"));
}

static void changes_are_shown_those_for_the_worse_first(void **state)
{
	struct rcs_matrix_kind kind = {&rcs_sample_x86, 1, 1};
	struct rcs_matrix_entry held = {.cells = 1, .verdict = RCS_HOLDS};
	struct rcs_matrix_entry broken = {.cells = 1, .verdict = RCS_BROKEN};
	struct rcs_matrix_change list[] = {
		{"mprotect", "SB", &kind, &held, &broken, true},
		{"signal", "SB", &kind, NULL, &held, false},
	};
	struct rcs_matrix_changes changes = {2, list, 1, 40};
	struct rcs_matrix matrix = {.kinds = 1, .kind = &kind, .end = RCS_RUN_BROKEN};

	(void)state;
	held.count[RCS_HOLDS] = broken.count[RCS_BROKEN] = 1;
	say_with((struct rcs_document){.matrix = &matrix, .changes = &changes});
	assert_true(has(", 1 worse than the baseline.\n"));
	assert_true(has("\n1 worse, 1 changed otherwise, 40 the same.\n"));
	assert_true(
		has("\n| **worse** | mprotect | SB | 1: x86\\_64 | HOLDS | **BROKEN** "
		    "|\n|  | signal | SB | 1: x86\\_64 | not run | HOLDS |\n"));
}

/* So many times the same run. */
static void say_many(const struct rcs_record_run *run, size_t count)
{
	struct rcs_matrix matrix;

	report.runs = 0;
	add(run);
	matrix = *rcs_sample_matrix(&report);
	while (report.runs < count)
		add(run);
	say_with((struct rcs_document){.matrix = &matrix});
	assert_true(strlen(said) < 1000000);
}

static void a_long_report_is_cut_down_and_says_so(void **state)
{
	struct rcs_record_cell good = rcs_sample_cell(RCS_HOLDS);
	struct rcs_record_cell bad = rcs_sample_cell(RCS_BROKEN);
	struct rcs_record_cell both[] = {good, bad};
	struct rcs_record_run run = rcs_sample_run(both, 2);

	(void)state;
	run.command = "";
	say_many(&run, 100);
	assert_false(has("too long"));
	say_many(&run, 1600);
	assert_true(has("too long: only cells that did not pass are shown"));
	assert_true(has("```text\n"));
	assert_false(has("| HOLDS | subject"));
	say_many(&run, 6000);
	assert_true(has("too long: single cells are not shown"));
	assert_true(has("\n| mprotect | **BROKEN 1, HOLDS 1** |\n"));
	assert_false(has("<details"));
	/* Not even that. */
	for (int i = 0; i < 40000; i++)
		assert_int_equal(rcs_report_refuse(&report, "file", "it is cut short"),
				 0);
	say_many(&run, 6000);
	assert_true(has("\n- file file: it is cut short\n\nThis would be too long: it "
			"ends here.\n"));
}

static void nothing_at_all_is_no_table(void **state)
{
	(void)state;
	say(0);
	assert_true(has("0 cells in 0 runs on 0 kinds of machine, 0.0 s.\n"));
	assert_false(has("|"));
	assert_int_equal(rcs_report_add_horizon(&report, rcs_sample_horizon()), 0);
	say(0);
	assert_true(has("## rcustress: horizon\n\n### Horizon\n\nOn x86\\_64, "));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_report_begins_with_what_it_came_to,
						begin, end),
		cmocka_unit_test_setup_teardown(bad_news_is_not_folded, begin, end),
		cmocka_unit_test_setup_teardown(all_rows_of_a_table_have_its_columns,
						begin, end),
		cmocka_unit_test_setup_teardown(a_fence_is_longer_than_any_within,
						begin, end),
		cmocka_unit_test_setup_teardown(how_much_is_said_is_a_choice, begin,
						end),
		cmocka_unit_test_setup_teardown(
			changes_are_shown_those_for_the_worse_first, begin, end),
		cmocka_unit_test_setup_teardown(a_long_report_is_cut_down_and_says_so,
						begin, end),
		cmocka_unit_test_setup_teardown(nothing_at_all_is_no_table, begin, end),
	};

	return cmocka_run_group_tests_name("markdown", tests, NULL, NULL);
}
