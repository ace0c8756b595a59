/* SPDX-License-Identifier: BSD-2-Clause */
/* Waiting for a grace period, in all ways there are. */
#include <sched.h>

#include "stress/torture/turn.h"

#define POLLS 64 /* before it waits instead */

/* Waits that way. A flavour without polled grace periods is made to wait. */
static int wait_that_way(struct rcs_torture_updater *u, enum rcs_torture_way way)
{
	const struct rcs_rcu_flavour *f = u->torture->flavour;
	struct rcs_rcu *rcu = u->torture->rcu;
	uint64_t cookie;

	if ((way == RCS_TORTURE_POLLED || way == RCS_TORTURE_COND) &&
	    !rcs_torture_polls(u->torture))
		way = RCS_TORTURE_SYNCHRONIZE;
	switch (way) {
	case RCS_TORTURE_EXPEDITED:
		return f->synchronize_expedited(rcu, u->self);
	case RCS_TORTURE_POLLED:
		cookie = f->start_poll(rcu, u->self);
		for (int n = 0; n < POLLS; n++) {
			if (f->poll(rcu, cookie))
				return 0;
			(void)sched_yield();
		}
		return f->cond_synchronize(rcu, u->self, cookie);
	case RCS_TORTURE_COND:
		cookie = f->get_state(rcu);
		/* Time for others to have one that counts. */
		if ((rcs_random_next(&u->random) & 1) != 0)
			rcs_spin_until(rcs_cycles() +
				       rcs_cycles_from_ns(rcs_random_below(
					       &u->random, 20 * RCS_TORTURE_PAUSE_NS)));
		return f->cond_synchronize(rcu, u->self, cookie);
	default:
		return f->synchronize(rcu, u->self);
	}
}

rcs_torture_word rcs_torture_wait_for_period(struct rcs_torture_updater *u,
					     enum rcs_torture_way way)
{
	struct rcs_torture *t = u->torture;
	rcs_torture_word number = u->waited.started + 1;
	uint64_t start, end;
	int error;

	rcs_torture_stamp_start(&u->waited, number);
	start = rcs_cycles();
	error = wait_that_way(u, way);
	end = rcs_cycles();
	if (error != 0) {
		rcs_torture_call_fails(t, error);
		return 0;
	}
	rcs_torture_stamp_end(&u->waited, number, way, rcs_torture_newest_call(u));
	u->periods[way]++;
	if (end - start > u->longest)
		u->longest = end - start;
	while (t->own && !rcs_torture_meter_note(&u->meter, (rcs_torture_word)start,
						 (rcs_torture_word)end)) {
		rcs_torture_count(t, true);
		(void)sched_yield();
	}
	return number;
}
