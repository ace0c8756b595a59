/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The instructions behind the primitives: those that the Linux kernel has for them on
 * each architecture, whose file says the fences, acquiring loads, releasing stores and
 * atomic updates. What is the same everywhere is here.
 */
#ifndef RCS_LITMUS_NATIVE_CPU_H
#define RCS_LITMUS_NATIVE_CPU_H

#include <stddef.h>
#include <stdint.h>

#define RCS_INLINE static inline __attribute__((always_inline, unused))

#define rcs_compiler_barrier() __asm__ volatile("" : : : "memory")

/* Cells have their own way to be reset and read by the runner. */
typedef int32_t __attribute__((may_alias)) rcs_int_cell;
typedef intptr_t __attribute__((may_alias)) rcs_wide_cell;

enum rcs_order {
	RCS_PLAIN,
	RCS_RELAXED,
	RCS_ACQUIRE,
	RCS_RELEASE,
	RCS_FULL,
	RCS_DEREFERENCE,
};

enum rcs_modify {
	RCS_MODIFY_ADD,
	RCS_MODIFY_AND,
	RCS_MODIFY_OR,
	RCS_MODIFY_XOR,
	RCS_MODIFY_ANDNOT,
};

/*
 * Each architecture's file defines:
 *	rcs_cpu_mb, _rmb, _wmb()	smp_mb(), smp_rmb(), smp_wmb()
 *	rcs_cpu_around_atomic()		smp_mb__before_atomic(), smp_mb__after_atomic()
 *	rcs_cpu_after_spinlock()	smp_mb__after_spinlock()
 *	rcs_cpu_after_unlock_lock()	smp_mb__after_unlock_lock()
 *	rcs_cpu_pause()			while spinning
 *	rcs_cpu_acquire_int, _wide(cell)		smp_load_acquire()
 *	rcs_cpu_release_int, _wide(cell, value)		smp_store_release()
 *	rcs_cpu_exchange_int, _wide(order, cell, value)	xchg(): gives the old value
 *	rcs_cpu_compare_int, _wide(order, cell, old, value)	cmpxchg(): the same
 *	rcs_cpu_fetch(order, modify, cell, operand)	atomic_fetch_*(): the same
 *	rcs_cpu_update(order, modify, cell, operand)	atomic_add() …: gives nothing
 */
#if defined(__x86_64__) || defined(__i386__)
#include "x86.h"
#elif defined(__aarch64__)
#include "arm64.h"
#elif defined(__arm__) && __ARM_ARCH >= 7
#include "arm.h"
#elif defined(__powerpc__)
#include "power.h"
#elif defined(__riscv) && defined(__riscv_atomic)
#include "riscv.h"
#elif defined(__s390x__)
#include "s390.h"
#else
#include "other.h"
#endif

/*
 * A plain load is the compiler's, but once done it is done: the register must not be
 * loaded again, or an address could change between its check and its use.
 */
#define RCS_LOAD(name, type, acquire)                                                  \
	RCS_INLINE intptr_t name(enum rcs_order order, type *cell)                     \
	{                                                                              \
		intptr_t value;                                                        \
                                                                                       \
		if (order == RCS_PLAIN)                                                \
			value = *cell;                                                 \
		else if (order == RCS_ACQUIRE)                                         \
			value = acquire(cell);                                         \
		else                                                                   \
			value = *(volatile type *)cell;                                \
		if (order == RCS_PLAIN)                                                \
			__asm__("" : "+r"(value));                                     \
		if (order == RCS_DEREFERENCE)                                          \
			rcs_cpu_dependency();                                          \
		return value;                                                          \
	}

/* Only Alpha reads what a pointer points to before it has the pointer. */
#ifdef __alpha__
#define rcs_cpu_dependency() rcs_cpu_mb()
#else
#define rcs_cpu_dependency()                                                           \
	do {                                                                           \
	} while (0)
#endif

RCS_LOAD(rcs_cpu_load_int, rcs_int_cell, rcs_cpu_acquire_int)
RCS_LOAD(rcs_cpu_load_wide, rcs_wide_cell, rcs_cpu_acquire_wide)

/* A full store is smp_store_mb(): x86 has one instruction for it, the exchange. */
#ifdef RCS_CPU_EXCHANGE_IS_STORE_MB
#define RCS_STORE_FULL(cell, value, exchange) (void)exchange(RCS_FULL, cell, value)
#else
#define RCS_STORE_FULL(cell, value, exchange)                                          \
	do {                                                                           \
		*(cell) = (value);                                                     \
		rcs_cpu_mb();                                                          \
	} while (0)
#endif

#define RCS_STORE(name, type, release, exchange)                                       \
	RCS_INLINE void name(enum rcs_order order, type *cell, type value)             \
	{                                                                              \
		if (order == RCS_PLAIN)                                                \
			*cell = value;                                                 \
		else if (order == RCS_RELEASE)                                         \
			release(cell, value);                                          \
		else if (order == RCS_FULL)                                            \
			RCS_STORE_FULL((volatile type *)cell, value, exchange);        \
		else                                                                   \
			*(volatile type *)cell = value;                                \
	}

RCS_STORE(rcs_cpu_store_int, rcs_int_cell, rcs_cpu_release_int, rcs_cpu_exchange_int)
RCS_STORE(rcs_cpu_store_wide, rcs_wide_cell, rcs_cpu_release_wide,
	  rcs_cpu_exchange_wide)

#endif
