/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Stores to random cold lines: each must be fetched from memory before it can leave
 * the store buffer, and on x86 (TSO) what comes after waits for it. They overlap, so
 * this is the weakest of the amplifiers; it needs no flush instruction. Where stores
 * leave in any order, the closing fence makes the reader's own store wait for them.
 */
#ifndef RCS_STRESS_AMPLIFIER_COLD_H
#define RCS_STRESS_AMPLIFIER_COLD_H

#include "stress/amplifier.h"

static inline void rcs_amplify_cold(struct rcs_amplify *a, rcs_seq old)
{
	for (unsigned k = 0; k < a->depth; k++) {
		size_t page = rcs_random_below(&a->random, (uint32_t)a->pages);
		/* Not the lines that shared words have: see word_of() in sb_memory.c.
		 */
		size_t line = 48 + rcs_random_below(&a->random, 16);

		rcs_seq_store(
			(rcs_seq *)(void *)(a->arena + page * 4096 + line * RCS_LINE),
			old);
	}
	/* Pairs with nothing: it holds the caller's store back behind these. */
	ck_pr_fence_store();
}

#ifdef RCS_AMPLIFIER_DESCRIPTORS
static const struct rcs_amplifier rcs_amplifier_cold = {
	.name = "cold",
	.summary = "stores to random lines of memory that no cache holds",
	.needs = RCS_NEEDS_ARENA,
	.depth = {48, 64},
};
#endif

#endif
