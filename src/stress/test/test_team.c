/* SPDX-License-Identifier: BSD-2-Clause */
/* The threads of a cell: all go through each body, and a lost one is told of. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ck_pr.h>
#include <string.h>
#include <unistd.h>

#include "stress/team.h"

#define THREADS 7

static const int unbound[THREADS] = {-1, -1, -1, -1, -1, -1, -1};
static unsigned visits[THREADS];
static unsigned release_lost;

static bool never(void *argument)
{
	(void)argument;
	return false;
}

static bool at_once(void *argument)
{
	(void)argument;
	return true;
}

static void visit(int thread, void *argument)
{
	(void)argument;
	ck_pr_inc_uint(&visits[thread]);
}

static void lose_the_third(int thread, void *argument)
{
	(void)argument;
	while (thread == 3 && ck_pr_load_uint(&release_lost) == 0)
		usleep(1000);
}

static void every_thread_goes_through_every_body(void **state)
{
	struct rcs_error e;
	struct rcs_team *team = rcs_team_start(THREADS, unbound, &e);

	(void)state;
	assert_non_null(team);
	memset(visits, 0, sizeof(visits));
	for (unsigned n = 1; n <= 100; n++) {
		rcs_team_go(team, visit, NULL);
		assert_int_equal(rcs_team_wait(team, never, NULL, 1, &e), 0);
		for (int t = 0; t < THREADS; t++)
			assert_int_equal(ck_pr_load_uint(&visits[t]), n);
	}
	rcs_team_end(team);
}

static void a_thread_that_does_not_end_is_a_fault(void **state)
{
	struct rcs_error e;
	struct rcs_team *team = rcs_team_start(THREADS, unbound, &e);

	(void)state;
	assert_non_null(team);
	rcs_team_go(team, lose_the_third, NULL);
	assert_int_equal(rcs_team_wait(team, at_once, NULL, 200000000, &e), -1);
	assert_int_equal(e.kind, RCS_ERROR_FAULT);
	assert_non_null(strstr(e.text, "1 of 7 threads"));
	/* Let it go after all, so that the test leaves nothing behind. */
	ck_pr_store_uint(&release_lost, 1);
	assert_int_equal(rcs_team_wait(team, never, NULL, 1, &e), 0);
	rcs_team_end(team);
}

static void a_cpu_that_cannot_be_had_is_told_of(void **state)
{
	const int cpus[2] = {-1, 4095};
	struct rcs_error e;

	(void)state;
	assert_null(rcs_team_start(2, cpus, &e));
	assert_int_equal(e.kind, RCS_ERROR_RESOURCE);
	assert_non_null(strstr(e.text, "CPU 4095"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_thread_goes_through_every_body),
		cmocka_unit_test(a_thread_that_does_not_end_is_a_fault),
		cmocka_unit_test(a_cpu_that_cannot_be_had_is_told_of),
	};

	return cmocka_run_group_tests_name("team", tests, NULL, NULL);
}
