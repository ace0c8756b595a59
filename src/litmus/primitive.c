/* SPDX-License-Identifier: BSD-2-Clause */
/* The table of primitives; families of them come from one macro each. */
#include "litmus/primitive.h"

#include <string.h>

#define ROW(name, shape, action, ordering, change, step, gives)                        \
	{                                                                              \
		name, RCS_SHAPE_##shape, RCS_ACTION_##action, RCS_ORDER_##ordering,    \
			RCS_CHANGE_##change, step, gives                               \
	}

/* Accesses and the rest without a change: what gives a value, and what does not. */
#define GIVES(name, shape, action, ordering)                                           \
	ROW(name, shape, action, ordering, NONE, 0, true)
#define TAKES(name, shape, action, ordering)                                           \
	ROW(name, shape, action, ordering, NONE, 0, false)
#define FENCE(name, ordering) TAKES(name, NOTHING, FENCE, ordering)

/* An RMW that gives a value comes in four strengths. */
#define FOUR(name, shape, action, change, step)                                        \
	ROW(name, shape, action, FULL, change, step, true),                            \
		ROW(name "_relaxed", shape, action, RELAXED, change, step, true),      \
		ROW(name "_acquire", shape, action, ACQUIRE, change, step, true),      \
		ROW(name "_release", shape, action, RELEASE, change, step, true)

/* atomic_OP and atomic_fetch_OP; for sums atomic_OP_return as well. */
#define LOGIC(op, change)                                                              \
	ROW("atomic_" op, VALUE_ADDRESS, UPDATE, RELAXED, change, 0, false),           \
		FOUR("atomic_fetch_" op, VALUE_ADDRESS, FETCH, change, 0)
#define SUM(op, change)                                                                \
	LOGIC(op, change),                                                             \
		FOUR("atomic_" op "_return", VALUE_ADDRESS, CHANGE, change, 0)
#define COUNT(op, change)                                                              \
	ROW("atomic_" op, ADDRESS, UPDATE, RELAXED, change, 1, false),                 \
		FOUR("atomic_fetch_" op, ADDRESS, FETCH, change, 1),                   \
		FOUR("atomic_" op "_return", ADDRESS, CHANGE, change, 1)

