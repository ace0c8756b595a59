/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Store the word's old value to it and flush its line, over and over. Each store
 * must fetch the line from memory, where the flush before has just sent it, so none
 * can overlap with the next: the longest chain that two store-buffer entries a link
 * can buy. The value does not change, so no other thread can tell.
 *
 * Stores to one line leave in order on every architecture; the closing fence orders
 * the flushes as well where they are weaker than stores.
 */
#ifndef RCS_STRESS_AMPLIFIER_FLUSH_SELF_H
#define RCS_STRESS_AMPLIFIER_FLUSH_SELF_H

#include "stress/amplifier.h"

static inline void rcs_amplify_flush_self(struct rcs_amplify *a, rcs_seq old)
{
	for (unsigned k = 0; k < a->depth; k++) {
		rcs_seq_store(a->refill, old);
		rcs_flush(a->refill);
	}
	/* Pairs with nothing: it holds the caller's store back behind these. */
	ck_pr_fence_store();
}

#ifdef RCS_AMPLIFIER_DESCRIPTORS
static const struct rcs_amplifier rcs_amplifier_flush_self = {
	.name = "flush-self",
	.summary = "store the word's old value and flush its line, in turn",
	.needs = RCS_NEEDS_FLUSH,
	.depth = {16, 24, 32},
};
#endif

#endif
