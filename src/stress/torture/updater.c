/* SPDX-License-Identifier: BSD-2-Clause */
/* An updater's part of a round. */
#include <stdio.h>

#include "stress/torture/environment.h"
#include "stress/torture/turn.h"

/* The last one sees to it that no callback is left. */
static void end(struct rcs_torture *t)
{
	bool last;

	ck_pr_dec_uint_zero(&t->mixing, &last);
	if (!last)
		return;
	if (rcs_torture_has(t, RCS_TORTURE_CALLS) &&
	    rcs_torture_wait_for_all(t, NULL) && ck_pr_load_int(&t->error) == 0)
		rcs_torture_look_for_lost(t);
	ck_pr_store_uint(&t->updating, 0); /* read by readers */
}

void rcs_torture_updater_enter(struct rcs_torture_updater *u)
{
	struct rcs_torture *t = u->torture;
	char name[16];

	(void)snprintf(name, sizeof(name), "updater %d", u->number);
	u->self = t->flavour->enter(t->rcu, name, &u->error);
	if (u->self == NULL) {
		ck_pr_store_uint(&t->stop, 1);
		return;
	}
	if (t->delays) {
		u->self->delay = t->rcu->options.delay;
		u->self->delay.random =
			rcs_random_stream(rcs_random_next(&u->random), 0);
	}
	/* It reads nothing. */
	t->flavour->offline(u->self);
}

void rcs_torture_updater_leave(struct rcs_torture_updater *u)
{
	u->torture->flavour->online(u->self);
	u->torture->flavour->leave(u->self);
	u->self = NULL;
}

void rcs_torture_update(struct rcs_torture_updater *u)
{
	struct rcs_torture *t = u->torture;
	/* What is given by a thread that is registered, or not, has ways of its own. */
	bool enters = (rcs_random_next(&u->random) & 1) != 0;

	u->tid = rcs_torture_tid();
	u->thread = pthread_self();
	rcs_torture_call_as(u->number);
	if (enters)
		rcs_torture_updater_enter(u);
	while (!rcs_torture_stopped(t)) {
		rcs_torture_turn(u);
		rcs_torture_join_flood(u);
		rcs_torture_store(&u->turns, u->turns + 1);
		rcs_torture_count(t, false);
		if (ck_pr_load_uint(&t->pause) != 0) {
			/* One that readers are out for: see section_linger(). Or none
			 * that could wake others. */
			if ((rcs_random_next(&u->random) & 1) != 0)
				(void)rcs_torture_wait_for_period(
					u, RCS_TORTURE_SYNCHRONIZE);
			rcs_torture_stutter_updater(u);
		}
	}
	if (u->self != NULL)
		rcs_torture_updater_leave(u);
	end(t);
}
