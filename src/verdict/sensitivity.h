/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How rare a failure would have shown. A barrier that fails one call in N is, in
 * its failing calls, as absent as the twin is in all of its own; the twin is hit in
 * a share h of its exposed calls. n exposed calls of the subject then miss it with
 * probability exp(-h n / N), so N <= h n / ln(1/P) would have been seen with
 * probability 1 - P.
 *
 * h must be a lower bound, and hits come in bursts: one lucky round must not carry
 * it. The mean of the rounds' rates is bounded from below by T. W. Anderson's
 * method (1969): the empirical distribution of the rates, raised by the one-sided
 * Dvoretzky-Kiefer-Wolfowitz-Massart band at 95 %, which takes a share
 * sqrt(ln 20 / 2m) of the m rounds off the top and counts them as not hit.
 */
#ifndef RCS_VERDICT_SENSITIVITY_H
#define RCS_VERDICT_SENSITIVITY_H

#include <stddef.h>
#include <stdint.h>

#define RCS_RATES_MAX 4096

/* The rates of control rounds, hits per exposed call. All zero to begin with. */
struct rcs_rates {
	uint32_t count;
	uint32_t merged;  /* rounds behind each entry, but the last: 2^merged */
	uint32_t pending; /* rounds in the last entry so far */
	double rate[RCS_RATES_MAX];
};

/* Adds a round. When the room is used up, neighbours are merged by twos. */
void rcs_rates_add(struct rcs_rates *rates, uint64_t hits, uint64_t exposed);

/* The lower bound h, at 95 %. 0 with fewer than two rounds. */
double rcs_rates_lower_bound(const struct rcs_rates *rates);

/* N for h, n exposed calls of the subject and a probability of missing of p. */
double rcs_sensitivity(double h, uint64_t exposed, double p);

#endif
