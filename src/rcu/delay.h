/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Delay points: places within an RCU's primitives where its torture build now and then
 * waits, so that windows of a few instructions stay open for microseconds. A build
 * without them has no trace of this: the callers' constant descriptor folds it away.
 */
#ifndef RCS_RCU_DELAY_H
#define RCS_RCU_DELAY_H

#include <stdint.h>

#include "host/clock.h"
#include "host/random.h"

/* One for each thread, and one for a domain's update side; all zero: never waits. */
struct rcs_rcu_delay {
	struct rcs_random random;
	uint32_t one_in;  /* how seldom a point waits, on average */
	uint32_t most_ns; /* for how long, at most */
	uint32_t left;	  /* points until the next one that waits */
};

/* Waits; without a fence or an atomic instruction, which could mend what is broken. */
__attribute__((noinline)) void rcs_rcu_delay_wait(struct rcs_rcu_delay *delay);

static inline __attribute__((always_inline)) void
rcs_rcu_delay_point(struct rcs_rcu_delay *delay)
{
	if (__builtin_expect(delay->one_in != 0, 0) && delay->left-- == 0)
		rcs_rcu_delay_wait(delay);
}

#endif
