/* SPDX-License-Identifier: BSD-2-Clause */
/* Threads that come and go: see environment.h. */
#include <pthread.h>

#include "stress/torture/environment.h"

#define STACK_SIZE (256 * 1024)
#define SECTIONS   4
#define CALLBACKS  4

static void *visit(void *argument)
{
	struct rcs_torture_reader *r = argument;
	struct rcs_torture *t = r->torture;
	bool fence = t->round->arm.variant != RCS_AS_WRITTEN;
	bool leaves = (t->flavour->abilities & RCS_RCU_FORGIVES_EXIT) == 0 ||
		      (rcs_random_next(&r->random) & 1) != 0;

	if (!rcs_torture_reader_enter(r))
		return NULL;
	t->side->read[fence](r, SECTIONS);
	if (leaves)
		rcs_torture_reader_leave(r);
	else if ((rcs_random_next(&r->random) & 1) != 0)
		t->flavour->read_lock(r->self); /* its last section ends as it does */
	return NULL;
}

void rcs_torture_churn_reader(struct rcs_torture_reader *r)
{
	pthread_attr_t attributes;
	pthread_t thread;

	rcs_torture_reader_leave(r);
	(void)pthread_attr_init(&attributes);
	(void)pthread_attr_setstacksize(&attributes, STACK_SIZE);
	/* Without a thread to be had, it has left and come again at least. */
	if (pthread_create(&thread, &attributes, visit, r) == 0)
		(void)pthread_join(thread, NULL);
	(void)pthread_attr_destroy(&attributes);
	(void)rcs_torture_reader_enter(r);
}

static void give_some(struct rcs_torture_updater *u)
{
	for (int n = 0; n < CALLBACKS; n++)
		(void)rcs_torture_give(u, NULL);
}

void rcs_torture_churn_updater(struct rcs_torture_updater *u)
{
	if (u->self == NULL)
		return;
	give_some(u);
	rcs_torture_updater_leave(u);
	rcs_torture_updater_enter(u);
	give_some(u);
}
