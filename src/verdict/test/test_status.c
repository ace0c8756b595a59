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
/* A cell of which one of two verdicts was expected. */
#define EXPECTING(e1, e2, v)                                                           \
	{                                                                              \
		v,                                                                     \
		{                                                                      \
			.expected = RCS_VERDICT_BIT(e1) | RCS_VERDICT_BIT(e2)          \
		}                                                                      \
	}

#define END(...)                                                                       \
	rcs_run_end((struct rcs_outcome[]){__VA_ARGS__},                               \
		    sizeof((struct rcs_outcome[]){__VA_ARGS__}) /                      \
			    sizeof(struct rcs_outcome),                                \
		    false)
#define STATUS(...) rcs_exit_status(END(__VA_ARGS__), false, false)

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
	enum rcs_run_end unsure = END(PLAIN(RCS_INCONCLUSIVE));

	(void)state;
	assert_int_equal(rcs_exit_status(unsure, false, false), 3);
	assert_int_equal(rcs_exit_status(unsure, true, false), 0);
}

static void an_interrupted_run_never_passes(void **state)
{
	static const struct rcs_outcome good = PLAIN(RCS_HOLDS);
	static const struct rcs_outcome expected =
		EXPECTING(RCS_INCONCLUSIVE, RCS_BROKEN, RCS_INCONCLUSIVE);

	(void)state;
	assert_int_equal(rcs_run_end(&good, 1, true), RCS_RUN_INCONCLUSIVE);
	assert_int_equal(rcs_run_end(&expected, 1, true), RCS_RUN_INCONCLUSIVE);
	assert_int_equal(rcs_run_end(NULL, 0, true), RCS_RUN_INCONCLUSIVE);
	assert_int_equal(rcs_exit_status(RCS_RUN_INCONCLUSIVE, false, true), 3);
	assert_int_equal(rcs_exit_status(RCS_RUN_INCONCLUSIVE, true, true), 3);
}

static void a_self_test_must_be_broken(void **state)
{
	(void)state;
	assert_int_equal(STATUS(PLAIN(RCS_HOLDS), SELF_TEST(RCS_BROKEN)), 0);
	assert_int_equal(STATUS(PLAIN(RCS_HOLDS), SELF_TEST(RCS_HOLDS)), 3);
	assert_int_equal(STATUS(PLAIN(RCS_HOLDS), SELF_TEST(RCS_INCONCLUSIVE)), 3);
	assert_int_equal(STATUS(SELF_TEST(RCS_BROKEN)), 77);
}

static void what_was_expected_passes(void **state)
{
	(void)state;
	assert_int_equal(STATUS(EXPECTING(RCS_HOLDS, RCS_BROKEN, RCS_HOLDS)), 0);
	assert_int_equal(STATUS(EXPECTING(RCS_HOLDS, RCS_BROKEN, RCS_BROKEN)), 0);
	assert_int_equal(STATUS(EXPECTING(RCS_SKIPPED, RCS_SKIPPED, RCS_SKIPPED)), 0);
	assert_int_equal(
		STATUS(EXPECTING(RCS_BROKEN, RCS_INCONCLUSIVE, RCS_INCONCLUSIVE)), 0);
	/* It says nothing of the others. */
	assert_int_equal(STATUS(EXPECTING(RCS_BROKEN, RCS_BROKEN, RCS_BROKEN),
				PLAIN(RCS_BROKEN)),
			 1);
	assert_int_equal(STATUS(EXPECTING(RCS_BROKEN, RCS_BROKEN, RCS_BROKEN),
				PLAIN(RCS_INCONCLUSIVE)),
			 3);
	assert_int_equal(STATUS(EXPECTING(RCS_BROKEN, RCS_BROKEN, RCS_BROKEN),
				PLAIN(RCS_SKIPPED), PLAIN(RCS_ALLOWED)),
			 0);
}

