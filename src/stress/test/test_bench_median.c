/* SPDX-License-Identifier: BSD-2-Clause */
/* Medians of rounds, and of the ratios of rounds. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "stress/bench/median.h"

static void the_median_is_in_the_middle_and_moves_nothing(void **state)
{
	const double odd[] = {9, 1, 5}, even[] = {8, 1, 2, 4};

	(void)state;
	assert_true(rcs_bench_median(odd, 3) == 5.0);
	assert_true(odd[0] == 9.0 && odd[1] == 1.0 && odd[2] == 5.0);
	assert_true(rcs_bench_median(even, 4) == 3.0);
	assert_true(rcs_bench_median(odd, 1) == 9.0);
	assert_true(rcs_bench_median(odd, 0) == 0.0);
	assert_true(rcs_bench_least(even, 4) == 1.0);
	assert_true(rcs_bench_least(even, 0) == 0.0);
}

static void a_round_that_is_slow_for_both_is_no_difference(void **state)
{
	const double value[] = {2, 20, 2, 200, 6}, base[] = {1, 10, 1, 100, 1};

	(void)state;
	assert_true(rcs_bench_median_ratio(value, base, 5) == 2.0);
	assert_true(rcs_bench_median_ratio(value, base, 0) == 0.0);
}

static void a_round_without_a_base_is_left_out(void **state)
{
	const double value[] = {7, 4, 4}, base[] = {0, 2, 1}, none[] = {0, 0, 0};

	(void)state;
	assert_true(rcs_bench_median_ratio(value, base, 3) == 3.0);
	assert_true(rcs_bench_median_ratio(value, none, 3) == 0.0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_median_is_in_the_middle_and_moves_nothing),
		cmocka_unit_test(a_round_that_is_slow_for_both_is_no_difference),
		cmocka_unit_test(a_round_without_a_base_is_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
