/* SPDX-License-Identifier: BSD-2-Clause */
/* The read side of ck_epoch, for inlining: libck's ck_epoch_begin() and ck_epoch_end().
 */
#ifndef RCS_RCU_READ_CK_EPOCH_H
#define RCS_RCU_READ_CK_EPOCH_H

#include <ck_epoch.h>
#include <ck_pr.h>

#include "rcu/registry.h"
#include "rcu/tsan.h"

/* libck keeps the records of threads that have left, to be used again. */
struct rcs_ck_epoch_record {
	ck_epoch_record_t record;
	char name[16];
	pid_t tid;
};

struct rcs_ck_epoch_thread {
	struct rcs_rcu_member member;
	struct rcs_ck_epoch_record *own;
};

static inline __attribute__((always_inline)) void
rcs_read_lock_ck_epoch(struct rcs_rcu_thread *self, bool fence)
{
	ck_epoch_begin(&((struct rcs_ck_epoch_thread *)(void *)self)->own->record,
		       NULL);
	if (fence)
		ck_pr_fence_memory(); /* asked for by who measures: no partner */
	RCS_TSAN_ACQUIRE(self->rcu);
}

static inline __attribute__((always_inline)) void
rcs_read_unlock_ck_epoch(struct rcs_rcu_thread *self, bool fence)
{
	RCS_TSAN_RELEASE(self->rcu);
	if (fence)
		ck_pr_fence_memory(); /* as above */
	ck_epoch_end(&((struct rcs_ck_epoch_thread *)(void *)self)->own->record, NULL);
}

static inline __attribute__((always_inline)) void *
rcs_read_ck_epoch(struct rcs_rcu_thread *self, void *const *pointer)
{
	(void)self;
	/* Orders what is reached through it by dependency: pairs with the release of
	 * rcs_rcu_assign(). */
	return __atomic_load_n(pointer, RCS_DEPENDENT);
}

#endif
