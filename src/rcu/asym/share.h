/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sharing of grace periods. A caller needs one that begins after it has called; while
 * one runs, all who come wait for the next, which one of them runs for all.
 *
 * Whoever waits for number n sleeps on news[n & 1]. At most two numbers are waited for
 * at a time, the one that runs and the next, so when n is over all who sleep on its
 * word may go, and of those who need n + 1 a single one is woken to run it.
 */
#ifndef RCS_RCU_ASYM_SHARE_H
#define RCS_RCU_ASYM_SHARE_H

#include "rcu/asym/domain.h"

/* The number of the first grace period that is sure to begin after this. */
unsigned long rcs_asym_required(struct rcs_asym *asym, const struct rcs_rcu_design *d);

/* Whether that one is over. If so, the caller is ordered after it. */
bool rcs_asym_is_over(struct rcs_asym *asym, unsigned long required);

/* Waits until something has changed for those who need that one. */
void rcs_asym_await_news(struct rcs_asym *asym, unsigned long required, unsigned seen);

/*
 * Before a grace period, with `running` held: where the last one was shared, those who
 * shared it may be about to call again. They are given the CPU for a moment, so that
 * this one is shared as well; unless that took long when it was last tried, because
 * others want the CPU too.
 */
void rcs_asym_gather(struct rcs_asym *asym);

/*
 * Gives `running` back, and wakes who has slept meanwhile. Whoever has held it must do
 * this, also if there was no grace period: others may have found it taken.
 */
void rcs_asym_release(struct rcs_asym *asym);

#endif
