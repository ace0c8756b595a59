/* SPDX-License-Identifier: BSD-2-Clause */
/* The read sides of mutants, inlined into the readers' loop. */
#include "rcu/mutants/read.h"
#include "stress/torture/rig.h"

enum side {
#define X(name, summary, why_not, ...) SIDE_##name,
#include "rcu/mutants/list.h"
#undef X
};

RCS_TORTURE_INLINE void enter_section(int side, struct rcs_rcu_thread *self, bool fence)
{
	switch (side) {
#define X(name, summary, why_not, ...)                                                 \
	case SIDE_##name:                                                              \
		rcs_read_lock_mutant_##name(self, fence);                              \
		break;
#include "rcu/mutants/list.h"
#undef X
	}
}

RCS_TORTURE_INLINE void leave_section(int side, struct rcs_rcu_thread *self, bool fence)
{
	switch (side) {
#define X(name, summary, why_not, ...)                                                 \
	case SIDE_##name:                                                              \
		rcs_read_unlock_mutant_##name(self, fence);                            \
		break;
#include "rcu/mutants/list.h"
#undef X
	}
}

RCS_TORTURE_INLINE void *load_pointer(int side, struct rcs_rcu_thread *self,
				      void *const *pointer)
{
	switch (side) {
#define X(name, summary, why_not, ...)                                                 \
	case SIDE_##name:                                                              \
		return rcs_read_mutant_##name(self, pointer);
#include "rcu/mutants/list.h"
#undef X
	default:
		return NULL;
	}
}

#include "stress/torture/read_loop.h"

#define X(name, summary, why_not, ...) RCS_TORTURE_READ_FUNCTIONS(name, SIDE_##name)
#include "rcu/mutants/list.h"
#undef X

const struct rcs_torture_side rcs_torture_sides_mutants[] = {
#define X(name, summary, why_not, ...)                                                 \
	{"mutant:" #name, {read_##name, read_fenced_##name}},
#include "rcu/mutants/list.h"
#undef X
	{NULL, {NULL, NULL}},
};
