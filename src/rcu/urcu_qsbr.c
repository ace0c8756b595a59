/* SPDX-License-Identifier: BSD-2-Clause */
/* urcu_qsbr: liburcu by quiescent states, with full fences around each announcement. */
#include "rcu/read/urcu_qsbr.h"
#include "rcu/urcu/library.h"

static void quiescent(struct rcs_rcu_thread *self)
{
	RCS_TSAN_RELEASE(self->rcu);
	urcu_qsbr_quiescent_state();
	RCS_TSAN_ACQUIRE(self->rcu);
}

static void offline(struct rcs_rcu_thread *self)
{
	RCS_TSAN_RELEASE(self->rcu);
	urcu_qsbr_thread_offline();
}

static void online(struct rcs_rcu_thread *self)
{
	urcu_qsbr_thread_online();
	RCS_TSAN_ACQUIRE(self->rcu);
}

/* Entering a section stores nothing. */
static void *word(struct rcs_rcu_thread *self)
{
	(void)self;
	return NULL;
}

RCS_URCU_FLAVOUR(qsbr, .quiescent = quiescent, .offline = offline, .online = online,
		 .word = word);
