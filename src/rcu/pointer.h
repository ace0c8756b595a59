/* SPDX-License-Identifier: BSD-2-Clause */
/* Publishing what readers dereference. */
#ifndef RCS_RCU_POINTER_H
#define RCS_RCU_POINTER_H

/*
 * What was stored to *value before is seen by whoever reaches it through *pointer:
 * the release pairs with the dependent loads of readers.
 */
#define rcs_rcu_assign(pointer, value)                                                 \
	__atomic_store_n((pointer), (value), __ATOMIC_RELEASE)

/* The same, and gives what was there before. A full barrier where the CPU has one. */
#define rcs_rcu_exchange(pointer, value)                                               \
	__atomic_exchange_n((pointer), (value), __ATOMIC_SEQ_CST)

#endif
