/* SPDX-License-Identifier: BSD-2-Clause */
/* The read sides of this program's flavours, inlined into the readers' loop. */
#include "rcu/read/all.h"
#include "stress/torture/rig.h"

enum side {
#define X(name) SIDE_##name,
#include "rcu/list_here.h"
#undef X
};

RCS_TORTURE_INLINE void enter_section(int side, struct rcs_rcu_thread *self, bool fence)
{
	switch (side) {
#define X(name)                                                                        \
	case SIDE_##name:                                                              \
		rcs_read_lock_##name(self, fence);                                     \
		break;
#include "rcu/list_here.h"
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
#include "rcu/list_here.h"
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
#include "rcu/list_here.h"
#undef X
	default:
		return NULL;
	}
}

#include "stress/torture/read_loop.h"

#define X(name) RCS_TORTURE_READ_FUNCTIONS(name, SIDE_##name)
#include "rcu/list_here.h"
#undef X

const struct rcs_torture_side rcs_torture_sides[] = {
#define X(name) {"" #name, {read_##name, read_fenced_##name}},
#include "rcu/list_here.h"
#undef X
	{NULL, {NULL, NULL}},
};
