/* SPDX-License-Identifier: BSD-2-Clause */
/* Test points in TAP, and what decides whether a cell passes, from made-up records. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/formats.h"
#include "report/tap.h"
#include "report/test/format_test.h"
#include "report/test/sample.h"
#include "report/words.h"

static void say(void)
{
	free(said);
	said = rcs_sample_written(&rcs_format_tap, &report);
}

/* One run of that cell alone. */
static void say_cell(struct rcs_record_cell cell, bool tolerated)
{
	struct rcs_record_run run = rcs_sample_run(&cell, 1);

	if (tolerated)
		rcs_sample_tolerate(&run);
	report.runs = 0;
	assert_int_equal(rcs_report_add_run(&report, &run), 0);
	say();
}

static void a_run_is_points_and_a_plan_at_the_end(void **state)
{
	(void)state;
	assert_int_equal(rcs_report_add_run(&report, rcs_sample_run_of_each()), 0);
	say();
	assert_memory_equal(said, "TAP version 14\n# machine  x86_64, ", 34);
	assert_true(
		has("\nok 1 - mprotect SB+barrier+memb\n  ---\n  verdict: HOLDS\n"));
	assert_true(has("\nnot ok 2 - mprotect MP+barrier+memb\n  ---\n"
			"  verdict: INCONCLUSIVE\n"));
	assert_true(has("\nnot ok 3 - mprotect-untouched SB+barrier+memb\n"));
	assert_true(has("\nok 4 - none SB+barrier+memb\n  ---\n  verdict: BROKEN\n"
			"  standing: \"as a control must be\"\n"));
	assert_true(has("\nok 5 - membarrier-rseq SB+barrier+memb\n"));
	assert_true(has("\nok 6 - HP+mbs # SKIP membarrier(2): Function not "
			"implemented\n"));
	assert_true(has("\nok 7 - SB\n"));
	assert_true(has("\nnot ok 8 - signal rcu asym\n"));
	assert_true(has("\nok 9 - delay:500 SB+barrier+memb\n"));
	assert_true(has("\nnot ok 10 - madvise SB+barrier+memb\n"));
	assert_true(has("\n  expected: [BROKEN, INCONCLUSIVE]\n"));
	assert_true(has("\n# FAULT: 10 cells in 1.5 s, P(any missed) at most 1.9e-06\n"
			"1..10\n"));
	assert_false(has("Bail out!"));
}

static void what_could_not_be_told_fails_unless_it_is_to_pass(void **state)
{
	struct rcs_record_cell cell = rcs_sample_cell(RCS_INCONCLUSIVE);

	(void)state;
	say_cell(cell, false);
	assert_true(has("\nnot ok 1 - mprotect SB+barrier+memb\n"));
	say_cell(cell, true);
	assert_true(
		has("\nnot ok 1 - mprotect SB+barrier+memb # TODO INCONCLUSIVE: the "
		    "control was hit in 3 of 20 rounds only\n"));
	/* A cell that was cut short is not tolerated. */
	cell.interrupted = true;
	say_cell(cell, true);
	assert_true(has("\nnot ok 1 - mprotect SB+barrier+memb\n"));
	assert_true(has("\n  interrupted: true\n"));
}

static void a_control_that_is_not_caught_could_not_tell(void **state)
{
	struct rcs_record_cell cell = rcs_sample_cell(RCS_HOLDS);

	(void)state;
	cell.standing.self_test = true;
	say_cell(cell, false);
	assert_true(has("\nnot ok 1 - "));
	assert_true(has("was not caught"));
	say_cell(cell, true);
	assert_true(has(" # TODO HOLDS: this control does nothing"));
}

