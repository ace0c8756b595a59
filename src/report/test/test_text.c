/* SPDX-License-Identifier: BSD-2-Clause */
/* The lines of the report, from results that are made up. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/text.h"

static char said[8192];
static bool emulated;	/* whether it is said so */
static double p_missed; /* of cells */

/* What is printed about a cell of barrier "b" with this verdict, in said[]. */
static void say_cell(enum rcs_verdict verdict, struct rcs_standing standing,
		     int verbosity)
{
	static struct rcs_plan plan = {.barrier = "b",
				       .test = "SB+barrier+memb",
				       .judged = true,
				       .has_heavy = true};
	struct rcs_result result = {
		.filled = true, .verdict = verdict, .p_missed = p_missed};
	struct rcs_text text = {.verbosity = verbosity, .emulated = emulated};

	memset(said, 0, sizeof(said));
	text.out = fmemopen(said, sizeof(said), "w");
	assert_non_null(text.out);
	result.subject.rounds = 1;
	rcs_text_cell(&text, &plan, &result, &standing);
	fclose(text.out);
}

/* The last line, of a run of two cells. */
static void say_end(enum rcs_run_end end, size_t holding, double p_any_missed,
		    bool interrupted)
{
	struct rcs_text text = {.verbosity = 0, .emulated = emulated};
	struct rcs_text_end run = {
		.end = end,
		.interrupted = interrupted,
		.cells = 2,
		.elapsed_ns = 10200000000,
		.holding = {holding, p_any_missed},
	};

	memset(said, 0, sizeof(said));
	text.out = fmemopen(said, sizeof(said), "w");
	assert_non_null(text.out);
	rcs_text_footer(&text, &run);
	fclose(text.out);
}

static bool begins(const char *start)
{
	return strncmp(said, start, strlen(start)) == 0;
}

static void a_verdict_speaks_for_itself(void **state)
{
	(void)state;
	say_cell(RCS_HOLDS, (struct rcs_standing){0}, 0);
	assert_true(begins("HOLDS  b  SB+barrier+memb  subject "));
	assert_null(strstr(said, "note:"));
	say_cell(RCS_BROKEN, (struct rcs_standing){0}, 0);
	assert_true(begins("BROKEN  b  "));
}

static void without_evidence_p_missed_is_one(void **state)
{
	(void)state;
	p_missed = 1.0;
	say_cell(RCS_INCONCLUSIVE, (struct rcs_standing){0}, 0);
	assert_non_null(strstr(said, ", P(missed) 1\n"));
	p_missed = 0.5;
	say_cell(RCS_INCONCLUSIVE, (struct rcs_standing){0}, 0);
	assert_non_null(strstr(said, ", P(missed) 5.0e-01\n"));
	p_missed = 0.0;
}

static void a_control_that_is_caught_is_good_news(void **state)
{
	(void)state;
	say_cell(RCS_BROKEN, (struct rcs_standing){.self_test = true}, 0);
	assert_true(begins("BROKEN (as a control must be)  b  "));
	assert_null(strstr(said, "not caught"));
	say_cell(RCS_HOLDS, (struct rcs_standing){.self_test = true}, 0);
	assert_true(begins("HOLDS  b  "));
	assert_non_null(
		strstr(said, "\n  this control does nothing and was not caught"));
}

static void a_pass_that_nobody_claims_is_marked(void **state)
{
	(void)state;
	say_cell(RCS_HOLDS, (struct rcs_standing){.unclaimed = true}, 0);
	assert_true(begins("HOLDS (not claimed here)  b  "));
	assert_non_null(strstr(said, "\n  note: nothing says that this orders memory"));
	/* Verdicts only: the mark is one, the note is not. */
	say_cell(RCS_HOLDS, (struct rcs_standing){.unclaimed = true}, -1);
	assert_true(begins("HOLDS (not claimed here)  b  "));
	assert_null(strstr(said, "note:"));
}

static void what_nobody_claims_is_broken_like_any_other(void **state)
{
	(void)state;
	say_cell(RCS_BROKEN, (struct rcs_standing){.unclaimed = true}, 0);
	assert_true(begins("BROKEN  b  "));
	assert_null(strstr(said, "note:"));
}

#define EXPECTING(v1, v2)                                                              \
	((struct rcs_standing){.expected = RCS_VERDICT_BIT(v1) | RCS_VERDICT_BIT(v2)})

