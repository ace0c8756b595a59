/* SPDX-License-Identifier: BSD-2-Clause */
/* A plug-in's trial: see plugin_try.h. */
#include "host/plugin_try.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define WAITS	20
#define WAIT_NS 10000000

struct body {
	rcs_trial_body *of;
	void *argument;
};

/* What it prints is no part of a report. */
static void try_it(void *argument, void *answer)
{
	const struct body *body = argument;

	(void)dup2(STDERR_FILENO, STDOUT_FILENO);
	body->of(body->argument, answer);
}

int rcs_plugin_try(const struct rcs_plugin_place *place, rcs_trial_body *body,
		   void *argument, void *answer, size_t size, struct rcs_error *e)
{
	struct body quiet = {body, argument};
	struct rcs_error why;
	struct rcs_trial trial;
	char how[160];

	memset(answer, 0, size);
	if (rcs_trial_run(try_it, &quiet, answer, size, RCS_PLUGIN_TRY_SECONDS, &trial,
			  &why) != 0)
		return rcs_fail(e, why.kind, "cannot try %.300s: %.100s", place->path,
				why.text);
	if (trial.end == RCS_TRIAL_ANSWERED) {
		memcpy(&why, answer, sizeof(why));
		why.text[sizeof(why.text) - 1] = '\0';
		if (why.kind == RCS_ERROR_NONE)
			return 0;
		return rcs_fail(e, why.kind, "%s", why.text);
	}
	rcs_trial_print(&trial, RCS_PLUGIN_TRY_SECONDS, how, sizeof(how));
	return rcs_fail(e,
			trial.end == RCS_TRIAL_KILLED && trial.signal == SIGSYS
				? RCS_ERROR_UNSUPPORTED
				: RCS_ERROR_FAULT,
			"a try of %.280s %s", place->path, how);
}

static int entries(const char *path)
{
	DIR *folder = opendir(path);
	int count = 0;

	if (folder == NULL)
		return -1;
	for (const struct dirent *entry; (entry = readdir(folder)) != NULL;)
		count += entry->d_name[0] != '.';
	(void)closedir(folder);
	return count;
}

void rcs_plugin_count(struct rcs_plugin_holdings *now)
{
	siginfo_t info;

	now->threads = entries("/proc/self/task");
	now->descriptors = entries("/proc/self/fd");
	now->children = waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0;
}

static int more(int now, int before)
{
	return before < 0 || now < before ? 0 : now - before;
}

static void add(char *text, size_t size, const char *more_text)
{
	size_t used = strlen(text);

	(void)snprintf(text + used, size - used, "%s", more_text);
}

static void add_left(int count, const char *what, char *text, size_t size)
{
	char some[64];

	(void)snprintf(some, sizeof(some), "%s%d %s%s", text[0] != '\0' ? ", " : "",
		       count, what, count > 1 ? "s" : "");
	if (count > 0)
		add(text, size, some);
}

void rcs_plugin_left_behind(const struct rcs_plugin_holdings *before, char *text,
			    size_t size)
{
	const struct timespec wait = {0, WAIT_NS};
	struct rcs_plugin_holdings now;

	/* A thread that was joined may be there for a moment longer. */
	for (int n = 0;; n++) {
		rcs_plugin_count(&now);
		if (now.threads <= before->threads || n == WAITS)
			break;
		(void)nanosleep(&wait, NULL);
	}
	text[0] = '\0';
	add_left(more(now.threads, before->threads), "thread", text, size);
	add_left(more(now.descriptors, before->descriptors), "file descriptor", text,
		 size);
	if (now.children && !before->children)
		add_left(1, "child process", text, size);
	if (text[0] != '\0')
		add(text, size, " left behind");
}
