/* SPDX-License-Identifier: BSD-2-Clause */
/* What a run comes to, from the verdicts of its cells and what was asked of them. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "verdict/status.h"

/* A cell whose verdict is taken by itself; a control that must come out BROKEN. */
#define PLAIN(v)                                                                       \
	{                                                                              \
		v,                                                                     \
		{                                                                      \
			.self_test = false                                             \
		}                                                                      \
	}
#define SELF_TEST(v)                                                                   \
	{                                                                              \
		v,                                                                     \
		{                                                                      \
			.self_test = true                                              \
		}                                                                      \
	}

#define STATUS(...)                                                                    \
	rcs_exit_status((struct rcs_outcome[]){__VA_ARGS__},                           \
			sizeof((struct rcs_outcome[]){__VA_ARGS__}) /                  \
				sizeof(struct rcs_outcome),                            \
			false, false)

static void exit_statuses_keep_the_cases_apart(void **state)
{
	(void)state;
	assert_int_equal(STATUS(PLAIN(RCS_HOLDS)), 0);
	assert_int_equal(STATUS(PLAIN(RCS_HOLDS), PLAIN(RCS_SKIPPED)), 0);
	assert_int_equal(STATUS(PLAIN(RCS_HOLDS), PLAIN(RCS_ALLOWED)), 0);
	assert_int_equal(STATUS(PLAIN(RCS_HOLDS), PLAIN(RCS_BROKEN)), 1);
	assert_int_equal(STATUS(PLAIN(RCS_INCONCLUSIVE), PLAIN(RCS_BROKEN)), 1);
	assert_int_equal(STATUS(PLAIN(RCS_HOLDS), PLAIN(RCS_INCONCLUSIVE)), 3);
	assert_int_equal(STATUS(PLAIN(RCS_BROKEN), PLAIN(RCS_FAULT)), 4);
	assert_int_equal(STATUS(PLAIN(RCS_SKIPPED)), 77);
	assert_int_equal(STATUS(PLAIN(RCS_ALLOWED), PLAIN(RCS_SKIPPED)), 77);
}

static void inconclusive_passes_where_that_is_asked_for(void **state)
{
	const struct rcs_outcome unsure = PLAIN(RCS_INCONCLUSIVE);

	(void)state;
	assert_int_equal(rcs_exit_status(&unsure, 1, false, false), 3);
	assert_int_equal(rcs_exit_status(&unsure, 1, true, false), 0);
}

static void an_interrupted_run_never_passes(void **state)
{
	const struct rcs_outcome good = PLAIN(RCS_HOLDS);

	(void)state;
	assert_int_equal(rcs_exit_status(&good, 1, false, true), 3);
	assert_int_equal(rcs_exit_status(&good, 1, true, true), 3);
}

static void a_self_test_must_be_broken(void **state)
{
	(void)state;
	assert_int_equal(STATUS(PLAIN(RCS_HOLDS), SELF_TEST(RCS_BROKEN)), 0);
	assert_int_equal(STATUS(PLAIN(RCS_HOLDS), SELF_TEST(RCS_HOLDS)), 3);
	assert_int_equal(STATUS(PLAIN(RCS_HOLDS), SELF_TEST(RCS_INCONCLUSIVE)), 3);
	assert_int_equal(STATUS(SELF_TEST(RCS_BROKEN)), 77);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(exit_statuses_keep_the_cases_apart),
		cmocka_unit_test(inconclusive_passes_where_that_is_asked_for),
		cmocka_unit_test(an_interrupted_run_never_passes),
		cmocka_unit_test(a_self_test_must_be_broken),
	};

	return cmocka_run_group_tests_name("status", tests, NULL, NULL);
}
