/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Any other architecture: the compiler's sequentially consistent fence for every fence.
 * That is as strong as the kernel's, or stronger: what is not seen here may be seen
 * under the kernel's primitives. Part of native/cpu.h.
 */
#ifndef RCS_LITMUS_NATIVE_OTHER_H
#define RCS_LITMUS_NATIVE_OTHER_H

RCS_INLINE void rcs_cpu_mb(void)
{
	rcs_compiler_barrier();
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	rcs_compiler_barrier();
}

#define rcs_cpu_rmb()		    rcs_cpu_mb()
#define rcs_cpu_wmb()		    rcs_cpu_mb()
#define rcs_cpu_around_atomic()	    rcs_cpu_mb()
#define rcs_cpu_after_spinlock()    rcs_cpu_mb()
#define rcs_cpu_after_unlock_lock() rcs_cpu_mb()
#define rcs_cpu_pause()		    rcs_compiler_barrier()

#include "builtin.h"

#endif
