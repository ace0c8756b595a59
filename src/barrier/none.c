/* SPDX-License-Identifier: BSD-2-Clause */
/* Control: a heavy side that is a compiler barrier and nothing else. */
#include "barrier/barrier.h"

#include <ck_pr.h>

static int heavy(void *writer)
{
	(void)writer;
	ck_pr_barrier();
	return 0;
}

const struct rcs_barrier rcs_barrier_none = {
	.name = "none",
	.summary = "a compiler barrier: no fence anywhere",
	.in_the_wild = "membarrier as an emulator stubbed it (mystikos)",
	.claim = "nowhere",
	.control = true,
	.heavy = heavy,
};
