/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * call() and barrier() over any flavour's synchronize(): queues of callbacks, and the
 * worker threads that wait for grace periods and run them. A flavour has one of these
 * in each domain and hands its calls on. Its design is looked at once a batch, or where
 * a thread has no queue yet, and so costs call() nothing.
 *
 * Callbacks that are given with the same `self` run in the order in which they were
 * given; so do all those given with NULL. A callback runs in a worker, which is not
 * registered: what it calls in turn it gives with NULL.
 */
#ifndef RCS_RCU_CALLBACKS_H
#define RCS_RCU_CALLBACKS_H

#include "host/sanitizer.h"
#include "rcu/design.h"
#include "rcu/rcu.h"

/* Whether workers start in a child of fork() by themselves. */
#define RCS_CALLBACKS_RESUME RCS_CHILD_ALLOCATES

struct rcs_callbacks;

/*
 * For that domain, which is all set up but for this. Workers start when needed. The
 * design stays where it is.
 */
struct rcs_callbacks *rcs_callbacks_create(struct rcs_rcu *rcu,
					   const struct rcs_rcu_design *d,
					   struct rcs_error *e);
/*
 * Ends the workers and runs what is left, whether or not a grace period can be had: all
 * threads have left. NULL is none.
 */
void rcs_callbacks_destroy(struct rcs_callbacks *c);

/*
 * As in struct rcs_rcu_flavour. While no grace period can be had, callbacks are kept,
 * and barrier() returns the error of the first that was tried after it began; or that
 * of a worker that could not be started, which the next call() or barrier() tries
 * again. A flavour that would wait for its caller must not (QUIESCES: it is offline
 * meanwhile).
 */
void rcs_callbacks_call(struct rcs_callbacks *c, struct rcs_rcu_thread *self,
			struct rcs_rcu_head *head, rcs_rcu_callback *function);
int rcs_callbacks_barrier(struct rcs_callbacks *c, struct rcs_rcu_thread *self);

/* Has a worker run a grace period soon, without any callback: for start_poll(). */
void rcs_callbacks_kick(struct rcs_callbacks *c);

/* A thread leaves: what it has queued of its own must not be lost. */
void rcs_callbacks_leave(struct rcs_callbacks *c, struct rcs_rcu_thread *self);

/*
 * Around fork(), not from a callback: the child has the queues, and workers for what is
 * pending. In this order, and back again, with nothing of the flavour's held before:
 *
 *	rcs_callbacks_before_fork()	no callback is half-way; it may be in a grace
 *					period of its own
 *	the flavour's, of who runs	whoever does may be waiting for a reader, which
 *	grace periods			may call() or leave() meanwhile
 *	rcs_callbacks_hold()		nobody can give the first callback of a thread,
 *					or leave
 *	the flavour's, of threads
 */
void rcs_callbacks_before_fork(struct rcs_callbacks *c);
void rcs_callbacks_hold(struct rcs_callbacks *c);
/* In the child, threads that it does not have have left. */
void rcs_callbacks_let_go(struct rcs_callbacks *c, bool child);
/*
 * In the child, workers start; where a sanitizer has the memory, which a thread takes
 * and a child of threads may not, not before the next call() or barrier().
 */
void rcs_callbacks_after_fork(struct rcs_callbacks *c, bool child);

#endif
