/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Flush two lines that meet at a page boundary, then store across the boundary. The
 * store takes two trips to memory and two translations. x86 only: elsewhere a
 * misaligned store may trap or be emulated.
 */
#ifndef RCS_STRESS_AMPLIFIER_FLUSH_SPLIT_H
#define RCS_STRESS_AMPLIFIER_FLUSH_SPLIT_H

#include "stress/amplifier.h"

typedef rcs_seq __attribute__((aligned(1))) rcs_seq_misaligned;

/* Misaligned on purpose, which UBSan would report. */
__attribute__((no_sanitize("alignment"))) static inline void
rcs_amplify_flush_split(struct rcs_amplify *a, rcs_seq old)
{
	for (unsigned k = 0; k < a->depth; k++) {
		size_t page = rcs_random_below(&a->random, (uint32_t)a->pages);
		char *boundary = a->arena + (page + 1) * 4096;

		rcs_flush(boundary - RCS_LINE);
		rcs_flush(boundary);
		*(volatile rcs_seq_misaligned *)(boundary - sizeof(rcs_seq) / 2) = old;
	}
}

#ifdef RCS_AMPLIFIER_DESCRIPTORS
static const struct rcs_amplifier rcs_amplifier_flush_split = {
	.name = "flush-split",
	.summary = "flush both lines at a random page boundary, store across it",
	.works_here = RCS_HAVE_STREAM,
	.needs = "x86-64",
	.needs_arena = true,
	.depth = {28, 32},
};
#endif

#endif
