/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What readers find in lists and tables, and who sleeps: by one thread, which does to a
 * node what an updater would do too early.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ck_pr.h>
#include <stdlib.h>
#include <string.h>

#include "host/futex.h"
#include "stress/torture/asleep.h"
#include "stress/torture/lists.h"
#include "stress/torture/section.h"

static struct rcs_torture torture;
static struct rcs_torture_reader reader;
static struct rcs_torture_section section;

static struct rcs_torture_updater *set_up(void)
{
	static struct rcs_torture_updater updater;
	struct rcs_error e;

	memset(&torture, 0, sizeof(torture));
	memset(&reader, 0, sizeof(reader));
	memset(&section, 0, sizeof(section));
	memset(&updater, 0, sizeof(updater));
	torture.updater = &updater;
	torture.runner.writers = 1;
	updater.torture = reader.torture = &torture;
	reader.random = rcs_random_stream(1, 1);
	rcs_torture_list_set_up(&updater);
	assert_int_equal(rcs_torture_table_set_up(&updater, &e), 0);
	return &updater;
}

/* Goes through it some times; how many violations there were of that check. */
static uint64_t read_often(void (*go)(struct rcs_torture_reader *,
				      struct rcs_torture_section *),
			   enum rcs_torture_check check)
{
	for (int n = 0; n < 1000; n++) {
		section.objects_told = 0;
		go(&reader, &section);
	}
	return reader.log.violations[check];
}

static void test_a_whole_list_has_no_violation(void **state)
{
	struct rcs_torture_updater *u = set_up();

	(void)state;
	assert_int_equal(read_often(rcs_torture_list_walk, RCS_TORTURE_PIPE), 0);
	assert_int_equal(reader.log.hits, 0);
	rcs_torture_table_take_down(u);
}

static void test_a_node_that_was_freed_is_found_in_a_list(void **state)
{
	struct rcs_torture_updater *u = set_up();

	(void)state;
	rcs_torture_object_free(&u->list.node[3].object, u, RCS_TORTURE_SYNCHRONIZE, 1);
	assert_true(read_often(rcs_torture_list_walk, RCS_TORTURE_PIPE) > 0);
	rcs_torture_table_take_down(u);
}

static void test_a_list_without_an_end_is_left(void **state)
{
	struct rcs_torture_updater *u = set_up();
	struct rcs_torture_node *node = &u->list.node[5];

	(void)state;
	node->entry.cle_next = node;
	assert_int_equal(read_often(rcs_torture_list_walk, RCS_TORTURE_PIPE), 0);
	rcs_torture_table_take_down(u);
}

static void test_a_whole_table_has_no_violation(void **state)
{
	struct rcs_torture_updater *u = set_up();

	(void)state;
	assert_int_equal(read_often(rcs_torture_table_look, RCS_TORTURE_PIPE), 0);
	assert_int_equal(reader.log.hits, 0);
	rcs_torture_table_take_down(u);
}

static void test_a_node_that_was_freed_is_found_in_a_table(void **state)
{
	struct rcs_torture_updater *u = set_up();
	struct rcs_torture_node *node = rcs_torture_table_node(u, 3);

	(void)state;
	rcs_torture_object_free(&node->object, u, RCS_TORTURE_SYNCHRONIZE, 1);
	assert_true(read_often(rcs_torture_table_look, RCS_TORTURE_PIPE) > 0);
	rcs_torture_table_take_down(u);
}

static void test_a_map_that_was_freed_is_found(void **state)
{
	struct rcs_torture_updater *u = set_up();

	(void)state;
	rcs_torture_object_free(rcs_torture_table_map(u), u, RCS_TORTURE_CALLED, 1);
	assert_true(read_often(rcs_torture_table_look, RCS_TORTURE_PIPE) > 0);
	rcs_torture_table_take_down(u);
}

static unsigned word, is_there;

static void *sleep_on_word(void *unused)
{
	ck_pr_store_uint(&is_there, 1);
	while (ck_pr_load_uint(&word) == 0)
		(void)rcs_futex_wait(&word, 0, NULL);
	return unused;
}

static void *spin_on_word(void *unused)
{
	ck_pr_store_uint(&is_there, 1);
	while (ck_pr_load_uint(&word) == 0)
		ck_pr_stall();
	return unused;
}

static pthread_t start(void *(*body)(void *))
{
	pthread_t thread;

	word = is_there = 0;
	assert_int_equal(pthread_create(&thread, NULL, body, NULL), 0);
	while (ck_pr_load_uint(&is_there) == 0)
		ck_pr_stall();
	return thread;
}

static void end(pthread_t thread)
{
	ck_pr_store_uint(&word, 1);
	rcs_futex_wake(&word);
	(void)pthread_join(thread, NULL);
}

static void test_who_sleeps_for_ever_is_seen(void **state)
{
	const pid_t me = rcs_torture_tid();
	uint64_t before, slept;
	pthread_t thread = start(sleep_on_word);

	(void)state;
	while (!rcs_torture_asleep(getpid(), &me, 1, &before))
		ck_pr_stall();
	assert_true(rcs_torture_asleep(getpid(), &me, 1, &slept));
	assert_true(slept == before);
	end(thread);
}

/* Whether it has a CPU or waits for one. */
static void test_who_runs_does_not_sleep(void **state)
{
	const pid_t me = rcs_torture_tid();
	pthread_t thread = start(spin_on_word);
	uint64_t slept;

	(void)state;
	for (int n = 0; n < 100; n++)
		assert_false(rcs_torture_asleep(getpid(), &me, 1, &slept));
	end(thread);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_whole_list_has_no_violation),
		cmocka_unit_test(test_a_node_that_was_freed_is_found_in_a_list),
		cmocka_unit_test(test_a_list_without_an_end_is_left),
		cmocka_unit_test(test_a_whole_table_has_no_violation),
		cmocka_unit_test(test_a_node_that_was_freed_is_found_in_a_table),
		cmocka_unit_test(test_a_map_that_was_freed_is_found),
		cmocka_unit_test(test_who_sleeps_for_ever_is_seen),
		cmocka_unit_test(test_who_runs_does_not_sleep),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
