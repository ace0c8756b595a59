/* SPDX-License-Identifier: BSD-2-Clause */
/* Turns with callbacks: see turn.h. */
#include "stress/torture/turn.h"

#define FLOOD_MAX 256

static void flood(struct rcs_torture_updater *u)
{
	unsigned count = 1 + (unsigned)rcs_random_below(&u->random, FLOOD_MAX);

	while (count-- > 0 && rcs_torture_give(u, NULL))
		;
}

void rcs_torture_flood_with_all(struct rcs_torture_updater *u)
{
	u->floods = ck_pr_faa_uint(&u->torture->floods, 1) + 1;
	flood(u);
}

void rcs_torture_join_flood(struct rcs_torture_updater *u)
{
	unsigned floods = ck_pr_load_uint(&u->torture->floods);

	if (floods == u->floods)
		return;
	u->floods = floods;
	flood(u);
}

void rcs_torture_wait_for_callbacks(struct rcs_torture_updater *u)
{
	struct rcs_torture *t = u->torture;
	rcs_torture_word given = u->given, invoked;

	if (!rcs_torture_has(t, RCS_TORTURE_CALLS) ||
	    !rcs_torture_wait_for_all(t, u->self))
		return;
	(void)pthread_mutex_lock(&u->lock);
	invoked = u->invoked;
	(void)pthread_mutex_unlock(&u->lock);
	if (invoked < given)
		rcs_torture_update_fails(u, RCS_TORTURE_BARRIER, given, invoked);
}

void rcs_torture_trickle(struct rcs_torture_updater *u)
{
	unsigned count = 1 + (unsigned)rcs_random_below(&u->random, 6);

	while (count-- > 0 && rcs_torture_give(u, NULL))
		rcs_torture_spin(u, 8 * RCS_TORTURE_PAUSE_NS);
	if ((rcs_random_next(&u->random) & 1) != 0)
		rcs_torture_wait_for_callbacks(u);
}
