/* SPDX-License-Identifier: BSD-2-Clause */
/* A process on many CPUs, before anything is judged: see warm_up.h. */
#include "stress/warm_up.h"

#include <ck_pr.h>
#include <string.h>

#include "host/clock.h"
#include "stress/team.h"

#define CPUS_MAX 8

struct warm_up {
	const struct rcs_barrier *barrier;
	void *state;
	uint64_t until_ns;
	uint64_t calls;
	struct rcs_error error;
	unsigned over;
};

static int call_until(struct warm_up *w, struct rcs_error *e)
{
	const struct rcs_barrier *b = w->barrier;
	void *writer = w->state;
	int err = 0;

	if (b->writer_enter != NULL && b->writer_enter(w->state, &writer, e) != 0)
		return -1;
	while (err == 0 && rcs_clock_ns() < w->until_ns) {
		err = b->heavy(writer);
		w->calls++;
	}
	if (b->writer_leave != NULL)
		b->writer_leave(w->state, writer);
	if (err != 0)
		return rcs_fail(e, RCS_ERROR_FAULT,
				"the heavy side failed while warming up: %s",
				strerror(-err));
	return 0;
}

/* Thread 0 calls; the others need do no more than run. */
static void body(int thread, void *argument)
{
	struct warm_up *w = argument;
	const struct rcs_barrier *b = w->barrier;

	if (thread != 0) {
		while (ck_pr_load_uint(&w->over) == 0)
			ck_pr_stall();
		return;
	}
	if (b->thread_enter == NULL || b->thread_enter(w->state, &w->error) == 0) {
		(void)call_until(w, &w->error);
		if (b->thread_leave != NULL)
			b->thread_leave(w->state);
	}
	ck_pr_store_uint(&w->over, 1);
}

static bool never(void *argument)
{
	(void)argument;
	return false;
}

int rcs_warm_up(const struct rcs_barrier *barrier, void *state,
		const struct rcs_cpus *cpus, uint64_t ns, uint64_t *calls,
		struct rcs_error *e)
{
	struct warm_up w = {.barrier = barrier, .state = state};
	int threads = cpus->count < CPUS_MAX ? cpus->count : CPUS_MAX;
	struct rcs_team *team;

	*calls = 0;
	if (cpus->count < RCS_WARM_UP_CPUS)
		return rcs_fail(e, RCS_ERROR_UNSUPPORTED,
				"only %d CPUs may be used, and it takes %d",
				cpus->count, RCS_WARM_UP_CPUS);
	team = rcs_team_start(threads, cpus->id, e);
	if (team == NULL)
		return -1;
	w.until_ns = rcs_clock_ns() + ns;
	rcs_team_go(team, body, &w);
	if (rcs_team_wait(team, never, NULL, RCS_TEAM_GRACE_NS, e) != 0)
		return -1;
	rcs_team_end(team);
	*calls = w.calls;
	if (w.error.kind != RCS_ERROR_NONE) {
		*e = w.error;
		return -1;
	}
	return 0;
}
