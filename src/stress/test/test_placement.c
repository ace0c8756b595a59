/* SPDX-License-Identifier: BSD-2-Clause */
/* The order of CPUs, on a machine of two packages, two cores each, two siblings. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "stress/placement.h"

/* Numbered as Linux does it: siblings come last. */
static const struct rcs_seat machine[8] = {
	{0, 0, 0, 0}, {1, 0, 0, 1}, {2, 1, 1, 2}, {3, 1, 1, 3},
	{4, 0, 0, 0}, {5, 0, 0, 1}, {6, 1, 1, 2}, {7, 1, 1, 3},
};

static void order(enum rcs_affinity affinity, const int expected[8])
{
	struct rcs_seat seats[8];

	memcpy(seats, machine, sizeof(seats));
	rcs_placement_order(seats, 8, affinity);
	for (int i = 0; i < 8; i++)
		assert_int_equal(seats[i].cpu, expected[i]);
}

static void spread_goes_to_the_other_package_first_and_to_siblings_last(void **state)
{
	(void)state;
	order(RCS_AFFINITY_SPREAD, (const int[8]){0, 2, 1, 3, 4, 6, 5, 7});
}

static void compact_goes_to_the_sibling_first(void **state)
{
	(void)state;
	order(RCS_AFFINITY_COMPACT, (const int[8]){0, 4, 1, 5, 2, 6, 3, 7});
}

static void fill(int writers, int readers, int cpus, enum rcs_affinity affinity,
		 struct rcs_plan *plan)
{
	struct rcs_cpus list = {.count = cpus};

	for (int i = 0; i < cpus; i++)
		list.id[i] = i;
	plan->writers = writers;
	plan->readers = readers;
	rcs_placement_fill(plan, &list, affinity);
}

static void no_reader_sits_on_a_writers_cpu(void **state)
{
	static struct rcs_plan plan;

	(void)state;
	for (int cpus = 2; cpus <= 5; cpus++) {
		for (int writers = 1; writers <= 4; writers++) {
			fill(writers, 9, cpus, RCS_AFFINITY_AUTO, &plan);
			for (int w = 0; w < writers; w++) {
				for (int r = 0; r < 9; r++)
					assert_int_not_equal(plan.cpu[w],
							     plan.cpu[writers + r]);
			}
		}
	}
}

static void on_one_cpu_or_unasked_nobody_is_bound(void **state)
{
	static struct rcs_plan plan;

	(void)state;
	fill(1, 3, 1, RCS_AFFINITY_AUTO, &plan);
	assert_int_equal(plan.cpus_used, 1);
	assert_int_equal(plan.cpu[0], -1);
	fill(1, 3, 4, RCS_AFFINITY_NONE, &plan);
	assert_int_equal(plan.cpus_used, 4);
	assert_int_equal(plan.cpu[3], -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			spread_goes_to_the_other_package_first_and_to_siblings_last),
		cmocka_unit_test(compact_goes_to_the_sibling_first),
		cmocka_unit_test(no_reader_sits_on_a_writers_cpu),
		cmocka_unit_test(on_one_cpu_or_unasked_nobody_is_bound),
	};

	return cmocka_run_group_tests_name("placement", tests, NULL, NULL);
}
