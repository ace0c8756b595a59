/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A barrier made over another one: what the controls that spoil a sound barrier have
 * in common. Their state begins with a struct rcs_over, so that the functions here can
 * stand in their struct rcs_barrier as they are.
 */
#ifndef RCS_BARRIER_OVER_H
#define RCS_BARRIER_OVER_H

#include "barrier/barrier.h"

struct rcs_over {
	const struct rcs_barrier *inner;
	void *state; /* of the inner barrier */
};

/*
 * Whether a barrier of that name can be spoilt: it exists, is no control itself, and
 * leaves readers without a fence. 0 and *inner; -1 and *e (usage), where outer names
 * the control.
 */
int rcs_over_find(const char *outer, const char *name, const struct rcs_barrier **inner,
		  struct rcs_error *e);

/* Sets up the inner barrier. As the setup of struct rcs_barrier. */
int rcs_over_setup(struct rcs_over *over, const struct rcs_barrier *inner,
		   struct rcs_error *e);

/* Of the inner barrier, as far as it has them; state is a struct rcs_over. */
int rcs_over_thread_enter(void *state, struct rcs_error *e);
void rcs_over_thread_leave(void *state);
int rcs_over_writer_enter(void *state, void **writer, struct rcs_error *e);
void rcs_over_writer_leave(void *state, void *writer);
/* Does not free *state. */
void rcs_over_teardown(void *state);

#endif
