/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The symmetric barrier: a full fence on both sides. What the asymmetric ones save
 * their readers, and what they are compared with.
 */
#include "barrier/barrier.h"

#include <ck_pr.h>

static int heavy(void *writer)
{
	(void)writer;
	/* Pairs with the full fence that readers_fence puts into every reader. */
	ck_pr_fence_memory();
	return 0;
}

const struct rcs_barrier rcs_barrier_fence = {
	.name = "fence",
	.summary = "a full fence on both sides: readers pay too",
	.in_the_wild = "liburcu (mb flavour), and every fallback without membarrier",
	.claim = "every architecture",
	.claimed_here = true,
	.readers_fence = true,
	.heavy = heavy,
};
