/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the callback machinery is made of: a stack of callbacks for each thread that
 * gives them, and the workers that empty these.
 *
 * Giving one is a compare-and-swap on a stack that nobody but its thread and one worker
 * touch. A callback points to the one before it at the moment it can be found, so that
 * a copy of the process (fork) has a whole chain whenever it is taken, and a worker
 * never waits for a thread that was preempted half-way.
 */
#ifndef RCS_RCU_CALLBACKS_RIG_H
#define RCS_RCU_CALLBACKS_RIG_H

#include <pthread.h>
#include <sched.h>

#include "rcu/callbacks.h"

/* Two lines: neighbours are fetched together on x86. */
#define RCS_CALLBACKS_ALIGNED __attribute__((aligned(128)))

struct rcs_callbacks_worker;

/* The callbacks of one thread, or of all that are not registered. */
struct rcs_callbacks_queue {
	struct rcs_rcu_head *newest; /* pushed by threads, taken whole by the worker */
	struct rcs_callbacks_worker *worker;
	/* Under the worker's lock: of its queues, the one registered last first. */
	struct rcs_callbacks_queue *next, **link;
	pthread_t owner;
	bool left; /* its thread has left: the worker frees it when it is empty */
} RCS_CALLBACKS_ALIGNED;

enum rcs_callbacks_state {
	RCS_CALLBACKS_RUNNING,
	RCS_CALLBACKS_ASLEEP,	   /* nothing is queued: who queues must wake it */
	RCS_CALLBACKS_BACKING_OFF, /* no grace period was to be had just now */
	RCS_CALLBACKS_ABSENT,	   /* no thread has been started */
	RCS_CALLBACKS_CLOSED,	   /* none, and none will be: the domain ends */
};

struct rcs_callbacks_worker {
	unsigned state RCS_CALLBACKS_ALIGNED; /* of the enum; slept on by the worker */
	/* Asked for by others. */
	unsigned long asked RCS_CALLBACKS_ALIGNED; /* tickets of barrier() */
	unsigned kicked;
	unsigned stop;
	unsigned waiters; /* threads in barrier() */
	/* Told by the worker, or by who failed to start it: tickets up to which … */
	unsigned long done RCS_CALLBACKS_ALIGNED; /* … what was queued has run */
	unsigned long failed; /* … barrier() gives up, with this error: */
	int error;
	unsigned news; /* changes with these: slept on in barrier() */

	struct rcs_callbacks *callbacks;
	pthread_t thread;
	int cpu; /* -1: any */
	struct rcs_random random;
	struct rcs_rcu_delay delay;

	pthread_mutex_t lock; /* the queues below, and who is on them */
	struct rcs_callbacks_queue *queues;
	struct rcs_callbacks_queue shared; /* of threads without one of their own */

	/*
	 * What was taken and has not run, in order: extended under the lock, shortened
	 * while `running` is held, both by the worker alone.
	 */
	struct rcs_rcu_head *batch, *batch_last;
	/* It was kicked, and has had no grace period since. Its own; here for the child
	 * of a fork(), which has another worker. */
	bool owes;
	pthread_mutex_t running; /* held while callbacks run */
};

struct rcs_callbacks {
	struct rcs_rcu *rcu;
	const struct rcs_rcu_design *design;
	/* Where threads push that have no queue of their own. NULL: by the slow way. */
	struct rcs_callbacks_queue *shared;
	cpu_set_t affinity; /* of who made it, for workers of no CPU of their own */
	bool affinity_known;
	int nice;
	pthread_mutex_t lock; /* workers being started and ended */
	struct rcs_callbacks_worker *workers;
	int count;
	unsigned givers; /* a mutant's: changes when a callback is given */
};

/* The body of a worker's thread. */
void *rcs_callbacks_work(void *worker);

/* The worker of the CPU that the caller runs on. */
struct rcs_callbacks_worker *rcs_callbacks_nearest(struct rcs_callbacks *c);

/*
 * Wakes a worker that sleeps; starts it if it has no thread: 0 or the negative errno
 * value of that. One that backs off from an error is let be unless it is urgent.
 */
int rcs_callbacks_wake(struct rcs_callbacks_worker *worker, bool urgent);

/*
 * Tells those in barrier(), up to that ticket, of an error. Of a worker itself; or,
 * while it has no thread, with the lock on starting it.
 */
void rcs_callbacks_give_up(struct rcs_callbacks_worker *worker, unsigned long ticket,
			   int error);

/* Whether anything is queued. Under the worker's lock. */
bool rcs_callbacks_queued(const struct rcs_callbacks_worker *worker);

/* Whether it has nothing to run, while it has no thread. */
bool rcs_callbacks_idle(struct rcs_callbacks_worker *worker);

/* Moves all that is queued to the end of the batch. */
void rcs_callbacks_take(struct rcs_callbacks_worker *worker);
/* Runs the batch. */
void rcs_callbacks_run(struct rcs_callbacks_worker *worker);

#endif
