/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Flush a line, store to it; a random line each time. Every store goes to memory,
 * whether or not caches are large enough for all of the arena; they may overlap.
 */
#ifndef RCS_STRESS_AMPLIFIER_FLUSH_H
#define RCS_STRESS_AMPLIFIER_FLUSH_H

#include "stress/amplifier.h"

static inline void rcs_amplify_flush(struct rcs_amplify *a, rcs_seq old)
{
	for (unsigned k = 0; k < a->depth; k++) {
		size_t page = rcs_random_below(&a->random, (uint32_t)a->pages);
		/* Not the lines that shared words have: see word_of(). */
		size_t line = 48 + rcs_random_below(&a->random, 16);
		char *at = a->arena + page * 4096 + line * RCS_LINE;

		rcs_flush(at);
		rcs_seq_store((rcs_seq *)(void *)at, old);
	}
	/* Pairs with nothing: it holds the caller's store back behind these. */
	ck_pr_fence_store();
}

#ifdef RCS_AMPLIFIER_DESCRIPTORS
static const struct rcs_amplifier rcs_amplifier_flush = {
	.name = "flush",
	.summary = "flush a random line and store to it",
	.needs = RCS_NEEDS_FLUSH | RCS_NEEDS_ARENA,
	.depth = {32, 24},
};
#endif

#endif
