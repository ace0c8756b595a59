/* SPDX-License-Identifier: BSD-2-Clause */
/* The read sides of all flavours, inlined into the readers' loop. */
#include <string.h>

#include "rcu/read/asym.h"
#include "stress/torture/rig.h"

static const struct rcs_rcu_design asym_delayed_design = {.delays = true};

RCS_ASYM_INLINE void rcs_read_lock_asym_delayed(struct rcs_rcu_thread *self, bool fence)
{
	rcs_asym_lock(self, fence, &asym_delayed_design);
}

RCS_ASYM_INLINE void rcs_read_unlock_asym_delayed(struct rcs_rcu_thread *self,
						  bool fence)
{
	rcs_asym_unlock(self, fence, &asym_delayed_design);
}

RCS_ASYM_INLINE void *rcs_read_asym_delayed(struct rcs_rcu_thread *self,
					    void *const *pointer)
{
	return rcs_asym_dereference(self, pointer, &asym_delayed_design);
}

enum side {
#define X(name) SIDE_##name, SIDE_##name##_delayed,
#include "stress/torture/side_list.h"
#undef X
};

RCS_TORTURE_INLINE void enter_section(int side, struct rcs_rcu_thread *self, bool fence)
{
	switch (side) {
#define X(name)                                                                        \
	case SIDE_##name:                                                              \
		rcs_read_lock_##name(self, fence);                                     \
		break;                                                                 \
	case SIDE_##name##_delayed:                                                    \
		rcs_read_lock_##name##_delayed(self, fence);                           \
		break;
#include "stress/torture/side_list.h"
#undef X
	}
}

RCS_TORTURE_INLINE void leave_section(int side, struct rcs_rcu_thread *self, bool fence)
{
	switch (side) {
#define X(name)                                                                        \
	case SIDE_##name:                                                              \
		rcs_read_unlock_##name(self, fence);                                   \
		break;                                                                 \
	case SIDE_##name##_delayed:                                                    \
		rcs_read_unlock_##name##_delayed(self, fence);                         \
		break;
#include "stress/torture/side_list.h"
#undef X
	}
}

RCS_TORTURE_INLINE void *load_pointer(int side, struct rcs_rcu_thread *self,
				      void *const *pointer)
{
	switch (side) {
#define X(name)                                                                        \
	case SIDE_##name:                                                              \
		return rcs_read_##name(self, pointer);                                 \
	case SIDE_##name##_delayed:                                                    \
		return rcs_read_##name##_delayed(self, pointer);
#include "stress/torture/side_list.h"
#undef X
	default:
		return NULL;
	}
}

#include "stress/torture/read_loop.h"

#define X(name)                                                                        \
	RCS_TORTURE_READ_FUNCTIONS(name, SIDE_##name)                                  \
	RCS_TORTURE_READ_FUNCTIONS(name##_delayed, SIDE_##name##_delayed)
#include "stress/torture/side_list.h"
#undef X

static const struct rcs_torture_side sides[] = {
#define X(name)                                                                        \
	{#name,                                                                        \
	 {read_##name, read_fenced_##name},                                            \
	 {read_##name##_delayed, read_fenced_##name##_delayed}},
#include "stress/torture/side_list.h"
#undef X
};

const struct rcs_torture_side *rcs_torture_side_find(const char *name)
{
	for (size_t i = 0; i < sizeof(sides) / sizeof(sides[0]); i++) {
		if (strcmp(sides[i].name, name) == 0)
			return &sides[i];
	}
	return &rcs_torture_side_by_call;
}
