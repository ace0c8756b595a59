/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * membarrier(2), MEMBARRIER_CMD_PRIVATE_EXPEDITED_RSEQ: interrupts every other CPU
 * that runs a thread of this process, so that restartable sequences begin anew. That
 * is all the manual promises: no memory ordering is documented, though the interrupt
 * brings one along. So nothing is claimed, and what is seen is a fact about a kernel.
 */
#include "barrier/barrier.h"
#include "barrier/membarrier_call.h"

static int setup(const char *parameter, void **state, struct rcs_error *e)
{
	(void)parameter;
	*state = NULL;
	return rcs_membarrier_register(RCS_MEMBARRIER_REGISTER_RSEQ,
				       "PRIVATE_EXPEDITED_RSEQ",
				       "Linux 5.10 with CONFIG_RSEQ", e);
}

static int heavy(void *writer)
{
	(void)writer;
	/* Said to restart sequences; whether it pairs with a light side is the
	 * question. */
	return rcs_membarrier(RCS_MEMBARRIER_RSEQ);
}

const struct rcs_barrier rcs_barrier_membarrier_rseq = {
	.name = "membarrier-rseq",
	.summary = "membarrier(2) PRIVATE_EXPEDITED_RSEQ",
	.in_the_wild = "tcmalloc, to restart sequences on other CPUs",
	.claim = "nowhere: no ordering is documented, only that sequences restart",
	.setup = setup,
	.heavy = heavy,
};