const struct rcs_primitive_row rcs_primitives[] = {
	/* In the order of RCS_PRIMITIVE_PLAIN_READ and _WRITE. */
	GIVES("*", PLAIN_READ, READ, PLAIN),
	TAKES("*", PLAIN_WRITE, WRITE, PLAIN),

	GIVES("READ_ONCE", LVALUE, READ, RELAXED),
	TAKES("WRITE_ONCE", LVALUE_VALUE, WRITE, RELAXED),
	GIVES("smp_load_acquire", ADDRESS, READ, ACQUIRE),
	TAKES("smp_store_release", ADDRESS_VALUE, WRITE, RELEASE),
	TAKES("smp_store_mb", LVALUE_VALUE, WRITE, FULL),
	GIVES("rcu_dereference", LVALUE, READ, DEREFERENCE),
	GIVES("lockless_dereference", LVALUE, READ, DEREFERENCE),
	TAKES("rcu_assign_pointer", LVALUE_VALUE, WRITE, RELEASE),
	GIVES("atomic_read", ADDRESS, READ, RELAXED),
	GIVES("atomic_read_acquire", ADDRESS, READ, ACQUIRE),
	TAKES("atomic_set", ADDRESS_VALUE, WRITE, RELAXED),
	TAKES("atomic_set_release", ADDRESS_VALUE, WRITE, RELEASE),

	FENCE("smp_mb", MB),
	FENCE("smp_rmb", RMB),
	FENCE("smp_wmb", WMB),
	FENCE("smp_mb__before_atomic", BEFORE_ATOMIC),
	FENCE("smp_mb__after_atomic", AFTER_ATOMIC),
	FENCE("smp_mb__after_spinlock", AFTER_SPINLOCK),
	FENCE("smp_mb__after_unlock_lock", AFTER_UNLOCK_LOCK),
	FENCE("smp_mb__after_srcu_read_unlock", AFTER_SRCU_READ_UNLOCK),
	FENCE("barrier", BARRIER),
	FENCE("smp_memb", MEMB),

	FOUR("xchg", ADDRESS_VALUE, EXCHANGE, NONE, 0),
	FOUR("cmpxchg", ADDRESS_VALUES, COMPARE, NONE, 0),
	FOUR("atomic_xchg", ADDRESS_VALUE, EXCHANGE, NONE, 0),
	FOUR("atomic_cmpxchg", ADDRESS_VALUES, COMPARE, NONE, 0),

	SUM("add", ADD),
	SUM("sub", SUBTRACT),
	COUNT("inc", ADD),
	COUNT("dec", SUBTRACT),
	LOGIC("and", AND),
	LOGIC("or", OR),
	LOGIC("xor", XOR),
	LOGIC("andnot", ANDNOT),
	ROW("atomic_sub_and_test", VALUE_ADDRESS, TEST, FULL, SUBTRACT, 0, true),
	ROW("atomic_dec_and_test", ADDRESS, TEST, FULL, SUBTRACT, 1, true),
	ROW("atomic_inc_and_test", ADDRESS, TEST, FULL, ADD, 1, true),
	FOUR("atomic_add_negative", VALUE_ADDRESS, NEGATIVE, ADD, 0),
	ROW("atomic_add_unless", ADDRESS_VALUES, ADD_UNLESS, FULL, ADD, 0, true),

	TAKES("spin_lock", ADDRESS, LOCK, ACQUIRE),
	TAKES("spin_unlock", ADDRESS, UNLOCK, RELEASE),
	GIVES("spin_trylock", ADDRESS, TRYLOCK, ACQUIRE),
	GIVES("spin_is_locked", ADDRESS, IS_LOCKED, RELAXED),

	TAKES("rcu_read_lock", NOTHING, RCU_LOCK, RELAXED),
	TAKES("rcu_read_unlock", NOTHING, RCU_UNLOCK, RELAXED),
	TAKES("synchronize_rcu", NOTHING, RCU_SYNC, FULL),
	TAKES("synchronize_rcu_expedited", NOTHING, RCU_SYNC, FULL),
	GIVES("srcu_read_lock", ADDRESS, SRCU_LOCK, RELAXED),
	TAKES("srcu_read_unlock", ADDRESS_VALUE, SRCU_UNLOCK, RELAXED),
	GIVES("srcu_down_read", ADDRESS, SRCU_LOCK, RELAXED),
	TAKES("srcu_up_read", ADDRESS_VALUE, SRCU_UNLOCK, RELAXED),
	TAKES("synchronize_srcu", ADDRESS, SRCU_SYNC, FULL),
	TAKES("synchronize_srcu_expedited", ADDRESS, SRCU_SYNC, FULL),
};

const int rcs_primitive_count = sizeof(rcs_primitives) / sizeof(rcs_primitives[0]);

int rcs_primitive_find(const char *name)
{
	for (int i = RCS_PRIMITIVE_PLAIN_WRITE + 1; i < rcs_primitive_count; i++)
		if (strcmp(rcs_primitives[i].name, name) == 0)
			return i;
	return RCS_PRIMITIVE_UNKNOWN;
}

int rcs_shape_operands(enum rcs_shape shape)
{
	switch (shape) {
	case RCS_SHAPE_NOTHING:
		return 0;
	case RCS_SHAPE_LVALUE:
	case RCS_SHAPE_ADDRESS:
	case RCS_SHAPE_PLAIN_READ:
		return 1;
	case RCS_SHAPE_LVALUE_VALUE:
	case RCS_SHAPE_ADDRESS_VALUE:
	case RCS_SHAPE_VALUE_ADDRESS:
	case RCS_SHAPE_PLAIN_WRITE:
		return 2;
	case RCS_SHAPE_ADDRESS_VALUES:
		return 3;
	}
	return 0;
}
