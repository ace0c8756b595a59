/* SPDX-License-Identifier: BSD-2-Clause */
/* CPU lists, the table of interrupts, the clock, and filling memory. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "host/clock.h"
#include "host/cpus.h"
#include "host/interrupts.h"
#include "host/memory.h"

static void cpu_lists_are_read_and_written_alike(void **state)
{
	static const char *const cases[][2] = {
		{"0", "0"},	      {"0-3,8", "0-3,8"}, {"8,0-3", "0-3,8"},
		{"1,1,2,2-2", "1-2"}, {"4095", "4095"},	  {"0,2,4", "0,2,4"},
	};
	struct rcs_cpus cpus;
	struct rcs_error e;
	char text[64];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(rcs_cpus_parse(cases[i][0], &cpus, &e), 0);
		rcs_cpus_print(&cpus, text, sizeof(text));
		assert_string_equal(text, cases[i][1]);
	}
}

static void malformed_cpu_lists_are_refused(void **state)
{
	static const char *const cases[] = {
		"",   "a",    "1,",  ",1",   "1-",     "3-1",
		"-1", "1--2", "1 2", "4096", "0-4096", "99999999999999999999"};
	struct rcs_cpus cpus;
	struct rcs_error e;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(rcs_cpus_parse(cases[i], &cpus, &e), -1);
		assert_int_equal(e.kind, RCS_ERROR_USAGE);
	}
}

static void parse_interrupts(const char *text, struct rcs_interrupts *now, int expected)
{
	FILE *file = fmemopen((void *)(uintptr_t)text, strlen(text), "r");
	struct rcs_error e;

	assert_non_null(file);
	assert_int_equal(rcs_interrupts_parse(file, now, &e), expected);
	if (expected != 0)
		assert_int_equal(e.kind, RCS_ERROR_UNSUPPORTED);
	fclose(file);
}

static void x86_interrupts_are_not_counted_twice(void **state)
{
	static struct rcs_interrupts before, after;

	(void)state;
	/* CPU 1 is offline: it has no column. */
	parse_interrupts("           CPU0       CPU2       \n"
			 "  1:         99         99   IO-APIC   1-edge      i8042\n"
			 "LOC:       1000       2000   Local timer interrupts\n"
			 "CAL:        100        200   Function call interrupts\n"
			 "TLB:         10         20   TLB shootdowns\n"
			 "ERR:          0\n",
			 &before, 0);
	parse_interrupts("           CPU0       CPU2       \n"
			 "CAL:        101        230   Function call interrupts\n"
			 "TLB:         10         50   TLB shootdowns\n",
			 &after, 0);
	assert_string_equal(before.rows, "CAL TLB");
	assert_int_equal(rcs_interrupts_between(&before, &after, 0), 1);
	assert_int_equal(rcs_interrupts_between(&before, &after, 1), 0);
	assert_int_equal(rcs_interrupts_between(&before, &after, 2), 30);
}

static void counts_of_interrupts_may_wrap_and_vanish(void **state)
{
	static struct rcs_interrupts before, after;

	(void)state;
	parse_interrupts("           CPU0       CPU1       \n"
			 "CAL: 4294967290         50   Function call interrupts\n",
			 &before, 0);
	parse_interrupts("           CPU0       \n"
			 "CAL:          4   Function call interrupts\n",
			 &after, 0);
	assert_int_equal(rcs_interrupts_between(&before, &after, 0), 10);
	assert_int_equal(rcs_interrupts_between(&before, &after, 1), 0);
}

static void arm64_interrupts_are_told_by_their_description(void **state)
{
	static struct rcs_interrupts now;

	(void)state;
	parse_interrupts("           CPU0       CPU1       \n"
			 "IPI0:        11         12       Rescheduling interrupts\n"
			 "IPI1:        21         22       Function call interrupts\n"
			 "IPI2:         0          0       CPU stop interrupts\n",
			 &now, 0);
	assert_string_equal(now.rows, "IPI1");
	assert_int_equal(now.call[1], 22);
}

static void tables_without_such_rows_are_refused(void **state)
{
	static struct rcs_interrupts now;

	(void)state;
	parse_interrupts("           CPU0\n  1:  5  timer\n", &now, -1);
	parse_interrupts("garbage\n", &now, -1);
	parse_interrupts("CPU99999999\nCAL: 1 Function call interrupts\n", &now, -1);
}

static void a_spin_takes_the_time_it_was_given(void **state)
{
	uint64_t cycles = rcs_cycles_from_ns(3000000);
	uint64_t begun_ns = rcs_clock_ns();

	(void)state;
	rcs_spin_until(rcs_cycles() + cycles);
	/* A lower bound holds on a busy machine too; 5 % for the measured rate. */
	assert_true(rcs_clock_ns() - begun_ns >= 2850000);
	assert_in_range(rcs_cycles_to_ns(cycles), 2999000, 3001000);
}

/* Says stop when it has been asked so many times. */
static bool patience(void *times)
{
	return (*(int *)times)-- == 0;
}

static void filling_memory_can_be_stopped_and_taken_up_again(void **state)
{
	const size_t size = ((size_t)200 << 20) + 4096;
	struct rcs_error e;
	char *pages = rcs_memory_pages(size, "a test", &e);
	int times = 2;
	size_t filled;

	(void)state;
	assert_non_null(pages);
	filled = rcs_memory_fill(pages, 0, size, patience, &times);
	assert_in_range(filled, 1, size - 1);
	times = 0;
	assert_int_equal(rcs_memory_fill(pages, filled, size, patience, &times),
			 filled);
	times = 1000;
	assert_int_equal(rcs_memory_fill(pages, filled, size, patience, &times), size);
	rcs_memory_release(pages, size);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cpu_lists_are_read_and_written_alike),
		cmocka_unit_test(malformed_cpu_lists_are_refused),
		cmocka_unit_test(x86_interrupts_are_not_counted_twice),
		cmocka_unit_test(counts_of_interrupts_may_wrap_and_vanish),
		cmocka_unit_test(arm64_interrupts_are_told_by_their_description),
		cmocka_unit_test(tables_without_such_rows_are_refused),
		cmocka_unit_test(a_spin_takes_the_time_it_was_given),
		cmocka_unit_test(filling_memory_can_be_stopped_and_taken_up_again),
	};

	return cmocka_run_group_tests_name("host", tests, NULL, NULL);
}
