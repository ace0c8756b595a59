/* SPDX-License-Identifier: BSD-2-Clause */
/* Control: a full fence on the writer's own CPU, and nothing on any other. */
#include "barrier/barrier.h"

#include <ck_pr.h>

static int heavy(void *writer)
{
	(void)writer;
	/* Has no partner: the readers' side is a compiler barrier. That is the lie. */
	ck_pr_fence_memory();
	return 0;
}

const struct rcs_barrier rcs_barrier_local_fence = {
	.name = "local-fence",
	.summary = "a full fence on the writer's own CPU only",
	.in_the_wild = "membarrier as an emulator implements it (ish)",
	.claim = "nowhere",
	.control = true,
	.heavy = heavy,
};
