/* SPDX-License-Identifier: BSD-2-Clause */
/* The merged report as text, of runs that are made up. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>

#include "report/formats.h"
#include "report/test/test_matrix_records.h"

static struct rcs_report report, baseline;
static struct rcs_machine *a; /* a machine of a kind that does not matter */
static char *said;

static int begin(void **state)
{
	(void)state;
	report = (struct rcs_report){.pool = rcs_pool_create()};
	baseline = (struct rcs_report){.pool = rcs_pool_create()};
	if (report.pool == NULL || baseline.pool == NULL)
		return -1;
	a = made_machine(&report, "node7", "CPU", "Linux 6.1");
	return setenv("COLUMNS", "80", 1);
}

static int end(void **state)
{
	(void)state;
	rcs_report_release(&report);
	rcs_report_release(&baseline);
	rcs_pool_destroy(report.pool);
	rcs_pool_destroy(baseline.pool);
	free(said);
	said = NULL;
	return 0;
}

/* What is said of the report, as the format writes it. */
static void say(int verbosity, bool colored)
{
	struct rcs_document d = {
		.report = &report,
		.matrix = rcs_matrix_of(&report),
		.colored = colored,
		.verbosity = verbosity,
	};
	struct rcs_error e;
	size_t size;
	FILE *out;

	if (baseline.runs > 0)
		d.changes = rcs_matrix_changes_of(report.pool, rcs_matrix_of(&baseline),
						  d.matrix);
	free(said);
	out = open_memstream(&said, &size);
	assert_non_null(out);
	assert_int_equal(rcs_format_text.write(&d, out, &e), 0);
	assert_int_equal(fclose(out), 0);
}

static void has(const char *text)
{
	if (strstr(said, text) == NULL)
		fail_msg("not said: %s\nbut: %s", text, said);
}

static void lacks(const char *text)
{
	if (strstr(said, text) != NULL)
		fail_msg("said: %s\nin: %s", text, said);
}

static struct rcs_record_cell *add(const char *barrier, const char *test,
				   enum rcs_verdict verdict)
{
	struct rcs_record_run *run = made_single(&report, a, barrier, test, verdict);

	/* The test owns what it has made up. */
	return (struct rcs_record_cell *)run->cell;
}

static void a_table_has_a_column_for_each_kind(void **state)
{
	(void)state;
	(void)add("mprotect", "SB", RCS_HOLDS);
	(void)add("membarrier", "SB", RCS_SKIPPED);
	(void)made_single(&report, made_machine(&report, "n", "CPU", "Linux 6.10"),
			  "mprotect", "SB", RCS_BROKEN);
	say(0, false);
	has("barrier     x86_64             x86_64\n"
	    "            CPU                CPU\n"
	    "            Linux 6.1          Linux 6.10\n"
	    "            1 machine, 2 runs  1 machine, 1 run\n"
	    "mprotect    HOLDS              BROKEN\n"
	    "membarrier  SKIPPED            .\n"
	    "\n"
	    ". not run there\n");
	lacks("kinds of machines");
}

static void columns_have_numbers_where_names_are_too_long(void **state)
{
	char kernel[64];

	(void)state;
	for (int i = 0; i < 3; i++) {
		(void)snprintf(kernel, sizeof(kernel),
			       "Linux 6.%d with a name that is long", i);
		(void)made_single(&report, made_machine(&report, "n", "CPU", kernel),
				  "b", "t", i == 1 ? RCS_BROKEN : RCS_HOLDS);
	}
	say(0, false);
	has("kinds of machines\n"
	    "   1  x86_64, Linux 6.0 with a name that is long, CPU: 1 machine, 1 "
	    "run\n");
	has("   3  x86_64, Linux 6.2 with");
	has("barrier  1      2       3\n"
	    "b        HOLDS  BROKEN  HOLDS\n");
}

/* Of the lines of the table. */
static size_t longest_line(void)
{
	size_t longest = 0;

	for (const char *at = said; *at != '\0'; at += at[0] == '\n') {
		size_t length = strcspn(at, "\n");

		if (at[0] == 'b' && length > longest)
			longest = length;
		at += length;
	}
	return longest;
}

