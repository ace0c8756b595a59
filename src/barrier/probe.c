/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Trying a barrier in a child process: set it up, call the heavy side, take it
 * down. A filter that kills (SIGSYS), a registration that cannot be undone and a
 * call that never returns then harm nobody but the child.
 */
#include "barrier/barrier.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define PROBE_LIMIT_MS 5000

static int try_it(const struct rcs_barrier_choice *choice, struct rcs_error *e)
{
	const struct rcs_barrier *b = choice->barrier;
	void *state = NULL, *writer;
	int err;

	if (b->setup != NULL && b->setup(choice->parameter, &state, e) != 0)
		return -1;
	if (b->thread_enter != NULL && b->thread_enter(state, e) != 0)
		return -1;
	writer = state;
	if (b->writer_enter != NULL && b->writer_enter(state, &writer, e) != 0)
		return -1;
	err = b->heavy(writer);
	if (err == 0)
		err = b->heavy(writer);
	if (err != 0)
		return rcs_fail(e, RCS_ERROR_UNSUPPORTED, "its heavy side fails: %s",
				strerror(-err));
	return 0;
}

/* Reads the child's answer; its death or silence is an answer too. */
static int judge(pid_t child, int from, const struct rcs_barrier_choice *choice,
		 struct rcs_error *e)
{
	struct pollfd ready = {.fd = from, .events = POLLIN};
	struct rcs_error answer;
	ssize_t got = 0;
	int n, status;

	do
		n = poll(&ready, 1, PROBE_LIMIT_MS);
	while (n < 0 && errno == EINTR);
	if (n > 0)
		got = read(from, &answer, sizeof(answer));
	if (n == 0)
		kill(child, SIGKILL);
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	if (n == 0)
		return rcs_fail(e, RCS_ERROR_UNSUPPORTED,
				"a try of '%s' did not return within %d s",
				choice->name, PROBE_LIMIT_MS / 1000);
	if (got == (ssize_t)sizeof(answer)) {
		if (answer.kind == RCS_ERROR_NONE)
			return 0;
		answer.text[sizeof(answer.text) - 1] = '\0';
		return rcs_fail(e, RCS_ERROR_UNSUPPORTED, "%s", answer.text);
	}
	if (WIFSIGNALED(status))
		return rcs_fail(
			e, RCS_ERROR_UNSUPPORTED,
			"a try of '%s' was killed by signal %d (%s)%s", choice->name,
			WTERMSIG(status), strsignal(WTERMSIG(status)),
			WTERMSIG(status) == SIGSYS
				? ": a seccomp filter forbids a system call it needs"
				: "");
	return rcs_fail(e, RCS_ERROR_UNSUPPORTED, "a try of '%s' gave no answer",
			choice->name);
}

int rcs_barrier_probe(const struct rcs_barrier_choice *choice, struct rcs_error *e)
{
	int ends[2];
	pid_t child, parent = getpid();
	int result;

	if (pipe(ends) != 0)
		return rcs_fail(e, RCS_ERROR_RESOURCE, "cannot probe '%s': pipe: %s",
				choice->name, strerror(errno));
	child = fork();
	if (child < 0) {
		close(ends[0]);
		close(ends[1]);
		return rcs_fail(e, RCS_ERROR_RESOURCE, "cannot probe '%s': fork: %s",
				choice->name, strerror(errno));
	}
	if (child == 0) {
		struct rcs_error answer = {.kind = RCS_ERROR_NONE};
		ssize_t put;

		/* Dies with its parent, should it hang. */
		(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != parent)
			_exit(1);
		(void)try_it(choice, &answer);
		put = write(ends[1], &answer, sizeof(answer));
		_exit(put == (ssize_t)sizeof(answer) ? 0 : 1);
	}
	close(ends[1]);
	result = judge(child, ends[0], choice, e);
	close(ends[0]);
	return result;
}
