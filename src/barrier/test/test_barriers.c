/* SPDX-License-Identifier: BSD-2-Clause */
/* The contract, for every barrier of the catalogue; and the probe, on broken ones. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "barrier/barrier.h"

static void every_barrier_describes_itself(void **state)
{
	(void)state;
	for (size_t i = 0; i < rcs_barrier_count; i++) {
		const struct rcs_barrier *b = rcs_barriers[i];
		struct rcs_barrier_choice choice;
		struct rcs_error e;

		assert_non_null(b->summary);
		assert_non_null(b->in_the_wild);
		assert_non_null(b->claim);
		assert_non_null(b->heavy);
		assert_int_equal(b->parameter == NULL, b->parameter_default == NULL);
		assert_int_equal(b->parameter == NULL, b->check == NULL);
		assert_false(b->control && b->claimed_here);
		assert_false(b->control && rcs_barrier_claimed(b));
		/* What rests on a page says whether that must be locked. */
		assert_false(b->by_shootdown && b->locking == NULL);
		assert_int_equal(rcs_barrier_find(b->name, &choice, &e), 0);
		assert_ptr_equal(choice.barrier, b);
	}
}

struct use {
	const struct rcs_barrier *barrier;
	void *state;
	int failed;
};

static void *writer_thread(void *argument)
{
	struct use *u = argument;
	const struct rcs_barrier *b = u->barrier;
	void *writer = u->state;
	struct rcs_error e;
	time_t until = time(NULL) + 2; /* some take milliseconds a call */

	if (b->thread_enter != NULL && b->thread_enter(u->state, &e) != 0) {
		u->failed = 1;
		return NULL;
	}
	if (b->writer_enter != NULL && b->writer_enter(u->state, &writer, &e) != 0) {
		u->failed = 1;
		return NULL;
	}
	for (int n = 0; n < 2000 && u->failed == 0 && time(NULL) < until; n++)
		u->failed = b->heavy(writer);
	if (b->writer_leave != NULL)
		b->writer_leave(u->state, writer);
	if (b->thread_leave != NULL)
		b->thread_leave(u->state);
	return NULL;
}

static void use_by_four(const struct rcs_barrier *b, void *shared)
{
	struct use use[4];
	pthread_t thread[4];

	for (int t = 0; t < 4; t++) {
		use[t] = (struct use){b, shared, 0};
		assert_int_equal(
			pthread_create(&thread[t], NULL, writer_thread, &use[t]), 0);
	}
	for (int t = 0; t < 4; t++) {
		pthread_join(thread[t], NULL);
		if (use[t].failed != 0)
			print_message("# %s: %d\n", b->name, use[t].failed);
		assert_int_equal(use[t].failed, 0);
	}
}

/* A page shared by two writers would be a SIGSEGV before long. */
static void four_writers_may_be_in_their_calls_at_once(void **state)
{
	(void)state;
	for (size_t i = 0; i < rcs_barrier_count; i++) {
		const struct rcs_barrier *b = rcs_barriers[i];
		struct rcs_barrier_choice choice;
		struct rcs_error e;
		void *shared = NULL;

		assert_int_equal(rcs_barrier_find(b->name, &choice, &e), 0);
		if (rcs_barrier_probe(&choice, &e) != 0) {
			print_message("# %s: not here: %s\n", b->name, e.text);
			continue;
		}
		if (b->setup != NULL)
			assert_int_equal(b->setup(choice.parameter, &shared, &e), 0);
		use_by_four(b, shared);
		if (b->teardown != NULL)
			b->teardown(shared);
	}
}

static void malformed_names_and_parameters_are_refused(void **state)
{
	static const char *const cases[] = {
		"",
		"mprotec",
		"mprotect:1",
		"delay:",
		"delay:-1",
		"delay:1x",
		"delay:1e3",
		"delay:99999999999",
		"none:",
		"delay:\n1",
		"mprotect ",
		"every-nth:0",
		"every-nth:",
		"every-nth:10:",
		"every-nth:10x",
		"every-nth:10:none",
		"every-nth:10:fence",
		"every-nth:10:every-nth:10",
		"every-nth:99999999999",
		"late:nobody",
		"late:late",
		"delay:0000000000000000000000000000000000000000000000000000000001"};
	struct rcs_barrier_choice choice;
	struct rcs_error e;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(rcs_barrier_find(cases[i], &choice, &e), -1);
		assert_int_equal(e.kind, RCS_ERROR_USAGE);
	}
	assert_int_equal(rcs_barrier_find("delay:250", &choice, &e), 0);
	assert_string_equal(choice.name, "delay:250");
	assert_int_equal(rcs_barrier_find("delay", &choice, &e), 0);
	assert_string_equal(choice.name, "delay:3000");
	assert_int_equal(rcs_barrier_find("every-nth:7:mprotect", &choice, &e), 0);
	assert_string_equal(choice.parameter, "7:mprotect");
}

static int fails(void *writer)
{
	(void)writer;
	return -EPERM;
}

static int is_killed(void *writer)
{
	(void)writer;
	signal(SIGSYS, SIG_DFL); /* cmocka has a handler of its own */
	raise(SIGSYS);		 /* what a seccomp filter does */
	return 0;
}

static int never_returns(void *writer)
{
	(void)writer;
	while (pause() != 0)
		;
	return 0;
}

static void probe_broken(int (*heavy)(void *), const char *expected)
{
	const struct rcs_barrier broken = {.name = "broken", .heavy = heavy};
	struct rcs_barrier_choice choice = {.barrier = &broken, .name = "broken"};
	struct rcs_error e;

	assert_int_equal(rcs_barrier_probe(&choice, &e), -1);
	assert_int_equal(e.kind, RCS_ERROR_UNSUPPORTED);
	assert_non_null(strstr(e.text, expected));
}

static void the_probe_survives_what_it_tries(void **state)
{
	(void)state;
	probe_broken(fails, "Operation not permitted");
	probe_broken(is_killed, "seccomp");
	probe_broken(never_returns, "did not return");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_barrier_describes_itself),
		cmocka_unit_test(malformed_names_and_parameters_are_refused),
		cmocka_unit_test(four_writers_may_be_in_their_calls_at_once),
		cmocka_unit_test(the_probe_survives_what_it_tries),
	};

	return cmocka_run_group_tests_name("barriers", tests, NULL, NULL);
}
