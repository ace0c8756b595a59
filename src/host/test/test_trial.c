/* SPDX-License-Identifier: BSD-2-Clause */
/* Trials in a child: every way in which one can end. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "host/plugin_try.h"
#include "host/trial.h"

static struct rcs_trial tried(rcs_trial_body *body, void *argument, int *answer,
			      int seconds)
{
	struct rcs_trial trial;
	struct rcs_error e;

	assert_int_equal(rcs_trial_run(body, argument, answer, sizeof(*answer), seconds,
				       &trial, &e),
			 0);
	/* Whatever it was, no child is left. */
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	return trial;
}

static void assert_printed(const struct rcs_trial *trial, const char *expected)
{
	char text[160];

	rcs_trial_print(trial, 1, text, sizeof(text));
	assert_string_equal(text, expected);
}

static void answer_twice(void *argument, void *answer)
{
	*(int *)answer = 2 * *(int *)argument;
	*(int *)argument = 0; /* the child's own */
}

static void an_answer_comes_back(void **state)
{
	int answer = 0, argument = 21;
	struct rcs_trial trial = tried(answer_twice, &argument, &answer, 10);

	(void)state;
	assert_int_equal(trial.end, RCS_TRIAL_ANSWERED);
	assert_int_equal(answer, 42);
	assert_int_equal(argument, 21);
}

static void end_by_signal(void *argument, void *answer)
{
	*(int *)answer = 1;
	rcs_trial_step("setup()");
	(void)signal(*(int *)argument, SIG_DFL);
	(void)raise(*(int *)argument);
}

static void a_signal_is_told_with_the_step(void **state)
{
	int answer = 7, number = SIGTERM;
	struct rcs_trial trial = tried(end_by_signal, &number, &answer, 10);

	(void)state;
	assert_int_equal(trial.end, RCS_TRIAL_KILLED);
	assert_int_equal(trial.signal, SIGTERM);
	assert_int_equal(answer, 7); /* there was none */
	assert_printed(&trial, "was killed by signal 15 (Terminated), in setup()");
	number = SIGSYS;
	trial = tried(end_by_signal, &number, &answer, 10);
	assert_printed(&trial,
		       "was killed by signal 31 (Bad system call), in setup(): a "
		       "seccomp filter forbids a system call it needs");
}

static void end_by_exit(void *argument, void *answer)
{
	(void)answer;
	_exit(*(int *)argument);
}

static void an_exit_is_no_answer(void **state)
{
	int answer = 7, status = 0;
	struct rcs_trial trial = tried(end_by_exit, &status, &answer, 10);

	(void)state;
	assert_int_equal(trial.end, RCS_TRIAL_GONE);
	assert_printed(&trial, "ended with status 0 and no answer");
	status = 3;
	trial = tried(end_by_exit, &status, &answer, 10);
	assert_int_equal(trial.status, 3);
}

static void close_all(void)
{
	for (int fd = 3; fd < 256; fd++)
		(void)close(fd);
}

static void hang(void *argument, void *answer)
{
	(void)answer;
	rcs_trial_step("heavy()");
	if (argument != NULL)
		close_all();
	for (;;)
		(void)pause();
}

static void a_hang_ends_with_its_time(void **state)
{
	int answer = 7, closes = 1;
	struct rcs_trial trial = tried(hang, NULL, &answer, 1);

	(void)state;
	assert_int_equal(trial.end, RCS_TRIAL_SILENT);
	assert_printed(&trial, "did not return within 1 s, in heavy()");
	/* Its end of the pipe does not have to be there for that. */
	trial = tried(hang, &closes, &answer, 1);
	assert_int_equal(trial.end, RCS_TRIAL_SILENT);
	assert_int_equal(answer, 7);
}

static void close_and_answer(void *argument, void *answer)
{
	(void)argument;
	close_all();
	*(int *)answer = 42;
}

static void an_answer_needs_no_descriptor(void **state)
{
	int answer = 0;
	struct rcs_trial trial = tried(close_and_answer, NULL, &answer, 10);

	(void)state;
	assert_int_equal(trial.end, RCS_TRIAL_ANSWERED);
	assert_int_equal(answer, 42);
}

