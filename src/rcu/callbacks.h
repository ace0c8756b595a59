/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * call() and barrier() over any flavour's synchronize(): queues of callbacks, and the
 * worker threads that wait for grace periods and run them. A flavour has one of these
 * in each domain and hands its calls on; its constant design is folded in.
 */
#ifndef RCS_RCU_CALLBACKS_H
#define RCS_RCU_CALLBACKS_H

#include "rcu/design.h"
#include "rcu/rcu.h"

struct rcs_callbacks;

/* For that domain, which is all set up but for this. Workers start when needed. */
struct rcs_callbacks *rcs_callbacks_create(struct rcs_rcu *rcu,
					   const struct rcs_rcu_design *d,
					   struct rcs_error *e);
/* Runs what is left, ends the workers. NULL is none. */
void rcs_callbacks_destroy(struct rcs_callbacks *c);

/* As in struct rcs_rcu_flavour. */
void rcs_callbacks_call(struct rcs_callbacks *c, struct rcs_rcu_thread *self,
			struct rcs_rcu_head *head, rcs_rcu_callback *function);
int rcs_callbacks_barrier(struct rcs_callbacks *c, struct rcs_rcu_thread *self);

/* Has a worker run a grace period soon, without any callback: for start_poll(). */
void rcs_callbacks_kick(struct rcs_callbacks *c);

/* A thread leaves: what it has queued of its own must not be lost. */
void rcs_callbacks_leave(struct rcs_callbacks *c, struct rcs_rcu_thread *self);

/* Around fork(): a child has the queues, and no workers until it needs them. */
void rcs_callbacks_before_fork(struct rcs_callbacks *c);
void rcs_callbacks_after_fork(struct rcs_callbacks *c, bool child);

#endif
