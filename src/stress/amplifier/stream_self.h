/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * As flush-self, with non-temporal stores in between: a streaming store of the old
 * value, a plain one, a streaming one, a flush, all to the word's own line. A plain
 * store behind a streaming one to the same line has to wait until the write-combining
 * buffer is emptied to memory and the line fetched back, and the other way round: each
 * change of kind is a trip to memory, three for four store-buffer entries where
 * flush-self has one for two. Stores of one thread to one word stay in order whatever
 * their kind.
 */
#ifndef RCS_STRESS_AMPLIFIER_STREAM_SELF_H
#define RCS_STRESS_AMPLIFIER_STREAM_SELF_H

#include "stress/amplifier.h"

static inline void rcs_amplify_stream_self(struct rcs_amplify *a, rcs_seq old)
{
	for (unsigned k = 0; k < a->depth; k++) {
		rcs_stream(a->refill, old);
		rcs_seq_store(a->refill, old);
		rcs_stream(a->refill, old);
		rcs_flush(a->refill);
	}
}

#ifdef RCS_AMPLIFIER_DESCRIPTORS
static const struct rcs_amplifier rcs_amplifier_stream_self = {
	.name = "stream-self",
	.summary = "streaming and plain stores of the old value in turn, and a flush",
	.needs = RCS_NEEDS_FLUSH | RCS_NEEDS_STREAM,
	.depth = {10, 8, 12, 14},
};
#endif

#endif
