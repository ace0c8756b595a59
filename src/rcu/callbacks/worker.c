/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A worker: takes what is queued, waits for a grace period, runs it, and sleeps when
 * there is nothing to do.
 *
 * Falling asleep is store buffering between the worker and who has something for it:
 *
 *	worker				others
 *	state = ASLEEP			push, or asked++, kicked = 1, stop = 1
 *	fence (1)			fence (2)
 *	anything queued or asked?	state == ASLEEP?
 *
 * (1) and (2) pair: at least one of the two sees the other. (2) is in callbacks.c, in
 * push(), kick(), ask() and destroy(). A thread that could not be started is the same
 * for who asks, with ABSENT for ASLEEP and (1) in start(). Being waited for in
 *barrier() is the same, with the fences (3), in tell(), and (4), in await(): `news`
 *against `waiters`.
 */
#include "rcu/callbacks/rig.h"

#include <ck_pr.h>
#include <sys/resource.h>

#include "host/cpus.h"
#include "host/futex.h"

/* How long a failed grace period is left alone, the first time and at most. */
#define BACK_OFF_NS	 1000000
#define BACK_OFF_MOST_NS 256000000

/* After done or failed were stored. */
static void tell(struct rcs_callbacks_worker *worker)
{
	__atomic_fetch_add(&worker->news, 1, __ATOMIC_RELEASE);
	ck_pr_fence_memory(); /* (3) */
	if (__atomic_load_n(&worker->waiters, __ATOMIC_RELAXED) != 0)
		rcs_futex_wake(&worker->news);
}

static void tell_done(struct rcs_callbacks_worker *worker, unsigned long ticket)
{
	if (ticket == worker->done)
		return;
	/* Release pairs with the acquire in await(): the callbacks have run. */
	__atomic_store_n(&worker->done, ticket, __ATOMIC_RELEASE);
	/*
	 * Failures of before are of no interest to those who ask from now on. Release:
	 * who finds this finds done as well.
	 */
	if ((long)(worker->failed - ticket) < 0)
		__atomic_store_n(&worker->failed, ticket, __ATOMIC_RELEASE);
	tell(worker);
}

void rcs_callbacks_give_up(struct rcs_callbacks_worker *worker, unsigned long ticket,
			   int error)
{
	__atomic_store_n(&worker->error, error, __ATOMIC_RELAXED);
	/* Release pairs with the acquire in await(): the error. */
	__atomic_store_n(&worker->failed, ticket, __ATOMIC_RELEASE);
	tell(worker);
}

static bool stopped(const struct rcs_callbacks_worker *worker)
{
	return __atomic_load_n(&worker->stop, __ATOMIC_RELAXED) != 0;
}

/*
 * No grace period was to be had for those up to that ticket: tells them, and lets some
 * time pass, unless another has asked since, who wants an answer of its own.
 */
static void back_off(struct rcs_callbacks_worker *worker, unsigned long ticket,
		     int error, long ns)
{
	struct timespec most = {.tv_nsec = ns};

	rcs_callbacks_give_up(worker, ticket, error);
	__atomic_store_n(&worker->state, RCS_CALLBACKS_BACKING_OFF, __ATOMIC_RELAXED);
	ck_pr_fence_memory(); /* (1) */
	if (__atomic_load_n(&worker->asked, __ATOMIC_RELAXED) == ticket &&
	    !stopped(worker))
		(void)rcs_futex_wait(&worker->state, RCS_CALLBACKS_BACKING_OFF, &most);
	__atomic_store_n(&worker->state, RCS_CALLBACKS_RUNNING, __ATOMIC_RELAXED);
}

static bool nothing_to_do(struct rcs_callbacks_worker *worker)
{
	bool queued;

	if (__atomic_load_n(&worker->asked, __ATOMIC_RELAXED) != worker->done ||
	    __atomic_load_n(&worker->kicked, __ATOMIC_RELAXED) != 0 || stopped(worker))
		return false;
	/*
	 * A thread whose first callback this would be has its queue put in under the
	 * lock before it pushes: either it is found here, or that thread has the lock
	 * after us and sees that we sleep.
	 */
	pthread_mutex_lock(&worker->lock);
	queued = rcs_callbacks_queued(worker);
	pthread_mutex_unlock(&worker->lock);
	return !queued;
}

