/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A runner: what runs the rounds of a cell. Each way of running tests is one kind;
 * what all kinds have in common stands in struct rcs_runner, which is the first
 * member of each kind's own struct.
 */
#ifndef RCS_STRESS_RUNNER_H
#define RCS_STRESS_RUNNER_H

#include "host/error.h"
#include "stress/amplifier_memory.h"
#include "stress/round.h"
#include "stress/team.h"

struct rcs_runner {
	const struct rcs_runner_kind *kind;
	struct rcs_team *team;
	int writers, readers;		       /* threads, in this order */
	const struct rcs_placement *placement; /* how they are seated now */
	rcs_tick *tick; /* asked while rounds run: may end them */
	void *tick_argument;
	uint64_t *exposed_by_reader; /* exposed calls of the last round, uncut */
	struct rcs_amplifier_memory amplifier_memory;
};

struct rcs_runner_kind {
	const char *name;
	/*
	 * Runs a round. 0 and *tally, which is not complete when the deadline or tick
	 * ended it; -1 and *e (FAULT, RESOURCE) when a heavy call failed or a thread
	 * was lost.
	 */
	int (*round)(struct rcs_runner *runner, const struct rcs_round *round,
		     struct rcs_tally *tally, struct rcs_error *e);
	void (*destroy)(struct rcs_runner *runner);
	/*
	 * The subject's arm, where it is not the barrier's; false: it is the barrier's.
	 * NULL: it always is.
	 */
	bool (*own_arm)(struct rcs_runner *runner, struct rcs_arm *arm);
	/*
	 * Of a heavy call that failed while no reader ran, for kinds that have an arm
	 * of their own and may know better: 0, or -1 and *e. NULL: it does not.
	 */
	int (*error)(const struct rcs_runner *runner, struct rcs_error *e);
	/* Adds what only this kind finds out to the result. NULL: nothing. */
	void (*report)(const struct rcs_runner *runner, struct rcs_result *result);
};

static inline int rcs_runner_round(struct rcs_runner *runner,
				   const struct rcs_round *round,
				   struct rcs_tally *tally, struct rcs_error *e)
{
	return runner->kind->round(runner, round, tally, e);
}

/*
 * Fills what all kinds have in common, for the threads of team, which are numbered
 * writers, readers, antagonists, as the plan has them. 0, or -1 and *e.
 */
int rcs_runner_begin(struct rcs_runner *runner, const struct rcs_runner_kind *kind,
		     struct rcs_team *team, const struct rcs_plan *plan, rcs_tick *tick,
		     void *tick_argument, struct rcs_error *e);

/* Frees that again; for the destroy() of each kind. */
void rcs_runner_end(struct rcs_runner *runner);

/* Ends any runner; NULL is none. */
void rcs_runner_destroy(struct rcs_runner *runner);

/*
 * Calls the heavy side from writer 0 while all other threads sleep, `calls` times
 * or until limit_ns have passed, and collects the durations.
 */
int rcs_runner_alone(struct rcs_runner *runner, const struct rcs_arm *arm,
		     unsigned calls, uint64_t limit_ns, struct rcs_samples *samples,
		     struct rcs_error *e);

#endif
