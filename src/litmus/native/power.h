/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * POWER: sync orders everything; lwsync everything but a store before a load, which is
 * enough to acquire and to release. Part of native/cpu.h.
 */
#ifndef RCS_LITMUS_NATIVE_POWER_H
#define RCS_LITMUS_NATIVE_POWER_H

#define rcs_cpu_mb() __asm__ volatile("sync" : : : "memory")
#ifdef __powerpc64__
#define rcs_power_light() __asm__ volatile("lwsync" : : : "memory")
#define rcs_cpu_wmb()	  rcs_power_light()
#else
/* Not every 32-bit CPU has lwsync; eieio orders stores with stores. */
#define rcs_power_light() __asm__ volatile("sync" : : : "memory")
#define rcs_cpu_wmb()	  __asm__ volatile("eieio" : : : "memory")
#endif
#define rcs_cpu_rmb()		    rcs_power_light()
#define rcs_cpu_around_atomic()	    rcs_cpu_mb()
#define rcs_cpu_after_spinlock()    rcs_cpu_mb()
#define rcs_cpu_after_unlock_lock() rcs_cpu_mb()
#define rcs_cpu_pause()		    rcs_compiler_barrier()

#define RCS_FENCE_FULL()    rcs_cpu_mb()
#define RCS_FENCE_ACQUIRE() rcs_power_light()
#define RCS_FENCE_RELEASE() rcs_power_light()
#include "fenced.h"

#endif
