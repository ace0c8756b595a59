/* SPDX-License-Identifier: BSD-2-Clause */
/* A read side that is not inlined: that of any flavour, by its functions. */
#include "stress/torture/read_loop.h"
#include "stress/torture/rig.h"

RCS_TORTURE_INLINE void rcs_read_lock_by_call(struct rcs_rcu_thread *self, bool fence)
{
	self->rcu->flavour->read_lock(self);
	if (fence)
		ck_pr_fence_memory();
}

RCS_TORTURE_INLINE void rcs_read_unlock_by_call(struct rcs_rcu_thread *self, bool fence)
{
	if (fence)
		ck_pr_fence_memory();
	self->rcu->flavour->read_unlock(self);
}

RCS_TORTURE_INLINE void *rcs_read_by_call(struct rcs_rcu_thread *self,
					  void *const *pointer)
{
	(void)self;
	return ck_pr_load_ptr(pointer);
}

RCS_TORTURE_READ_FUNCTIONS(by_call, by_call)

const struct rcs_torture_side rcs_torture_side_by_call = {
	.name = "",
	.read = {read_by_call, read_fenced_by_call},
};
