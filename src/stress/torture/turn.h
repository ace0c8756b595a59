/* SPDX-License-Identifier: BSD-2-Clause */
/* What an updater does in a turn, by what it is about; a file each. */
#ifndef RCS_STRESS_TORTURE_TURN_H
#define RCS_STRESS_TORTURE_TURN_H

#include "host/clock.h"
#include "stress/torture/rig.h"

/* One turn, of a kind that is drawn. */
void rcs_torture_turn(struct rcs_torture_updater *u);

/* Whether there are polled grace periods to be used. */
static inline bool rcs_torture_polls(const struct rcs_torture *t)
{
	return t->flavour->get_state != NULL && rcs_torture_has(t, RCS_TORTURE_POLLS);
}

/* Objects: unpublished, and freed when a grace period is over. */
void rcs_torture_replace_and_wait(struct rcs_torture_updater *u,
				  enum rcs_torture_way way);
void rcs_torture_replace_and_call(struct rcs_torture_updater *u);
/* Something of a list or a table instead, or an object whose page is taken away. */
void rcs_torture_change_structure(struct rcs_torture_updater *u);

/* Callbacks: many at once, in which others take part; or one by one. */
void rcs_torture_flood_with_all(struct rcs_torture_updater *u);
void rcs_torture_join_flood(struct rcs_torture_updater *u);
void rcs_torture_trickle(struct rcs_torture_updater *u);
/* barrier() must wait for all that this updater has given. */
void rcs_torture_wait_for_callbacks(struct rcs_torture_updater *u);

/* A cookie that nobody does anything for comes true by others' grace periods. */
void rcs_torture_look_at_cookie(struct rcs_torture_updater *u);
/* What others do without being asked for it a second time. */
void rcs_torture_look_for_others(struct rcs_torture_updater *u);

#define RCS_TORTURE_PAUSE_NS 5000

/* For a moment, without giving the CPU away. */
static inline void rcs_torture_spin(struct rcs_torture_updater *u, unsigned most_ns)
{
	rcs_spin_until(rcs_cycles() +
		       rcs_cycles_from_ns(rcs_random_below(&u->random, most_ns)));
}

#endif
