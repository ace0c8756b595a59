/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * s390x: as x86, only a store and a later load change places; a branch that goes
 * nowhere serialises the CPU, and so do the interlocked updates (cs, laa and kin, which
 * the compiler makes of its builtins). Part of native/cpu.h.
 */
#ifndef RCS_LITMUS_NATIVE_S390_H
#define RCS_LITMUS_NATIVE_S390_H

/* From z196 on (architecture 9) the quicker one, without a checkpoint. */
#if defined(__ARCH__) && __ARCH__ >= 9
#define rcs_cpu_mb() __asm__ volatile("bcr 14,0" : : : "memory")
#else
#define rcs_cpu_mb() __asm__ volatile("bcr 15,0" : : : "memory")
#endif
#define rcs_cpu_rmb()		    rcs_compiler_barrier()
#define rcs_cpu_wmb()		    rcs_compiler_barrier()
#define rcs_cpu_around_atomic()	    rcs_compiler_barrier()
#define rcs_cpu_after_spinlock()    rcs_compiler_barrier()
#define rcs_cpu_after_unlock_lock() rcs_compiler_barrier()
#define rcs_cpu_pause()		    rcs_compiler_barrier()

#include "builtin.h"

#endif
