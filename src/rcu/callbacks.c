/* SPDX-License-Identifier: BSD-2-Clause */
/* Giving callbacks and waiting for them: see callbacks.h. Workers are in callbacks/. */
#include "rcu/callbacks.h"

#include <ck_pr.h>
#include <stdlib.h>

#include "host/futex.h"
#include "rcu/callbacks/rig.h"

/* The queue of a thread, from its first callback on; on the worker of its CPU. */
static struct rcs_callbacks_queue *adopt(struct rcs_callbacks *c,
					 struct rcs_rcu_thread *self)
{
	struct rcs_callbacks_worker *worker = rcs_callbacks_nearest(c);
	struct rcs_callbacks_queue *q;

	if (self == NULL || c->design->call_races)
		return &c->workers[0].shared;
	q = aligned_alloc(__alignof__(*q), sizeof(*q));
	if (q == NULL) {
		/* For good, since order is kept within a queue. */
		self->calls = &worker->shared;
		return self->calls;
	}
	*q = (struct rcs_callbacks_queue){
		.worker = worker, .link = &worker->queues, .owner = pthread_self()};
	pthread_mutex_lock(&worker->lock);
	q->next = worker->queues;
	if (q->next != NULL)
		q->next->link = &q->next;
	worker->queues = q;
	pthread_mutex_unlock(&worker->lock);
	self->calls = q;
	return q;
}

/*
 * A mutant's: whoever finds that another came while it looked has lost its callback,
 * as if both had stored to the same place.
 */
static bool lost_in_a_race(struct rcs_callbacks *c, struct rcs_rcu_thread *self)
{
	unsigned mine = __atomic_load_n(&c->givers, __ATOMIC_RELAXED) + 1;

	__atomic_store_n(&c->givers, mine, __ATOMIC_RELAXED);
	if (self != NULL)
		rcs_rcu_delay_point(&self->delay);
	return __atomic_load_n(&c->givers, __ATOMIC_RELAXED) != mine;
}

void rcs_callbacks_call(struct rcs_callbacks *c, struct rcs_rcu_thread *self,
			struct rcs_rcu_head *head, rcs_rcu_callback *function)
{
	struct rcs_callbacks_queue *q = self != NULL ? self->calls : c->shared;

	if (__builtin_expect(q == NULL, 0)) {
		q = adopt(c, self);
		if (c->design->call_races && lost_in_a_race(c, self))
			return;
	}
	head->function = function;
	head->next = __atomic_load_n(&q->newest, __ATOMIC_RELAXED);
	/* Release pairs with the acquire in take_queue(). */
	while (!__atomic_compare_exchange_n(&q->newest, &head->next, head, true,
					    __ATOMIC_RELEASE, __ATOMIC_RELAXED))
		;
	/* (2) of worker.c: the push is before the load of the state. */
	ck_pr_fence_atomic_load();
	if (__builtin_expect(__atomic_load_n(&q->worker->state, __ATOMIC_RELAXED) !=
				     RCS_CALLBACKS_RUNNING,
			     0))
		(void)rcs_callbacks_wake(q->worker, false);
}

/*
 * Has a worker answer for all that is queued so far, by a ticket. false: there is
 * nothing to wait for, or *error.
 */
static bool ask(struct rcs_callbacks_worker *worker, unsigned long *ticket, int *error)
{
	if (__atomic_load_n(&worker->state, __ATOMIC_RELAXED) == RCS_CALLBACKS_ABSENT &&
	    rcs_callbacks_idle(worker))
		return false;
	/* Release pairs with the acquire in rcs_callbacks_work(): what is queued. */
	*ticket = __atomic_add_fetch(&worker->asked, 1, __ATOMIC_SEQ_CST);
	/* (2) of worker.c. Its state once more: who was starting it may have failed. */
	ck_pr_fence_memory();
	*error = rcs_callbacks_wake(worker, true);
	return *error == 0;
}

/* Until the worker has answered. */
static int await(struct rcs_callbacks_worker *worker, unsigned long ticket)
{
	int error = 0;

	__atomic_add_fetch(&worker->waiters, 1, __ATOMIC_SEQ_CST);
	ck_pr_fence_memory(); /* (4): pairs with (3) of worker.c */
	for (;;) {
		unsigned news = __atomic_load_n(&worker->news, __ATOMIC_ACQUIRE);
		/* This before done: see tell_done(). */
		unsigned long failed =
			__atomic_load_n(&worker->failed, __ATOMIC_ACQUIRE);
		unsigned long done = __atomic_load_n(&worker->done, __ATOMIC_ACQUIRE);

		if ((long)(done - ticket) >= 0)
			break;
		if ((long)(failed - ticket) >= 0) {
			error = __atomic_load_n(&worker->error, __ATOMIC_RELAXED);
			break;
		}
		(void)rcs_futex_wait(&worker->news, news, NULL);
	}
	__atomic_sub_fetch(&worker->waiters, 1, __ATOMIC_SEQ_CST);
	return error;
}

/* A mutant's idea of what there is to wait for. */
static bool looks_empty(struct rcs_callbacks_worker *worker)
{
	bool empty;

	pthread_mutex_lock(&worker->lock);
	empty = !rcs_callbacks_queued(worker);
	pthread_mutex_unlock(&worker->lock);
	return empty;
}

int rcs_callbacks_barrier(struct rcs_callbacks *c, struct rcs_rcu_thread *self)
{
	const struct rcs_rcu_design *d = c->design;
	struct {
		unsigned long ticket;
		bool asked;
	} * of;
	int error = 0;

	(void)self;
	if (d->barrier_at_once)
		return 0;
	of = calloc((size_t)c->count, sizeof(*of));
	if (of == NULL)
		return -ENOMEM;
	for (int i = 0; i < c->count; i++) {
		int failed = 0;

		of[i].asked = !(d->barrier_skips_one && i == c->count - 1) &&
			      !(d->barrier_of_taken && looks_empty(&c->workers[i])) &&
			      ask(&c->workers[i], &of[i].ticket, &failed);
		error = error == 0 ? failed : error;
	}
	for (int i = 0; i < c->count; i++) {
		int failed = of[i].asked ? await(&c->workers[i], of[i].ticket) : 0;

		error = error == 0 ? failed : error;
	}
	free(of);
	return error;
}

void rcs_callbacks_kick(struct rcs_callbacks *c)
{
	struct rcs_callbacks_worker *worker = &c->workers[0];

	/*
	 * What the caller read of the grace periods comes before this: if it is found
	 * kicked, the grace period that the worker begins for that comes after both.
	 */
	ck_pr_fence_memory();
	if (__atomic_load_n(&worker->kicked, __ATOMIC_RELAXED) == 0)
		__atomic_store_n(&worker->kicked, 1, __ATOMIC_SEQ_CST);
	ck_pr_fence_memory(); /* (2) of worker.c */
	(void)rcs_callbacks_wake(worker, false);
}

void rcs_callbacks_leave(struct rcs_callbacks *c, struct rcs_rcu_thread *self)
{
	struct rcs_callbacks_queue *q = self->calls;
	struct rcs_callbacks_worker *worker;

	self->calls = NULL;
	if (q == NULL || q == &q->worker->shared)
		return;
	worker = q->worker;
	pthread_mutex_lock(&worker->lock);
	if (__atomic_load_n(&q->newest, __ATOMIC_RELAXED) == NULL ||
	    c->design->leave_forgets) {
		*q->link = q->next;
		if (q->next != NULL)
			q->next->link = q->link;
		free(q);
	} else {
		q->left = true;
	}
	pthread_mutex_unlock(&worker->lock);
}
