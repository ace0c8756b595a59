/* SPDX-License-Identifier: BSD-2-Clause */
/* What of a process a check must leave as it was: see process.h. */
#include "check/test/process.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static unsigned entries(const char *folder)
{
	DIR *d = opendir(folder);
	unsigned count = 0;

	while (d != NULL && readdir(d) != NULL)
		count++;
	if (d != NULL)
		(void)closedir(d);
	return count;
}

unsigned process_tasks(void)
{
	return entries("/proc/self/task");
}

/* The state's letter, behind a name in brackets. */
static bool runs(const char *task)
{
	char path[64], line[256];
	FILE *f;
	bool running = false;

	(void)snprintf(path, sizeof(path), "/proc/self/task/%.20s/stat", task);
	f = fopen(path, "r");
	if (f == NULL)
		return false;
	if (fgets(line, sizeof(line), f) != NULL && strrchr(line, ')') != NULL)
		running = strncmp(strrchr(line, ')'), ") R", 3) == 0;
	(void)fclose(f);
	return running;
}

unsigned process_running(void)
{
	DIR *d = opendir("/proc/self/task");
	const struct dirent *task;
	unsigned count = 0;

	while (d != NULL && (task = readdir(d)) != NULL) {
		if (task->d_name[0] != '.' &&
		    strtol(task->d_name, NULL, 10) != getpid())
			count += runs(task->d_name);
	}
	if (d != NULL)
		(void)closedir(d);
	return count;
}

unsigned long process_pages(void)
{
	FILE *f = fopen("/proc/self/statm", "r");
	unsigned long pages = 0;

	if (f == NULL || fscanf(f, "%lu", &pages) != 1)
		pages = 0;
	if (f != NULL)
		(void)fclose(f);
	return pages;
}

int process_cpus(void)
{
	cpu_set_t set;

	return sched_getaffinity(0, sizeof(set), &set) == 0 ? CPU_COUNT(&set) : 1;
}

void process_keep_to_one_cpu(cpu_set_t *before)
{
	cpu_set_t one;
	int cpu = 0;

	(void)sched_getaffinity(0, sizeof(*before), before);
	while (cpu < CPU_SETSIZE - 1 && !CPU_ISSET(cpu, before))
		cpu++;
	CPU_ZERO(&one);
	CPU_SET(cpu, &one);
	(void)sched_setaffinity(0, sizeof(one), &one);
}

void process_look(struct process *p)
{
	sigset_t blocked;

	memset(p, 0, sizeof(*p));
	(void)sched_getaffinity(0, sizeof(p->affinity), &p->affinity);
	(void)sigprocmask(SIG_BLOCK, NULL, &blocked);
	for (int n = 1; n <= PROCESS_SIGNALS; n++) {
		struct sigaction on;

		p->blocked[n] = sigismember(&blocked, n) == 1;
		if (sigaction(n, NULL, &on) == 0)
			p->handler[n] = (uintptr_t)on.sa_handler;
	}
	p->tasks = process_tasks();
	p->descriptors = entries("/proc/self/fd");
	/* One that nobody has waited for, or that still runs. */
	p->children = waitpid(-1, NULL, WNOHANG) != -1 || errno != ECHILD;
}
