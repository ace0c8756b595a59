/* SPDX-License-Identifier: BSD-2-Clause */
/* Machines that are not like their equals. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>

#include "report/test/fleet_records.h"

/* A HOLDS of a usual machine, each a little different: by up to 8 % of each. */
static struct rcs_record_cell usual(int number)
{
	struct rcs_record_cell cell = made_cell("b", "t", RCS_HOLDS);
	uint64_t little = (uint64_t)(number * 7 % 9);

	cell.heavy_p50_ns = 2000 + 20 * little;
	cell.interrupts = 1.0 + 0.01 * (double)little;
	cell.subject = (struct rcs_arm_total){.rounds = 20, .exposed = 1000};
	cell.control = (struct rcs_arm_total){
		.rounds = 20, .exposed = 1000, .hits = 500 + 5 * little};
	cell.elapsed_ns = 1000000000 + 10000000 * little;
	return cell;
}

static void add(int number, const struct rcs_record_cell *cell)
{
	(void)made_run(&report, node(number, "A", "1", "5"), 1, cell);
}

static void add_usual(int from, int count)
{
	for (int i = from; i < from + count; i++) {
		struct rcs_record_cell cell = usual(i);

		add(i, &cell);
	}
}

static void equals_that_are_alike_have_no_outlier(void **state)
{
	const struct rcs_fleet *f;

	(void)state;
	add_usual(0, 50);
	f = made_fleet(NULL);
	assert_int_equal(f->outliers, 0);
	assert_int_equal(f->compared, 50);
}

/* One of these quantities is changed in one machine of 50: it is found, and no other.
 */
static void each_quantity_shows(void **state)
{
	(void)state;
	for (int q = RCS_FLEET_FIRST_QUANTITY; q < RCS_FLEET_ODDITIES; q++) {
		struct rcs_record_cell cell = usual(50);
		const struct rcs_fleet *f;

		if (q == RCS_FLEET_HEAVY)
			cell.heavy_p50_ns = 1000;
		if (q == RCS_FLEET_INTERRUPTS)
			cell.interrupts = 0.0;
		if (q == RCS_FLEET_CONTROL_DELAY)
			cell.control.hits = 0;
		if (q == RCS_FLEET_TIME)
			cell.elapsed_ns *= 3;
		if (q == RCS_FLEET_CONTROL_ABSENT)
			continue; /* below */
		assert_int_equal(end(NULL) + begin(NULL), 0);
		add_usual(0, 50);
		add(50, &cell);
		f = made_fleet(NULL);
		assert_int_equal(f->outliers, 1);
		assert_int_equal(f->outlier->oddity, q);
		assert_string_equal(f->outlier->run->machine->name, "n50");
		assert_int_equal(f->outlier->equals, 50);
		assert_int_equal(f->outlier->more, 0);
		if (q == RCS_FLEET_HEAVY) {
			assert_true(f->outlier->value == 1000.0);
			assert_true(f->outlier->median > 2000.0);
			assert_true(f->outlier->median < 2200.0);
		}
	}
}

static void hits_are_compared_with_those_of_the_same_twin(void **state)
{
	(void)state;
	add_usual(0, 50);
	for (int i = 50; i < 60; i++) {
		struct rcs_record_cell cell = usual(i);

		cell.twin = RCS_TWIN_ABSENT;
		cell.control.hits /= 50;
		if (i == 59)
			cell.control.hits = 900;
		add(i, &cell);
	}
	assert_int_equal(made_fleet(NULL)->outliers, 1);
	assert_int_equal(made_fleet(NULL)->outlier->oddity, RCS_FLEET_CONTROL_ABSENT);
	assert_int_equal(made_fleet(NULL)->outlier->equals, 9);
}

static void few_equals_say_little(void **state)
{
	struct rcs_record_cell cell = usual(8);

	(void)state;
	/* Seven others are too few; eight are enough, if it is far enough. */
	cell.interrupts = 500.0;
	add_usual(0, 7);
	add(8, &cell);
	assert_int_equal(made_fleet(NULL)->outliers, 0);
	assert_int_equal(made_fleet(NULL)->compared, 0);
	add_usual(7, 1);
	assert_int_equal(made_fleet(NULL)->outliers, 1);
	assert_int_equal(made_fleet(NULL)->compared, 9);
}

