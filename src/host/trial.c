/* SPDX-License-Identifier: BSD-2-Clause */
/* A child process, a page that it shares, and a clock: see trial.h. */
#include "host/trial.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define TICK_MS	       20
#define CLOSED_TICK_MS 1

struct shared {
	bool answered;
	char step[64];
	_Alignas(16) unsigned char answer[];
};

static struct shared *here; /* in a child */

void rcs_trial_step(const char *step)
{
	if (here != NULL)
		(void)snprintf(here->step, sizeof(here->step), "%s", step);
}

/* In the child. Does not return. */
static void be_tried(rcs_trial_body *body, void *argument, struct shared *shared,
		     pid_t parent)
{
	/* Dies with its parent, should it hang. */
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	here = shared;
	body(argument, shared->answer);
	shared->answered = true;
	_exit(0);
}

/*
 * Until it has ended, or its time is over: then it is killed. The pipe is closed when
 * it ends, so that nobody has to wait for a tick; but what is tried may close it
 * before, or leave it to a child of its own.
 */
static bool wait_for(pid_t child, int pipe_end, int seconds, int *status)
{
	struct pollfd closed = {.fd = pipe_end};
	int left_ms = seconds * 1000;

	for (;;) {
		int tick_ms = closed.fd < 0 ? CLOSED_TICK_MS : TICK_MS;
		pid_t got = waitpid(child, status, WNOHANG);

		if (got == child || (got < 0 && errno != EINTR))
			return true;
		if (left_ms <= 0)
			break;
		switch (poll(&closed, 1, tick_ms)) {
		case 0:
			left_ms -= tick_ms;
			break;
		case -1: /* by a signal */
			break;
		default:
			closed.fd = -1; /* not looked at any more */
			break;
		}
	}
	(void)kill(child, SIGKILL);
	while (waitpid(child, status, 0) < 0 && errno == EINTR)
		;
	return false;
}

static void judge(const struct shared *shared, bool in_time, int status,
		  struct rcs_trial *trial)
{
	memset(trial, 0, sizeof(*trial));
	memcpy(trial->step, shared->step, sizeof(trial->step) - 1);
	if (shared->answered)
		trial->end = RCS_TRIAL_ANSWERED;
	else if (!in_time)
		trial->end = RCS_TRIAL_SILENT;
	else if (WIFSIGNALED(status)) {
		trial->end = RCS_TRIAL_KILLED;
		trial->signal = WTERMSIG(status);
	} else {
		trial->end = RCS_TRIAL_GONE;
		trial->status = WEXITSTATUS(status);
	}
}

int rcs_trial_run(rcs_trial_body *body, void *argument, void *answer, size_t size,
		  int seconds, struct rcs_trial *trial, struct rcs_error *e)
{
	size_t all = sizeof(struct shared) + size;
	struct shared *shared = mmap(NULL, all, PROT_READ | PROT_WRITE,
				     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pid_t child, parent = getpid();
	int ends[2], status = 0;
	bool in_time;

	if (shared == MAP_FAILED)
		return rcs_fail(e, RCS_ERROR_RESOURCE, "mmap: %s", strerror(errno));
	if (pipe(ends) != 0) {
		int err = errno;

		(void)munmap(shared, all);
		return rcs_fail(e, RCS_ERROR_RESOURCE, "pipe: %s", strerror(err));
	}
	(void)fflush(NULL);
	child = fork();
	if (child == 0) {
		(void)close(ends[0]);
		be_tried(body, argument, shared, parent);
	}
	(void)close(ends[1]);
	if (child < 0) {
		int err = errno;

		(void)close(ends[0]);
		(void)munmap(shared, all);
		return rcs_fail(e, RCS_ERROR_RESOURCE, "fork: %s", strerror(err));
	}
	in_time = wait_for(child, ends[0], seconds, &status);
	(void)close(ends[0]);
	judge(shared, in_time, status, trial);
	if (trial->end == RCS_TRIAL_ANSWERED)
		memcpy(answer, shared->answer, size);
	(void)munmap(shared, all);
	return 0;
}

void rcs_trial_print(const struct rcs_trial *trial, int seconds, char *text,
		     size_t size)
{
	char what[64];

	switch (trial->end) {
	case RCS_TRIAL_KILLED:
		(void)snprintf(what, sizeof(what), "was killed by signal %d (%.30s)",
			       trial->signal, strsignal(trial->signal));
		break;
	case RCS_TRIAL_SILENT:
		(void)snprintf(what, sizeof(what), "did not return within %d s",
			       seconds);
		break;
	case RCS_TRIAL_GONE:
		(void)snprintf(what, sizeof(what), "ended with status %d and no answer",
			       trial->status);
		break;
	default:
		(void)snprintf(what, sizeof(what), "answered");
		break;
	}
	(void)snprintf(text, size, "%s%s%s%s", what,
		       trial->step[0] != '\0' ? ", in " : "", trial->step,
		       trial->end == RCS_TRIAL_KILLED && trial->signal == SIGSYS
			       ? ": a seccomp filter forbids a system call it needs"
			       : "");
}
