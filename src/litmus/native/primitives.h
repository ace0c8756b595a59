/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What generated code is written in: the primitives of the Linux kernel, as functions
 * of the variant they are compiled for. The variant is a constant wherever they are
 * inlined, so that none of its questions is asked at run time. This file is about what
 * a primitive does; native/cpu.h about which instructions do it.
 *
 * Values are intptr_t: an int sign-extended, or an address. Ints wrap at 32 bits.
 */
#ifndef RCS_LITMUS_NATIVE_PRIMITIVES_H
#define RCS_LITMUS_NATIVE_PRIMITIVES_H

#include "native.h"
#include "cpu.h"
#include "integers.h"

/* A memory cell: none where a register led astray. Constant but for followed ones. */
enum rcs_width { RCS_NO_CELL, RCS_INT, RCS_WIDE };

struct rcs_cell {
	void *at; /* aligned */
	enum rcs_width width;
};

enum rcs_fence {
	RCS_FENCE_BARRIER,
	RCS_FENCE_MB,
	RCS_FENCE_RMB,
	RCS_FENCE_WMB,
	RCS_FENCE_BEFORE_ATOMIC,
	RCS_FENCE_AFTER_ATOMIC,
	RCS_FENCE_AFTER_SPINLOCK,
	RCS_FENCE_AFTER_UNLOCK_LOCK,
};

RCS_INLINE struct rcs_cell rcs_cell(void *at, enum rcs_width width)
{
	struct rcs_cell cell = {at, width};

	return cell;
}

/*
 * The int whose address that is, if it is that of one of these locations (bit l:
 * location l): else a register was followed that holds something else, which is said,
 * and nothing is accessed. This is what keeps a test inside its instance's memory.
 */
RCS_INLINE struct rcs_cell rcs_followed(struct rcs_native_env *env, char *base,
					intptr_t address, uint32_t locations)
{
	uintptr_t offset = (uintptr_t)address - (uintptr_t)base;
	uintptr_t location = offset / RCS_NATIVE_STRIDE;

	/* From here on the compiler must not know what the checks said about it, or it
	 * could put a constant in its place and break the address dependency. */
	__asm__("" : "+r"(address));
	if (offset % RCS_NATIVE_STRIDE == 0 && location < 32 &&
	    (locations >> location & 1))
		return rcs_cell((void *)address, RCS_INT);
	env->astray = 1;
	return rcs_cell(0, RCS_NO_CELL);
}

/*
 * A register where it is used, in the tag-th node of the file. Hidden from the compiler
 * anew each time, so that all dependencies that the file writes reach the machine code:
 * r0 ^ r0 depends on r0. What is seen at run time is the machine's doing then.
 */
#define RCS_USE(value, tag)                                                            \
	__extension__({                                                                \
		intptr_t rcs_used = (value);                                           \
		__asm__("" : "+r"(rcs_used) : "i"(tag));                               \
		rcs_used;                                                              \
	})

/* At the start of the tag-th branch: keeps equal branches apart, for the same reason.
 */
#define RCS_BRANCH(tag) __asm__ volatile("" : : "i"(tag))

RCS_INLINE int rcs_stopped(const unsigned *stop)
{
	return *(const volatile unsigned *)stop != 0;
}

/* What becomes of an ordering in that variant. */
RCS_INLINE enum rcs_order rcs_order(enum rcs_variant v, enum rcs_order order)
{
	return v == RCS_STRIPPED && order != RCS_PLAIN ? RCS_RELAXED : order;
}

/* After each access, and before the first. */
RCS_INLINE void rcs_between(enum rcs_variant v)
{
	if (v == RCS_FENCED)
		rcs_cpu_mb();
}

RCS_INLINE void rcs_fence(enum rcs_variant v, enum rcs_fence fence)
{
	rcs_compiler_barrier();
	if (v == RCS_STRIPPED)
		return;
	switch (fence) {
	case RCS_FENCE_BARRIER:
		if (v == RCS_LIGHT_FENCED)
			rcs_cpu_mb();
		break;
	case RCS_FENCE_MB:
		rcs_cpu_mb();
		break;
	case RCS_FENCE_RMB:
		rcs_cpu_rmb();
		break;
	case RCS_FENCE_WMB:
		rcs_cpu_wmb();
		break;
	case RCS_FENCE_BEFORE_ATOMIC:
	case RCS_FENCE_AFTER_ATOMIC:
		rcs_cpu_around_atomic();
		break;
	case RCS_FENCE_AFTER_SPINLOCK:
		rcs_cpu_after_spinlock();
		break;
	case RCS_FENCE_AFTER_UNLOCK_LOCK:
		rcs_cpu_after_unlock_lock();
		break;
	}
}

/* smp_memb(): the barrier under test must order its own thread by itself. */
RCS_INLINE void rcs_memb(enum rcs_variant v, struct rcs_native_env *env)
{
	rcs_compiler_barrier();
	if (v != RCS_STRIPPED)
		env->heavy(env);
	rcs_compiler_barrier();
}

RCS_INLINE intptr_t rcs_read(enum rcs_variant v, enum rcs_order order,
			     struct rcs_cell cell)
{
	intptr_t value = 0;

	order = rcs_order(v, order);
	if (cell.width == RCS_INT)
		value = rcs_cpu_load_int(order, cell.at);
	else if (cell.width == RCS_WIDE)
		value = rcs_cpu_load_wide(order, cell.at);
	rcs_between(v);
	return value;
}

RCS_INLINE void rcs_write(enum rcs_variant v, enum rcs_order order,
			  struct rcs_cell cell, intptr_t value)
{
	order = rcs_order(v, order);
	if (cell.width == RCS_INT)
		rcs_cpu_store_int(order, cell.at, (int32_t)value);
	else if (cell.width == RCS_WIDE)
		rcs_cpu_store_wide(order, cell.at, value);
	rcs_between(v);
}

#include "updates.h"
#include "locks.h"
#include "rcu.h"

#endif
