/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Stores to lines that antagonist threads, on CPUs to spare, store to all the time:
 * each must be fetched from the CPU that has it now, and may be taken back before the
 * store leaves. Needs no flush instruction and no memory; without CPUs to spare the
 * antagonists take those of readers and writers, and it is worth little.
 */
#ifndef RCS_STRESS_AMPLIFIER_CONTEND_H
#define RCS_STRESS_AMPLIFIER_CONTEND_H

#include "stress/amplifier.h"

static inline void rcs_amplify_contend(struct rcs_amplify *a, rcs_seq old)
{
	unsigned n = (unsigned)rcs_random_next(&a->random);

	for (unsigned k = 0; k < a->depth; k++)
		rcs_seq_store(rcs_contended_word(a->contended, n + k), old);
	/* Pairs with nothing: it holds the caller's store back behind these. */
	ck_pr_fence_store();
}

#ifdef RCS_AMPLIFIER_DESCRIPTORS
static const struct rcs_amplifier rcs_amplifier_contend = {
	.name = "contend",
	.summary = "stores to lines that other threads take away all the time",
	.needs = RCS_NEEDS_ANTAGONISTS,
	.depth = {32, 48, 64},
};
#endif

#endif
