/* SPDX-License-Identifier: BSD-2-Clause */
/* Deciding again by rounds, from made-up logs. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "stress/round_log.h"

#define C RCS_ROUND_COMPLETE
#define T RCS_ROUND_THROUGHOUT

static struct rcs_round_entry log_[256];
static uint64_t count;

static int start(void **state)
{
	(void)state;
	count = 0;
	return 0;
}

static void add(enum rcs_round_arm arm, uint32_t block, uint64_t hits, unsigned marks)
{
	log_[count++] = (struct rcs_round_entry){.arm = (uint8_t)arm,
						 .marks = (uint8_t)marks,
						 .block = block,
						 .calls = 1000,
						 .exposed = 1000,
						 .hits = hits,
						 .exposed_calls = 1000,
						 .hit_calls = hits,
						 .time_ns = 1000000};
}

static void reference(uint64_t hits)
{
	add(RCS_ROUND_REFERENCE, 0, hits, C);
}

/* Blocks from that number on, whose control is hit 10 times. */
static void blocks(uint32_t first, uint32_t many, enum rcs_round_arm control,
		   unsigned subject_marks)
{
	for (uint32_t b = first; b < first + many; b++) {
		/* Either may come first. */
		if (b % 2)
			add(RCS_ROUND_SUBJECT, b, 0, subject_marks);
		add(control, b, 10, C);
		if (b % 2 == 0)
			add(RCS_ROUND_SUBJECT, b, 0, subject_marks);
	}
}

static struct rcs_decision decide(double *sensitivity)
{
	struct rcs_round_question question = {.p_target = 1e-6,
					      .has_sensitivity = true};

	return rcs_round_log_decide(log_, count, &question, sensitivity);
}

static void expect(enum rcs_verdict verdict, enum rcs_twin twin, double p_missed)
{
	double sensitivity;
	struct rcs_decision d = decide(&sensitivity);

	assert_int_equal(d.verdict, verdict);
	assert_int_equal(d.twin, twin);
	assert_true(d.p_missed == p_missed);
}

static void twenty_blocks_make_it_hold(void **state)
{
	double sensitivity;

	(void)state;
	add(RCS_ROUND_SUBJECT, 0, 0, C);
	blocks(1, 19, RCS_ROUND_DELAY, C);
	reference(0);
	expect(RCS_INCONCLUSIVE, RCS_TWIN_DELAY, 0x1p-19);
	blocks(20, 1, RCS_ROUND_DELAY, C);
	expect(RCS_HOLDS, RCS_TWIN_DELAY, 0x1p-20);
	/* 1 % of 20,000 calls, less what the bound takes off. */
	(void)decide(&sensitivity);
	assert_true(sensitivity > 1.0 && sensitivity < 200.0 / 13.8);
}

static void without_a_reference_nothing_holds(void **state)
{
	(void)state;
	blocks(1, 30, RCS_ROUND_DELAY, C);
	expect(RCS_INCONCLUSIVE, RCS_TWIN_DELAY, 0x1p-30);
	reference(0);
	expect(RCS_HOLDS, RCS_TWIN_DELAY, 0x1p-30);
	reference(1);
	expect(RCS_FAULT, RCS_TWIN_DELAY, 1.0);
}

static void a_hit_breaks_it_in_any_round(void **state)
{
	(void)state;
	blocks(1, 30, RCS_ROUND_DELAY, C);
	reference(0);
	add(RCS_ROUND_SUBJECT, 0, 1, 0);
	expect(RCS_BROKEN, RCS_TWIN_DELAY, 1.0);
}

static void what_is_cut_short_or_not_hit_does_not_count(void **state)
{
	(void)state;
	reference(0);
	blocks(1, 20, RCS_ROUND_DELAY, 0);
	expect(RCS_INCONCLUSIVE, RCS_TWIN_DELAY, 1.0);
	for (uint32_t b = 21; b < 61; b++) {
		add(RCS_ROUND_SUBJECT, b, 0, C);
		add(RCS_ROUND_DELAY, b, 0, C);
	}
	expect(RCS_INCONCLUSIVE, RCS_TWIN_DELAY, 1.0);
	/* One round without its other: the next block is whole all the same. */
	add(RCS_ROUND_SUBJECT, 61, 0, C);
	blocks(62, 1, RCS_ROUND_DELAY, C);
	expect(RCS_INCONCLUSIVE, RCS_TWIN_DELAY, 0x1p-1);
}

static void the_absent_twin_needs_interrupts_throughout(void **state)
{
	(void)state;
	reference(0);
	blocks(1, 30, RCS_ROUND_ABSENT, C);
	expect(RCS_INCONCLUSIVE, RCS_TWIN_DELAY, 1.0);
	blocks(31, 20, RCS_ROUND_ABSENT, C | T);
	expect(RCS_HOLDS, RCS_TWIN_ABSENT, 0x1p-20);
	/* One round that lacks them ends it, and takes all that was gained. */
	add(RCS_ROUND_SUBJECT, 0, 0, C | RCS_ROUND_ANEW_ABSENT);
	expect(RCS_INCONCLUSIVE, RCS_TWIN_DELAY, 1.0);
	blocks(51, 1, RCS_ROUND_ABSENT, C | T);
	expect(RCS_INCONCLUSIVE, RCS_TWIN_ABSENT, 0x1p-1);
}

static void another_mechanism_begins_all_anew(void **state)
{
	(void)state;
	reference(0);
	blocks(1, 20, RCS_ROUND_DELAY, C);
	expect(RCS_HOLDS, RCS_TWIN_DELAY, 0x1p-20);
	blocks(21, 1, RCS_ROUND_DELAY,
	       C | RCS_ROUND_ANEW_DELAY | RCS_ROUND_ANEW_ABSENT);
	expect(RCS_INCONCLUSIVE, RCS_TWIN_DELAY, 1.0);
	blocks(22, 20, RCS_ROUND_DELAY, C);
	expect(RCS_HOLDS, RCS_TWIN_DELAY, 0x1p-20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(twenty_blocks_make_it_hold, start),
		cmocka_unit_test_setup(without_a_reference_nothing_holds, start),
		cmocka_unit_test_setup(a_hit_breaks_it_in_any_round, start),
		cmocka_unit_test_setup(what_is_cut_short_or_not_hit_does_not_count,
				       start),
		cmocka_unit_test_setup(the_absent_twin_needs_interrupts_throughout,
				       start),
		cmocka_unit_test_setup(another_mechanism_begins_all_anew, start),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
