/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What many runs say together that none of them says alone. Three questions, each with
 * its own assumption:
 *
 * Would a barrier that does nothing, on all of these machines, have been seen? Each
 * block of the sign test (sign.h) is in random order, so blocks of different runs are
 * as independent as those of one, and the P(missed) of runs multiply: 2 to the power of
 * minus the sum of their blocks. If it does nothing on one machine only, nothing but
 * the runs of that machine can tell: the weakest machine bounds that.
 *
 * How rare a failure would have been seen? If it happens with the same rate on all
 * machines, once in N calls, run i misses it with probability exp(-h_i / N), where h_i
 * are the hits that an absent barrier would have had in it (sensitivity.h), and all of
 * them do with exp(-sum of h_i / N). So N <= sum / ln(1/P) would have been seen with
 * probability 1 - P. Of h_i, runs state lower bounds, each of which is above h_i with a
 * probability of 5 % at most. Out of m runs that are independent, no more than q are
 * then wrong, but for 5 %, where q is that quantile of the binomial distribution; which
 * they are is not known, so the q largest are left out of the sum.
 *
 * How many machines of the kind can be bad, of those that were not tested? If m were
 * drawn at random, none was found to be bad, and each bad one would have been missed
 * with probability b at most, then a share s of bad ones has made this happen with
 * probability (1 - s (1 - b))^m; that is P where s is (1 - P^(1/m)) / (1 - b).
 */
#ifndef RCS_VERDICT_CAMPAIGN_H
#define RCS_VERDICT_CAMPAIGN_H

#include <stddef.h>

/* That a failure is missed, as the sensitivity of a whole campaign is stated for. */
#define RCS_CAMPAIGN_P 1e-6
/* Of all other statements: 95 %. */
#define RCS_CAMPAIGN_DOUBT 0.05

/* Of so many lower bounds at 95 %, so many are wrong at most, at 95 %. */
size_t rcs_campaign_wrong_bounds(size_t runs);

/* The lower bound of the sum of h_i from those of the runs, which are put in order. */
double rcs_campaign_hits(double *bound, size_t runs);

/* The same from what runs state, "one in `sensitivity`" for a target P. */
double rcs_campaign_hits_of(double sensitivity, double p);

/* N for that many hits, and a probability of missing of p. */
double rcs_campaign_sensitivity(double hits, double p);

/* The share s; 1 where no machine was tested. */
double rcs_campaign_bad_share(size_t machines, double p_missed, double p);

#endif
