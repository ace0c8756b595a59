/* SPDX-License-Identifier: BSD-2-Clause */
/* Verdicts from evidence, and exit statuses from verdicts. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "verdict/verdict.h"

static struct rcs_evidence enough(enum rcs_twin twin)
{
	struct rcs_evidence e = {.judged = true, .p_target = 1e-6};

	e.blocks[twin] = 20;
	return e;
}

static void a_delay_twin_alone_backs_holds(void **state)
{
	struct rcs_evidence e = enough(RCS_TWIN_DELAY);
	struct rcs_decision d = rcs_decide(&e);

	(void)state;
	assert_int_equal(d.verdict, RCS_HOLDS);
	assert_int_equal(d.twin, RCS_TWIN_DELAY);
	assert_true(d.p_missed == 0x1p-20);
	e.blocks[RCS_TWIN_DELAY] = 19;
	assert_int_equal(rcs_decide(&e).verdict, RCS_INCONCLUSIVE);
}

static void an_absent_twin_needs_interrupts_each_time(void **state)
{
	struct rcs_evidence e = enough(RCS_TWIN_ABSENT);

	(void)state;
	assert_int_equal(rcs_decide(&e).verdict, RCS_INCONCLUSIVE);
	assert_true(rcs_decide(&e).p_missed == 1.0);
	e.interrupted_throughout = true;
	assert_int_equal(rcs_decide(&e).verdict, RCS_HOLDS);
	assert_int_equal(rcs_decide(&e).twin, RCS_TWIN_ABSENT);
}

static void one_hit_of_the_subject_is_broken_whatever_else(void **state)
{
	struct rcs_evidence e = enough(RCS_TWIN_DELAY);

	(void)state;
	e.subject_hits = 1;
	assert_int_equal(rcs_decide(&e).verdict, RCS_BROKEN);
	e.judged = false;
	assert_int_equal(rcs_decide(&e).verdict, RCS_ALLOWED);
	e.reference_hits = 1;
	assert_int_equal(rcs_decide(&e).verdict, RCS_FAULT);
}

static void a_wanted_sensitivity_holds_holds_back(void **state)
{
	struct rcs_evidence e = enough(RCS_TWIN_DELAY);

	(void)state;
	e.sensitivity_wanted = 1000;
	e.sensitivity[RCS_TWIN_DELAY] = 999;
	assert_int_equal(rcs_decide(&e).verdict, RCS_INCONCLUSIVE);
	e.sensitivity[RCS_TWIN_DELAY] = 1000;
	assert_int_equal(rcs_decide(&e).verdict, RCS_HOLDS);
}

#define STATUS(...)                                                                    \
	rcs_exit_status((struct rcs_outcome[]){__VA_ARGS__},                           \
			sizeof((struct rcs_outcome[]){__VA_ARGS__}) /                  \
				sizeof(struct rcs_outcome),                            \
			false, false)

static void exit_statuses_keep_the_cases_apart(void **state)
{
	const struct rcs_outcome unsure = {RCS_INCONCLUSIVE, false};
	const struct rcs_outcome good = {RCS_HOLDS, false};

	(void)state;
	assert_int_equal(STATUS({RCS_HOLDS, false}), 0);
	assert_int_equal(STATUS({RCS_HOLDS, false}, {RCS_SKIPPED, false}), 0);
	assert_int_equal(STATUS({RCS_HOLDS, false}, {RCS_ALLOWED, false}), 0);
	assert_int_equal(STATUS({RCS_HOLDS, false}, {RCS_BROKEN, false}), 1);
	assert_int_equal(STATUS({RCS_INCONCLUSIVE, false}, {RCS_BROKEN, false}), 1);
	assert_int_equal(STATUS({RCS_HOLDS, false}, {RCS_INCONCLUSIVE, false}), 3);
	assert_int_equal(STATUS({RCS_BROKEN, false}, {RCS_FAULT, false}), 4);
	assert_int_equal(STATUS({RCS_SKIPPED, false}), 77);
	assert_int_equal(STATUS({RCS_ALLOWED, false}, {RCS_SKIPPED, false}), 77);
	assert_int_equal(rcs_exit_status(&unsure, 1, true, false), 0);
	assert_int_equal(rcs_exit_status(&good, 1, false, true), 3);
	assert_int_equal(rcs_exit_status(&good, 1, true, true), 3);
}

static void a_self_test_must_be_broken(void **state)
{
	(void)state;
	assert_int_equal(STATUS({RCS_HOLDS, false}, {RCS_BROKEN, true}), 0);
	assert_int_equal(STATUS({RCS_HOLDS, false}, {RCS_HOLDS, true}), 3);
	assert_int_equal(STATUS({RCS_HOLDS, false}, {RCS_INCONCLUSIVE, true}), 3);
	assert_int_equal(STATUS({RCS_BROKEN, true}), 77);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_delay_twin_alone_backs_holds),
		cmocka_unit_test(an_absent_twin_needs_interrupts_each_time),
		cmocka_unit_test(one_hit_of_the_subject_is_broken_whatever_else),
		cmocka_unit_test(a_wanted_sensitivity_holds_holds_back),
		cmocka_unit_test(exit_statuses_keep_the_cases_apart),
		cmocka_unit_test(a_self_test_must_be_broken),
	};

	return cmocka_run_group_tests_name("verdict", tests, NULL, NULL);
}
