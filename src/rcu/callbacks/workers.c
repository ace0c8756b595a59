/* SPDX-License-Identifier: BSD-2-Clause */
/* The workers of a domain: made, started when needed, stopped, and taken through
 * fork(). */
#include "rcu/callbacks/rig.h"

#include <ck_pr.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "host/cpus.h"
#include "host/futex.h"

static void set_state(struct rcs_callbacks_worker *worker, unsigned state)
{
	__atomic_store_n(&worker->state, state, __ATOMIC_RELAXED);
}

/* Its thread. 0 or a negative errno value. Under the lock. */
static int start(struct rcs_callbacks_worker *worker)
{
	struct rcs_callbacks *c = worker->callbacks;
	sigset_t all, before;
	int error;

	/* Handlers may read; a worker is not registered and must not. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	set_state(worker, RCS_CALLBACKS_RUNNING);
	error = pthread_create(&worker->thread, NULL, rcs_callbacks_work, worker);
	if (error != 0) {
		set_state(worker, RCS_CALLBACKS_ABSENT);
		ck_pr_fence_memory(); /* (1) of worker.c */
		/* They found it running, and wait for it. */
		rcs_callbacks_give_up(worker,
				      __atomic_load_n(&worker->asked, __ATOMIC_RELAXED),
				      -error);
	} else if (c->affinity_known && worker->cpu < 0) {
		/* The caller may be bound to a CPU, which is no concern of a worker's.
		 */
		(void)pthread_setaffinity_np(worker->thread, sizeof(c->affinity),
					     &c->affinity);
	}
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return -error;
}

int rcs_callbacks_wake(struct rcs_callbacks_worker *worker, bool urgent)
{
	unsigned state = __atomic_load_n(&worker->state, __ATOMIC_RELAXED);
	int error = 0;

	if (state == RCS_CALLBACKS_ABSENT) {
		pthread_mutex_lock(&worker->callbacks->lock);
		if (__atomic_load_n(&worker->state, __ATOMIC_RELAXED) ==
		    RCS_CALLBACKS_ABSENT)
			error = start(worker);
		pthread_mutex_unlock(&worker->callbacks->lock);
	} else if (state == RCS_CALLBACKS_ASLEEP ||
		   (state == RCS_CALLBACKS_BACKING_OFF && urgent)) {
		/* One of those who find it asleep goes to the kernel. */
		if (__atomic_compare_exchange_n(&worker->state, &state,
						RCS_CALLBACKS_RUNNING, false,
						__ATOMIC_RELAXED, __ATOMIC_RELAXED))
			rcs_futex_wake(&worker->state);
	}
	return error;
}

struct rcs_callbacks_worker *rcs_callbacks_nearest(struct rcs_callbacks *c)
{
	int cpu = c->count > 1 ? sched_getcpu() : -1;

	for (int i = 0; i < c->count; i++) {
		if (c->workers[i].cpu == cpu)
			return &c->workers[i];
	}
	return &c->workers[0];
}

static void init(struct rcs_callbacks *c, struct rcs_callbacks_worker *worker, int i)
{
	unsigned long first = c->rcu->options.near_wrap ? ULONG_MAX - 3 : 0;

	*worker = (struct rcs_callbacks_worker){
		.state = RCS_CALLBACKS_ABSENT,
		.asked = first,
		.done = first,
		.failed = first,
		.callbacks = c,
		.cpu = -1,
		.random = rcs_random_stream(rcs_cycles(), (uint64_t)i),
		.shared = {.worker = worker},
	};
	if (c->design->delays) {
		worker->delay = c->rcu->options.delay;
		worker->delay.random =
			rcs_random_stream(worker->delay.random.state, (uint64_t)i + 1);
	}
	pthread_mutex_init(&worker->lock, NULL);
	pthread_mutex_init(&worker->running, NULL);
}

/* One worker for each CPU. */
static int assign_cpus(struct rcs_callbacks *c, struct rcs_cpus *cpus)
{
	c->workers = aligned_alloc(__alignof__(*c->workers),
				   (size_t)cpus->count * sizeof(*c->workers));
	if (c->workers == NULL)
		return -1;
	for (int i = 0; i < cpus->count; i++) {
		init(c, &c->workers[i], i);
		c->workers[i].cpu = c->rcu->options.per_cpu ? cpus->id[i] : -1;
	}
	c->count = cpus->count;
	return 0;
}

struct rcs_callbacks *rcs_callbacks_create(struct rcs_rcu *rcu,
					   const struct rcs_rcu_design *d,
					   struct rcs_error *e)
{
	struct rcs_cpus *cpus = calloc(1, sizeof(*cpus));
	struct rcs_callbacks *c = calloc(1, sizeof(*c));

