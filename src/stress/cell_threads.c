/* SPDX-License-Identifier: BSD-2-Clause */
/* What a cell has for each thread, and the way in and out of its barrier. */
#include "stress/cell_threads.h"

#include <stdlib.h>

static void enter_body(int thread, void *argument)
{
	struct rcs_cell *cell = argument;
	const struct rcs_barrier *b = cell->choice.barrier;

	/* An antagonist knows nothing of barriers. */
	if (thread >= cell->plan->writers + cell->plan->readers)
		return;
	if (b->thread_enter != NULL &&
	    b->thread_enter(cell->barrier_state, &cell->entered[thread]) != 0)
		return;
	if (thread < rcs_plan_callers(cell->plan)) {
		cell->writer_state[thread] = cell->barrier_state;
		if (b->writer_enter != NULL)
			(void)b->writer_enter(cell->barrier_state,
					      &cell->writer_state[thread],
					      &cell->entered[thread]);
	}
}

static void leave_body(int thread, void *argument)
{
	struct rcs_cell *cell = argument;
	const struct rcs_barrier *b = cell->choice.barrier;

	if (cell->entered[thread].kind != RCS_ERROR_NONE ||
	    thread >= cell->plan->writers + cell->plan->readers)
		return;
	if (thread < rcs_plan_callers(cell->plan) && b->writer_leave != NULL)
		b->writer_leave(cell->barrier_state, cell->writer_state[thread]);
	if (b->thread_leave != NULL)
		b->thread_leave(cell->barrier_state);
}

int rcs_cell_allocate(struct rcs_cell *cell, struct rcs_error *e)
{
	size_t callers = (size_t)rcs_plan_callers(cell->plan);
	size_t threads = (size_t)cell->plan->writers + (size_t)cell->plan->readers +
			 (size_t)cell->plan->antagonists;

	cell->writer_state = calloc(callers, sizeof(void *));
	cell->twin_argument = calloc(callers, sizeof(void *));
	cell->twin_state = calloc(callers, sizeof(*cell->twin_state));
	cell->entered = calloc(threads, sizeof(*cell->entered));
	cell->site = calloc((size_t)cell->plan->placements, sizeof(*cell->site));
	if (cell->site == NULL || cell->writer_state == NULL ||
	    cell->twin_argument == NULL || cell->twin_state == NULL ||
	    cell->entered == NULL)
		return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for %zu threads",
				threads);
	for (size_t w = 0; w < callers; w++)
		cell->twin_argument[w] = &cell->twin_state[w];
	return 0;
}

int rcs_cell_enter(struct rcs_cell *cell, struct rcs_error *e)
{
	int threads = cell->plan->writers + cell->plan->readers;

	rcs_team_go(cell->team, enter_body, cell);
	if (rcs_team_wait(cell->team, rcs_cell_tick, cell, RCS_TEAM_GRACE_NS, e) != 0)
		return -1;
	for (int t = 0; t < threads; t++) {
		if (cell->entered[t].kind != RCS_ERROR_NONE) {
			*e = cell->entered[t];
			return -1;
		}
	}
	return 0;
}

int rcs_cell_leave(struct rcs_cell *cell, struct rcs_error *e)
{
	rcs_team_go(cell->team, leave_body, cell);
	return rcs_team_wait(cell->team, rcs_cell_tick, cell, RCS_TEAM_GRACE_NS, e);
}

void rcs_cell_release(struct rcs_cell *cell)
{
	free(cell->writer_state);
	free(cell->twin_argument);
	free(cell->twin_state);
	free(cell->entered);
	free(cell->site);
}