static void an_expected_verdict_says_so(void **state)
{
	struct rcs_standing both = EXPECTING(RCS_HOLDS, RCS_HOLDS);

	(void)state;
	say_cell(RCS_BROKEN, EXPECTING(RCS_BROKEN, RCS_SKIPPED), 0);
	assert_true(begins("BROKEN (as expected)  b  "));
	assert_null(strstr(said, "was expected"));
	say_cell(RCS_SKIPPED, EXPECTING(RCS_BROKEN, RCS_SKIPPED), 0);
	assert_true(begins("SKIPPED (as expected)  b  "));
	both.unclaimed = true;
	say_cell(RCS_HOLDS, both, 0);
	assert_true(begins("HOLDS (as expected, not claimed here)  b  "));
}

static void an_unexpected_verdict_says_what_was_expected(void **state)
{
	(void)state;
	say_cell(RCS_HOLDS, EXPECTING(RCS_INCONCLUSIVE, RCS_BROKEN), 0);
	assert_true(begins("HOLDS  b  "));
	assert_non_null(strstr(
		said, "\n  BROKEN or INCONCLUSIVE was expected, and not this\n"));
	say_cell(RCS_INCONCLUSIVE, EXPECTING(RCS_HOLDS, RCS_HOLDS), 0);
	assert_true(begins("INCONCLUSIVE  b  "));
	assert_non_null(
		strstr(said, "\n  HOLDS was expected, and this could not tell\n"));
	/* Verdicts only: without it, one could not see why the run failed. */
	say_cell(RCS_FAULT, EXPECTING(RCS_HOLDS, RCS_HOLDS), -1);
	assert_true(begins("FAULT  b  "));
	assert_non_null(strstr(said, "\n  HOLDS was expected, and not this\n"));
}

static void the_last_line_bounds_what_may_have_been_missed(void **state)
{
	(void)state;
	say_end(RCS_RUN_HOLDS, 2, 0x1p-18, false);
	assert_string_equal(
		said, "HOLDS: 2 cells in 10.2 s, P(any missed) at most 3.8e-06\n");
	/* Some barrier may hold in a run that as a whole does not. */
	say_end(RCS_RUN_INCONCLUSIVE, 1, 0x1p-20, true);
	assert_string_equal(said, "INCONCLUSIVE: 2 cells in 10.2 s, P(any missed) at "
				  "most 9.5e-07, interrupted\n");
	say_end(RCS_RUN_BROKEN, 0, 0.0, false);
	assert_string_equal(said, "BROKEN: 2 cells in 10.2 s\n");
	say_end(RCS_RUN_UNEXPECTED, 0, 0.0, false);
	assert_string_equal(said, "UNEXPECTED: 2 cells in 10.2 s\n");
}

static void say_header(const struct rcs_machine *machine)
{
	struct rcs_text text = {.verbosity = 0};
	struct rcs_text_run run = {.machine = machine, .cpus = "0-1", .topology = ""};

	memset(said, 0, sizeof(said));
	text.out = fmemopen(said, sizeof(said), "w");
	assert_non_null(text.out);
	rcs_text_header(&text, &run);
	fclose(text.out);
}

static void an_emulator_is_named_and_its_verdicts_are_marked(void **state)
{
	struct rcs_machine machine = {.arch = "s390x", .emulator = "qemu-s390x"};

	(void)state;
	say_header(&machine);
	assert_null(strstr(said, "emulat"));
	machine.emulated = true;
	say_header(&machine);
	assert_non_null(strstr(said, "\n         under emulation by qemu-s390x: "));
	assert_non_null(strstr(said, "\n         no s390x CPU is tested, "));
	emulated = true;
	say_cell(RCS_HOLDS, (struct rcs_standing){0}, 0);
	assert_true(begins("HOLDS (emulated)  b  "));
	say_cell(RCS_BROKEN, EXPECTING(RCS_BROKEN, RCS_SKIPPED), -1);
	assert_true(begins("BROKEN (as expected) (emulated)  b  "));
	say_end(RCS_RUN_INCONCLUSIVE, 0, 0.0, false);
	assert_string_equal(said, "INCONCLUSIVE (emulated): 2 cells in 10.2 s\n");
	emulated = false;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_verdict_speaks_for_itself),
		cmocka_unit_test(without_evidence_p_missed_is_one),
		cmocka_unit_test(a_control_that_is_caught_is_good_news),
		cmocka_unit_test(a_pass_that_nobody_claims_is_marked),
		cmocka_unit_test(what_nobody_claims_is_broken_like_any_other),
		cmocka_unit_test(an_expected_verdict_says_so),
		cmocka_unit_test(an_unexpected_verdict_says_what_was_expected),
		cmocka_unit_test(the_last_line_bounds_what_may_have_been_missed),
		cmocka_unit_test(an_emulator_is_named_and_its_verdicts_are_marked),
	};

	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