static void sleep_until_needed(struct rcs_callbacks_worker *worker)
{
	bool dozes = worker->callbacks->design->worker_dozes;

	/* Some microseconds, as if it were interrupted here. */
	for (unsigned n = 0; dozes && n < 200; n++)
		ck_pr_stall();
	__atomic_store_n(&worker->state, RCS_CALLBACKS_ASLEEP, __ATOMIC_RELAXED);
	ck_pr_fence_memory(); /* (1) */
	rcs_rcu_delay_point(&worker->delay);
	while ((dozes || nothing_to_do(worker)) &&
	       __atomic_load_n(&worker->state, __ATOMIC_RELAXED) ==
		       RCS_CALLBACKS_ASLEEP)
		(void)rcs_futex_wait(&worker->state, RCS_CALLBACKS_ASLEEP, NULL);
	__atomic_store_n(&worker->state, RCS_CALLBACKS_RUNNING, __ATOMIC_RELAXED);
}

/*
 * Takes a kick. What is owed is stored first: a copy of the process may be taken at any
 * time, and must find one or the other.
 */
static void take_kick(struct rcs_callbacks_worker *worker)
{
	if (__atomic_load_n(&worker->kicked, __ATOMIC_RELAXED) == 0)
		return;
	worker->owes = true;
	/* A mutant keeps it, and so does not notice the next one. */
	if (!worker->callbacks->design->kicks_once)
		(void)__atomic_exchange_n(&worker->kicked, 0, __ATOMIC_SEQ_CST);
}

/* A grace period that began after all in the batch was taken, if all is well. */
static int wait_for_readers(struct rcs_callbacks_worker *worker)
{
	struct rcs_rcu *rcu = worker->callbacks->rcu;
	const struct rcs_rcu_design *d = worker->callbacks->design;
	int error;

	if (d->call_at_once && !worker->owes)
		return 0;
	rcs_rcu_delay_point(&worker->delay);
	error = rcu->flavour->synchronize(rcu, NULL);
	if (error == 0 && d->call_joins)
		rcs_callbacks_take(worker);
	return error;
}

/*
 * It was started by whoever gave the first callback, whose CPU, policy and nice value
 * are no concern of its own. It may not be allowed to change them back. musl has no
 * sched_setscheduler(), which POSIX means for processes.
 */
static void settle(const struct rcs_callbacks_worker *worker)
{
	const struct sched_param none = {.sched_priority = 0};

	(void)pthread_setschedparam(pthread_self(), SCHED_OTHER, &none);
	(void)setpriority(PRIO_PROCESS, 0, worker->callbacks->nice);
	if (worker->cpu >= 0)
		(void)rcs_cpus_bind(worker->cpu, NULL);
}

void *rcs_callbacks_work(void *argument)
{
	struct rcs_callbacks_worker *worker = argument;
	const struct rcs_rcu_design *d = worker->callbacks->design;
	long pause = BACK_OFF_NS;

	settle(worker);
	while (!stopped(worker)) {
		/*
		 * Acquire pairs with the release in ask(): what was given before that
		 * is taken below. A kick is taken before the grace period begins.
		 */
		unsigned long ticket =
			__atomic_load_n(&worker->asked, __ATOMIC_ACQUIRE);

		take_kick(worker);
		rcs_callbacks_take(worker);
		if (worker->batch != NULL || worker->owes) {
			int error = wait_for_readers(worker);

			if (error != 0) {
				back_off(worker, ticket, error, pause);
				pause = pause * 2 < BACK_OFF_MOST_NS ? pause * 2
								     : BACK_OFF_MOST_NS;
				continue;
			}
			pause = BACK_OFF_NS;
			worker->owes = false;
			if (d->kicks_once)
				__atomic_store_n(&worker->kicked, 0, __ATOMIC_SEQ_CST);
			rcs_callbacks_run(worker);
		}
		if (d->barrier_joins)
			ticket = __atomic_load_n(&worker->asked, __ATOMIC_RELAXED);
		tell_done(worker, ticket);
		if (nothing_to_do(worker))
			sleep_until_needed(worker);
	}
	return NULL;
}
