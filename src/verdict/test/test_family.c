/* SPDX-License-Identifier: BSD-2-Clause */
/* The union bound over the barriers that HOLD. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "verdict/family.h"

static void nobody_has_missed_nothing(void **state)
{
	struct rcs_family family = {0};

	(void)state;
	assert_int_equal(family.count, 0);
	assert_true(family.p_any_missed == 0.0);
}

static void chances_add_up(void **state)
{
	struct rcs_family family = {0};

	(void)state;
	rcs_family_add(&family, 0x1p-20);
	assert_true(family.p_any_missed == 0x1p-20);
	rcs_family_add(&family, 0x1p-20);
	rcs_family_add(&family, 0x1p-19);
	assert_int_equal(family.count, 3);
	assert_true(family.p_any_missed == 0x1p-18);
}

static void no_chance_is_above_one(void **state)
{
	struct rcs_family family = {0};

	(void)state;
	for (int i = 0; i < 3; i++)
		rcs_family_add(&family, 0.5);
	assert_int_equal(family.count, 3);
	assert_true(family.p_any_missed == 1.0);
}

/* It is a bound: never below what barriers that are independent would come to. */
static void it_is_never_less_than_the_chance_of_independent_ones(void **state)
{
	struct rcs_family family = {0};
	double all_caught = 1.0;

	(void)state;
	for (int i = 1; i <= 60; i++) {
		double p = 0.3 / i;

		rcs_family_add(&family, p);
		all_caught *= 1.0 - p;
		assert_true(family.p_any_missed >= 1.0 - all_caught - 1e-12);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nobody_has_missed_nothing),
		cmocka_unit_test(chances_add_up),
		cmocka_unit_test(no_chance_is_above_one),
		cmocka_unit_test(it_is_never_less_than_the_chance_of_independent_ones),
	};

	return cmocka_run_group_tests_name("family", tests, NULL, NULL);
}
