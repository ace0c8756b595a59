/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The word by which a reader of asym says that it reads, and which grace period it
 * began in; and that of the domain, which readers copy.
 *
 *	| number of the grace period | nesting |
 *
 * One word holds both, so that a signal handler that reads between the loads and
 * stores of read_lock() leaves nothing half done: it ends with nesting as it was.
 *
 * SEQUENCE: the number goes up by one each grace period, 48 bits of it, compared as
 * differences, so that it may wrap: at ten million grace periods a second it takes
 * half a year to come half round, and no section lasts that long.
 *
 * PARITY: its lowest bit alone, flipped twice in each grace period. For 32-bit
 * targets, where 16 bits of sequence could come round within a section.
 */
#ifndef RCS_RCU_ASYM_WORD_H
#define RCS_RCU_ASYM_WORD_H

#include <limits.h>
#include <stdbool.h>

#include "rcu/design.h"

typedef unsigned long rcs_asym_word;

#define RCS_ASYM_NESTING_BITS 16
/* One level of nesting; what the domain's word has, so that a copy is one deep. */
#define RCS_ASYM_ONE  1UL
#define RCS_ASYM_STEP (1UL << RCS_ASYM_NESTING_BITS)

static inline __attribute__((always_inline)) rcs_asym_word
rcs_asym_nesting(rcs_asym_word word)
{
	return word & (RCS_ASYM_STEP - 1);
}

/* Where a word has 32 bits, numbers could come round within a section. */
static inline __attribute__((always_inline)) bool
rcs_asym_by_parity(const struct rcs_rcu_design *d)
{
	return d->counting == RCS_RCU_PARITY || sizeof(rcs_asym_word) < 8;
}

/* Whether a reader with that word is to be waited for when the domain's is `now`. */
static inline __attribute__((always_inline)) bool
rcs_asym_busy(rcs_asym_word word, rcs_asym_word now, const struct rcs_rcu_design *d)
{
	rcs_asym_word behind = (now & -RCS_ASYM_STEP) - (word & -RCS_ASYM_STEP);

	if ((rcs_asym_nesting(word) & (d->short_nesting ? 3UL : ~0UL)) == 0)
		return false;
	if (rcs_asym_by_parity(d))
		return (behind & RCS_ASYM_STEP) != 0;
	if (d->compares_unsigned)
		return (word & -RCS_ASYM_STEP) < (now & -RCS_ASYM_STEP);
	if (d->waits_one_less)
		behind -= RCS_ASYM_STEP;
	/* Half of all numbers are behind, the other half ahead. */
	return behind != 0 && behind <= ULONG_MAX / 2;
}

#endif
