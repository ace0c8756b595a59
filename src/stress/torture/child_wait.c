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

#include "stress/torture/asleep.h"

#define LOOK_NS 1000000

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

/* Whether it is enough, after a look at its threads. */
static enum rcs_torture_child judge(pid_t child, unsigned looks, unsigned asleep,
				    unsigned still,
				    const struct rcs_torture_patience *patience)
{
	if (asleep > patience->asleep || still > patience->still)
		return RCS_TORTURE_CHILD_SLEPT;
	if (cpu_time(child) > patience->spun_ns)
		return RCS_TORTURE_CHILD_SPUN;
	return looks > patience->given_up ? RCS_TORTURE_CHILD_STARVED
					  : RCS_TORTURE_CHILD_ENDED;
}

enum rcs_torture_child
rcs_torture_child_wait(pid_t child, const struct rcs_torture_patience *patience,
		       void (*look)(void *argument), void *argument, int *status,
		       char *text, size_t size)
{
	const struct timespec pause = {0, LOOK_NS};
	enum rcs_torture_child how = RCS_TORTURE_CHILD_ENDED;
	unsigned asleep = 0, still = 0;
	uint64_t slept = 0;

	for (unsigned looks = 0; waitpid(child, status, WNOHANG) == 0; looks++) {
		uint64_t before = slept;
		bool sleeps = rcs_torture_asleep(child, NULL, 0, &slept);

		asleep += sleeps;
		still = sleeps && slept == before ? still + 1 : 0;
		how = judge(child, looks, asleep, still, patience);
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
