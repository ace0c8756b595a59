/* SPDX-License-Identifier: BSD-2-Clause */
/* The turns of updaters: see turn.h. */
#include "stress/torture/environment.h"
#include "stress/torture/turn.h"

#define FEW	    4 /* updaters */
#define FORK_ONE_IN 64
#define FORK_OTHERS 8
#define FORK_KILL   16

static void mixed_turn(struct rcs_torture_updater *u)
{
	switch (rcs_random_below(&u->random, 16)) {
	case 0:
	case 1:
	case 2:
		rcs_torture_replace_and_wait(u, RCS_TORTURE_SYNCHRONIZE);
		break;
	case 3:
	case 4:
		rcs_torture_replace_and_wait(u, RCS_TORTURE_EXPEDITED);
		break;
	case 5:
		rcs_torture_replace_and_wait(u, RCS_TORTURE_POLLED);
		break;
	case 6:
		rcs_torture_replace_and_wait(u, RCS_TORTURE_COND);
		break;
	case 9:
		rcs_torture_flood_with_all(u);
		break;
	case 10:
		rcs_torture_wait_for_callbacks(u);
		break;
	case 11:
		rcs_torture_look_at_cookie(u);
		break;
	case 8:
	case 12:
		if (rcs_torture_has(u->torture, RCS_TORTURE_CHURN))
			rcs_torture_churn_updater(u);
		break;
	case 14:
		rcs_torture_trickle(u);
		break;
	case 15:
		rcs_torture_look_for_others(u);
		break;
	case 7:
		rcs_torture_change_structure(u);
		break;
	case 13:
		if (rcs_torture_has(u->torture, RCS_TORTURE_FORK) &&
		    rcs_random_below(&u->random,
				     u->torture->kill ? FORK_KILL : FORK_ONE_IN) == 0)
			rcs_torture_fork(u);
		break;
	default:
		rcs_torture_replace_and_call(u);
		break;
	}
}

static void callbacks_turn(struct rcs_torture_updater *u)
{
	switch (rcs_random_below(&u->random, 8)) {
	case 0:
		rcs_torture_flood_with_all(u);
		break;
	case 1:
		rcs_torture_wait_for_callbacks(u);
		break;
	case 2:
		rcs_torture_replace_and_call(u);
		break;
	case 3:
		mixed_turn(u);
		break;
	default:
		rcs_torture_trickle(u);
		break;
	}
}

static void others_turn(struct rcs_torture_updater *u)
{
	switch (rcs_random_below(&u->random, 8)) {
	case 0:
	case 1:
		mixed_turn(u);
		break;
	case 2:
		(void)rcs_torture_wait_for_period(u, RCS_TORTURE_SYNCHRONIZE);
		break;
	case 3:
		if (rcs_torture_has(u->torture, RCS_TORTURE_FORK) &&
		    rcs_random_below(&u->random, FORK_OTHERS) == 0)
			rcs_torture_fork(u);
		break;
	default:
		rcs_torture_look_for_others(u);
		break;
	}
}

/* As fast as grace periods go, most of the time. */
static void fast_turn(struct rcs_torture_updater *u)
{
	uint64_t draw = rcs_random_next(&u->random);

	if ((draw & 3) == 0)
		rcs_spin_until(rcs_cycles() +
			       rcs_cycles_from_ns(rcs_random_below(
				       &u->random, RCS_TORTURE_PAUSE_NS)));
	(void)rcs_torture_wait_for_period(
		u, (draw & 12) == 0 ? RCS_TORTURE_EXPEDITED : RCS_TORTURE_SYNCHRONIZE);
}

/* Few updaters are both kinds in turn. */
static bool is_mixed(struct rcs_torture_updater *u)
{
	if (u->torture->theme != RCS_TORTURE_THEME_ALL)
		return (rcs_random_next(&u->random) & 3) != 0;
	if (u->torture->runner.writers < FEW)
		return (rcs_random_next(&u->random) & 3) == 0;
	return u->number % 2 != 0;
}

void rcs_torture_turn(struct rcs_torture_updater *u)
{
	if (!is_mixed(u))
		fast_turn(u);
	else if (u->torture->theme == RCS_TORTURE_THEME_CALLS)
		callbacks_turn(u);
	else if (u->torture->theme == RCS_TORTURE_THEME_OTHERS)
		others_turn(u);
	else
		mixed_turn(u);
}
