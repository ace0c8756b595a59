/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Control: membarrier(2) GLOBAL_EXPEDITED by a process that never registered to
 * receive it. The call may be made without that, returns 0, and interrupts only the
 * CPUs of processes which did register: none of ours.
 */
#include "barrier/barrier.h"
#include "barrier/membarrier_call.h"

static int setup(const char *parameter, void **state, struct rcs_error *e)
{
	(void)parameter;
	*state = NULL;
	return rcs_membarrier_not_registered(RCS_MEMBARRIER_REGISTER_GLOBAL_EXPEDITED,
					     e);
}

static int heavy(void *writer)
{
	(void)writer;
	/* Has no partner: nobody of this process asked to be interrupted. */
	return rcs_membarrier(RCS_MEMBARRIER_GLOBAL_EXPEDITED);
}

const struct rcs_barrier rcs_barrier_membarrier_global_expedited_unregistered = {
	.name = "membarrier-global-expedited-unregistered",
	.summary = "membarrier(2) GLOBAL_EXPEDITED, not registered: returns 0, does "
		   "nothing",
	.in_the_wild = "callers that took registration to be the caller's duty only",
	.claim = "nowhere",
	.control = true,
	.setup = setup,
	.heavy = heavy,
};
