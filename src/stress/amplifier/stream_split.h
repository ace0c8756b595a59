/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Streaming and plain stores in turn, as in stream-self, to eight bytes that lie half
 * in the word's own line and half in the next. Each change of kind costs a trip to
 * memory, and each store has two lines to change, one after the other: about 310 ns
 * for each entry of the store buffer on the machine where it was found (AMD, Zen 4),
 * where those of stream-self, its flush among them, take 230. The word itself is not
 * touched, and the last store is a plain one, which X = i cannot overtake.
 *
 * The line that follows the word's is in its page, and nobody else's.
 */
#ifndef RCS_STRESS_AMPLIFIER_STREAM_SPLIT_H
#define RCS_STRESS_AMPLIFIER_STREAM_SPLIT_H

#include "stress/amplifier.h"

static inline void rcs_amplify_stream_split(struct rcs_amplify *a, rcs_seq old)
{
	char *boundary = (char *)a->own + RCS_LINE;

	for (unsigned k = 0; k < a->depth; k++) {
		rcs_stream_across(boundary, old);
		rcs_store_across(boundary, old);
	}
}

#ifdef RCS_AMPLIFIER_DESCRIPTORS
static const struct rcs_amplifier rcs_amplifier_stream_split = {
	.name = "stream-split",
	.summary = "streaming and plain stores in turn across the end of the line",
	.needs = RCS_NEEDS_STREAM | RCS_NEEDS_MISALIGNED,
	.depth = {8, 6, 10, 4},
};
#endif

#endif