static void a_table_is_no_wider_than_the_terminal(void **state)
{
	(void)state;
	for (int i = 0; i < 40; i++) {
		char kernel[16];

		(void)snprintf(kernel, sizeof(kernel), "Linux 6.%d", i);
		(void)made_single(&report, made_machine(&report, "n", "CPU", kernel),
				  "b", "t", RCS_HOLDS);
	}
	say(0, false);
	assert_in_range(longest_line(), 70, 80);
	has("barrier  1      2      3 ");
	has(" 40\nb        HOLDS");
	(void)setenv("COLUMNS", "50", 1);
	say(0, false);
	assert_in_range(longest_line(), 44, 50);
	has("barrier  1      2      3      4      5      6\n");
	has("barrier  7");
}

static void tests_are_folded_unless_it_is_verbose(void **state)
{
	(void)state;
	(void)add("b", "SB", RCS_HOLDS);
	(void)add("b", "MP", RCS_ALLOWED);
	say(0, false);
	has("\nb        HOLDS\n");
	lacks("SB");
	say(1, false);
	has("\nb        HOLDS\n  SB     HOLDS\n  MP     ALLOWED\n");
}

static void cells_say_how_many_and_how_they_are_taken(void **state)
{
	(void)state;
	(void)add("few", "t", RCS_BROKEN);
	(void)add("few", "t", RCS_HOLDS);
	add("known", "t", RCS_BROKEN)->standing.expected = RCS_VERDICT_BIT(RCS_BROKEN);
	add("none", "t", RCS_BROKEN)->standing.self_test = true;
	add("missed", "t", RCS_HOLDS)->standing.self_test = true;
	add("other", "t", RCS_HOLDS)->standing.expected = RCS_VERDICT_BIT(RCS_BROKEN);
	add("lucky", "t", RCS_HOLDS)->standing.unclaimed = true;
	say(0, false);
	has("few      BROKEN 1/2\n");
	has("known    BROKEN*\nnone     BROKEN*\nmissed   HOLDS!\nother    HOLDS!\n"
	    "lucky    HOLDS~\n");
	has("* as expected, or as a control must be\n"
	    "! not as expected, or a control that was not caught\n"
	    "~ not claimed there\n");
}

static void what_speaks_against_a_run_is_listed(void **state)
{
	struct rcs_record_cell *broken = add("b", "SB", RCS_BROKEN);
	struct rcs_record_cell *known = add("k", "SB", RCS_BROKEN);

	(void)state;
	((struct rcs_record_run *)report.run[0])->file = "fleet/7.json";
	broken->reason = "both missed it";
	broken->witness = "  witness: round 1\n    writer 0\n";
	known->standing.expected = RCS_VERDICT_BIT(RCS_BROKEN);
	known->reason = "known";
	(void)add("b", "SB", RCS_HOLDS);
	add("b", "MP", RCS_INCONCLUSIVE)->reason = "too slow";
	say(0, false);
	has("BROKEN  b  SB  on node7, 2026-11-23T11:31:32Z\n"
	    "  x86_64, Linux 6.1, CPU: fleet/7.json\n"
	    "  why: both missed it\n"
	    "  witness: round 1\n"
	    "    writer 0\n"
	    "  one of 2 cells there: BROKEN 1, HOLDS 1\n"
	    "INCONCLUSIVE  b  MP  on node7,");
	has("  why: too slow\n");
	lacks("why: known");
	say(1, false);
	has("BROKEN  k  SB  on node7,");
	has("  why: known\n");
	lacks("HOLDS  b");
}

static void quiet_leaves_the_table_and_reasons_out(void **state)
{
	(void)state;
	add("b", "SB", RCS_BROKEN)->reason = "both missed it";
	say(-1, false);
	assert_ptr_equal(strstr(said, "BROKEN  b  SB  on node7, "), said);
	lacks("why:");
	lacks("barrier");
	has("\nBROKEN: 1 cell of 1 run on 1 machine of 1 kind\n");
}

static void the_last_line_says_what_all_comes_to(void **state)
{
	(void)state;
	(void)add("b", "SB", RCS_HOLDS);
	(void)add("c", "SB", RCS_HOLDS);
	say(0, false);
	has("\nHOLDS: 2 cells of 2 runs on 1 machine of 1 kind, P(any missed) at most "
	    "1.9e-06\n");
	((struct rcs_record_run *)report.run[0])->interrupted = true;
	assert_int_equal(rcs_report_refuse(&report, "x.json", "cut short"), 0);
	say(0, false);
	has("not read: x.json: cut short\n");
	has("\nINCONCLUSIVE: 2 cells of 2 runs on 1 machine of 1 kind, P(any missed) "
	    "at "
	    "most 1.9e-06, interrupted, 1 file not read\n");
}

