/* SPDX-License-Identifier: BSD-2-Clause */
/* What all runners have in common: see runner.h. */
#include "stress/runner.h"

#include <stdlib.h>
#include <string.h>

#include "host/clock.h"

/* Until threads that were woken for nothing sleep again; each, and at the least. */
#define SETTLE_EACH_NS 20000
#define SETTLE_NS      5000000

int rcs_runner_begin(struct rcs_runner *runner, const struct rcs_runner_kind *kind,
		     struct rcs_team *team, const struct rcs_plan *plan, rcs_tick *tick,
		     void *tick_argument, struct rcs_error *e)
{
	*runner = (struct rcs_runner){
		.kind = kind,
		.team = team,
		.writers = plan->writers,
		.readers = plan->readers,
		.placement = &plan->placement[0],
		.tick = tick,
		.tick_argument = tick_argument,
	};
	runner->exposed_by_reader =
		calloc((size_t)plan->readers + 1, sizeof(*runner->exposed_by_reader));
	if (runner->exposed_by_reader == NULL)
		return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for %d threads",
				plan->writers + plan->readers);
	return 0;
}

void rcs_runner_end(struct rcs_runner *runner)
{
	free(runner->exposed_by_reader);
	rcs_amplifier_memory_release(&runner->amplifier_memory);
}

void rcs_runner_destroy(struct rcs_runner *runner)
{
	if (runner != NULL)
		runner->kind->destroy(runner);
}

struct alone {
	const struct rcs_runner *runner;
	const struct rcs_arm *arm;
	unsigned calls;
	uint64_t settle_ns;
	uint64_t limit_ns;
	uint64_t deadline_ns;
	struct rcs_samples *samples;
	unsigned done;
	int error;
};

static bool alone_tick(void *argument)
{
	const struct alone *a = argument;

	return a->runner->tick(a->runner->tick_argument) ||
	       rcs_clock_ns() >= a->deadline_ns;
}

static void alone_body(int thread, void *argument)
{
	struct alone *a = argument;
	const struct timespec settle = {0, (long)a->settle_ns};
	uint64_t until;

	/* Until the others, who were woken as well, sleep again. */
	if (thread == 0)
		(void)nanosleep(&settle, NULL);
	until = rcs_clock_ns() + a->limit_ns;
	for (unsigned n = 0; thread == 0 && n < a->calls && rcs_clock_ns() < until;
	     n++) {
		uint64_t start = rcs_cycles();

		a->error = a->arm->heavy(a->arm->writer[0]);
		if (a->error != 0)
			return;
		rcs_samples_add(a->samples, rcs_cycles() - start);
		a->done++;
	}
}

int rcs_runner_alone(struct rcs_runner *runner, const struct rcs_arm *arm,
		     unsigned calls, uint64_t limit_ns, struct rcs_samples *samples,
		     struct rcs_error *e)
{
	struct alone a = {
		.runner = runner,
		.arm = arm,
		.calls = calls,
		.settle_ns = SETTLE_NS + (uint64_t)(runner->writers + runner->readers) *
						 SETTLE_EACH_NS,
		.limit_ns = limit_ns,
		.deadline_ns = rcs_clock_ns() + limit_ns,
		.samples = samples,
	};

	rcs_team_go(runner->team, alone_body, &a);
	if (rcs_team_wait(runner->team, alone_tick, &a, RCS_TEAM_GRACE_NS, e) != 0)
		return -1;
	if (a.error != 0)
		return rcs_fail(e, RCS_ERROR_FAULT,
				"the heavy side failed in call %u with no reader "
				"running: %s",
				a.done + 1, strerror(-a.error));
	return 0;
}
