/* SPDX-License-Identifier: BSD-2-Clause */
/* Children that end, and each way not to. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "stress/torture/child_wait.h"

#define SECOND UINT64_C(1000000000)

/* Far more than a child that ends takes, on any machine that runs it at all. */
static const struct rcs_torture_patience much = {
	.asleep_ns = 60 * SECOND,
	.still_ns = 60 * SECOND,
	.spun_ns = 60 * SECOND,
	.given_up_ns = 60 * SECOND,
};

static void count(void *looks)
{
	++*(unsigned *)looks;
}

static void nap(void)
{
	(void)usleep(20000);
	_exit(3);
}

static void sleep_for_ever(void)
{
	for (;;)
		(void)pause();
}

/* Asleep nearly all the time, but it runs between any two looks that are far apart. */
static void doze(void)
{
	for (;;)
		(void)usleep(5000);
}

static void spin(void)
{
	for (;;)
		__asm__ __volatile__("");
}

static void stop(void)
{
	(void)raise(SIGSTOP);
	sleep_for_ever();
}

static enum rcs_torture_child after(void (*body)(void),
				    const struct rcs_torture_patience *patience,
				    int *status, char *text, size_t size,
				    unsigned *looks)
{
	enum rcs_torture_child how;
	pid_t child = fork();

	assert_int_not_equal(child, -1);
	if (child == 0)
		body();
	*status = 0;
	*looks = 0;
	text[0] = '\0';
	how = rcs_torture_child_wait(child, patience, count, looks, status, text, size);
	/* Nothing of it is left. */
	assert_int_equal(waitpid(child, NULL, 0), -1);
	assert_int_equal(errno, ECHILD);
	return how;
}

static void killed(int status)
{
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGKILL);
}

static void test_one_that_ends(void **state)
{
	unsigned looks;
	char text[120];
	int status;

	(void)state;
	assert_int_equal(after(nap, &much, &status, text, sizeof(text), &looks),
			 RCS_TORTURE_CHILD_ENDED);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 3);
	assert_string_equal(text, "");
}

static void test_one_that_never_runs(void **state)
{
	struct rcs_torture_patience some = much;
	unsigned looks;
	char text[120];
	int status;

	(void)state;
	some.still_ns = SECOND / 10;
	assert_int_equal(
		after(sleep_for_ever, &some, &status, text, sizeof(text), &looks),
		RCS_TORTURE_CHILD_SLEPT);
	killed(status);
	assert_true(looks > 1);
	assert_non_null(strstr(text, "its threads: S in call "));
}

static void test_one_that_sleeps_and_runs_again(void **state)
{
	struct rcs_torture_patience some = much;
	unsigned looks;
	char text[120];
	int status;

	(void)state;
	some.asleep_ns = SECOND / 3;
	assert_int_equal(after(doze, &some, &status, text, sizeof(text), &looks),
			 RCS_TORTURE_CHILD_SLEPT);
	killed(status);
	assert_true(looks > 1);
}

static void test_one_that_spins(void **state)
{
	struct rcs_torture_patience some = much;
	unsigned looks;
	char text[120];
	int status;

	(void)state;
	some.spun_ns = SECOND / 10;
	assert_int_equal(after(spin, &some, &status, text, sizeof(text), &looks),
			 RCS_TORTURE_CHILD_SPUN);
	killed(status);
	assert_non_null(strstr(text, "its threads: R in call "));
}

/* It has not been asked whether it would have ended. */
static void test_one_that_is_kept_from_running(void **state)
{
	struct rcs_torture_patience some = much;
	unsigned looks;
	char text[120];
	int status;

	(void)state;
	some.given_up_ns = SECOND / 3;
	assert_int_equal(after(stop, &some, &status, text, sizeof(text), &looks),
			 RCS_TORTURE_CHILD_STARVED);
	killed(status);
	assert_non_null(strstr(text, "its threads: T in call "));
}

/* However little is left of the text's room. */
static void test_room_for_the_text(void **state)
{
	struct rcs_torture_patience none = much;
	unsigned looks;
	char text[60];
	int status;

	(void)state;
	none.given_up_ns = 0;
	for (size_t size = 1; size < sizeof(text); size++) {
		memset(text, 'x', sizeof(text));
		(void)after(sleep_for_ever, &none, &status, text, size, &looks);
		assert_true(strlen(text) < size);
		assert_int_equal(text[size], 'x');
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_that_ends),
		cmocka_unit_test(test_one_that_never_runs),
		cmocka_unit_test(test_one_that_sleeps_and_runs_again),
		cmocka_unit_test(test_one_that_spins),
		cmocka_unit_test(test_one_that_is_kept_from_running),
		cmocka_unit_test(test_room_for_the_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
