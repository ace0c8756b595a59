/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Control: membarrier(2) PRIVATE_EXPEDITED by a process that never registered, and
 * whose caller ignores what it returns. It returns EPERM and interrupts nobody.
 */
#include "barrier/barrier.h"
#include "barrier/membarrier_call.h"

static int setup(const char *parameter, void **state, struct rcs_error *e)
{
	(void)parameter;
	*state = NULL;
	return rcs_membarrier_not_registered(RCS_MEMBARRIER_REGISTER_PRIVATE_EXPEDITED,
					     e);
}

static int heavy(void *writer)
{
	(void)writer;
	/* Has no partner: it fails, and that is ignored, as the real bug did. */
	(void)rcs_membarrier(RCS_MEMBARRIER_PRIVATE_EXPEDITED);
	return 0;
}

const struct rcs_barrier rcs_barrier_membarrier_unregistered = {
	.name = "membarrier-unregistered",
	.summary = "membarrier(2) PRIVATE_EXPEDITED, not registered, EPERM ignored",
	.in_the_wild = "callers that ignore the return code (Seastar once did)",
	.claim = "nowhere",
	.control = true,
	.setup = setup,
	.heavy = heavy,
};
