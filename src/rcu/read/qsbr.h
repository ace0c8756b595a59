/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The read side of qsbr, for inlining: nothing at all, but for threads that say now and
 * then that they hold nothing. qsbr.c has the argument, and the letters of the fences.
 */
#ifndef RCS_RCU_READ_QSBR_H
#define RCS_RCU_READ_QSBR_H

#include <ck_pr.h>

#include "rcu/qsbr/domain.h"
#include "rcu/tsan.h"

#define RCS_QSBR_INLINE static inline __attribute__((always_inline))

RCS_QSBR_INLINE void rcs_read_lock_qsbr(struct rcs_rcu_thread *self, bool fence)
{
	(void)self;
	if (fence)
		ck_pr_fence_memory(); /* asked for by who measures: no partner */
	else
		ck_pr_barrier();
}

RCS_QSBR_INLINE void rcs_read_unlock_qsbr(struct rcs_rcu_thread *self, bool fence)
{
	(void)self;
	if (fence)
		ck_pr_fence_memory(); /* as above */
	else
		ck_pr_barrier();
}

RCS_QSBR_INLINE void *rcs_read_qsbr(struct rcs_rcu_thread *self, void *const *pointer)
{
	(void)self;
	/* Orders what is reached through it by dependency: pairs with the release of
	 * rcs_rcu_assign(). */
	return __atomic_load_n(pointer, RCS_DEPENDENT);
}

/* Wakes a grace period that sleeps. After the word was stored. */
void rcs_qsbr_wake(struct rcs_qsbr *qsbr);

/* Until every thread has announced the number, or is offline. `spins`: without sleep.
 */
void rcs_qsbr_wait(struct rcs_qsbr *qsbr, bool spins);

/* quiescent(), offline() and online() of the flavour. */
RCS_QSBR_INLINE void rcs_qsbr_quiescent(struct rcs_rcu_thread *thread)
{
	struct rcs_qsbr_thread *self = (struct rcs_qsbr_thread *)(void *)thread;
	/* (a) Acquire: pairs with the release of the number in grace(). */
	unsigned long number = __atomic_load_n(&self->qsbr->number, __ATOMIC_ACQUIRE);
	unsigned long word = __atomic_load_n(&self->word, __ATOMIC_RELAXED);

	if (__builtin_expect(number == word || word == RCS_QSBR_OFFLINE, 1))
		return;
	/* (b) Release: pairs with the acquire of the scan. */
	__atomic_store_n(&self->word, number, __ATOMIC_RELEASE);
	rcs_qsbr_wake(self->qsbr);
}

RCS_QSBR_INLINE void rcs_qsbr_offline(struct rcs_rcu_thread *thread)
{
	struct rcs_qsbr_thread *self = (struct rcs_qsbr_thread *)(void *)thread;

	/* (b) */
	__atomic_store_n(&self->word, RCS_QSBR_OFFLINE, __ATOMIC_RELEASE);
	rcs_qsbr_wake(self->qsbr);
}

RCS_QSBR_INLINE void rcs_qsbr_online(struct rcs_rcu_thread *thread)
{
	struct rcs_qsbr_thread *self = (struct rcs_qsbr_thread *)(void *)thread;
	unsigned long number = __atomic_load_n(&self->qsbr->number, __ATOMIC_RELAXED),
		      word = number;

	for (;;) {
		/* (b), for what it has done before it went offline. */
		__atomic_store_n(&self->word, word, __ATOMIC_RELEASE);
		/* (c) The store before the load: pairs with (d) in grace(). */
		ck_pr_fence_memory();
		/* (a) */
		number = __atomic_load_n(&self->qsbr->number, __ATOMIC_ACQUIRE);
		if (__builtin_expect(number == word, 1))
			return;
		/* A grace period may have found the old one, and sleep. */
		word = number;
		__atomic_store_n(&self->word, word, __ATOMIC_RELEASE);
		rcs_qsbr_wake(self->qsbr);
	}
}

#endif
