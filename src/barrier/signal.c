/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The signal barrier: send a real-time signal to every registered thread and wait
 * until each has run the handler, which is a full fence. It needs nothing of the
 * kernel but signals, so it is what came before membarrier(2), and what is left where
 * that is forbidden. It reaches threads that are not running as well, and so waits for
 * the scheduler when there are more threads than CPUs.
 *
 * A signal of its own for each call and thread (real-time signals queue), one call at
 * a time: a writer that waits for its turn still runs the handler for the one before.
 */
#include "barrier/barrier.h"

#include <ck_pr.h>
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

struct member {
	pthread_t thread;
	struct member *next;
};

/* One for the process: a handler can be given nothing. */
static struct {
	pthread_mutex_t turn; /* of calls; guards the list as well */
	struct member *members;
	sem_t fenced;
	int number; /* of the signal */
} all = {.turn = PTHREAD_MUTEX_INITIALIZER};

static void fence(int number)
{
	int err = errno;

	(void)number;
	/* Pairs with the light side before and after it in this thread. */
	ck_pr_fence_memory();
	(void)sem_post(&all.fenced);
	errno = err;
}

/* A signal that nobody handles yet. */
static int find_signal(void)
{
	for (int number = SIGRTMIN; number <= SIGRTMAX; number++) {
		struct sigaction now;

		if (sigaction(number, NULL, &now) == 0 && now.sa_handler == SIG_DFL)
			return number;
	}
	return -1;
}

static int setup(const char *parameter, void **state, struct rcs_error *e)
{
	struct sigaction action = {.sa_handler = fence, .sa_flags = SA_RESTART};

	(void)parameter;
	*state = NULL;
	all.number = find_signal();
	sigemptyset(&action.sa_mask);
	if (all.number < 0 || sigaction(all.number, &action, NULL) != 0)
		return rcs_fail(e, RCS_ERROR_UNSUPPORTED,
				"no real-time signal is free for the handler");
	(void)sem_init(&all.fenced, 0, 0);
	return 0;
}

static int thread_enter(void *state, struct rcs_error *e)
{
	struct member *m = malloc(sizeof(*m));
	sigset_t set;

	(void)state;
	if (m == NULL)
		return rcs_fail(e, RCS_ERROR_RESOURCE,
				"no memory to register a thread");
	sigemptyset(&set);
	sigaddset(&set, all.number);
	(void)pthread_sigmask(SIG_UNBLOCK, &set, NULL);
	m->thread = pthread_self();
	pthread_mutex_lock(&all.turn);
	m->next = all.members;
	all.members = m;
	pthread_mutex_unlock(&all.turn);
	return 0;
}

static void thread_leave(void *state)
{
	(void)state;
	pthread_mutex_lock(&all.turn);
	for (struct member **at = &all.members; *at != NULL; at = &(*at)->next) {
		struct member *m = *at;

		if (pthread_equal(m->thread, pthread_self())) {
			*at = m->next;
			free(m);
			break;
		}
	}
	pthread_mutex_unlock(&all.turn);
}

/* Waits for so many handlers. */
static void wait_for(int sent)
{
	while (sent > 0) {
		/* The barrier: each post comes from behind a fence() elsewhere. */
		if (sem_wait(&all.fenced) == 0)
			sent--;
	}
}

static int heavy(void *writer)
{
	int sent = 0, err = 0;

	(void)writer;
	pthread_mutex_lock(&all.turn);
	/* Pairs with the light side of other threads: none gets a signal from us. */
	ck_pr_fence_memory();
	for (struct member *m = all.members; m != NULL && err == 0; m = m->next) {
		if (pthread_equal(m->thread, pthread_self()))
			continue;
		err = pthread_kill(m->thread, all.number);
		if (err == EAGAIN && sent > 0) {
			/* As many as may be pending (RLIMIT_SIGPENDING) are. */
			wait_for(sent);
			sent = 0;
			err = pthread_kill(m->thread, all.number);
		}
		sent += err == 0;
	}
	wait_for(sent);
	pthread_mutex_unlock(&all.turn);
	return -err;
}

static void teardown(void *state)
{
	(void)state;
	(void)signal(all.number, SIG_IGN);
	(void)sem_destroy(&all.fenced);
}

const struct rcs_barrier rcs_barrier_signal = {
	.name = "signal",
	.summary = "a real-time signal to every thread, wait for all handlers",
	.in_the_wild = "musl, liburcu before membarrier",
	.claim = "every architecture, for threads that registered",
	.claimed_here = true,
	.setup = setup,
	.thread_enter = thread_enter,
	.thread_leave = thread_leave,
	.heavy = heavy,
	.teardown = teardown,
};
