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
#include "rcu/tsan.h"

#define RCS_ASYM_INLINE static inline __attribute__((always_inline))

/* Whole, and no more: plain instructions on every machine. */
RCS_ASYM_INLINE rcs_asym_word rcs_asym_load(const rcs_asym_word *word)
{
	return __atomic_load_n(word, __ATOMIC_RELAXED);
}

RCS_ASYM_INLINE void rcs_asym_store(rcs_asym_word *word, rcs_asym_word value)
{
	__atomic_store_n(word, value, __ATOMIC_RELAXED);
}

/* Wakes the grace period that sleeps until this thread has left a section. */
void rcs_asym_wake(struct rcs_asym_thread *self);

/* The light side: pairs with the heavy calls in grace.h. fence: a full one. */
RCS_ASYM_INLINE void rcs_asym_light(bool fence, const struct rcs_rcu_design *d)
{
	if (fence)
		ck_pr_fence_memory();
	else if (!d->no_light)
		ck_pr_barrier();
}

/* Not without a light side: what is called is a barrier to the compiler. */
RCS_ASYM_INLINE void rcs_asym_read_delay(struct rcs_rcu_thread *thread,
					 const struct rcs_rcu_design *d)
{
	if (d->delays && !d->no_light)
		rcs_rcu_delay_point(&thread->delay);
}

/* A mutant's store of its word, when all is too late. */
RCS_ASYM_INLINE void rcs_asym_count(struct rcs_asym_thread *self)
{
	if (self->late != 0)
		rcs_asym_store(&self->word, self->late);
	self->late = 0;
}

RCS_ASYM_INLINE void rcs_asym_lock(struct rcs_rcu_thread *thread, bool fence,
				   const struct rcs_rcu_design *d)
{
	struct rcs_asym_thread *self = (struct rcs_asym_thread *)(void *)thread;
	/* A mutant's plain accesses: GCC moves nothing across any that are atomic. */
	rcs_asym_word own = d->no_light ? self->word : rcs_asym_load(&self->word);

	if (__builtin_expect(rcs_asym_nesting(own) == 0 || d->enters_as_outer, 1)) {
		rcs_asym_word nesting = d->enters_as_outer ? rcs_asym_nesting(own) : 0;

		own = (d->no_light ? self->now : rcs_asym_load(&self->now)) + nesting;
		if (d->delays)
			thread->entry = __builtin_return_address(0);
		rcs_asym_read_delay(thread, d);
	} else {
		own += RCS_ASYM_ONE;
	}
	if (d->counts_late) {
		/* Once more before anything was loaded: one deeper. */
		self->late = rcs_asym_nesting(self->late) ? self->late + 1 : own;
		return;
	}
	if (d->no_light)
		self->word = own; /* the compiler may do with it what it likes */
	else
		rcs_asym_store(&self->word, own);
	rcs_asym_read_delay(thread, d);
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
	if (d->counts_late)
		rcs_asym_count(self);
	own = d->no_light ? self->word : rcs_asym_load(&self->word);
	rcs_asym_read_delay(thread, d);
	if (d->inner_clears)
		own -= rcs_asym_nesting(own);
	else
		own -= RCS_ASYM_ONE;
	/*
	 * … and for the CPU: (2) a release, which pairs with the acquire of the scan.
	 * With two heavy barriers, the second orders what a plain store does not.
	 */
	if (!d->two_heavy && !d->plain_leave && !d->no_light)
		__atomic_store_n(&self->word, own, __ATOMIC_RELEASE);
	else if (d->no_light)
		self->word = own;
	else
		__atomic_store_n(&self->word, own, RCS_BY_HEAVY);
	/* Keeps the look behind the store: pairs with heavy (3). */
	rcs_asym_light(fence, d);
	if (__builtin_expect(rcs_asym_load(&self->waiting) != 0, 0) && !d->no_wake)
		rcs_asym_wake(self);
}

RCS_ASYM_INLINE void *rcs_asym_dereference(struct rcs_rcu_thread *thread,
					   void *const *pointer,
					   const struct rcs_rcu_design *d)
{
	struct rcs_asym_thread *self = (struct rcs_asym_thread *)(void *)thread;
	/* Orders what is reached through it by dependency: pairs with the release of
	 * rcs_rcu_assign(). */
	void *value = __atomic_load_n(pointer, RCS_DEPENDENT);

	rcs_asym_read_delay(&self->thread, d);
	if (d->counts_late)
		rcs_asym_count(self);
	return value;
}

/* What every header in this folder has: these three, by the name of its flavour. */
#define RCS_ASYM_READ_SIDE(NAME, DESIGN)                                               \
	RCS_ASYM_INLINE void rcs_read_lock_##NAME(struct rcs_rcu_thread *self,         \
						  bool fence)                          \
	{                                                                              \
		rcs_asym_lock(self, fence, (DESIGN));                                  \
	}                                                                              \
	RCS_ASYM_INLINE void rcs_read_unlock_##NAME(struct rcs_rcu_thread *self,       \
						    bool fence)                        \
	{                                                                              \
		rcs_asym_unlock(self, fence, (DESIGN));                                \
	}                                                                              \
	RCS_ASYM_INLINE void *rcs_read_##NAME(struct rcs_rcu_thread *self,             \
					      void *const *pointer)                    \
	{                                                                              \
		return rcs_asym_dereference(self, pointer, (DESIGN));                  \
	}

static const struct rcs_rcu_design rcs_asym_design = {.delays = false};

RCS_ASYM_READ_SIDE(asym, &rcs_asym_design)

#endif
