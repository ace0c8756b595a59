/* SPDX-License-Identifier: BSD-2-Clause */
/* A barrier made over another one: see over.h. */
#include "barrier/over.h"

int rcs_over_find(const char *outer, const char *name, const struct rcs_barrier **inner,
		  struct rcs_error *e)
{
	struct rcs_barrier_choice choice;

	if (rcs_barrier_find(name, &choice, e) != 0)
		return -1;
	if (choice.barrier->plugin != NULL)
		return rcs_fail(e, RCS_ERROR_USAGE,
				"barrier '%s' cannot be over a plug-in: '%s' is one",
				outer, choice.barrier->name);
	if (choice.barrier->control || choice.barrier->readers_fence)
		return rcs_fail(e, RCS_ERROR_USAGE,
				"barrier '%s' cannot be over '%s': want one that is no "
				"control and whose readers have no fence",
				outer, choice.barrier->name);
	*inner = choice.barrier;
	return 0;
}

int rcs_over_setup(struct rcs_over *over, const struct rcs_barrier *inner,
		   struct rcs_error *e)
{
	over->inner = inner;
	over->state = NULL;
	return inner->setup != NULL ? inner->setup("", &over->state, e) : 0;
}

int rcs_over_thread_enter(void *state, struct rcs_error *e)
{
	const struct rcs_over *over = state;

	return over->inner->thread_enter != NULL
		       ? over->inner->thread_enter(over->state, e)
		       : 0;
}

void rcs_over_thread_leave(void *state)
{
	const struct rcs_over *over = state;

	if (over->inner->thread_leave != NULL)
		over->inner->thread_leave(over->state);
}

int rcs_over_writer_enter(void *state, void **writer, struct rcs_error *e)
{
	const struct rcs_over *over = state;

	*writer = over->state;
	return over->inner->writer_enter != NULL
		       ? over->inner->writer_enter(over->state, writer, e)
		       : 0;
}

void rcs_over_writer_leave(void *state, void *writer)
{
	const struct rcs_over *over = state;

	if (over->inner->writer_leave != NULL)
		over->inner->writer_leave(over->state, writer);
}

void rcs_over_teardown(void *state)
{
	const struct rcs_over *over = state;

	if (over->inner->teardown != NULL)
		over->inner->teardown(over->state);
}
