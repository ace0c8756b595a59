/* SPDX-License-Identifier: BSD-2-Clause */
/* Verdicts from evidence. */
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_delay_twin_alone_backs_holds),
		cmocka_unit_test(an_absent_twin_needs_interrupts_each_time),
		cmocka_unit_test(one_hit_of_the_subject_is_broken_whatever_else),
		cmocka_unit_test(a_wanted_sensitivity_holds_holds_back),
	};

	return cmocka_run_group_tests_name("verdict", tests, NULL, NULL);
}
