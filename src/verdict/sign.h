/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The sign test that P(missed) comes from. If the barrier under test did nothing,
 * its rounds would be hit at least as often as its twin's, so in a block where
 * exactly one of the two was hit it is the twin's with probability 1/2 at most. k
 * such blocks, and none in which the subject was hit, have probability 2^-k.
 *
 * It needs no estimate of a rate; bursts and drift between blocks do not matter,
 * since both rounds of a block meet the same weather; and because 2^-k is a bound
 * at every k at once, a run may stop as soon as it is small enough.
 */
#ifndef RCS_VERDICT_SIGN_H
#define RCS_VERDICT_SIGN_H

#include <stdint.h>

/* P(missed) after k blocks in which the control was hit and the subject never. */
double rcs_sign_p_missed(uint64_t blocks);

/* The fewest blocks for P(missed) <= p; p is above 0 and below 1. */
uint64_t rcs_sign_blocks(double p);

#endif
