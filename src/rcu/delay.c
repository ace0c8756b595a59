/* SPDX-License-Identifier: BSD-2-Clause */
/* The waits at delay points: see delay.h. */
#include "rcu/delay.h"

void rcs_rcu_delay_wait(struct rcs_rcu_delay *delay)
{
	uint64_t ns = rcs_random_below(&delay->random, delay->most_ns + 1);

	delay->left = (uint32_t)rcs_random_below(&delay->random, 2 * delay->one_in);
	rcs_spin_until(rcs_cycles() + rcs_cycles_from_ns(ns));
}
