/* SPDX-License-Identifier: BSD-2-Clause */
/* The read sides that have a second build, with delay points: see rcu/delay.h. */
#include "rcu/read/asym.h"
#include "stress/torture/rig.h"

static const struct rcs_rcu_design asym = {
	.delays = true,
};
static const struct rcs_rcu_design asym_two = {
	.two_heavy = true,
	.delays = true,
};
static const struct rcs_rcu_design asym_parity = {
	.counting = RCS_RCU_PARITY,
	.delays = true,
};

#define X(name) RCS_ASYM_READ_SIDE(name##_delayed, &name)
#include "stress/torture/side_delayed_list.h"
#undef X

enum side {
#define X(name) SIDE_##name,
#include "stress/torture/side_delayed_list.h"
#undef X
};

RCS_TORTURE_INLINE void enter_section(int side, struct rcs_rcu_thread *self, bool fence)
{
	switch (side) {
#define X(name)                                                                        \
	case SIDE_##name:                                                              \
		rcs_read_lock_##name##_delayed(self, fence);                           \
		break;
#include "stress/torture/side_delayed_list.h"
#undef X
	}
}

RCS_TORTURE_INLINE void leave_section(int side, struct rcs_rcu_thread *self, bool fence)
{
	switch (side) {
#define X(name)                                                                        \
	case SIDE_##name:                                                              \
		rcs_read_unlock_##name##_delayed(self, fence);                         \
		break;
#include "stress/torture/side_delayed_list.h"
#undef X
	}
}

RCS_TORTURE_INLINE void *load_pointer(int side, struct rcs_rcu_thread *self,
				      void *const *pointer)
{
	switch (side) {
#define X(name)                                                                        \
	case SIDE_##name:                                                              \
		return rcs_read_##name##_delayed(self, pointer);
#include "stress/torture/side_delayed_list.h"
#undef X
	default:
		return NULL;
	}
}

#include "stress/torture/read_loop.h"

#define X(name) RCS_TORTURE_READ_FUNCTIONS(name, SIDE_##name)
#include "stress/torture/side_delayed_list.h"
#undef X

const struct rcs_torture_side rcs_torture_sides_delayed[] = {
#define X(name) {"" #name, {read_##name, read_fenced_##name}},
#include "stress/torture/side_delayed_list.h"
#undef X
	{NULL, {NULL, NULL}},
};
