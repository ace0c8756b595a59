/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * membarrier(2), MEMBARRIER_CMD_GLOBAL_EXPEDITED: interrupts every CPU that runs a
 * thread of any process which registered to be interrupted: for barriers over memory
 * that several processes share. Who calls need not register; who is to be ordered
 * must. Without that it returns 0 and does nothing: see
 * membarrier_global_expedited_unregistered.c.
 */
#include "barrier/barrier.h"
#include "barrier/membarrier_call.h"

static int setup(const char *parameter, void **state, struct rcs_error *e)
{
	(void)parameter;
	*state = NULL;
	return rcs_membarrier_register(RCS_MEMBARRIER_REGISTER_GLOBAL_EXPEDITED,
				       "GLOBAL_EXPEDITED", "Linux 4.16", e);
}

static int heavy(void *writer)
{
	(void)writer;
	/* The barrier: pairs with the light side of every reader. */
	return rcs_membarrier(RCS_MEMBARRIER_GLOBAL_EXPEDITED);
}

const struct rcs_barrier rcs_barrier_membarrier_global_expedited = {
	.name = "membarrier-global-expedited",
	.summary = "membarrier(2) GLOBAL_EXPEDITED, registered",
	.in_the_wild = "programs that share memory between processes",
	.claim = "every architecture, Linux 4.16 and later, among registered processes",
	.claimed_here = true,
	.setup = setup,
	.heavy = heavy,
};
