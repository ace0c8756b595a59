/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The read side of asym, for inlining. Entering is one store and the light side of a
 * barrier; leaving is the light side, one store, and a look whether a grace period
 * sleeps. asym.c has the argument why this is enough.
 */
#ifndef RCS_RCU_READ_ASYM_H
#define RCS_RCU_READ_ASYM_H

#include <ck_pr.h>

#include "rcu/asym/domain.h"
#include "rcu/design.h"

#define RCS_ASYM_INLINE static inline __attribute__((always_inline))

/* A word may be loaded and stored whole. */
RCS_ASYM_INLINE rcs_asym_word rcs_asym_load(const rcs_asym_word *word)
{
	return *(const volatile rcs_asym_word *)word;
}

RCS_ASYM_INLINE void rcs_asym_store(rcs_asym_word *word, rcs_asym_word value)
{
	*(volatile rcs_asym_word *)word = value;
}

/* Wakes a grace period that sleeps. */
void rcs_asym_wake(struct rcs_asym *asym);

/* The light side: pairs with the heavy calls in grace.h. fence: a full one. */
RCS_ASYM_INLINE void rcs_asym_light(bool fence, const struct rcs_rcu_design *d)
{
	if (fence)
		ck_pr_fence_memory();
	else if (!d->no_light)
		ck_pr_barrier();
}

RCS_ASYM_INLINE void rcs_asym_lock(struct rcs_rcu_thread *thread, bool fence,
				   const struct rcs_rcu_design *d)
{
	struct rcs_asym_thread *self = (struct rcs_asym_thread *)(void *)thread;
	rcs_asym_word own = rcs_asym_load(&self->word);

	if (__builtin_expect(rcs_asym_nesting(own, d) == 0 || d->enters_as_outer, 1)) {
		rcs_asym_word nesting =
			d->enters_as_outer ? rcs_asym_nesting(own, d) : 0;

		own = rcs_asym_load(&self->asym->word) + nesting;
		if (d->delays) {
			thread->entry = __builtin_return_address(0);
			rcs_rcu_delay_point(&thread->delay);
		}
	} else {
		own += RCS_ASYM_ONE;
	}
	if (d->counts_late && rcs_asym_nesting(own, d) == 1) {
		self->late = own;
		return;
	}
	rcs_asym_store(&self->word, own);
	if (d->delays)
		rcs_rcu_delay_point(&thread->delay);
	/* Keeps what the section loads behind the store: pairs with heavy (1). */
	rcs_asym_light(fence, d);
}

RCS_ASYM_INLINE void rcs_asym_unlock(struct rcs_rcu_thread *thread, bool fence,
				     const struct rcs_rcu_design *d)
{
	struct rcs_asym_thread *self = (struct rcs_asym_thread *)(void *)thread;
	rcs_asym_word own;

	/* Keeps the section before the store below, for the compiler at least … */
	rcs_asym_light(fence, d);
	own = rcs_asym_load(&self->word);
	if (d->delays)
		rcs_rcu_delay_point(&thread->delay);
	if (d->inner_clears)
		own -= rcs_asym_nesting(own, d);
	else
		own -= RCS_ASYM_ONE;
	/*
	 * … and for the CPU: (2) a release, which pairs with the acquire of the scan.
	 * With two heavy barriers, the second orders what a plain store does not.
	 */
	if (!d->two_heavy && !d->plain_leave)
		__atomic_store_n(&self->word, own, __ATOMIC_RELEASE);
	else
		rcs_asym_store(&self->word, own);
	/* Keeps the look behind the store: pairs with heavy (3). */
	rcs_asym_light(fence, d);
	if (__builtin_expect(ck_pr_load_uint(&self->asym->waiting) != 0, 0) &&
	    !d->no_wake)
		rcs_asym_wake(self->asym);
}

RCS_ASYM_INLINE void *rcs_asym_dereference(struct rcs_rcu_thread *thread,
					   void *const *pointer,
					   const struct rcs_rcu_design *d)
{
	struct rcs_asym_thread *self = (struct rcs_asym_thread *)(void *)thread;
	/* Orders what is reached through it by dependency: pairs with the release of
	 * rcs_rcu_assign(). */
	void *value = ck_pr_load_ptr(pointer);

	if (d->counts_late && rcs_asym_nesting(rcs_asym_load(&self->word), d) == 0)
		rcs_asym_store(&self->word, self->late);
	return value;
}

/* What every header in this folder has: the three by the name of the flavour. */
static const struct rcs_rcu_design rcs_asym_design = {.two_heavy = false};

RCS_ASYM_INLINE void rcs_read_lock_asym(struct rcs_rcu_thread *self, bool fence)
{
	rcs_asym_lock(self, fence, &rcs_asym_design);
}

RCS_ASYM_INLINE void rcs_read_unlock_asym(struct rcs_rcu_thread *self, bool fence)
{
	rcs_asym_unlock(self, fence, &rcs_asym_design);
}

RCS_ASYM_INLINE void *rcs_read_asym(struct rcs_rcu_thread *self, void *const *pointer)
{
	return rcs_asym_dereference(self, pointer, &rcs_asym_design);
}

#endif
