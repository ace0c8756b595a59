/* SPDX-License-Identifier: BSD-2-Clause */
/* Grace periods of asym: asym.c has the argument, and the numbers of its fences. */
#ifndef RCS_RCU_ASYM_GRACE_H
#define RCS_RCU_ASYM_GRACE_H

#include "rcu/asym/scan.h"
#include "rcu/asym/share.h"

RCS_ASYM_INLINE void rcs_asym_delay(struct rcs_asym *asym,
				    const struct rcs_rcu_design *d)
{
	if (d->delays)
		rcs_rcu_delay_point(&asym->rcu.options.delay);
}

/* Who asks from now on is to have a later one. */
RCS_ASYM_INLINE void rcs_asym_begin(struct rcs_asym *asym)
{
	__atomic_store_n(&asym->begun, asym->over + 1, __ATOMIC_RELAXED);
	/* Pairs with the fence in rcs_asym_required(). */
	ck_pr_fence_memory();
}

/* From the advance to the end of the last scan. */
RCS_ASYM_INLINE int rcs_asym_wait(struct rcs_asym *asym, bool spins,
				  const struct rcs_rcu_design *d)
{
	int scans = rcs_asym_by_parity(d) && !d->one_flip ? 2 : 1, err = 0;

	for (int n = 0; n < scans && err == 0; n++) {
		if (!d->advances_early || n > 0)
			rcs_asym_advance(asym);
		rcs_asym_delay(asym, d);
		if (d->keeps_passed && n > 0)
			asym->scans--;
		err = rcs_asym_scan(asym, spins, d);
		if (d->begins_late)
			rcs_asym_begin(asym);
		rcs_asym_delay(asym, d);
	}
	return err;
}

/* Runs a grace period; `running` is held. 0 or the error of a heavy side. */
RCS_ASYM_INLINE int rcs_asym_grace(struct rcs_asym *asym, bool spins,
				   const struct rcs_rcu_design *d)
{
	unsigned long number = asym->over + 1;
	int err = 0;

	if (!d->begins_late)
		rcs_asym_begin(asym);
	rcs_asym_delay(asym, d);
	if (d->stale_scan)
		rcs_asym_look_ahead(asym);
	if (d->advances_early)
		rcs_asym_advance(asym);
	if (d->ends_early)
		__atomic_store_n(&asym->over, number, __ATOMIC_RELEASE);
	/* (1) Pairs with the light side of whoever enters a section. */
	if (!d->no_first_heavy && !(d->expedited_light && spins))
		err = rcs_asym_heavy(asym, d);
	rcs_asym_delay(asym, d);
	if (err == 0)
		err = rcs_asym_wait(asym, spins, d);
	/* (4) In place of (2): pairs with the light side of whoever has left one. */
	if (err == 0 && d->two_heavy && !d->no_second_heavy)
		err = rcs_asym_heavy(asym, d);
	if (err != 0)
		return err;
	/*
	 * (5) What sections have done, and what they had seen, is done for every CPU
	 * before anything that follows: a release and an acquire do not see to that on
	 * POWER. Pairs with any full fence elsewhere.
	 */
	ck_pr_fence_memory();
	/* Pairs with the acquire in rcs_asym_is_over(). */
	__atomic_store_n(&asym->over, number, __ATOMIC_RELEASE);
	return 0;
}

/* Until that grace period is over; runs it, if nobody else does. 0 or that error. */
RCS_ASYM_INLINE int rcs_asym_synchronize_until(struct rcs_asym *asym,
					       unsigned long required, bool spins,
					       const struct rcs_rcu_design *d)
{
	for (;;) {
		unsigned seen = ck_pr_load_uint(&asym->news[required & 1]);
		int err = 0;

		ck_pr_fence_load(); /* news before the looks below: as in
				       rcs_asym_release() */
		if (rcs_asym_is_over(asym, required))
			return 0;
		if (pthread_mutex_trylock(&asym->running) != 0) {
			rcs_asym_await_news(asym, required, seen);
			continue;
		}
		/*
		 * One at a time, though two may be needed after one that failed: each
		 * wakes all who wait for it, and only it.
		 */
		if (!rcs_asym_is_over(asym, required)) {
			if (!spins)
				rcs_asym_gather(asym);
			err = rcs_asym_grace(asym, spins, d);
		}
		rcs_asym_release(asym);
		if (err != 0)
			return err;
	}
}

RCS_ASYM_INLINE bool rcs_asym_poll(struct rcs_asym *asym, uint64_t cookie,
				   const struct rcs_rcu_design *d)
{
	return rcs_asym_is_over(asym, (unsigned long)cookie - (d->polls_early ? 1 : 0));
}

#endif
