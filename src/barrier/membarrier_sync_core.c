/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * membarrier(2), MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE: PRIVATE_EXPEDITED, and
 * every thread of the process executes a core-serializing instruction before it goes
 * on. Made for code that is changed while other threads run it; the memory ordering
 * is documented to be that of PRIVATE_EXPEDITED.
 */
#include "barrier/barrier.h"
#include "barrier/membarrier_call.h"

static int setup(const char *parameter, void **state, struct rcs_error *e)
{
	(void)parameter;
	*state = NULL;
	return rcs_membarrier_register(
		RCS_MEMBARRIER_REGISTER_SYNC_CORE, "PRIVATE_EXPEDITED_SYNC_CORE",
		"Linux 4.16, and an architecture that has it", e);
}

static int heavy(void *writer)
{
	(void)writer;
	/* The barrier: pairs with the light side of every reader. */
	return rcs_membarrier(RCS_MEMBARRIER_SYNC_CORE);
}

const struct rcs_barrier rcs_barrier_membarrier_sync_core = {
	.name = "membarrier-sync-core",
	.summary = "membarrier(2) PRIVATE_EXPEDITED_SYNC_CORE",
	.in_the_wild = "wasmtime, and other just-in-time compilers",
	.claim = "architectures that have it: x86, Arm, POWER, RISC-V (6.10); Linux "
		 "4.16 "
		 "and later",
	.claimed_here = true,
	.setup = setup,
	.heavy = heavy,
};
