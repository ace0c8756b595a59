/* SPDX-License-Identifier: BSD-2-Clause */
/* Turns that look whether what was asked for once is done: see turn.h. */
#include <time.h>

#include "stress/torture/environment.h"
#include "stress/torture/turn.h"

#define SPINS	      2000 /* looks, before it sleeps in between */
#define CALLS_IN_TURN 8

/* Looks in vain, once more: see watch.c. false: the round is over. */
static bool look_later(struct rcs_torture_updater *u)
{
	const struct timespec t = {0, 20000};

	rcs_torture_store(&u->looking, 1);
	(void)nanosleep(&t, NULL);
	rcs_torture_store(&u->looks, u->looks + 1);
	return !rcs_torture_stopped(u->torture);
}

/* Others stay away, and a grace period that was started must end all the same. */
static void look_until_over(struct rcs_torture_updater *u)
{
	struct rcs_torture *t = u->torture;
	uint64_t cookie;

	if (!rcs_torture_polls(t))
		return;
	if (rcs_torture_has(t, RCS_TORTURE_STUTTER))
		rcs_torture_stutter_begin(t);
	cookie = t->flavour->start_poll(t->rcu, u->self);
	if ((rcs_random_next(&u->random) & 1) != 0) {
		rcs_torture_spin(u, 8 * RCS_TORTURE_PAUSE_NS);
		cookie = t->flavour->start_poll(t->rcu, u->self);
	}
	while (!t->flavour->poll(t->rcu, cookie) && look_later(u))
		;
	rcs_torture_store(&u->looking, 0);
}

/* Likewise a callback that was given; the next one as soon as it was invoked. */
static void look_until_invoked(struct rcs_torture_updater *u)
{
	bool goes_on = true;

	if (rcs_torture_has(u->torture, RCS_TORTURE_STUTTER))
		rcs_torture_stutter_begin(u->torture);
	for (int n = 0; n < CALLS_IN_TURN && goes_on && rcs_torture_give(u, NULL);
	     n++) {
		for (int looks = 0; rcs_torture_load(&u->invoked) != u->given; looks++)
			if (looks > SPINS && !(goes_on = look_later(u)))
				break;
		rcs_torture_store(&u->looking, 0);
	}
}

void rcs_torture_look_at_cookie(struct rcs_torture_updater *u)
{
	struct rcs_torture *t = u->torture;
	uint64_t cookie;

	if (!rcs_torture_polls(t)) {
		(void)rcs_torture_wait_for_period(u, RCS_TORTURE_SYNCHRONIZE);
		return;
	}
	cookie = t->flavour->get_state(t->rcu);
	if (rcs_torture_wait_for_period(u, RCS_TORTURE_SYNCHRONIZE) != 0 &&
	    rcs_torture_wait_for_period(u, RCS_TORTURE_EXPEDITED) != 0 &&
	    !t->flavour->poll(t->rcu, cookie))
		rcs_torture_update_fails(u, RCS_TORTURE_POLL, 0, 2);
}

void rcs_torture_look_for_others(struct rcs_torture_updater *u)
{
	uint64_t draw = rcs_random_next(&u->random);

	/* Rarely: some flavours let their callbacks wait. */
	if (!rcs_torture_has(u->torture, RCS_TORTURE_LOOKS) ||
	    (!u->torture->kill && (draw & 14) != 0))
		rcs_torture_replace_and_call(u);
	else if ((draw & 1) != 0)
		look_until_over(u);
	else
		look_until_invoked(u);
}
