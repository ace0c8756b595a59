/* SPDX-License-Identifier: BSD-2-Clause */
/* urcu_mb: liburcu with full fences in readers, as they enter and as they leave. */
#include "rcu/read/urcu_mb.h"
#include "rcu/urcu/library.h"

#include <urcu/static/urcu-mb.h>

static void *word(struct rcs_rcu_thread *self)
{
	(void)self;
	return &URCU_TLS(urcu_mb_reader).ctr;
}

RCS_URCU_FLAVOUR(mb, .quiescent = rcs_rcu_nothing, .offline = rcs_rcu_nothing,
		 .online = rcs_rcu_nothing, .word = word);
