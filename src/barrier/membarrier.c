/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * membarrier(2), MEMBARRIER_CMD_PRIVATE_EXPEDITED: the kernel interrupts every
 * other CPU that runs a thread of this process and issues a full barrier there; a
 * CPU that does not, passes one when it switches to it. The process must register
 * first, which cannot be undone and is inherited over fork.
 */
#include "barrier/barrier.h"
#include "barrier/membarrier_call.h"

static int setup(const char *parameter, void **state, struct rcs_error *e)
{
	(void)parameter;
	*state = NULL;
	return rcs_membarrier_register(RCS_MEMBARRIER_REGISTER_PRIVATE_EXPEDITED,
				       "PRIVATE_EXPEDITED",
				       "Linux 4.14 with CONFIG_MEMBARRIER", e);
}

static int heavy(void *writer)
{
	(void)writer;
	/* The barrier: pairs with the light side of every reader. */
	return rcs_membarrier(RCS_MEMBARRIER_PRIVATE_EXPEDITED);
}

const struct rcs_barrier rcs_barrier_membarrier = {
	.name = "membarrier",
	.summary = "membarrier(2) PRIVATE_EXPEDITED",
	.in_the_wild = "liburcu, OpenJDK, folly, .NET, Seastar, tcmalloc",
	.claim = "every architecture, Linux 4.14 and later",
	.claimed_here = true,
	.setup = setup,
	.heavy = heavy,
};