/* What a cell bears upon agrees with what the run that it is alone in comes to. */
static void bearings_agree_with_the_exit_status(void **state)
{
	static const struct rcs_standing standings[] = {
		{0},
		{.self_test = true},
		{.unclaimed = true},
		{.expected = RCS_VERDICT_BIT(RCS_HOLDS)},
		{.expected = RCS_VERDICT_BIT(RCS_BROKEN)},
		{.expected = RCS_VERDICT_BIT(RCS_INCONCLUSIVE)},
		{.expected = RCS_VERDICT_BIT(RCS_SKIPPED)},
	};

	(void)state;
	for (int v = RCS_INCONCLUSIVE; v <= RCS_FAULT; v++)
		for (size_t s = 0; s < sizeof(standings) / sizeof(standings[0]); s++)
			for (int passes = 0; passes < 2; passes++) {
				struct rcs_outcome o = {(enum rcs_verdict)v,
							standings[s]};
				struct rcs_record_cell cell =
					rcs_sample_cell((enum rcs_verdict)v);
				enum rcs_exit status = rcs_exit_status(
					rcs_run_end(&o, 1, false), passes, false);
				enum rcs_bearing b;

				cell.standing = standings[s];
				b = rcs_words_bearing(&cell, passes);
				assert_int_equal(status == RCS_EXIT_FAULT,
						 b == RCS_BEARING_ERROR);
				assert_int_equal(status == RCS_EXIT_BROKEN,
						 b == RCS_BEARING_FAILED);
				assert_int_equal(status == RCS_EXIT_INCONCLUSIVE,
						 b == RCS_BEARING_INCONCLUSIVE);
			}
}

static void a_run_that_was_cut_short_bails_out(void **state)
{
	struct rcs_record_cell cell = rcs_sample_cell(RCS_HOLDS);
	struct rcs_record_run run = rcs_sample_run(&cell, 1);

	(void)state;
	run.interrupted = true;
	assert_int_equal(rcs_report_add_run(&report, &run), 0);
	say();
	assert_true(has("\nBail out! interrupted\n"));
	assert_false(has("\n1..1\n"));
	/* Among several, the others still count. */
	assert_int_equal(rcs_report_add_run(&report, &run), 0);
	say();
	assert_false(has("Bail out!"));
	assert_true(
		has("\n    not ok 2 - the run was interrupted\n    1..2\nnot ok 1 - "));
}

static void several_runs_are_subtests(void **state)
{
	struct rcs_record_cell good = rcs_sample_cell(RCS_HOLDS);
	struct rcs_record_cell bad = rcs_sample_cell(RCS_BROKEN);
	struct rcs_record_run a = rcs_sample_run(&good, 1), b = rcs_sample_run(&bad, 1);

	(void)state;
	a.file = "a#1.json";
	b.machine = &rcs_sample_arm;
	assert_int_equal(rcs_report_add_run(&report, &a), 0);
	assert_int_equal(rcs_report_add_run(&report, &b), 0);
	assert_int_equal(rcs_report_add_horizon(&report, rcs_sample_horizon()), 0);
	assert_int_equal(rcs_report_refuse(&report, "c.json", "it is cut short"), 0);
	say();
	assert_true(
		has("\n# horizon  x86_64, Linux 6.18.44, AMD EPYC (virtual): stores "
		    "were held back for 512 ns, on cores of one cache\n"));
	assert_true(has(
		"\n# Subtest: x86_64, Linux 6.18.44, AMD EPYC (virtual): builder-1\n"
		"    # machine  x86_64"));
	assert_true(has("\n    # file  a#1.json\n"));
	assert_true(has("\n    ok 1 - mprotect SB+barrier+memb\n      ---\n"
			"      verdict: HOLDS\n"));
	assert_true(has("\n    1..1\nok 1 - x86_64, Linux 6.18.44, AMD EPYC (virtual): "
			"builder-1\n"));
	assert_true(
		has("\n    1..1\nnot ok 2 - aarch64, Linux 6.1.0, 0xd0c (emulated)\n"));
	assert_true(has("\nnot ok 3 - c.json is left out\n  ---\n  file: \"c.json\"\n"
			"  reason: \"it is cut short\"\n  ...\n1..3\n"));
}

