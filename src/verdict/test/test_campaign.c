/* SPDX-License-Identifier: BSD-2-Clause */
/* What many runs say together, against values worked out by hand. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>

#include "verdict/campaign.h"

static void near(double a, double b)
{
	if (!(fabs(a - b) <= 1e-9 * fabs(b)))
		fail_msg("%.12g, not %.12g", a, b);
}

static void wrong_bounds_are_the_quantile_of_the_binomial(void **state)
{
	(void)state;
	assert_int_equal(rcs_campaign_wrong_bounds(0), 0);
	/* P(X > 0) = 0.05 */
	assert_int_equal(rcs_campaign_wrong_bounds(1), 0);
	/* P(X > 0) = 1 - 0.95^2 = 0.0975, P(X > 1) = 0.0025 */
	assert_int_equal(rcs_campaign_wrong_bounds(2), 1);
	/* P(X > 1) = 1 - 0.95^7 (1 + 7 * 0.05 / 0.95) = 0.0444, of eight 0.0572 */
	assert_int_equal(rcs_campaign_wrong_bounds(7), 1);
	assert_int_equal(rcs_campaign_wrong_bounds(8), 2);
	/* 0.05 * 10000 = 500; 1.645 standard deviations of 21.8 more. */
	assert_in_range(rcs_campaign_wrong_bounds(10000), 534, 538);
	/* Where 0.95^m is too small for a double: 5000 + 1.645 * 68.9 */
	assert_in_range(rcs_campaign_wrong_bounds(100000), 5112, 5116);
}

static void the_largest_bounds_are_left_out(void **state)
{
	double one[] = {40.0}, two[] = {40.0, 7.0};
	double eight[] = {3.0, 1.0, 50.0, 2.0, 5.0, 4.0, 60.0, 6.0};

	(void)state;
	near(rcs_campaign_hits(one, 1), 40.0);
	near(rcs_campaign_hits(two, 2), 7.0);
	near(rcs_campaign_hits(eight, 8), 21.0);
	assert_true(rcs_campaign_hits(NULL, 0) == 0.0);
}

static void hits_and_sensitivity_are_each_others(void **state)
{
	(void)state;
	/* ln(1e6) = 13.8155105579643 */
	near(rcs_campaign_hits_of(100.0, 1e-6), 1381.55105579643);
	near(rcs_campaign_sensitivity(1381.55105579643, 1e-6), 100.0);
	/* A run that was held to less has seen as many hits as it says: ln(1e3) is
	 * half. */
	near(rcs_campaign_sensitivity(rcs_campaign_hits_of(100.0, 1e-3), 1e-6), 50.0);
}

static void the_share_of_bad_machines(void **state)
{
	(void)state;
	assert_true(rcs_campaign_bad_share(0, 0.0, 0.05) == 1.0);
	assert_true(rcs_campaign_bad_share(10, 1.0, 0.05) == 1.0);
	near(rcs_campaign_bad_share(1, 0.0, 0.05), 0.95);
	near(rcs_campaign_bad_share(2, 0.0, 0.25), 0.5);
	/* Each bad one is missed half the time: as many again may be bad. */
	near(rcs_campaign_bad_share(4, 0.5, 0.4096), 0.4);
	/* No more than all. */
	assert_true(rcs_campaign_bad_share(1, 0.5, 0.05) == 1.0);
	/* For less than 1 % at 95 % it takes ln 0.05 / ln 0.99 = 298.07 machines. */
	assert_true(rcs_campaign_bad_share(298, 0.0, 0.05) > 0.01);
	assert_true(rcs_campaign_bad_share(299, 0.0, 0.05) < 0.01);
	/* The rule of three. */
	assert_true(fabs(rcs_campaign_bad_share(100000, 1e-6, 0.05) * 100000 - 2.9957) <
		    0.001);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wrong_bounds_are_the_quantile_of_the_binomial),
		cmocka_unit_test(the_largest_bounds_are_left_out),
		cmocka_unit_test(hits_and_sensitivity_are_each_others),
		cmocka_unit_test(the_share_of_bad_machines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
