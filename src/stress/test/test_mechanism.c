/* SPDX-License-Identifier: BSD-2-Clause */
/* When a mechanism has changed: made-up interrupts per exposed call, round by round. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "stress/mechanism.h"

static struct rcs_mechanism_watch watch;

static int start(void **state)
{
	(void)state;
	watch = (struct rcs_mechanism_watch){.readable = true};
	return 0;
}

/* How many of these rounds were said to change. */
static int changes(const double *rounds, int count, double noise)
{
	int changed = 0;

	for (int n = 0; n < count; n++)
		changed += rcs_mechanism_changed(&watch, rounds[n], noise);
	return changed;
}

static void interrupts_that_cease_are_a_change(void **state)
{
	static const double rounds[] = {1.0, 1.1, 1.0, 0.0, 0.1, 0.0};

	(void)state;
	assert_int_equal(changes(rounds, 6, 0.0), 1);
	assert_true(watch.mean < 0.1);
}

static void interrupts_that_set_in_are_a_change(void **state)
{
	static const double rounds[] = {0.0, 0.0, 2.0, 2.0, 2.0};

	(void)state;
	assert_int_equal(changes(rounds, 5, 0.0), 1);
}

static void one_odd_round_is_none(void **state)
{
	static const double rounds[] = {1.0, 1.0, 0.1, 1.0, 0.0, 1.0};

	(void)state;
	assert_int_equal(changes(rounds, 6, 0.0), 0);
	assert_true(watch.mean > 0.99);
}

static void more_interrupts_than_one_each_are_none(void **state)
{
	static const double rounds[] = {1.0, 1.0, 3.9, 3.5, 2.0, 1.0};

	(void)state;
	assert_int_equal(changes(rounds, 6, 0.0), 0);
}

static void what_may_be_other_programs_is_none(void **state)
{
	static const double rounds[] = {0.3, 0.3, 1.4, 1.5, 1.3};

	(void)state;
	assert_int_equal(changes(rounds, 5, 1.5), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(interrupts_that_cease_are_a_change, start),
		cmocka_unit_test_setup(interrupts_that_set_in_are_a_change, start),
		cmocka_unit_test_setup(one_odd_round_is_none, start),
		cmocka_unit_test_setup(more_interrupts_than_one_each_are_none, start),
		cmocka_unit_test_setup(what_may_be_other_programs_is_none, start),
	};

	return cmocka_run_group_tests_name("mechanism", tests, NULL, NULL);
}
