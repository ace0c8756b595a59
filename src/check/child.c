/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A check in a child process: what crashes or hangs ends there. The child says on the
 * shared board in which of the caller's functions it crashed, where the caller has no
 * handler of its own for that signal.
 */
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "check/check.h"
#include "check/sides.h"
#include "host/clock.h"

#define TICK_NS 10000000
/*
 * Past its limit a cell has to look at the reference, and its threads may have to wait
 * for a CPU: see RCS_TEAM_GRACE_NS. In ticks that this process saw.
 */
#define OVERTIME_TICKS (60 * (1000000000L / TICK_NS))

static const struct {
	int number;
	const char *name;
} signals[] = {
	{SIGSEGV, "SIGSEGV"},
	{SIGBUS, "SIGBUS"},
	{SIGILL, "SIGILL"},
	{SIGFPE, "SIGFPE"},
	{SIGABRT, "SIGABRT"},
	{SIGTRAP, "SIGTRAP"},
	/* These say nothing of a place. */
	{SIGSYS, "SIGSYS"},
	{SIGKILL, "SIGKILL"},
	{SIGTERM, "SIGTERM"},
};
#define SIGNALS (sizeof(signals) / sizeof(signals[0]))
#define CRASHES 6

static struct rcs_check *of_handler;

static void on_crash(int number)
{
	struct rcs_check_board *shared = of_handler->shared;

	shared->crashed_in = rcs_check_here(of_handler);
	shared->signal = (uint32_t)number;
	(void)signal(number, SIG_DFL);
	(void)raise(number); /* as soon as this returns */
}

/* Not in place of the caller's handlers: a heavy side may rest on them. */
static void watch_crashes(struct rcs_check *check)
{
	struct sigaction on = {.sa_handler = on_crash}, was;

	of_handler = check;
	for (size_t n = 0; n < CRASHES; n++) {
		if (sigaction(signals[n].number, NULL, &was) == 0 &&
		    (was.sa_flags & SA_SIGINFO) == 0 && was.sa_handler == SIG_DFL)
			(void)sigaction(signals[n].number, &on, NULL);
	}
}

/* Does not return. */
static void be_child(struct rcs_check *check, pid_t parent)
{
	/* Dies with its parent, however that ends. */
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	watch_crashes(check);
	(void)rcs_check_run(check);
	_exit(0);
}

static void end_with(struct rcs_check *check, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void end_with(struct rcs_check *check, const char *format, ...)
{
	struct rcs_result *r = &check->shared->board.result;
	va_list args;

	r->verdict = RCS_FAULT;
	va_start(args, format);
	(void)vsnprintf(r->reason, sizeof(r->reason), format, args);
	va_end(args);
}

static void name_signal(int number, char *text, size_t size)
{
	for (size_t n = 0; n < SIGNALS; n++) {
		if (signals[n].number == number) {
			(void)snprintf(text, size, "%s", signals[n].name);
			return;
		}
	}
	(void)snprintf(text, size, "signal %d", number);
}

/* What its end says when it left no result. */
static void judge_end(struct rcs_check *check, int status)
{
	const struct rcs_check_board *shared = check->shared;
	char name[24];

	if (!WIFSIGNALED(status)) {
		end_with(check, "the child process ended with status %d and no result",
			 WEXITSTATUS(status));
		return;
	}
	name_signal(WTERMSIG(status), name, sizeof(name));
	if (shared->signal == (uint32_t)WTERMSIG(status) &&
	    shared->crashed_in < RCS_CHECK_PLACES)
		end_with(check, "the child process was killed by %s in %s", name,
			 rcs_check_places[shared->crashed_in]);
	else
		end_with(check, "the child process was killed by %s", name);
}

/* Waits for the child's end. false: it had to be killed. *status is -1 if unknown. */
static bool wait_for(pid_t child, long ticks, int *status)
{
	const struct timespec tick = {0, TICK_NS};
	struct timespec left;
	bool in_time = true;

	for (;;) {
		pid_t got = waitpid(child, status, in_time ? WNOHANG : 0);

		if (got == child)
			return in_time;
		if (got < 0 && errno != EINTR) {
			/* Somebody else in this process waits for all children. */
			*status = -1;
			return in_time;
		}
		if (got == 0 && ticks-- <= 0) {
			in_time = false;
			(void)kill(child, SIGKILL);
			continue;
		}
		/* All of it: the process may be one that is profiled by signals. */
		left = tick;
		while (nanosleep(&left, &left) != 0 && errno == EINTR)
			;
	}
}

void rcs_check_run_in_child(struct rcs_check *check)
{
	struct rcs_result *r = &check->shared->board.result;
	uint64_t most_ms = (uint64_t)check->what.time_ms + check->what.hang_ms;
	long ticks = (long)(most_ms / (TICK_NS / 1000000)) + OVERTIME_TICKS;
	uint64_t begun = rcs_clock_ns();
	pid_t parent = getpid(), child = fork();
	int status = 0;

	if (child == 0)
		be_child(check, parent);
	if (child < 0) {
		end_with(check, "cannot start a child process: fork: %s",
			 strerror(errno));
		return;
	}
	if (!wait_for(child, ticks, &status))
		end_with(check,
			 "the child process did not end a minute after its limit, "
			 "and was killed");
	else if (status == -1 && !r->filled)
		end_with(check,
			 "the child process left no result, and somebody else in "
			 "this process took its status");
	else if (status > 0 || (status == 0 && !r->filled))
		judge_end(check, status);
	if (r->elapsed_ns == 0)
		r->elapsed_ns = rcs_clock_ns() - begun;
}
