/* SPDX-License-Identifier: BSD-2-Clause */
/* Running the compiler: see compiler.h. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "host/clock.h"
#include "litmus/compile/compiler.h"

#define LIMIT_NS (60 * UINT64_C(1000000000))
#define LOOK_MS	 50 /* between looks at whether to end it */

struct said {
	char text[200]; /* the beginning */
	size_t size;
};

/* In the new process: no shell, and nothing of ours but its three streams. */
static void become_compiler(const struct rcs_compiler *compiler, const char *folder,
			    const char *source, const char *object, int output)
{
	int nothing = open("/dev/null", O_RDONLY);
	char path[PATH_MAX];

	sigset_t none;

	/* A group of its own, to be ended with all that it started. */
	(void)setpgid(0, 0);
	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 ||
	    dup2(output, STDOUT_FILENO) < 0 || dup2(output, STDERR_FILENO) < 0 ||
	    chdir(folder) != 0 || setenv("TMPDIR", folder, 1) != 0 ||
	    setenv("LC_ALL", "C", 1) != 0)
		_exit(126);
	(void)snprintf(path, sizeof(path), "%s", compiler->path);
	(void)execl(path, path, "-std=gnu11", "-O2", "-shared", "-fPIC", "-w", "-I.",
		    "-o", object, source, (char *)NULL);
	_exit(127);
}

static const int ending[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGQUIT};

void rcs_compiler_hold_signals(sigset_t *before)
{
	sigset_t held;

	(void)sigemptyset(&held);
	for (size_t i = 0; i < sizeof(ending) / sizeof(ending[0]); i++)
		(void)sigaddset(&held, ending[i]);
	(void)sigprocmask(SIG_BLOCK, &held, before);
}

static bool signal_waits(void)
{
	sigset_t pending;

	if (sigpending(&pending) != 0)
		return false;
	for (size_t i = 0; i < sizeof(ending) / sizeof(ending[0]); i++) {
		if (sigismember(&pending, ending[i]) == 1)
			return true;
	}
	return false;
}

/* Keeps the beginning of what comes, until nobody can say more: false, too late. */
static bool listen_to(int input, uint64_t deadline_ns, struct said *said)
{
	for (;;) {
		struct pollfd ready = {.fd = input, .events = POLLIN};
		uint64_t now = rcs_clock_ns();
		size_t room = sizeof(said->text) - 1 - said->size;
		char more[4096];
		ssize_t got;

		if (now >= deadline_ns || signal_waits())
			return false;
		if (poll(&ready, 1, LOOK_MS) <= 0)
			continue;
		got = read(input, more, sizeof(more));
		if (got <= 0)
			return true;
		if ((size_t)got < room)
			room = (size_t)got;
		memcpy(said->text + said->size, more, room);
		said->size += room;
	}
}

/* The exit status of the process, as waitpid() has it; -1 if it does not end in time.
 */
static int status_of(pid_t pid, uint64_t deadline_ns)
{
	struct timespec pause = {.tv_nsec = 1000000};
	int status = -1;

	while (waitpid(pid, &status, WNOHANG) == 0) {
		if (rcs_clock_ns() >= deadline_ns || signal_waits())
			return -1;
		(void)nanosleep(&pause, NULL);
	}
	return status;
}

static void end(pid_t pid)
{
	(void)kill(-pid, SIGKILL);
	(void)kill(pid, SIGKILL);
	(void)waitpid(pid, NULL, 0);
}

/* The first line, fit to be shown. */
static const char *first_line(struct said *said)
{
	said->text[said->size] = '\0';
	said->text[strcspn(said->text, "\n")] = '\0';
	for (char *c = said->text; *c != '\0'; c++) {
		if ((unsigned char)*c < ' ' || (unsigned char)*c > '~')
			*c = '?';
	}
	return said->text[0] == '\0' ? "it did not say why" : said->text;
}

int rcs_compiler_run(const struct rcs_compiler *compiler, const char *folder,
		     const char *source, const char *object, struct rcs_error *e)
{
	uint64_t deadline_ns = rcs_clock_ns() + LIMIT_NS;
	struct said said = {.size = 0};
	int ends[2], status;
	bool in_time;
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) != 0)
		return rcs_fail(e, RCS_ERROR_RESOURCE, "no pipe to %s: %s",
				compiler->path, strerror(errno));
	pid = fork();
	if (pid == 0)
		become_compiler(compiler, folder, source, object, ends[1]);
	(void)close(ends[1]);
	if (pid < 0) {
		(void)close(ends[0]);
		return rcs_fail(e, RCS_ERROR_RESOURCE, "cannot start %s: %s",
				compiler->path, strerror(errno));
	}
	in_time = listen_to(ends[0], deadline_ns, &said);
	(void)close(ends[0]);
	status = in_time ? status_of(pid, deadline_ns) : -1;
	if (status == 0)
		return 0;
	if (status == -1) {
		end(pid);
		return signal_waits()
			       ? rcs_fail(e, RCS_ERROR_FAULT, "interrupted")
			       : rcs_fail(e, RCS_ERROR_FAULT,
					  "%s did not end within 60 s", compiler->path);
	}
	return rcs_fail(e, RCS_ERROR_FAULT, "%s failed: %s", compiler->path,
			first_line(&said));
}
