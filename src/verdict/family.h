/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * P(missed) of a whole run. Each HOLDS has its own; who relies on all of them wants
 * the chance that any is wrong. By the union bound (Boole's inequality), that is at
 * most the sum of theirs, whether or not they depend on each other, as cells do that
 * ran on one machine in one hour.
 */
#ifndef RCS_VERDICT_FAMILY_H
#define RCS_VERDICT_FAMILY_H

#include <stddef.h>

/* Begins as {0}. */
struct rcs_family {
	size_t count; /* of barriers that HOLD */
	/* At most this likely, any of them would have passed if it did nothing. */
	double p_any_missed;
};

/* One more that HOLDS, with its P(missed). The sum is 1 at most. */
void rcs_family_add(struct rcs_family *family, double p_missed);

#endif
