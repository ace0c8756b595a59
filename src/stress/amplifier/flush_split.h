/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Flush two lines that meet at a page boundary, then store across the boundary. The
 * store takes two trips to memory and two translations.
 */
#ifndef RCS_STRESS_AMPLIFIER_FLUSH_SPLIT_H
#define RCS_STRESS_AMPLIFIER_FLUSH_SPLIT_H

#include "stress/amplifier.h"

static inline void rcs_amplify_flush_split(struct rcs_amplify *a, rcs_seq old)
{
	for (unsigned k = 0; k < a->depth; k++) {
		size_t page = rcs_random_below(&a->random, (uint32_t)a->pages);
		char *boundary = a->arena + (page + 1) * 4096;

		rcs_flush(boundary - RCS_LINE);
		rcs_flush(boundary);
		rcs_store_across(boundary, old);
	}
	/* Pairs with nothing: it holds the caller's store back behind these. */
	ck_pr_fence_store();
}

#ifdef RCS_AMPLIFIER_DESCRIPTORS
static const struct rcs_amplifier rcs_amplifier_flush_split = {
	.name = "flush-split",
	.summary = "flush both lines at a random page boundary, store across it",
	.needs = RCS_NEEDS_FLUSH | RCS_NEEDS_MISALIGNED | RCS_NEEDS_ARENA,
	.depth = {28, 32},
};
#endif

#endif