/* What a child that exits tells as well, in memory that is shared. */
struct family {
	bool exits;
	pid_t grandchild;
};

/* A grandchild has the pipe until it is killed. */
static void leave_a_child(void *argument, void *answer)
{
	struct family *family = argument;
	pid_t grandchild = fork();

	if (grandchild == 0) {
		(void)alarm(30); /* should the test fail */
		for (;;)
			(void)pause();
	}
	family->grandchild = grandchild;
	*(int *)answer = 42;
	if (family->exits)
		_exit(5);
}

static void a_grandchild_is_not_waited_for(void **state)
{
	struct family *family = mmap(NULL, sizeof(*family), PROT_READ | PROT_WRITE,
				     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct rcs_trial trial;
	int answer = 0;

	(void)state;
	assert_true(family != MAP_FAILED);
	trial = tried(leave_a_child, family, &answer, 10);
	assert_int_equal(kill(family->grandchild, SIGKILL), 0);
	assert_int_equal(trial.end, RCS_TRIAL_ANSWERED);
	assert_int_equal(answer, 42);
	family->exits = true;
	trial = tried(leave_a_child, family, &answer, 10);
	assert_int_equal(kill(family->grandchild, SIGKILL), 0);
	assert_int_equal(trial.end, RCS_TRIAL_GONE);
	assert_int_equal(trial.status, 5);
	assert_int_equal(munmap(family, sizeof(*family)), 0);
}

struct try_answer {
	struct rcs_error error; /* first */
	int value;
};

static void print_and_answer(void *argument, void *answer)
{
	struct try_answer *a = answer;

	(void)argument;
	(void)!write(STDOUT_FILENO, "garbage\n", 8);
	a->value = 42;
}

static void a_try_prints_nothing_to_standard_output(void **state)
{
	const struct rcs_plugin_place place = {.path = "/it.so", .symbol = "mine"};
	struct try_answer answer;
	struct rcs_error e;
	char text[16];
	int kept = dup(STDOUT_FILENO), ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	assert_true(kept >= 0);
	(void)fflush(stdout);
	(void)dup2(ends[1], STDOUT_FILENO);
	(void)close(ends[1]);
	assert_int_equal(rcs_plugin_try(&place, print_and_answer, NULL, &answer,
					sizeof(answer), &e),
			 0);
	(void)dup2(kept, STDOUT_FILENO);
	(void)close(kept);
	assert_int_equal(read(ends[0], text, sizeof(text)), 0);
	(void)close(ends[0]);
	assert_int_equal(answer.value, 42);
}

static void what_is_left_behind_is_counted(void **state)
{
	struct rcs_plugin_holdings before;
	char text[160];
	int ends[2];
	pid_t child;

	(void)state;
	rcs_plugin_count(&before);
	rcs_plugin_left_behind(&before, text, sizeof(text));
	assert_string_equal(text, "");
	assert_int_equal(pipe(ends), 0);
	rcs_plugin_left_behind(&before, text, sizeof(text));
	assert_string_equal(text, "2 file descriptors left behind");
	(void)close(ends[0]);
	child = fork();
	if (child == 0)
		_exit(0);
	rcs_plugin_left_behind(&before, text, sizeof(text));
	assert_string_equal(text, "1 file descriptor, 1 child process left behind");
	(void)close(ends[1]);
	assert_int_equal(waitpid(child, NULL, 0), child);
	rcs_plugin_left_behind(&before, text, sizeof(text));
	assert_string_equal(text, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_answer_comes_back),
		cmocka_unit_test(a_signal_is_told_with_the_step),
		cmocka_unit_test(an_exit_is_no_answer),
		cmocka_unit_test(a_hang_ends_with_its_time),
		cmocka_unit_test(an_answer_needs_no_descriptor),
		cmocka_unit_test(a_grandchild_is_not_waited_for),
		cmocka_unit_test(a_try_prints_nothing_to_standard_output),
		cmocka_unit_test(what_is_left_behind_is_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
