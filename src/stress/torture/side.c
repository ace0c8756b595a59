/* SPDX-License-Identifier: BSD-2-Clause */
/* The read sides of all flavours, inlined into the readers' loop. */
#include "rcu/read/asym.h"
#include "rcu/read/asym_parity.h"
#include "rcu/read/asym_two.h"
#include "rcu/read/ck_epoch.h"
#include "rcu/read/qsbr.h"
#if RCS_HAVE_URCU
#include "rcu/read/urcu_bp.h"
#include "rcu/read/urcu_mb.h"
#include "rcu/read/urcu_memb.h"
#include "rcu/read/urcu_qsbr.h"
#endif
#include "stress/torture/rig.h"

enum side {
#define X(name) SIDE_##name,
#include "rcu/list.h"
#undef X
};

RCS_TORTURE_INLINE void enter_section(int side, struct rcs_rcu_thread *self, bool fence)
{
	switch (side) {
#define X(name)                                                                        \
	case SIDE_##name:                                                              \
		rcs_read_lock_##name(self, fence);                                     \
		break;
#include "rcu/list.h"
#undef X
	}
}

RCS_TORTURE_INLINE void leave_section(int side, struct rcs_rcu_thread *self, bool fence)
{
	switch (side) {
#define X(name)                                                                        \
	case SIDE_##name:                                                              \
		rcs_read_unlock_##name(self, fence);                                   \
		break;
#include "rcu/list.h"
#undef X
	}
}

RCS_TORTURE_INLINE void *load_pointer(int side, struct rcs_rcu_thread *self,
				      void *const *pointer)
{
	switch (side) {
#define X(name)                                                                        \
	case SIDE_##name:                                                              \
		return rcs_read_##name(self, pointer);
#include "rcu/list.h"
#undef X
	default:
		return NULL;
	}
}

#include "stress/torture/read_loop.h"

#define X(name) RCS_TORTURE_READ_FUNCTIONS(name, SIDE_##name)
#include "rcu/list.h"
#undef X

const struct rcs_torture_side rcs_torture_sides[] = {
#define X(name) {"" #name, {read_##name, read_fenced_##name}},
#include "rcu/list.h"
#undef X
	{NULL, {NULL, NULL}},
};
