/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How rare a failure would have shown. A barrier that fails one call in N is, in
 * its failing calls, as absent as the twin is in all of its own. The twin's round of
 * the same block says how many hits the subject's exposed calls would have had if it
 * were absent in all: their number times the share of the twin's exposed calls that
 * were hit. With H such hits over all blocks, a barrier that fails one call in N is
 * missed with probability exp(-H / N); so N <= H / ln(1/P) would have been seen with
 * probability 1 - P.
 *
 * H must be a lower bound, and hits come in bursts: one lucky round must not carry
 * it. The mean over blocks is bounded from below by T. W. Anderson's method (1969):
 * the empirical distribution, raised by the one-sided Dvoretzky-Kiefer-Wolfowitz-
 * Massart band at 95 %, which takes a share sqrt(ln 20 / 2m) of the m blocks off the
 * top and counts them as not hit. The 95 % are of a run of fixed length; one that
 * stops as soon as it may say N has looked more than once.
 */
#ifndef RCS_VERDICT_SENSITIVITY_H
#define RCS_VERDICT_SENSITIVITY_H

#include <stdint.h>

#define RCS_POWER_MAX 4096

/* Hits that an absent barrier would have had, by block. All zero to begin with. */
struct rcs_power {
	uint64_t blocks;  /* ever added */
	uint32_t count;	  /* entries in use */
	uint32_t merged;  /* blocks behind each entry, but the last: 2^merged */
	uint32_t pending; /* blocks in the last entry so far */
	double hits[RCS_POWER_MAX]; /* mean of an entry's blocks */
};

/*
 * Adds a block: of the control's exposed calls so many were hit, and the subject had
 * so many exposed calls. When the room is used up, neighbours are merged by twos.
 */
void rcs_power_add(struct rcs_power *power, uint64_t control_hit,
		   uint64_t control_exposed, uint64_t subject_exposed);

/* The lower bound H, at 95 %, over all blocks. 0 with fewer than two. */
double rcs_power_lower_bound(const struct rcs_power *power);

/* N for a probability of missing of p. */
double rcs_sensitivity(const struct rcs_power *power, double p);

#endif
