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

static void calls_lack_interrupts_when_two_rounds_running_have_too_few(void **state)
{
	(void)state;
	assert_int_equal(rcs_mechanism_lacks(&watch, 90000, 90000, 1.01),
			 RCS_MECHANISM_STEADY);
	assert_int_equal(rcs_mechanism_lacks(&watch, 10, 1000, 0.07),
			 RCS_MECHANISM_ODD);
	assert_int_equal(rcs_mechanism_lacks(&watch, 10, 1000, 0.07),
			 RCS_MECHANISM_LACKING);
	assert_int_equal(rcs_mechanism_lacks(&watch, 1000, 1000, 1.06),
			 RCS_MECHANISM_STEADY);
}

static void an_odd_round_is_forgiven_if_all_together_have_enough(void **state)
{
	(void)state;
	assert_int_equal(rcs_mechanism_lacks(&watch, 90000, 90000, 1.01),
			 RCS_MECHANISM_STEADY);
	assert_int_equal(rcs_mechanism_lacks(&watch, 10, 1000, 0.07),
			 RCS_MECHANISM_ODD);
	assert_int_equal(rcs_mechanism_lacks(&watch, 1000, 1000, 1.06),
			 RCS_MECHANISM_STEADY);
	/* Here they have not. */
	assert_int_equal(rcs_mechanism_lacks(&watch, 10, 20000, 0.01),
			 RCS_MECHANISM_LACKING);
}

/* A short round proves nothing, but many of them do. */
static void calls_lack_interrupts_when_all_rounds_together_have_too_few(void **state)
{
	int lacking = 0;

	(void)state;
	assert_int_equal(rcs_mechanism_lacks(&watch, 64, 64, 1.25),
			 RCS_MECHANISM_STEADY);
	for (int n = 0; n < 20; n++)
		lacking += rcs_mechanism_lacks(&watch, 52, 64, 1.06) ==
			   RCS_MECHANISM_LACKING;
	assert_true(lacking > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(interrupts_that_cease_are_a_change, start),
		cmocka_unit_test_setup(interrupts_that_set_in_are_a_change, start),
		cmocka_unit_test_setup(one_odd_round_is_none, start),
		cmocka_unit_test_setup(more_interrupts_than_one_each_are_none, start),
		cmocka_unit_test_setup(what_may_be_other_programs_is_none, start),
		cmocka_unit_test_setup(
			calls_lack_interrupts_when_two_rounds_running_have_too_few,
			start),
		cmocka_unit_test_setup(
			an_odd_round_is_forgiven_if_all_together_have_enough, start),
		cmocka_unit_test_setup(
			calls_lack_interrupts_when_all_rounds_together_have_too_few,
			start),
	};

	return cmocka_run_group_tests_name("mechanism", tests, NULL, NULL);
}
