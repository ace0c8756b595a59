/* SPDX-License-Identifier: BSD-2-Clause */
/* The word of asym: who is waited for, also where numbers wrap. */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rcu/asym/word.h"

static const struct rcs_rcu_design sequence = {.counting = RCS_RCU_SEQUENCE};
static const struct rcs_rcu_design parity = {.counting = RCS_RCU_PARITY};

/* A reader that entered `ago` grace periods before the one of `number`. */
static rcs_asym_word entered(unsigned long number, unsigned long ago, unsigned nesting)
{
	return (number - ago) * RCS_ASYM_STEP + nesting;
}

static rcs_asym_word domain(unsigned long number)
{
	return number * RCS_ASYM_STEP + RCS_ASYM_ONE;
}

/* The last number before they wrap. */
#define LAST (ULONG_MAX / RCS_ASYM_STEP)

static const unsigned long numbers[] = {
	0, 1, 2, 1000, LAST / 2, LAST / 2 + 1, LAST - 1, LAST, LAST + 1, LAST + 2};
#define NUMBERS (sizeof(numbers) / sizeof(numbers[0]))

/* Shorter words have a parity only. */
#if __SIZEOF_LONG__ >= 8
static void test_older_sections_are_waited_for(void **state)
{
	(void)state;
	for (size_t n = 0; n < NUMBERS; n++) {
		for (unsigned nesting = 1; nesting < 9; nesting++) {
			for (unsigned long ago = 1; ago < 100; ago++)
				assert_true(
					rcs_asym_busy(entered(numbers[n], ago, nesting),
						      domain(numbers[n]), &sequence));
			assert_true(rcs_asym_busy(entered(numbers[n], LAST / 2, 1),
						  domain(numbers[n]), &sequence));
		}
	}
}

static void test_newer_sections_are_not(void **state)
{
	(void)state;
	for (size_t n = 0; n < NUMBERS; n++) {
		assert_false(rcs_asym_busy(entered(numbers[n], 0, 1),
					   domain(numbers[n]), &sequence));
		/* One that a later grace period has let go ahead of this scan. */
		assert_false(rcs_asym_busy(entered(numbers[n], -1UL, 3),
					   domain(numbers[n]), &sequence));
	}
}
#endif

static void test_outside_sections_nobody_is(void **state)
{
	(void)state;
	for (size_t n = 0; n < NUMBERS; n++) {
		for (unsigned long ago = 0; ago < 100; ago++) {
			assert_false(rcs_asym_busy(entered(numbers[n], ago, 0),
						   domain(numbers[n]), &sequence));
			assert_false(rcs_asym_busy(entered(numbers[n], ago, 0),
						   domain(numbers[n]), &parity));
		}
	}
}

static void test_parity_knows_this_one_from_the_other(void **state)
{
	(void)state;
	for (size_t n = 0; n < NUMBERS; n++) {
		for (unsigned long ago = 0; ago < 100; ago++)
			assert_int_equal(rcs_asym_busy(entered(numbers[n], ago, 2),
						       domain(numbers[n]), &parity),
					 ago & 1);
	}
}

#if __SIZEOF_LONG__ >= 8
/* The mutants are wrong where they are meant to be, and right elsewhere. */
static void test_lies_about_words(void **state)
{
	static const struct rcs_rcu_design as_unsigned = {.compares_unsigned = true};
	static const struct rcs_rcu_design one_less = {.waits_one_less = true};
	static const struct rcs_rcu_design shallow = {.short_nesting = true};

	(void)state;
	assert_true(rcs_asym_busy(entered(1000, 1, 1), domain(1000), &as_unsigned));
	assert_false(rcs_asym_busy(entered(0, 1, 1), domain(0), &as_unsigned));
	assert_true(rcs_asym_busy(entered(1000, 2, 1), domain(1000), &one_less));
	assert_false(rcs_asym_busy(entered(1000, 1, 1), domain(1000), &one_less));
	assert_true(rcs_asym_busy(entered(1000, 1, 3), domain(1000), &shallow));
	assert_false(rcs_asym_busy(entered(1000, 1, 4), domain(1000), &shallow));
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
#if __SIZEOF_LONG__ >= 8
		cmocka_unit_test(test_older_sections_are_waited_for),
		cmocka_unit_test(test_newer_sections_are_not),
		cmocka_unit_test(test_lies_about_words),
#endif
		cmocka_unit_test(test_outside_sections_nobody_is),
		cmocka_unit_test(test_parity_knows_this_one_from_the_other),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
