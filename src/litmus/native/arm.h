/* SPDX-License-Identifier: BSD-2-Clause */
/* 32-bit ARM from v7 on: dmb for all order there is. Part of native/cpu.h. */
#ifndef RCS_LITMUS_NATIVE_ARM_H
#define RCS_LITMUS_NATIVE_ARM_H

/* ish: among the CPUs that share memory coherently. */
#define rcs_cpu_mb()  __asm__ volatile("dmb ish" : : : "memory")
#define rcs_cpu_rmb() rcs_cpu_mb() /* v7 has no weaker one for loads */
/* st: stores before stores. */
#define rcs_cpu_wmb()		__asm__ volatile("dmb ishst" : : : "memory")
#define rcs_cpu_around_atomic() rcs_cpu_mb()
/* Taking a lock ends with a dmb, and releasing one begins with one. */
#define rcs_cpu_after_spinlock()    rcs_compiler_barrier()
#define rcs_cpu_after_unlock_lock() rcs_compiler_barrier()
#define rcs_cpu_pause()		    __asm__ volatile("yield" : : : "memory")

#define RCS_FENCE_FULL()    rcs_cpu_mb()
#define RCS_FENCE_ACQUIRE() rcs_cpu_mb()
#define RCS_FENCE_RELEASE() rcs_cpu_mb()
#include "fenced.h"

#endif
