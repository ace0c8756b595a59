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

static struct rcs_plan plan;

static int fill(int writers, int readers, int cpus, enum rcs_affinity affinity)
{
	struct rcs_seat seats[8];
	struct rcs_error e;

	memset(&plan, 0, sizeof(plan));
	memcpy(seats, machine, sizeof(seats));
	plan.writers = writers;
	plan.readers = readers;
	plan.antagonists = 1;
	return rcs_placement_fill(&plan, seats, cpus, affinity, &e);
}

static void no_reader_sits_on_a_writers_cpu(void **state)
{
	(void)state;
	for (int cpus = 2; cpus <= 8; cpus++) {
		for (int writers = 1; writers <= 4; writers++) {
			assert_int_equal(fill(writers, 9, cpus, RCS_AFFINITY_AUTO), 0);
			for (int p = 0; p < plan.placements; p++) {
				const int *cpu = plan.placement[p].cpu;

				for (int w = 0; w < writers; w++) {
					for (int r = 0; r < 9; r++)
						assert_int_not_equal(cpu[w],
								     cpu[writers + r]);
				}
			}
		}
	}
}

static void on_one_cpu_or_unasked_nobody_is_bound(void **state)
{
	(void)state;
	assert_int_equal(fill(1, 3, 1, RCS_AFFINITY_AUTO), 0);
	assert_int_equal(plan.cpus_used, 1);
	assert_int_equal(plan.placement[0].cpu[0], -1);
	assert_int_equal(fill(1, 3, 4, RCS_AFFINITY_NONE), 0);
	assert_int_equal(plan.cpus_used, 4);
	assert_int_equal(plan.placement[0].cpu[3], -1);
	assert_int_equal(plan.placement[0].pair_of[2], RCS_PAIR_UNBOUND);
}

static const struct rcs_seat *seat_of(int cpu)
{
	return &machine[cpu];
}

/* That machine has no two cores of one package with caches of their own. */
static void auto_has_every_kind_of_pair_and_both_ways_round(void **state)
{
	static const enum rcs_pair expected[] = {RCS_PAIR_SIBLINGS, RCS_PAIR_SIBLINGS,
						 RCS_PAIR_CACHE,    RCS_PAIR_CACHE,
						 RCS_PAIR_REMOTE,   RCS_PAIR_REMOTE};

	(void)state;
	assert_int_equal(fill(1, 1, 8, RCS_AFFINITY_AUTO), 0);
	assert_int_equal(plan.placements, 6);
	for (int p = 0; p < 6; p++) {
		const int *cpu = plan.placement[p].cpu;

		assert_int_equal(plan.placement[p].pair, expected[p]);
		assert_int_equal(rcs_pair_of(seat_of(cpu[0]), seat_of(cpu[1])),
				 expected[p]);
		if (p % 2 == 1) {
			assert_int_equal(cpu[0], plan.placement[p - 1].cpu[1]);
			assert_int_equal(cpu[1], plan.placement[p - 1].cpu[0]);
		}
	}
}

static void a_kind_of_pair_can_be_asked_for_if_there_is_one(void **state)
{
	(void)state;
	assert_int_equal(fill(1, 1, 8, RCS_AFFINITY_SIBLINGS), 0);
	assert_int_equal(plan.placements, 2);
	assert_int_equal(plan.placement[1].pair, RCS_PAIR_SIBLINGS);
	assert_int_equal(fill(1, 1, 8, RCS_AFFINITY_PACKAGE), -1);
	assert_int_equal(fill(1, 1, 2, RCS_AFFINITY_REMOTE), -1);
}

static void each_reader_knows_what_its_writer_is_to_it(void **state)
{
	(void)state;
	assert_int_equal(fill(2, 6, 8, RCS_AFFINITY_AUTO), 0);
	for (int p = 0; p < plan.placements; p++) {
		const struct rcs_placement *at = &plan.placement[p];

		for (int r = 0; r < 6; r++)
			assert_int_equal(at->pair_of[r],
					 rcs_pair_of(seat_of(at->cpu[r % 2]),
						     seat_of(at->cpu[2 + r])));
	}
}

static void antagonists_get_what_cpus_are_left(void **state)
{
	(void)state;
	assert_int_equal(fill(1, 1, 3, RCS_AFFINITY_AUTO), 0);
	assert_int_equal(plan.cpus_spare, 1);
	for (int p = 0; p < plan.placements; p++) {
		const int *cpu = plan.placement[p].cpu;

		assert_int_equal(cpu[0] + cpu[1] + cpu[2], 0 + 1 + 2);
	}
	assert_int_equal(fill(1, 2, 3, RCS_AFFINITY_AUTO), 0);
	assert_int_equal(plan.placement[0].cpu[3], -1);
}

static void a_pair_is_what_its_seats_are(void **state)
{
	const struct rcs_seat a = {0, 0, 0, 0}, own_cache = {1, 0, 1, 1},
			      unknown = {2, -1, -1, -1};

	(void)state;
	assert_int_equal(rcs_pair_of(&a, &a), RCS_PAIR_SAME);
	assert_int_equal(rcs_pair_of(&a, &own_cache), RCS_PAIR_PACKAGE);
	assert_int_equal(rcs_pair_of(&a, &unknown), RCS_PAIR_OTHER);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			spread_goes_to_the_other_package_first_and_to_siblings_last),
		cmocka_unit_test(compact_goes_to_the_sibling_first),
		cmocka_unit_test(no_reader_sits_on_a_writers_cpu),
		cmocka_unit_test(on_one_cpu_or_unasked_nobody_is_bound),
		cmocka_unit_test(auto_has_every_kind_of_pair_and_both_ways_round),
		cmocka_unit_test(a_kind_of_pair_can_be_asked_for_if_there_is_one),
		cmocka_unit_test(each_reader_knows_what_its_writer_is_to_it),
		cmocka_unit_test(antagonists_get_what_cpus_are_left),
		cmocka_unit_test(a_pair_is_what_its_seats_are),
	};

	return cmocka_run_group_tests_name("placement", tests, NULL, NULL);
}
