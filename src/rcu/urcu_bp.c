/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * urcu_bp: liburcu's "bulletproof" flavour. Threads register themselves as they first
 * read, and leave as they end; a child of fork() may go on.
 */
#include "rcu/read/urcu_bp.h"
#include "rcu/callbacks.h"
#include "rcu/urcu/library.h"

#include <stddef.h>
#include <urcu/static/urcu-bp.h>

static void *word(struct rcs_rcu_thread *self)
{
	(void)self;
	/* No member of it: it is less aligned than its type says. */
	return (char *)URCU_TLS(urcu_bp_reader) + offsetof(struct urcu_bp_reader, ctr);
}

/* The library's lock of grace periods is held by whoever waits for readers. */
static void before_fork(struct rcs_rcu *rcu, struct rcs_rcu_thread *self)
{
	struct rcs_urcu *urcu = (struct rcs_urcu *)(void *)rcu;

	(void)self;
	rcs_callbacks_before_fork(urcu->callbacks);
	pthread_mutex_lock(&urcu->instead);
	urcu_bp_before_fork();
	rcs_callbacks_hold(urcu->callbacks);
	pthread_mutex_lock(&urcu->registry.lock);
}

static void after_fork_parent(struct rcs_rcu *rcu)
{
	struct rcs_urcu *urcu = (struct rcs_urcu *)(void *)rcu;

	pthread_mutex_unlock(&urcu->registry.lock);
	rcs_callbacks_let_go(urcu->callbacks, false);
	urcu_bp_after_fork_parent();
	pthread_mutex_unlock(&urcu->instead);
	rcs_callbacks_after_fork(urcu->callbacks, false);
}

static void after_fork_child(struct rcs_rcu *rcu, struct rcs_rcu_thread *self)
{
	struct rcs_urcu *urcu = (struct rcs_urcu *)(void *)rcu;

	rcs_rcu_registry_outlive(&urcu->registry, self);
	pthread_mutex_unlock(&urcu->registry.lock);
	rcs_callbacks_let_go(urcu->callbacks, true);
	urcu_bp_after_fork_child();
	pthread_mutex_unlock(&urcu->instead);
	rcs_callbacks_after_fork(urcu->callbacks, true);
}

RCS_URCU_FLAVOUR(bp, .quiescent = rcs_rcu_nothing, .offline = rcs_rcu_nothing,
		 .online = rcs_rcu_nothing, .word = word, .before_fork = before_fork,
		 .after_fork_parent = after_fork_parent,
		 .after_fork_child = after_fork_child);
