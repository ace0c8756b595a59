/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reading the logs of the perpetual store-buffering test.
 *
 * The reader stores X = i for i = 1, 2, 3 …, and after each store loads Y; the writer
 * stores Y = j for j = 1, 2, 3 …, and after each heavy call loads X, as S[j]. Both
 * sequences of loaded values only grow. Call j is hit when the writer missed some
 * X = i (i > S[j]) whose iteration missed Y = j (loaded less). If any iteration is
 * such a one, i = S[j] + 1 is, since it loaded the least: one look decides.
 *
 * The reader logs only where the value that it loads changes, so its log grows with
 * the number of calls and not with its own speed. From the same log one sees whether
 * the reader was running around a call: it must have seen a value from before the
 * call and one from after it, not far apart.
 */
#ifndef RCS_STRESS_SB_SCORE_H
#define RCS_STRESS_SB_SCORE_H

#include <stddef.h>

#include "stress/sequence.h"

/* The first iteration that loaded `value`. */
struct rcs_sb_entry {
	rcs_seq iteration;
	rcs_seq value;
};

/* The logs of one reader and its writer over one segment. */
struct rcs_sb_log {
	const struct rcs_sb_entry *entry; /* values ascend; the last is RCS_SEQ_END */
	size_t entries;
	const rcs_seq *seen; /* S[j] is seen[(j - 1) * stride] */
	size_t stride;
	size_t calls;
};

/* What the pair was in one call. A hit pair counts as exposed in any case. */
struct rcs_sb_mark {
	unsigned exposed; /* pairs so far; the caller sets both to 0 */
	unsigned hit;
};

/*
 * Adds this pair's marks to mark[j - 1] for every call j; gives how many calls it was
 * exposed in, and hit in.
 */
struct rcs_sb_mark rcs_sb_score(const struct rcs_sb_log *log, struct rcs_sb_mark *mark);

/* What iteration i loaded: for the witness. i is one that the reader made. */
rcs_seq rcs_sb_loaded(const struct rcs_sb_log *log, rcs_seq i);

#endif
