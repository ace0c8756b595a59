/* SPDX-License-Identifier: BSD-2-Clause */
/* What is queued becomes a batch, in order, and a batch is run. */
#include "rcu/callbacks/rig.h"

#include <stdlib.h>

/* How seldom a mutant loses a callback, or runs it once more. */
#define SELDOM 64

bool rcs_callbacks_queued(const struct rcs_callbacks_worker *worker)
{
	const struct rcs_callbacks_queue *q;

	if (__atomic_load_n(&worker->shared.newest, __ATOMIC_RELAXED) != NULL)
		return true;
	for (q = worker->queues; q != NULL; q = q->next) {
		if (__atomic_load_n(&q->newest, __ATOMIC_RELAXED) != NULL)
			return true;
	}
	return false;
}

bool rcs_callbacks_idle(struct rcs_callbacks_worker *worker)
{
	bool idle;

	pthread_mutex_lock(&worker->lock);
	idle = !rcs_callbacks_queued(worker) && worker->batch == NULL;
	pthread_mutex_unlock(&worker->lock);
	return idle;
}

/* Part of a batch while it is put together. */
struct chain {
	struct rcs_rcu_head *first, *last;
};

/* Takes a queue's callbacks and puts them in front, the oldest first. */
static void take_queue(struct rcs_callbacks_queue *q, struct chain *chain)
{
	struct rcs_rcu_head *head;

	if (__atomic_load_n(&q->newest, __ATOMIC_RELAXED) == NULL)
		return;
	/*
	 * Acquire pairs with the release of the push: the callback's next and function,
	 * and all that its caller did before. Pushes in between are read-modify-writes
	 * and carry that on.
	 */
	head = __atomic_exchange_n(&q->newest, NULL, __ATOMIC_ACQUIRE);
	if (chain->first == NULL)
		chain->last = head;
	while (head != NULL) {
		struct rcs_rcu_head *older = head->next;

		head->next = chain->first;
		chain->first = head;
		head = older;
	}
}

static void reverse(struct chain *chain)
{
	struct rcs_rcu_head *head = chain->first, *done = NULL;

	chain->last = head;
	while (head != NULL) {
		struct rcs_rcu_head *next = head->next;

		head->next = done;
		done = head;
		head = next;
	}
	chain->first = done;
}

/*
 * Threads that registered last are looked at first, and come last in the batch; what
 * has no queue of its own is looked at at the very end, and comes first. So with one
 * worker, what a thread gave before it registered, or before it left and registered
 * again, is in this batch if what it gave afterwards is, and runs before it. Not so
 * what it gives without being registered after it has left, nor with a worker on
 * another CPU.
 */
void rcs_callbacks_take(struct rcs_callbacks_worker *worker)
{
	struct rcs_callbacks_queue *q, *next;
	struct chain chain = {NULL, NULL};

	pthread_mutex_lock(&worker->lock);
	for (q = worker->queues; q != NULL; q = next) {
		next = q->next;
		take_queue(q, &chain);
		if (q->left) {
			*q->link = next;
			if (next != NULL)
				next->link = q->link;
			free(q);
		}
	}
	take_queue(&worker->shared, &chain);
	if (chain.first != NULL && worker->callbacks->design->call_reverses)
		reverse(&chain);
	if (chain.first != NULL) {
		if (worker->batch == NULL)
			worker->batch = chain.first;
		else
			worker->batch_last->next = chain.first;
		worker->batch_last = chain.last;
	}
	pthread_mutex_unlock(&worker->lock);
}

/* Whether a mutant does its deed to this one. */
static bool drawn(struct rcs_callbacks_worker *worker, bool lies)
{
	return lies && rcs_random_below(&worker->random, SELDOM) == 0;
}

static void run_lying(struct rcs_callbacks_worker *worker, struct rcs_rcu_head *head,
		      const struct rcs_rcu_design *d)
{
	rcs_rcu_callback *function = head->function;

	if (drawn(worker, d->call_never))
		return;
	if (drawn(worker, d->call_twice))
		function(head);
	function(head);
}

/*
 * A callback is off the batch before it runs: it may free itself, and a child of fork()
 * has the rest. before_fork() waits for `running`, so that no callback is half-way.
 */
void rcs_callbacks_run(struct rcs_callbacks_worker *worker)
{
	const struct rcs_rcu_design *d = worker->callbacks->design;
	bool lies = d->call_never || d->call_twice;

	pthread_mutex_lock(&worker->running);
	while (worker->batch != NULL) {
		struct rcs_rcu_head *head = worker->batch;

		worker->batch = head->next;
		if (lies)
			run_lying(worker, head, d);
		else
			head->function(head);
	}
	pthread_mutex_unlock(&worker->running);
}
