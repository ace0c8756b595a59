/* SPDX-License-Identifier: BSD-2-Clause */
/* Threads that sleep: see asleep.h. /proc says so; see proc(5), …/status. */
#include "stress/torture/asleep.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The number behind a name, or -1. */
static long long field(const char *text, const char *name)
{
	const char *at = strstr(text, name);

	return at != NULL ? atoll(at + strlen(name)) : -1;
}

/* Adds one thread's part to *slept. false: it does not sleep, or nobody knows. */
static bool sleeps(pid_t process, long thread, uint64_t *slept)
{
	char path[64], text[4096];
	const char *state;
	long long gave, lost;
	ssize_t got;
	int fd;

	(void)snprintf(path, sizeof(path), "/proc/%ld/task/%ld/status", (long)process,
		       thread);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	got = read(fd, text, sizeof(text) - 1);
	(void)close(fd);
	if (got <= 0)
		return false;
	text[got] = '\0';
	state = strstr(text, "\nState:\t");
	gave = field(text, "\nvoluntary_ctxt_switches:");
	lost = field(text, "\nnonvoluntary_ctxt_switches:");
	if (state == NULL || state[8] != 'S' || gave < 0 || lost < 0)
		return false;
	/* Each changes when the thread runs, and then sleeps again or is preempted. */
	*slept += (uint64_t)thread * UINT64_C(0x9e3779b97f4a7c15) ^
		  (uint64_t)(gave + lost);
	return true;
}

static bool is_among(long thread, const pid_t *except, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (except[i] == thread)
			return true;
	return false;
}

bool rcs_torture_asleep(pid_t process, const pid_t *except, size_t count,
			uint64_t *slept)
{
	const struct dirent *entry;
	bool all = true;
	char path[40];
	DIR *tasks;

	*slept = 0;
	(void)snprintf(path, sizeof(path), "/proc/%ld/task", (long)process);
	tasks = opendir(path);
	if (tasks == NULL)
		return false;
	while (all && (entry = readdir(tasks)) != NULL) {
		long thread = strtol(entry->d_name, NULL, 10);

		if (thread > 0 && !is_among(thread, except, count))
			all = sleeps(process, thread, slept);
	}
	(void)closedir(tasks);
	return all;
}
