/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Control: a sound barrier that comes too late. A helper thread issues it, and nobody
 * waits until it has: what a call does that returns before the other CPUs have
 * answered. The other CPUs are interrupted, and /proc/interrupts shows it; only the
 * order is missing.
 */
#include "barrier/over.h"

#include <ck_pr.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <string.h>

#define NAME "late"

struct state {
	struct rcs_over over; /* first: see over.h */
	pthread_t helper;
	sem_t work, ready;
	unsigned asked; /* since the helper last looked */
	unsigned end;
	int failed; /* the helper could not enter */
	int err;    /* of the helper\'s last call */
	struct rcs_error error;
};

static void *help(void *argument)
{
	struct state *s = argument;
	void *writer = NULL;

	s->failed = rcs_over_writer_enter(s, &writer, &s->error);
	/* Once for certain: whether it works is known before anyone relies on it. */
	if (s->failed == 0)
		ck_pr_store_int(&s->err, s->over.inner->heavy(writer));
	(void)sem_post(&s->ready);
	if (s->failed != 0)
		return NULL;
	for (;;) {
		while (sem_wait(&s->work) != 0)
			;
		if (ck_pr_load_uint(&s->end) != 0)
			break;
		ck_pr_store_uint(&s->asked, 0);
		/* Pairs with every light side, but not in time for who asked. */
		ck_pr_store_int(&s->err, s->over.inner->heavy(writer));
	}
	rcs_over_writer_leave(s, writer);
	return NULL;
}

static int check(const char *parameter, struct rcs_error *e)
{
	const struct rcs_barrier *inner;

	return rcs_over_find(NAME, parameter, &inner, e);
}

static int start_helper(struct state *s, struct rcs_error *e)
{
	int err;

	(void)sem_init(&s->work, 0, 0);
	(void)sem_init(&s->ready, 0, 0);
	err = pthread_create(&s->helper, NULL, help, s);
	if (err != 0)
		return rcs_fail(e, RCS_ERROR_RESOURCE,
				"cannot start the helper thread of barrier '" NAME
				"': %s",
				strerror(err));
	while (sem_wait(&s->ready) != 0)
		;
	if (s->failed == 0)
		return 0;
	pthread_join(s->helper, NULL);
	*e = s->error;
	return -1;
}

static int setup(const char *parameter, void **state, struct rcs_error *e)
{
	struct state *s = calloc(1, sizeof(*s));
	const struct rcs_barrier *inner;

	if (s == NULL)
		return rcs_fail(e, RCS_ERROR_RESOURCE,
				"no memory for barrier '" NAME "'");
	if (rcs_over_find(NAME, parameter, &inner, e) != 0 ||
	    rcs_over_setup(&s->over, inner, e) != 0) {
		free(s);
		return -1;
	}
	if (start_helper(s, e) != 0) {
		rcs_over_teardown(s);
		free(s);
		return -1;
	}
	*state = s;
	return 0;
}

static int heavy(void *writer)
{
	struct state *s = writer;

	/* What it takes to tell the helper is a local fence at best. */
	if (ck_pr_fas_uint(&s->asked, 1) == 0)
		(void)sem_post(&s->work);
	return ck_pr_load_int(&s->err);
}

static void teardown(void *state)
{
	struct state *s = state;

	ck_pr_store_uint(&s->end, 1);
	(void)sem_post(&s->work);
	pthread_join(s->helper, NULL);
	rcs_over_teardown(s);
	(void)sem_destroy(&s->work);
	(void)sem_destroy(&s->ready);
	free(s);
}

const struct rcs_barrier rcs_barrier_late = {
	.name = NAME,
	.parameter = "BARRIER",
	.parameter_default = "membarrier",
	.check = check,
	.summary = "a helper thread issues BARRIER, and nobody waits for it",
	.in_the_wild = "a barrier that returns before the other CPUs have answered",
	.claim = "nowhere",
	.control = true,
	.setup = setup,
	.thread_enter = rcs_over_thread_enter,
	.thread_leave = rcs_over_thread_leave,
	.heavy = heavy,
	.teardown = teardown,
};
