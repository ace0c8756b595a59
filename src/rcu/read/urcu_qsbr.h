/* SPDX-License-Identifier: BSD-2-Clause */
/* The read side of liburcu's qsbr, for inlining: nothing. */
#ifndef RCS_RCU_READ_URCU_QSBR_H
#define RCS_RCU_READ_URCU_QSBR_H

#include "rcu/urcu/inline.h"

#include <ck_pr.h>
#include <urcu/urcu-qsbr.h>

#include "rcu/rcu.h"
#include "rcu/tsan.h"

static inline __attribute__((always_inline)) void
rcs_read_lock_urcu_qsbr(struct rcs_rcu_thread *self, bool fence)
{
	urcu_qsbr_read_lock();
	if (fence)
		ck_pr_fence_memory(); /* asked for by who measures: no partner */
	RCS_TSAN_ACQUIRE(self->rcu);
}

static inline __attribute__((always_inline)) void
rcs_read_unlock_urcu_qsbr(struct rcs_rcu_thread *self, bool fence)
{
	RCS_TSAN_RELEASE(self->rcu);
	if (fence)
		ck_pr_fence_memory(); /* as above */
	urcu_qsbr_read_unlock();
}

static inline __attribute__((always_inline)) void *
rcs_read_urcu_qsbr(struct rcs_rcu_thread *self, void *const *pointer)
{
	(void)self;
	/* Orders what is reached through it by dependency: pairs with the release of
	 * rcs_rcu_assign(). */
	return __atomic_load_n(pointer, RCS_DEPENDENT);
}

#endif
