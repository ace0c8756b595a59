/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * 64-bit ARM: dmb for fences, ldar to acquire (as the kernel does; ldapr, which newer
 * CPUs have, lets earlier releases pass), stlr to release; updates in one instruction
 * where they are known to be there, else in native/arm64_exclusive.h. Part of
 * native/cpu.h.
 */
#ifndef RCS_LITMUS_NATIVE_ARM64_H
#define RCS_LITMUS_NATIVE_ARM64_H

/* ish: among the CPUs that share memory coherently; ld: loads before loads and stores;
 * st: stores before stores. */
#define rcs_cpu_mb()		 __asm__ volatile("dmb ish" : : : "memory")
#define rcs_cpu_rmb()		 __asm__ volatile("dmb ishld" : : : "memory")
#define rcs_cpu_wmb()		 __asm__ volatile("dmb ishst" : : : "memory")
#define rcs_cpu_around_atomic()	 rcs_cpu_mb()
#define rcs_cpu_after_spinlock() rcs_cpu_mb()
/* A release and a later acquire of the same thread stay in order already. */
#define rcs_cpu_after_unlock_lock() rcs_compiler_barrier()
#define rcs_cpu_pause()		    __asm__ volatile("yield" : : : "memory")

#define RCS_ARM64_ACCESSES(suffix, type, w)                                            \
	RCS_INLINE type rcs_cpu_acquire_##suffix(type *cell)                           \
	{                                                                              \
		type value;                                                            \
                                                                                       \
		__asm__ volatile("ldar %" w "0,%1"                                     \
				 : "=r"(value)                                         \
				 : "Q"(*cell)                                          \
				 : "memory");                                          \
		return value;                                                          \
	}                                                                              \
	RCS_INLINE void rcs_cpu_release_##suffix(type *cell, type value)               \
	{                                                                              \
		__asm__ volatile("stlr %" w "1,%0"                                     \
				 : "=Q"(*cell)                                         \
				 : "rZ"(value)                                         \
				 : "memory");                                          \
	}

RCS_ARM64_ACCESSES(int, rcs_int_cell, "w")
RCS_ARM64_ACCESSES(wide, rcs_wide_cell, "x")

#ifdef __ARM_FEATURE_ATOMICS
#include "arm64_atomic.h"
#else
#include "arm64_exclusive.h"
#endif

#endif