static void a_witness_is_a_literal_block_where_it_can_be(void **state)
{
	struct rcs_record_cell cell = rcs_sample_cell(RCS_BROKEN);

	(void)state;
	say_cell(cell, false);
	assert_true(has("\n  witness: |\n    witness: round 1, 26.6 us after the first "
			"round began\n      writer 0 on CPU 1: stored Y = 1\n"
			"      reader 0 on CPU 0: stored X = 2\n  seconds: "));
	cell.witness = "    deep\n  less\n";
	say_cell(cell, false);
	assert_true(has("\n  witness: \"    deep\\n  less\\n\"\n"));
	cell.witness = "first\n\n third";
	say_cell(cell, false);
	assert_true(has("\n  witness: |\n    first\n\n     third\n  seconds: "));
	cell.witness = "a\x1b"
		       "b\n";
	say_cell(cell, false);
	assert_true(has("\n  witness: \"a\\u001bb\\n\"\n"));
}

static void hostile_text_adds_no_line_of_its_own(void **state)
{
	struct rcs_record_cell cell = rcs_sample_cell(RCS_SKIPPED);

	(void)state;
	cell.barrier = cell.test = cell.reason = cell.witness = cell.proviso =
		rcs_sample_hostile;
	say_cell(cell, false);
	assert_false(has("\nok 7"));
	assert_false(has("\nnot ok 8"));
	assert_false(has("\n---"));
	assert_false(has("\n..."));
}

static void without_evidence_p_missed_is_one(void **state)
{
	struct rcs_record_cell cell = rcs_sample_cell(RCS_INCONCLUSIVE);

	(void)state;
	cell.p_missed = 1.0;
	say_cell(cell, false);
	assert_true(has(", P(missed) 1"));
	assert_false(has("P(missed) 1.0e+00"));
}

static void nothing_at_all_is_skipped(void **state)
{
	(void)state;
	say();
	assert_string_equal(said, "TAP version 14\n1..0 # SKIP there is no cell\n");
}

/* A live run, point by point, is what its record gives. */
static void a_live_run_prints_what_its_record_does(void **state)
{
	const struct rcs_record_run *run = rcs_sample_run_of_each();
	struct rcs_record_run begun = *run;
	struct rcs_tap tap = {0};
	char *live = NULL;
	size_t size;

	(void)state;
	begun.cells = 0;
	begun.cell = NULL;
	assert_int_equal(rcs_report_add_run(&report, run), 0);
	say();
	tap.out = open_memstream(&live, &size);
	assert_non_null(tap.out);
	rcs_tap_begin(&tap, &begun);
	for (size_t i = 0; i < run->cells; i++)
		rcs_tap_cell(&tap, &run->cell[i]);
	rcs_tap_end(&tap, run);
	fclose(tap.out);
	assert_string_equal(live, said);
	free(live);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_run_is_points_and_a_plan_at_the_end,
						begin, end),
		cmocka_unit_test_setup_teardown(
			what_could_not_be_told_fails_unless_it_is_to_pass, begin, end),
		cmocka_unit_test_setup_teardown(
			a_control_that_is_not_caught_could_not_tell, begin, end),
		cmocka_unit_test(bearings_agree_with_the_exit_status),
		cmocka_unit_test_setup_teardown(a_run_that_was_cut_short_bails_out,
						begin, end),
		cmocka_unit_test_setup_teardown(several_runs_are_subtests, begin, end),
		cmocka_unit_test_setup_teardown(
			a_witness_is_a_literal_block_where_it_can_be, begin, end),
		cmocka_unit_test_setup_teardown(hostile_text_adds_no_line_of_its_own,
						begin, end),
		cmocka_unit_test_setup_teardown(without_evidence_p_missed_is_one, begin,
						end),
		cmocka_unit_test_setup_teardown(nothing_at_all_is_skipped, begin, end),
		cmocka_unit_test_setup_teardown(a_live_run_prints_what_its_record_does,
						begin, end),
	};

	return cmocka_run_group_tests_name("tap", tests, NULL, NULL);
}