	if (c == NULL || cpus == NULL) {
		rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for an RCU's callbacks");
		goto fail;
	}
	c->rcu = rcu;
	c->design = d;
	c->affinity_known =
		sched_getaffinity(0, sizeof(c->affinity), &c->affinity) == 0;
	c->nice = getpriority(PRIO_PROCESS, 0);
	pthread_mutex_init(&c->lock, NULL);
	if (!rcu->options.per_cpu)
		cpus->count = 1;
	else if (rcs_cpus_available(cpus, e) != 0)
		goto fail;
	if (assign_cpus(c, cpus) != 0) {
		rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for %d callback workers",
			 cpus->count);
		goto fail;
	}
	c->shared = d->call_races ? NULL : &c->workers[0].shared;
	free(cpus);
	return c;
fail:
	free(cpus);
	free(c);
	return NULL;
}

/* Those who have no thread shall not have one: callbacks that still run may call. */
static void close_absent(struct rcs_callbacks *c)
{
	pthread_mutex_lock(&c->lock);
	for (int i = 0; i < c->count; i++) {
		if (__atomic_load_n(&c->workers[i].state, __ATOMIC_RELAXED) ==
		    RCS_CALLBACKS_ABSENT)
			set_state(&c->workers[i], RCS_CALLBACKS_CLOSED);
	}
	pthread_mutex_unlock(&c->lock);
}

static void stop(struct rcs_callbacks_worker *worker)
{
	if (__atomic_load_n(&worker->state, __ATOMIC_RELAXED) == RCS_CALLBACKS_CLOSED)
		return;
	__atomic_store_n(&worker->stop, 1, __ATOMIC_SEQ_CST);
	ck_pr_fence_memory(); /* (2) of worker.c */
	(void)rcs_callbacks_wake(worker, true);
	pthread_join(worker->thread, NULL);
}

/*
 * What is left, and what that gives in turn, is run here. All threads have left, so
 * there is no reader to wait for; should a grace period be had nevertheless, the
 * better.
 */
static void run_what_is_left(struct rcs_callbacks *c)
{
	bool found;

	do {
		found = false;
		for (int i = 0; i < c->count; i++) {
			struct rcs_callbacks_worker *worker = &c->workers[i];

			rcs_callbacks_take(worker);
			if (worker->batch == NULL)
				continue;
			found = true;
			(void)c->rcu->flavour->synchronize(c->rcu, NULL);
			rcs_callbacks_run(worker);
		}
	} while (found);
}

void rcs_callbacks_destroy(struct rcs_callbacks *c)
{
	if (c == NULL)
		return;
	close_absent(c);
	/* One that has stopped is taken to run on, and so is not started again. */
	for (int i = 0; i < c->count; i++)
		stop(&c->workers[i]);
	run_what_is_left(c);
	for (int i = 0; i < c->count; i++) {
		struct rcs_callbacks_worker *worker = &c->workers[i];

		while (worker->queues != NULL) {
			struct rcs_callbacks_queue *q = worker->queues;

			worker->queues = q->next;
			free(q);
		}
		pthread_mutex_destroy(&worker->lock);
		pthread_mutex_destroy(&worker->running);
	}
	pthread_mutex_destroy(&c->lock);
	free(c->workers);
	free(c);
}

void rcs_callbacks_before_fork(struct rcs_callbacks *c)
{
	for (int i = 0; i < c->count; i++)
		pthread_mutex_lock(&c->workers[i].running);
}

/*
 * No worker is being started, and nothing is being moved between queues and batches:
 * the child's copy of these is whole.
 */
void rcs_callbacks_hold(struct rcs_callbacks *c)
{
	pthread_mutex_lock(&c->lock);
	for (int i = 0; i < c->count; i++)
		pthread_mutex_lock(&c->workers[i].lock);
}

/* A child has neither the workers nor the threads that queued, but for the one. */
static void outlive(struct rcs_callbacks_worker *worker)
{
	struct rcs_callbacks_queue *q;

	set_state(worker, RCS_CALLBACKS_ABSENT);
	worker->waiters = 0;
	worker->done = worker->failed = worker->asked;
	for (q = worker->queues; q != NULL; q = q->next)
		q->left |= !pthread_equal(q->owner, pthread_self());
}

void rcs_callbacks_let_go(struct rcs_callbacks *c, bool child)
{
	for (int i = c->count; i-- > 0;) {
		if (child && !c->design->child_idle)
			outlive(&c->workers[i]);
		pthread_mutex_unlock(&c->workers[i].lock);
	}
	pthread_mutex_unlock(&c->lock);
}

/* Should one not start, it is as if it had not in call(). */
static void resume(struct rcs_callbacks_worker *worker)
{
	if (worker->kicked != 0 || worker->owes || !rcs_callbacks_idle(worker))
		(void)rcs_callbacks_wake(worker, false);
}

void rcs_callbacks_after_fork(struct rcs_callbacks *c, bool child)
{
	for (int i = c->count; i-- > 0;)
		pthread_mutex_unlock(&c->workers[i].running);
	if (!RCS_CALLBACKS_RESUME || !child || c->design->child_idle)
		return;
	for (int i = 0; i < c->count; i++)
		resume(&c->workers[i]);
}
