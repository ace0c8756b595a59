/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * urcu_memb: liburcu's default. Parity and nesting in each reader, two flips, and
 * membarrier(2) as the heavy side; fences in readers where the kernel has none.
 */
#include "rcu/read/urcu_memb.h"
#include "rcu/urcu/library.h"

#include <urcu/static/urcu-memb.h>

static void *word(struct rcs_rcu_thread *self)
{
	(void)self;
	return &URCU_TLS(urcu_memb_reader).ctr;
}

RCS_URCU_FLAVOUR(memb, .quiescent = rcs_rcu_nothing, .offline = rcs_rcu_nothing,
		 .online = rcs_rcu_nothing, .word = word);