static void changes_are_listed(void **state)
{
	(void)state;
	(void)add("b", "SB", RCS_BROKEN);
	(void)add("b", "MP", RCS_HOLDS);
	(void)add("b", "LB", RCS_HOLDS);
	(void)add("new", "SB", RCS_HOLDS);
	(void)made_single(&baseline, a, "b", "SB", RCS_HOLDS);
	(void)made_single(&baseline, a, "b", "MP", RCS_INCONCLUSIVE);
	(void)made_single(&baseline, a, "b", "LB", RCS_HOLDS);
	say(0, false);
	has("against the baseline: 1 worse, 2 other changes, 1 the same\n"
	    "  worse: HOLDS -> BROKEN  b  SB  on x86_64, Linux 6.1, CPU\n"
	    "  INCONCLUSIVE -> HOLDS  b  MP  on x86_64, Linux 6.1, CPU\n"
	    "  and 1 run in one of the two only, which are not worse\n"
	    "BROKEN: ");
	has(", 1 worse than the baseline\n");
	say(1, false);
	has("  not run -> HOLDS  new  SB  on ");
	say(-1, false);
	has("  worse: HOLDS -> BROKEN  b  SB");
	lacks("MP");
}

static void emulated_machines_are_marked(void **state)
{
	(void)state;
	a->emulated = true;
	(void)snprintf(a->emulator, sizeof(a->emulator), "qemu-x86_64");
	(void)add("b", "SB", RCS_BROKEN);
	say(0, false);
	has("         under qemu-x86_64\n");
	has("  x86_64, Linux 6.1, CPU, under qemu-x86_64\n");
}

static void colours_follow_what_a_verdict_comes_to(void **state)
{
	(void)state;
	(void)add("b", "SB", RCS_BROKEN);
	add("k", "SB", RCS_BROKEN)->standing.expected = RCS_VERDICT_BIT(RCS_BROKEN);
	say(0, false);
	lacks("\033");
	say(0, true);
	has("b        \033[1;31mBROKEN\033[0m\n");
	has("k        \033[1;32mBROKEN\033[0m*\n");
	has("\033[1;31mBROKEN\033[0m: 2 cells");
}

static void terminals_are_given_nothing_to_obey(void **state)
{
	(void)state;
	(void)snprintf(a->cpu, sizeof(a->cpu), "C\033[2JU");
	add("b\033[1m", "S\nB", RCS_BROKEN)->reason = "r\033[5m\177";
	say(1, false);
	lacks("\033");
	lacks("\177");
	lacks("S\n");
	has("C [2JU");
	has("why: r [5m \n");
}

static void nothing_run_is_said(void **state)
{
	struct rcs_record_horizon horizon = {.machine = a, .pair = "one core"};

	(void)state;
	say(0, false);
	assert_string_equal(said, "no runs\n");
	assert_int_equal(rcs_report_add_horizon(&report, &horizon), 0);
	say(-1, false);
	assert_string_equal(said, "no runs; 1 horizon\n");
	assert_int_equal(rcs_report_add_horizon(&report, &horizon), 0);
	assert_int_equal(rcs_report_refuse(&report, "c.json", "cut short"), 0);
	say(-1, false);
	has("\nno runs; 2 horizons, 1 file not read\n");
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(a_table_has_a_column_for_each_kind),
		EACH(columns_have_numbers_where_names_are_too_long),
		EACH(a_table_is_no_wider_than_the_terminal),
		EACH(tests_are_folded_unless_it_is_verbose),
		EACH(cells_say_how_many_and_how_they_are_taken),
		EACH(what_speaks_against_a_run_is_listed),
		EACH(quiet_leaves_the_table_and_reasons_out),
		EACH(the_last_line_says_what_all_comes_to),
		EACH(changes_are_listed),
		EACH(emulated_machines_are_marked),
		EACH(colours_follow_what_a_verdict_comes_to),
		EACH(terminals_are_given_nothing_to_obey),
		EACH(nothing_run_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
