/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Stores across random page boundaries of cold memory: each needs two lines from
 * memory and two translations, and no flush instruction. What flush-split is without
 * its flushes; they overlap, as those of cold do.
 */
#ifndef RCS_STRESS_AMPLIFIER_SPLIT_H
#define RCS_STRESS_AMPLIFIER_SPLIT_H

#include "stress/amplifier.h"

static inline void rcs_amplify_split(struct rcs_amplify *a, rcs_seq old)
{
	for (unsigned k = 0; k < a->depth; k++) {
		size_t page = rcs_random_below(&a->random, (uint32_t)a->pages);

		rcs_store_across(a->arena + (page + 1) * 4096, old);
	}
	/* Pairs with nothing: it holds the caller's store back behind these. */
	ck_pr_fence_store();
}

#ifdef RCS_AMPLIFIER_DESCRIPTORS
static const struct rcs_amplifier rcs_amplifier_split = {
	.name = "split",
	.summary = "stores across random page boundaries of cold memory",
	.needs = RCS_NEEDS_MISALIGNED | RCS_NEEDS_ARENA,
	.depth = {48, 64},
};
#endif

#endif
