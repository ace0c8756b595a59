/* SPDX-License-Identifier: BSD-2-Clause */
/* The lower bound on the control's rate, and what follows for rare failures. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "host/random.h"
#include "verdict/sensitivity.h"

static struct rcs_power power;

static void one_round_bounds_nothing(void **state)
{
	(void)state;
	memset(&power, 0, sizeof(power));
	rcs_power_add(&power, 100, 100, 1);
	assert_true(rcs_power_lower_bound(&power) == 0.0);
}

static void equal_rounds_lose_only_the_band(void **state)
{
	double band = sqrt(log(20.0) / 40.0);

	(void)state;
	memset(&power, 0, sizeof(power));
	for (int i = 0; i < 20; i++)
		rcs_power_add(&power, 50, 100, 1);
	assert_true(fabs(rcs_power_lower_bound(&power) - 20 * 0.5 * (1.0 - band)) <
		    1e-9);
}

static void one_lucky_round_counts_for_nothing(void **state)
{
	(void)state;
	memset(&power, 0, sizeof(power));
	for (int i = 0; i < 20; i++)
		rcs_power_add(&power, i == 7 ? 100 : 0, 100, 1);
	assert_true(rcs_power_lower_bound(&power) == 0.0);
}

/* Rounds that are hit at 0.8 in one of four and hardly ever otherwise. */
static void the_bound_is_below_the_mean_19_times_in_20(void **state)
{
	struct rcs_random r = rcs_random_stream(7, 7);
	const double mean = 0.25 * 0.8 + 0.75 * 0.001;
	int above = 0;

	(void)state;
	for (int run = 0; run < 20000; run++) {
		memset(&power, 0, offsetof(struct rcs_power, hits));
		for (int i = 0; i < 20; i++)
			rcs_power_add(&power, rcs_random_below(&r, 4) == 0 ? 800 : 1,
				      1000, 1);
		above += rcs_power_lower_bound(&power) > 20 * mean;
	}
	assert_true(above <= 20000 / 20);
}

static void merging_keeps_the_mean_of_many_rounds(void **state)
{
	(void)state;
	memset(&power, 0, sizeof(power));
	for (int i = 0; i < 5 * RCS_POWER_MAX; i++)
		rcs_power_add(&power, i % 2 == 0 ? 30 : 10, 100, 1);
	assert_true(power.count <= RCS_POWER_MAX);
	/* Merged by twos or more, every entry is 0.2; the band is thin by now. */
	assert_true(rcs_power_lower_bound(&power) > 0.19 * 5 * RCS_POWER_MAX);
	assert_true(rcs_power_lower_bound(&power) <= 0.2 * 5 * RCS_POWER_MAX);
}

/* Rounds of very different length: many short ones that were hit, few long ones that
 * were not, must not lend their rate to each other. */
static void a_rate_counts_only_for_its_own_block(void **state)
{
	(void)state;
	memset(&power, 0, sizeof(power));
	for (int i = 0; i < 10; i++) {
		rcs_power_add(&power, 32, 64, 64);
		rcs_power_add(&power, 0, 64000, 64000);
	}
	assert_true(rcs_power_lower_bound(&power) <= 10 * 32);
}

/* A barrier that fails one call in N is missed with probability P, as promised. */
static void a_failure_of_the_stated_rarity_shows(void **state)
{
	struct rcs_random r = rcs_random_stream(11, 11);
	const double p = 0.01;
	double n;
	int missed = 0;

	(void)state;
	memset(&power, 0, sizeof(power));
	for (int block = 0; block < 100; block++)
		rcs_power_add(&power, 25, 50, 50);
	n = rcs_sensitivity(&power, p);
	assert_true(n > 400 && n < 100 * 25 / log(1 / p));
	for (int run = 0; run < 20000; run++) {
		int hits = 0;

		for (int call = 0; call < 100 * 50 && hits == 0; call++)
			hits += rcs_random_below(&r, (uint32_t)n) == 0 &&
				rcs_random_below(&r, 2) == 0;
		missed += hits == 0;
	}
	assert_true(missed < 20000 * p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_round_bounds_nothing),
		cmocka_unit_test(equal_rounds_lose_only_the_band),
		cmocka_unit_test(one_lucky_round_counts_for_nothing),
		cmocka_unit_test(the_bound_is_below_the_mean_19_times_in_20),
		cmocka_unit_test(merging_keeps_the_mean_of_many_rounds),
		cmocka_unit_test(a_rate_counts_only_for_its_own_block),
		cmocka_unit_test(a_failure_of_the_stated_rarity_shows),
	};

	return cmocka_run_group_tests_name("sensitivity", tests, NULL, NULL);
}