static void what_was_not_expected_fails(void **state)
{
	(void)state;
	assert_int_equal(STATUS(EXPECTING(RCS_BROKEN, RCS_BROKEN, RCS_HOLDS)), 1);
	assert_int_equal(STATUS(EXPECTING(RCS_HOLDS, RCS_HOLDS, RCS_BROKEN)), 1);
	assert_int_equal(STATUS(EXPECTING(RCS_HOLDS, RCS_BROKEN, RCS_SKIPPED)), 1);
	assert_int_equal(STATUS(EXPECTING(RCS_HOLDS, RCS_BROKEN, RCS_INCONCLUSIVE)), 3);
	assert_int_equal(STATUS(EXPECTING(RCS_HOLDS, RCS_HOLDS, RCS_INCONCLUSIVE),
				EXPECTING(RCS_BROKEN, RCS_BROKEN, RCS_HOLDS)),
			 1);
}

static void a_fault_is_never_expected(void **state)
{
	(void)state;
	assert_int_equal(STATUS(EXPECTING(RCS_HOLDS, RCS_FAULT, RCS_FAULT)), 4);
	assert_false(rcs_as_expected(RCS_FAULT, RCS_VERDICT_BIT(RCS_FAULT)));
	assert_true(rcs_unexpected(RCS_FAULT, RCS_VERDICT_BIT(RCS_HOLDS)));
	assert_false(rcs_unexpected(RCS_FAULT, 0));
}

static void the_last_word_claims_no_success_that_there_is_not(void **state)
{
	(void)state;
	/* A control that HOLDS though it had to be BROKEN is no success. */
	assert_int_equal(END(EXPECTING(RCS_BROKEN, RCS_BROKEN, RCS_HOLDS)),
			 RCS_RUN_UNEXPECTED);
	assert_int_equal(
		END(EXPECTING(RCS_BROKEN, RCS_BROKEN, RCS_HOLDS), PLAIN(RCS_HOLDS)),
		RCS_RUN_UNEXPECTED);
	assert_int_equal(END(EXPECTING(RCS_HOLDS, RCS_HOLDS, RCS_BROKEN)),
			 RCS_RUN_BROKEN);
	/* Only what HOLDS makes a run HOLD. */
	assert_int_equal(END(EXPECTING(RCS_BROKEN, RCS_BROKEN, RCS_BROKEN)),
			 RCS_RUN_AS_EXPECTED);
	assert_int_equal(
		END(EXPECTING(RCS_BROKEN, RCS_BROKEN, RCS_BROKEN), PLAIN(RCS_HOLDS)),
		RCS_RUN_HOLDS);
	assert_string_equal(rcs_run_end_name(RCS_RUN_UNEXPECTED), "UNEXPECTED");
	assert_string_equal(rcs_run_end_name(RCS_RUN_AS_EXPECTED), "AS EXPECTED");
}

static void sets_of_verdicts_are_printed(void **state)
{
	unsigned both = RCS_VERDICT_BIT(RCS_INCONCLUSIVE) | RCS_VERDICT_BIT(RCS_BROKEN);
	char text[64], small[9];

	(void)state;
	rcs_verdicts_print(both, " or ", text, sizeof(text));
	assert_string_equal(text, "BROKEN or INCONCLUSIVE");
	rcs_verdicts_print(0, " or ", text, sizeof(text));
	assert_string_equal(text, "");
	rcs_verdicts_print(both, "/", small, sizeof(small));
	assert_string_equal(small, "BROKEN/I");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(exit_statuses_keep_the_cases_apart),
		cmocka_unit_test(inconclusive_passes_where_that_is_asked_for),
		cmocka_unit_test(an_interrupted_run_never_passes),
		cmocka_unit_test(a_self_test_must_be_broken),
		cmocka_unit_test(what_was_expected_passes),
		cmocka_unit_test(what_was_not_expected_fails),
		cmocka_unit_test(a_fault_is_never_expected),
		cmocka_unit_test(the_last_word_claims_no_success_that_there_is_not),
		cmocka_unit_test(sets_of_verdicts_are_printed),
	};

	return cmocka_run_group_tests_name("status", tests, NULL, NULL);
}