/* Of 1.49 times the median it is not one, though all others are the same. */
static void what_is_near_is_no_outlier(void **state)
{
	struct rcs_record_cell cell = usual(0);

	(void)state;
	for (int i = 0; i < 20; i++)
		add(i, &cell);
	cell.heavy_p50_ns = 2980;
	add(20, &cell);
	assert_int_equal(made_fleet(NULL)->outliers, 0);
	cell.heavy_p50_ns = 3020;
	add(21, &cell);
	assert_int_equal(made_fleet(NULL)->outliers, 1);
	assert_true(isinf(made_fleet(NULL)->outlier->distance));
}

static void of_several_runs_it_is_the_one_in_the_middle(void **state)
{
	struct rcs_record_cell cell = usual(0);

	(void)state;
	add_usual(0, 50);
	cell.heavy_p50_ns = 500;
	add(0, &cell);
	/* Of two it is the lower one; of three, the usual one. */
	assert_int_equal(made_fleet(NULL)->outliers, 1);
	add_usual(0, 1);
	assert_int_equal(made_fleet(NULL)->outliers, 0);
}

static void another_verdict_than_most(void **state)
{
	struct rcs_record_cell cell = usual(50);
	const struct rcs_fleet *f;

	(void)state;
	add_usual(0, 50);
	/* One that could not tell is no outlier, but where its control was never hit.
	 */
	cell.verdict = RCS_INCONCLUSIVE;
	add(50, &cell);
	assert_int_equal(made_fleet(NULL)->outliers, 0);
	cell.control.hits = 0;
	cell.twin = RCS_TWIN_ABSENT;
	add(51, &cell);
	f = made_fleet(NULL);
	assert_int_equal(f->outliers, 1);
	assert_int_equal(f->outlier->oddity, RCS_FLEET_NEVER_HIT);
	cell = made_cell("b", "t", RCS_SKIPPED);
	add(52, &cell);
	f = made_fleet(NULL);
	assert_int_equal(f->outliers, 2);
	assert_int_equal(f->outlier[0].oddity, RCS_FLEET_VERDICT);
	assert_int_equal(f->outlier[0].usual, RCS_HOLDS);
	/* A BROKEN is a finding. */
	cell = made_cell("b", "t", RCS_BROKEN);
	add(53, &cell);
	f = made_fleet(NULL);
	assert_int_equal(f->outliers, 2);
	assert_int_equal(f->findings, 1);
}

static void one_that_never_tells_where_others_do(void **state)
{
	struct rcs_record_cell cell[2];
	const struct rcs_fleet *f;

	(void)state;
	for (int i = 0; i < 20; i++) {
		cell[0] = cell[1] = usual(i);
		cell[1].test = "u";
		cell[0].verdict = i == 7 || i == 8 ? RCS_INCONCLUSIVE : RCS_HOLDS;
		cell[1].verdict = i == 8 || i == 9 ? RCS_INCONCLUSIVE : RCS_HOLDS;
		(void)made_run(&report, node(i, "A", "1", "5"), 2, cell);
	}
	f = made_fleet(NULL);
	assert_int_equal(f->outliers, 1);
	assert_int_equal(f->outlier->oddity, RCS_FLEET_UNDECIDED);
	assert_string_equal(f->outlier->run->machine->name, "n8");
}

static void a_machine_is_one_outlier(void **state)
{
	struct rcs_record_cell cell = usual(50);
	const struct rcs_fleet *f;

	(void)state;
	add_usual(0, 50);
	cell.heavy_p50_ns = 500;
	cell.interrupts = 0.0;
	cell.elapsed_ns *= 10;
	add(50, &cell);
	cell = usual(51);
	cell.heavy_p50_ns = 1000;
	add(51, &cell);
	f = made_fleet(NULL);
	assert_int_equal(f->outliers, 2);
	assert_int_equal(f->outlier[0].more, 2);
	assert_int_equal(f->outlier[1].more, 0);
	assert_string_equal(f->outlier[1].run->machine->name, "n51");
	assert_true(f->outlier[0].distance > f->outlier[1].distance);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(equals_that_are_alike_have_no_outlier),
		EACH(each_quantity_shows),
		EACH(hits_are_compared_with_those_of_the_same_twin),
		EACH(few_equals_say_little),
		EACH(what_is_near_is_no_outlier),
		EACH(of_several_runs_it_is_the_one_in_the_middle),
		EACH(another_verdict_than_most),
		EACH(one_that_never_tells_where_others_do),
		EACH(a_machine_is_one_outlier),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
