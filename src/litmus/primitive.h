/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The primitives of the dialect: the accesses, fences, locks and RCU calls of the
 * Linux kernel, and smp_memb(). One row says all that parser, printer, code generator
 * and prover need to know of one of them: what it takes, what it does, in what order.
 */
#ifndef RCS_LITMUS_PRIMITIVE_H
#define RCS_LITMUS_PRIMITIVE_H

#include <stdbool.h>
#include <stddef.h>

#define RCS_PRIMITIVE_OPERANDS 3

/* What it does. */
enum rcs_action {
	RCS_ACTION_READ,
	RCS_ACTION_WRITE,
	RCS_ACTION_EXCHANGE, /* xchg: new value in operand `value` */
	RCS_ACTION_COMPARE,  /* cmpxchg(address, old, new): gives the value found */
	RCS_ACTION_FETCH,    /* reads, applies `change`, gives the old value */
	RCS_ACTION_CHANGE,   /* the same, gives the new value (*_return) */
	RCS_ACTION_UPDATE,   /* the same, gives nothing (atomic_add, …) */
	RCS_ACTION_TEST, /* the same, gives whether the new value is 0 (*_and_test) */
	RCS_ACTION_NEGATIVE,   /* the same, gives whether it is negative */
	RCS_ACTION_ADD_UNLESS, /* (address, add, unless): gives whether it added */
	RCS_ACTION_FENCE,
	RCS_ACTION_LOCK,
	RCS_ACTION_UNLOCK,
	RCS_ACTION_TRYLOCK, /* gives 1 when it got the lock */
	RCS_ACTION_IS_LOCKED,
	RCS_ACTION_RCU_LOCK,
	RCS_ACTION_RCU_UNLOCK,
	RCS_ACTION_RCU_SYNC,
	RCS_ACTION_SRCU_LOCK,	/* gives the index */
	RCS_ACTION_SRCU_UNLOCK, /* (address, index) */
	RCS_ACTION_SRCU_SYNC,
};

/* Of an access: how strongly it is ordered. Of a fence: which one it is. */
enum rcs_ordering {
	RCS_ORDER_PLAIN,   /* an access the compiler may do as it likes */
	RCS_ORDER_RELAXED, /* READ_ONCE, WRITE_ONCE, *_relaxed, non-value RMWs */
	RCS_ORDER_ACQUIRE,
	RCS_ORDER_RELEASE,
	RCS_ORDER_FULL, /* RMW between two full fences; a write: then a full fence */
	RCS_ORDER_DEREFERENCE, /* rcu_dereference: a read that heads a dependency */
	RCS_ORDER_BARRIER,     /* barrier(): the compiler only; the light side */
	RCS_ORDER_MB,
	RCS_ORDER_RMB,
	RCS_ORDER_WMB,
	RCS_ORDER_BEFORE_ATOMIC,
	RCS_ORDER_AFTER_ATOMIC,
	RCS_ORDER_AFTER_SPINLOCK,
	RCS_ORDER_AFTER_UNLOCK_LOCK,
	RCS_ORDER_AFTER_SRCU_READ_UNLOCK,
	RCS_ORDER_MEMB, /* smp_memb(): the heavy side of the barrier under test */
};

/* Of RMWs: what they make of the old value. */
enum rcs_change {
	RCS_CHANGE_NONE,
	RCS_CHANGE_ADD,
	RCS_CHANGE_SUBTRACT,
	RCS_CHANGE_AND,
	RCS_CHANGE_OR,
	RCS_CHANGE_XOR,
	RCS_CHANGE_ANDNOT,
};

/* What stands in the parentheses, and in which order. */
enum rcs_shape {
	RCS_SHAPE_NOTHING,	  /* () */
	RCS_SHAPE_LVALUE,	  /* (*x)        operand[0]: the address x */
	RCS_SHAPE_LVALUE_VALUE,	  /* (*x, v)     operand[0]: x, [1]: v */
	RCS_SHAPE_ADDRESS,	  /* (x) */
	RCS_SHAPE_ADDRESS_VALUE,  /* (x, v) */
	RCS_SHAPE_VALUE_ADDRESS,  /* (v, x)      operand[0]: x, [1]: v all the same */
	RCS_SHAPE_ADDRESS_VALUES, /* (x, u, v)   [1]: u, [2]: v */
	RCS_SHAPE_PLAIN_READ,	  /* *x          as an expression */
	RCS_SHAPE_PLAIN_WRITE,	  /* *x = v;     as a statement */
};

struct rcs_primitive_row {
	const char *name; /* "*" for plain accesses */
	enum rcs_shape shape;
	enum rcs_action action;
	enum rcs_ordering ordering;
	enum rcs_change change;
	/* RMW by one: atomic_inc and its kin have no value operand, and add this. */
	int step;
	bool gives; /* has a result */
};

extern const struct rcs_primitive_row rcs_primitives[];
extern const int rcs_primitive_count;

/* The rows that have no name of their own. */
#define RCS_PRIMITIVE_PLAIN_READ  0
#define RCS_PRIMITIVE_PLAIN_WRITE 1

/* The row of that name, or RCS_PRIMITIVE_UNKNOWN. */
#define RCS_PRIMITIVE_UNKNOWN (-1)
int rcs_primitive_find(const char *name);

/* How many operands that shape has. */
int rcs_shape_operands(enum rcs_shape shape);

#endif
