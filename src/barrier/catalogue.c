/* SPDX-License-Identifier: BSD-2-Clause */
/* The list of barriers. To add one: its file, and a line in each list here. */
#include "barrier/barrier.h"

#include <stdio.h>
#include <string.h>

#include "barrier/plugin.h"
#include "host/machine.h"

extern const struct rcs_barrier rcs_barrier_mprotect;
extern const struct rcs_barrier rcs_barrier_mprotect_none;
extern const struct rcs_barrier rcs_barrier_munmap;
extern const struct rcs_barrier rcs_barrier_madvise;
extern const struct rcs_barrier rcs_barrier_mremap;
extern const struct rcs_barrier rcs_barrier_membarrier;
extern const struct rcs_barrier rcs_barrier_membarrier_global;
extern const struct rcs_barrier rcs_barrier_membarrier_global_expedited;
extern const struct rcs_barrier rcs_barrier_membarrier_sync_core;
extern const struct rcs_barrier rcs_barrier_membarrier_rseq;
extern const struct rcs_barrier rcs_barrier_signal;
extern const struct rcs_barrier rcs_barrier_affinity;
extern const struct rcs_barrier rcs_barrier_fence;
extern const struct rcs_barrier rcs_barrier_none;
extern const struct rcs_barrier rcs_barrier_local_fence;
extern const struct rcs_barrier rcs_barrier_delay;
extern const struct rcs_barrier rcs_barrier_mprotect_untouched;
extern const struct rcs_barrier rcs_barrier_membarrier_unregistered;
extern const struct rcs_barrier rcs_barrier_membarrier_global_expedited_unregistered;
extern const struct rcs_barrier rcs_barrier_late;
extern const struct rcs_barrier rcs_barrier_every_nth;

const struct rcs_barrier *const rcs_barriers[] = {
	&rcs_barrier_mprotect,
	&rcs_barrier_mprotect_none,
	&rcs_barrier_munmap,
	&rcs_barrier_madvise,
	&rcs_barrier_mremap,
	&rcs_barrier_membarrier,
	&rcs_barrier_membarrier_global,
	&rcs_barrier_membarrier_global_expedited,
	&rcs_barrier_membarrier_sync_core,
	&rcs_barrier_membarrier_rseq,
	&rcs_barrier_signal,
	&rcs_barrier_affinity,
	&rcs_barrier_fence,
	/* controls */
	&rcs_barrier_none,
	&rcs_barrier_local_fence,
	&rcs_barrier_delay,
	&rcs_barrier_mprotect_untouched,
	&rcs_barrier_membarrier_unregistered,
	&rcs_barrier_membarrier_global_expedited_unregistered,
	&rcs_barrier_late,
	&rcs_barrier_every_nth,
};
const size_t rcs_barrier_count = sizeof(rcs_barriers) / sizeof(rcs_barriers[0]);

bool rcs_barrier_claimed(const struct rcs_barrier *barrier)
{
	struct rcs_machine machine;

	if (!barrier->claimed_here || !barrier->by_shootdown)
		return barrier->claimed_here;
	rcs_machine_read(&machine);
	return !machine.broadcasts_tlb;
}

static const struct rcs_barrier *find_own(const char *text, size_t length)
{
	for (size_t i = 0; i < rcs_barrier_count; i++) {
		const char *name = rcs_barriers[i]->name;

		if (strlen(name) == length && memcmp(name, text, length) == 0)
			return rcs_barriers[i];
	}
	return NULL;
}

/* By what is before its colon. NULL and *e: there is none. */
static const struct rcs_barrier *find_any(const char *text, size_t length,
					  struct rcs_error *e)
{
	const struct rcs_barrier *b = find_own(text, length);

	if (b != NULL)
		return b;
	if (rcs_plugin_meant(text))
		return rcs_barrier_plugin_open(text, e);
	b = rcs_barrier_plugin_named(text, strlen(text));
	if (b == NULL)
		rcs_fail(e, RCS_ERROR_USAGE, "there is no barrier '%.60s'", text);
	return b;
}

/* What stands behind its colon, or would; NULL and *e: there must not be anything. */
static const char *parameter_of(const struct rcs_barrier *b, const char *text,
				size_t length, struct rcs_error *e)
{
	if (b->plugin != NULL)
		return b->name; /* a setup() is told which of them it is of */
	if (text[length] == '\0')
		return b->parameter_default != NULL ? b->parameter_default : "";
	if (b->parameter != NULL)
		return text + length + 1;
	rcs_fail(e, RCS_ERROR_USAGE, "barrier '%s' takes no parameter, but got '%.60s'",
		 b->name, text + length + 1);
	return NULL;
}

int rcs_barrier_find(const char *text, struct rcs_barrier_choice *choice,
		     struct rcs_error *e)
{
	size_t length = strcspn(text, ":");
	const struct rcs_barrier *b = find_any(text, length, e);
	const char *parameter = b != NULL ? parameter_of(b, text, length, e) : NULL;

	if (parameter == NULL)
		return -1;
	if (strlen(parameter) >= sizeof(choice->parameter))
		return rcs_fail(e, RCS_ERROR_USAGE,
				"the parameter of barrier '%s' is too long", b->name);
	if (b->check != NULL && b->check(parameter, e) != 0)
		return -1;
	choice->barrier = b;
	(void)snprintf(choice->parameter, sizeof(choice->parameter), "%s", parameter);
	(void)snprintf(choice->name, sizeof(choice->name), "%s%s%s", b->name,
		       b->parameter != NULL ? ":" : "",
		       b->parameter != NULL ? parameter : "");
	return 0;
}
