/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Waiting for readers: looking at every registered thread's word until none is left
 * that is to be waited for. In between it spins a little; then it sleeps until a reader
 * has left a section, so that a long one costs no CPU.
 */
#ifndef RCS_RCU_ASYM_SCAN_H
#define RCS_RCU_ASYM_SCAN_H

#include <stddef.h>

#include "host/futex.h"
#include "rcu/asym/stall.h"
#include "rcu/read/asym.h"

/* Before the first sleep: more than most sections last. */
#define RCS_ASYM_SPIN_NS UINT64_C(30000)
/* Before a mutant thinks that who has not left yet must be asleep. */
#define RCS_ASYM_GIVES_UP_NS UINT64_C(20000)

/* The heavy side of the barrier; 0 or a negative errno value. */
RCS_ASYM_INLINE int rcs_asym_heavy(struct rcs_asym *asym,
				   const struct rcs_rcu_design *d)
{
	const struct rcs_rcu_ground *ground = &asym->rcu.options.ground;

	if (d->no_heavy)
		return 0;
	if (d->local_heavy) {
		ck_pr_fence_memory(); /* a mutant's: no partner */
		return 0;
	}
	return ground->heavy(ground->writer);
}

/* A mutant's look, to be used later. */
RCS_ASYM_INLINE void rcs_asym_look_ahead(struct rcs_asym *asym)
{
	pthread_mutex_lock(&asym->registry);
	for (struct rcs_asym_thread *t = asym->threads; t != NULL; t = t->next)
		t->seen = rcs_asym_load(&t->word);
	pthread_mutex_unlock(&asym->registry);
}

/* From now on readers that enter are none of this grace period's. */
RCS_ASYM_INLINE void rcs_asym_advance(struct rcs_asym *asym)
{
	pthread_mutex_lock(&asym->registry);
	asym->word += RCS_ASYM_STEP;
	for (struct rcs_asym_thread *t = asym->threads; t != NULL; t = t->next)
		rcs_asym_store(&t->now, asym->word);
	pthread_mutex_unlock(&asym->registry);
}

/*
 * One look at all threads that this scan has not passed yet. Whether none is left.
 * `marks`: those that are left are to wake us.
 */
RCS_ASYM_INLINE bool rcs_asym_look(struct rcs_asym *asym, bool marks,
				   const struct rcs_rcu_design *d)
{
	bool all = true;

	pthread_mutex_lock(&asym->registry);
	for (struct rcs_asym_thread *t = asym->threads; t != NULL; t = t->next) {
		rcs_asym_word word;

		if (t->passed == asym->scans || (d->skips_last && t == asym->threads) ||
		    (d->misses_new && t->since > asym->known))
			continue;
		/*
		 * (2) The acquire: pairs with the release by which a reader leaves, so
		 * that its section is over for whatever comes after this.
		 */
		word = __atomic_load_n(&t->word, __ATOMIC_ACQUIRE);
		if (d->stale_scan && rcs_asym_nesting(t->seen) == 0)
			word = t->seen;
		if (!rcs_asym_busy(word, asym->word, d)) {
			t->passed = asym->scans;
		} else if (!d->looks_once) {
			all = false;
			if (marks)
				rcs_asym_store(&t->waiting, 1);
		}
	}
	pthread_mutex_unlock(&asym->registry);
	return all;
}

/*
 * Sleeps until a reader leaves a section, but no longer than `most_ns`. *all: the look
 * before sleeping found none left. 0, or the error of a heavy side.
 */
RCS_ASYM_INLINE int rcs_asym_sleep(struct rcs_asym *asym, uint64_t most_ns, bool *all,
				   const struct rcs_rcu_design *d)
{
	struct timespec most = {(time_t)(most_ns / 1000000000),
				(long)(most_ns % 1000000000)};
	unsigned departed = ck_pr_load_uint(&asym->departed);
	int err = 0;

	*all = rcs_asym_look(asym, true, d);
	if (*all)
		return 0;
	/*
	 * (3) Pairs with the light side of whoever leaves: it stores its word and then
	 * looks whether it is marked, and here it is the other way round. So either
	 * the look below sees that it has left, or it sees that it must wake us.
	 */
	if (d->sleeps_unseen)
		ck_pr_fence_memory();
	else
		err = rcs_asym_heavy(asym, d);
	*all = err != 0 || rcs_asym_look(asym, false, d);
	if (d->departs_unseen) {
		rcs_rcu_delay_point(&asym->rcu.options.delay);
		departed = ck_pr_load_uint(&asym->departed);
	}
	if (!*all)
		*all = !rcs_futex_wait(&asym->departed, departed, &most) &&
		       d->first_leaves_all;
	return err;
}

/*
 * A scan. `spins`: it does not sleep. 0, or the error of a heavy side; then readers may
 * be left.
 */
RCS_ASYM_INLINE int rcs_asym_scan(struct rcs_asym *asym, bool spins,
				  const struct rcs_rcu_design *d)
{
	struct rcs_asym_stall_watch watch;
	bool all;
	int err = 0;

	asym->scans++;
	all = rcs_asym_look(asym, false, d);
	if (!all)
		rcs_asym_stall_begin(&watch, asym);
	for (unsigned looks = 1; !all && err == 0; looks++) {
		uint64_t waited_ns = rcs_clock_ns() - watch.begun_ns;

		if (d->expedited_gives_up && spins && waited_ns > RCS_ASYM_GIVES_UP_NS)
			break;
		rcs_asym_stall_look(&watch, asym);
		if (spins && looks % 64 == 0)
			sched_yield();
		if (spins || waited_ns < RCS_ASYM_SPIN_NS) {
			for (unsigned n = 0; n < 32; n++)
				ck_pr_stall();
			all = rcs_asym_look(asym, false, d);
		} else {
			err = rcs_asym_sleep(asym, rcs_asym_stall_left(&watch), &all,
					     d);
		}
	}
	pthread_mutex_lock(&asym->registry);
	asym->known = asym->registered;
	pthread_mutex_unlock(&asym->registry);
	return err;
}

#endif
