/* SPDX-License-Identifier: BSD-2-Clause */
/* Children that may never end: see child_wait.h. */
#include "stress/torture/child_wait.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "host/clock.h"
#include "stress/torture/asleep.h"

#define LOOK_NS 1000000
/* What counts between two looks at most. */
#define GAP_NS 20000000

static uint64_t cpu_time(pid_t child)
{
	struct timespec had;
	clockid_t clock;

	if (clock_getcpuclockid(child, &clock) != 0 || clock_gettime(clock, &had) != 0)
		return 0;
	return (uint64_t)had.tv_sec * 1000000000 + (uint64_t)had.tv_nsec;
}

/* The first line of one of a thread's files in /proc; empty if it cannot be read. */
static void first_line(pid_t child, const char *thread, const char *name, char *text,
		       size_t size)
{
	char path[300];
	ssize_t got;
	int fd;

	text[0] = '\0';
	(void)snprintf(path, sizeof(path), "/proc/%ld/task/%.20s/%s", (long)child,
		       thread, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	got = read(fd, text, size - 1);
	(void)close(fd);
	text[got > 0 ? got : 0] = '\0';
	text[strcspn(text, "\n")] = '\0';
}

/* One thread: its state, and the system call that it is in (proc(5), …/syscall). */
static int tell_thread(pid_t child, const char *thread, char *text, size_t size)
{
	char stat[512], call[64];
	const char *state;

	first_line(child, thread, "stat", stat, sizeof(stat));
	first_line(child, thread, "syscall", call, sizeof(call));
	/* Behind the name, which may have any character in it. */
	state = strrchr(stat, ')');
	call[strcspn(call, " ")] = '\0';
	return snprintf(text, size, " %c in call %s", state != NULL ? state[2] : '?',
			call[0] != '\0' ? call : "?");
}

static void tell(pid_t child, char *text, size_t size)
{
	const struct dirent *entry;
	char path[40];
	size_t used;
	DIR *tasks;

	used = (size_t)snprintf(text, size, "%.3f s of CPU time; its threads:",
				(double)cpu_time(child) * 1e-9);
	(void)snprintf(path, sizeof(path), "/proc/%ld/task", (long)child);
	tasks = opendir(path);
	if (tasks == NULL)
		return;
	while (used < size && (entry = readdir(tasks)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		used += (size_t)tell_thread(child, entry->d_name, text + used,
					    size - used);
	}
	(void)closedir(tasks);
}

/* What looks have found so far. */
struct looked {
	uint64_t begun_ns, last_ns;
	uint64_t asleep_ns, still_ns;
	uint64_t slept; /* see asleep.h */
};

static void look_at(pid_t child, struct looked *l)
{
	uint64_t now = rcs_clock_ns(), before = l->slept, since = now - l->last_ns;

	l->last_ns = now;
	/* The whole machine may have stood still. */
	if (since > GAP_NS)
		since = GAP_NS;
	if (!rcs_torture_asleep(child, NULL, 0, &l->slept)) {
		l->still_ns = 0;
		return;
	}
	l->asleep_ns += since;
	l->still_ns = l->slept == before ? l->still_ns + since : 0;
}

/* Whether it is enough. */
static enum rcs_torture_child judge(pid_t child, const struct looked *l,
				    const struct rcs_torture_patience *patience)
{
	if (l->asleep_ns > patience->asleep_ns || l->still_ns > patience->still_ns)
		return RCS_TORTURE_CHILD_SLEPT;
	if (cpu_time(child) > patience->spun_ns)
		return RCS_TORTURE_CHILD_SPUN;
	return l->last_ns - l->begun_ns > patience->given_up_ns
		       ? RCS_TORTURE_CHILD_STARVED
		       : RCS_TORTURE_CHILD_ENDED;
}

enum rcs_torture_child
rcs_torture_child_wait(pid_t child, const struct rcs_torture_patience *patience,
		       void (*look)(void *argument), void *argument, int *status,
		       char *text, size_t size)
{
	const struct timespec pause = {0, LOOK_NS};
	enum rcs_torture_child how = RCS_TORTURE_CHILD_ENDED;
	struct looked looked = {.begun_ns = rcs_clock_ns()};

	looked.last_ns = looked.begun_ns;
	while (waitpid(child, status, WNOHANG) == 0) {
		look_at(child, &looked);
		how = judge(child, &looked, patience);
		if (how != RCS_TORTURE_CHILD_ENDED) {
			tell(child, text, size);
			(void)kill(child, SIGKILL);
			(void)waitpid(child, status, 0);
			break;
		}
		look(argument);
		(void)nanosleep(&pause, NULL);
	}
	return how;
}
