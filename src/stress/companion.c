/* SPDX-License-Identifier: BSD-2-Clause */
/* Cells that run in another program: see companion.h. */
#include "stress/companion.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "host/companion.h"

/* With that the dynamic loader ends a program that it cannot load. */
#define STATUS_NOT_LOADED 127

static const char *name_of(const struct rcs_plan *plan)
{
	const struct rcs_rcu_flavour *flavour;

	if (plan->job != RCS_JOB_RCU_BENCH) {
		/* A mutant is no flavour, and is here. */
		flavour = plan->rcu[0] != '\0' ? rcs_rcu_find(plan->rcu, NULL) : NULL;
		return flavour != NULL ? flavour->program : NULL;
	}
	for (size_t f = 0; f < rcs_rcu_flavour_count; f++) {
		if (plan->bench.wanted[f] && rcs_rcu_flavours[f]->program != NULL)
			return rcs_rcu_flavours[f]->program;
	}
	return NULL;
}

void rcs_companion_of(const struct rcs_plan *plan, char *path, size_t size)
{
	const char *name = name_of(plan);

	if (name == NULL || rcs_companion_find(name, path, size, NULL) != 0)
		path[0] = '\0';
}

static bool skip(struct rcs_result *result)
{
	result->verdict = RCS_SKIPPED;
	result->error = RCS_ERROR_UNSUPPORTED;
	return true;
}

bool rcs_companion_refused(const char *path, int status, struct rcs_result *result)
{
	if (path[0] == '\0')
		return false;
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS) {
		(void)snprintf(result->reason, sizeof(result->reason),
			       "%.200s was killed by signal %d (%s) as it began: a "
			       "seccomp filter forbids a system call it needs",
			       path, SIGSYS, strsignal(SIGSYS));
		return skip(result);
	}
	if (!WIFEXITED(status))
		return false;
	if (WEXITSTATUS(status) == STATUS_NOT_LOADED) {
		(void)snprintf(result->reason, sizeof(result->reason),
			       "%.200s cannot be loaded: a library that it needs is "
			       "missing",
			       path);
		return skip(result);
	}
	if (WEXITSTATUS(status) != RCS_EXIT_USAGE)
		return false;
	(void)snprintf(result->reason, sizeof(result->reason),
		       "%.200s does not understand a plan of version " RCS_VERSION
		       ": install both programs from one build",
		       path);
	result->verdict = RCS_FAULT;
	return true;
}
