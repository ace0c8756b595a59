/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * membarrier(2), MEMBARRIER_CMD_GLOBAL (once called SHARED), the oldest command: waits
 * for an RCU grace period of the kernel: until every CPU of the system has switched,
 * idled, or been met in user mode by its tick. It interrupts nobody and takes
 * milliseconds. It needs no registration; kernels with nohz_full CPUs refuse it.
 */
#include "barrier/barrier.h"
#include "barrier/membarrier_call.h"

static int heavy(void *writer)
{
	(void)writer;
	/* The barrier: pairs with the light side of every reader. */
	return rcs_membarrier(RCS_MEMBARRIER_GLOBAL);
}

const struct rcs_barrier rcs_barrier_membarrier_global = {
	.name = "membarrier-global",
	.summary = "membarrier(2) GLOBAL: waits for an RCU grace period of the kernel",
	.in_the_wild = "liburcu (before PRIVATE_EXPEDITED), wasmtime (with SYNC_CORE)",
	.claim = "every architecture, Linux 4.3 and later without nohz_full CPUs",
	.claimed_here = true,
	.heavy = heavy,
};
