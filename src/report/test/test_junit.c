/* SPDX-License-Identifier: BSD-2-Clause */
/* JUnit's XML from made-up records; that it parses, ci/formats.bats has xmllint say. */
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

static void say(void)
{
	free(said);
	said = rcs_sample_written(&rcs_format_junit, &report);
}

/* What the case of that name holds begins so. */
static bool case_begins(const char *barrier, const char *test, const char *start)
{
	char head[200];
	const char *at;

	(void)snprintf(
		head, sizeof(head),
		"<testcase classname=\"rcustress.%s\" name=\"%s\" time=\"0.250\">\n   ",
		barrier, test);
	at = strstr(said, head);
	return at != NULL && strncmp(at + strlen(head), start, strlen(start)) == 0;
}

static void a_case_is_what_its_cell_is(void **state)
{
	(void)state;
	assert_int_equal(rcs_report_add_run(&report, rcs_sample_run_of_each()), 0);
	say();
	assert_true(case_begins("mprotect", "SB+barrier+memb",
				"<system-out>HOLDS  mprotect SB+barrier+memb  subject "
				"0/600, control 200/610 (twin delay), "));
	assert_true(
		case_begins("mprotect", "MP+barrier+memb",
			    "<failure type=\"INCONCLUSIVE\" message=\"INCONCLUSIVE: "
			    "the control was hit in 3 of 20 rounds only\">"));
	assert_true(
		case_begins("mprotect-untouched", "SB+barrier+memb",
			    "<failure type=\"BROKEN\" message=\"BROKEN: a reader "));
	assert_true(case_begins("none", "SB+barrier+memb",
				"<system-out>BROKEN (as a control must be)  none "));
	assert_true(case_begins("membarrier-rseq", "SB+barrier+memb",
				"<system-out>HOLDS (not claimed here)  "));
	assert_true(
		case_begins("no-barrier", "HP+mbs",
			    "<skipped message=\"SKIPPED: membarrier(2): Function not "
			    "implemented\"/>"));
	assert_true(case_begins("no-barrier", "SB",
				"<system-out>ALLOWED  SB  subject 0/600, 0 "
				"hits/s at "));
	assert_true(case_begins("signal", "rcu asym",
				"<error type=\"FAULT\" message=\"FAULT: the process "));
	assert_true(case_begins("delay:500", "SB+barrier+memb",
				"<system-out>BROKEN (as expected)  delay:500 "));
	assert_true(
		case_begins("madvise", "SB+barrier+memb",
			    "<failure type=\"UNEXPECTED\" message=\"HOLDS: BROKEN or "
			    "INCONCLUSIVE was expected, and not this\">"));
	assert_true(has("\n    writer 0 on CPU 1: stored Y = 1\n"));
	assert_true(has("proviso: pages could not be locked\n"));
}

static void suites_add_up(void **state)
{
	struct rcs_record_cell cell = rcs_sample_cell(RCS_HOLDS);
	struct rcs_record_run cut = rcs_sample_run(&cell, 1);

	(void)state;
	cut.machine = &rcs_sample_arm;
	cut.file = "old/cut.json";
	cut.interrupted = true;
	assert_int_equal(rcs_report_add_run(&report, rcs_sample_run_of_each()), 0);
	assert_int_equal(rcs_report_add_run(&report, &cut), 0);
	assert_int_equal(rcs_report_refuse(&report, "c.json", "it is cut short"), 0);
	say();
	assert_true(has("<testsuites name=\"rcustress\" tests=\"13\" failures=\"3\" "
			"errors=\"3\" skipped=\"1\" time=\"3.000\">"));
	assert_true(has("<testsuite name=\"x86_64, Linux 6.18.44, AMD EPYC (virtual)\" "
			"hostname=\"builder-1\" timestamp=\"2026-11-23T11:31:32Z\" "
			"tests=\"10\" failures=\"3\" errors=\"1\" skipped=\"1\" "
			"time=\"1.500\">"));
	assert_true(has("<testsuite name=\"aarch64, Linux 6.1.0, 0xd0c (emulated): "
			"builder-2\" hostname=\"builder-2\" "));
	assert_true(has("<property name=\"file\" value=\"old/cut.json\"/>"));
	assert_false(has("cut.json\" hostname="));
	assert_true(has("<error type=\"INTERRUPTED\" "));
	assert_true(has(
		"<testcase classname=\"rcustress.files\" name=\"c.json\" time=\"0\">\n"
		"   <error type=\"REFUSED\" message=\"it is cut short\"/>"));
}

static void what_could_not_be_told_is_skipped_if_it_is_to_pass(void **state)
{
	struct rcs_record_cell cells[2] = {rcs_sample_cell(RCS_INCONCLUSIVE),
					   rcs_sample_cell(RCS_HOLDS)};
	struct rcs_record_run run;

	(void)state;
	cells[1].standing.self_test = true;
	run = rcs_sample_run(cells, 2);
	rcs_sample_tolerate(&run);
	assert_int_equal(rcs_report_add_run(&report, &run), 0);
	say();
	assert_true(has("<skipped message=\"INCONCLUSIVE: the control was hit in 3 of "
			"20 rounds only\"/>"));
	assert_true(has("<skipped message=\"INCONCLUSIVE: HOLDS: this control does "
			"nothing"));
	assert_true(has(" tests=\"2\" failures=\"0\" errors=\"0\" skipped=\"2\" "));
}

static void facts_and_options_are_properties(void **state)
{
	(void)state;
	assert_int_equal(rcs_report_add_run(&report, rcs_sample_run_of_each()), 0);
	say();
	assert_true(has("<property name=\"machine.hypervisor\" value=\"KVM\"/>"));
	assert_true(has("<property name=\"machine.cpu-quota\" value=\"1.50\"/>"));
	assert_true(has("<property name=\"machine.memory\" value=\"8589934592\"/>"));
	assert_true(has("<property name=\"mitigation.spectre_v2\" value=\"Mitigation: "
			"Retpolines\"/>"));
	assert_true(has("<property name=\"option.p-missed\" value=\"1e-06\"/>"));
	assert_true(has("<property name=\"seed\" value=\"42\"/>"));
	assert_false(has("machine.emulator\""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_case_is_what_its_cell_is, begin, end),
		cmocka_unit_test_setup_teardown(suites_add_up, begin, end),
		cmocka_unit_test_setup_teardown(
			what_could_not_be_told_is_skipped_if_it_is_to_pass, begin, end),
		cmocka_unit_test_setup_teardown(facts_and_options_are_properties, begin,
						end),
	};

	return cmocka_run_group_tests_name("junit", tests, NULL, NULL);
}
