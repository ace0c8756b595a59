/* SPDX-License-Identifier: BSD-2-Clause */
/* Domains of asym and the threads in them: see registry.h. */
#include "rcu/asym/registry.h"

#include <ck_pr.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "rcu/asym/share.h"
#include "rcu/callbacks.h"
#include "rcu/read/asym.h"
#include "rcu/tsan.h"

/* Grace periods before counters wrap, where they are to. */
#define NEAR 40

static struct rcs_asym *asym_of(struct rcs_rcu *rcu)
{
	return (struct rcs_asym *)(void *)rcu;
}

/*
 * A thread that ends has left, whether it said so or not; but last of all, as other
 * destructors of its may still read.
 */
static void on_exit_of_thread(void *thread)
{
	struct rcs_asym_thread *t = thread;

	/* ThreadSanitizer has done with the thread in the last round. */
	if (++t->exits < PTHREAD_DESTRUCTOR_ITERATIONS - RCS_TSAN &&
	    pthread_setspecific(t->asym->exits, t) == 0)
		return;
	rcs_asym_leave(thread);
}

struct rcs_rcu *rcs_asym_create(const struct rcs_rcu_flavour *flavour,
				const struct rcs_rcu_options *options,
				const struct rcs_rcu_design *d, struct rcs_error *e)
{
	struct rcs_asym *asym = aligned_alloc(_Alignof(struct rcs_asym), sizeof(*asym));

	if (asym == NULL) {
		(void)rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for an RCU domain");
		return NULL;
	}
	memset(asym, 0, sizeof(*asym));
	asym->rcu.flavour = flavour;
	asym->rcu.options = *options;
	asym->design = d;
	asym->word = (options->near_wrap ? -NEAR * RCS_ASYM_STEP : 0) + RCS_ASYM_ONE;
	asym->begun = asym->over = options->near_wrap ? ULONG_MAX - NEAR / 2 : 0;
	pthread_mutex_init(&asym->running, NULL);
	pthread_mutex_init(&asym->registry, NULL);
	if (pthread_key_create(&asym->exits, on_exit_of_thread) != 0) {
		(void)rcs_fail(e, RCS_ERROR_RESOURCE,
			       "no key is left to see threads of an RCU domain end");
		free(asym);
		return NULL;
	}
	asym->callbacks = rcs_callbacks_create(&asym->rcu, d, e);
	if (asym->callbacks == NULL) {
		pthread_key_delete(asym->exits);
		free(asym);
		return NULL;
	}
	return &asym->rcu;
}

void rcs_asym_destroy(struct rcs_rcu *rcu)
{
	struct rcs_asym *asym = asym_of(rcu);

	rcs_callbacks_destroy(asym->callbacks);
	pthread_key_delete(asym->exits);
	pthread_mutex_destroy(&asym->registry);
	pthread_mutex_destroy(&asym->running);
	free(asym);
}

void rcs_asym_stand_on(struct rcs_rcu *rcu, const struct rcs_rcu_ground *ground)
{
	struct rcs_asym *asym = asym_of(rcu);

	/* A worker may still be about to leave its last grace period. */
	pthread_mutex_lock(&asym->running);
	rcu->options.ground = *ground;
	rcs_asym_release(asym);
}

struct rcs_rcu_thread *rcs_asym_enter(struct rcs_rcu *rcu, const char *name,
				      struct rcs_error *e)
{
	struct rcs_asym *asym = asym_of(rcu);
	struct rcs_asym_thread *t = aligned_alloc(__alignof__(*t), sizeof(*t));

	if (t == NULL) {
		(void)rcs_fail(e, RCS_ERROR_RESOURCE,
			       "no memory to register thread '%.15s'", name);
		return NULL;
	}
	memset(t, 0, sizeof(*t));
	t->thread.rcu = rcu;
	t->thread.tid = (pid_t)syscall(SYS_gettid);
	(void)snprintf(t->thread.name, sizeof(t->thread.name), "%s", name);
	t->asym = asym;
	if (!asym->design->exit_unseen && pthread_setspecific(asym->exits, t) != 0) {
		free(t);
		(void)rcs_fail(e, RCS_ERROR_RESOURCE,
			       "no memory to see thread '%.15s' end", name);
		return NULL;
	}
	/*
	 * Whatever was published before a grace period that does not see this thread
	 * in the list, is seen by it: its lock() of the registry comes after that
	 * one's.
	 */
	pthread_mutex_lock(&asym->registry);
	t->since = ++asym->registered;
	t->now = asym->word + (asym->design->enters_ahead ? RCS_ASYM_STEP : 0);
	t->next = asym->threads;
	t->link = &asym->threads;
	if (t->next != NULL)
		t->next->link = &t->next;
	asym->threads = t;
	pthread_mutex_unlock(&asym->registry);
	return &t->thread;
}

static void unlink_thread(struct rcs_asym_thread *t)
{
	*t->link = t->next;
	if (t->next != NULL)
		t->next->link = t->link;
}

void rcs_asym_leave(struct rcs_rcu_thread *self)
{
	struct rcs_asym_thread *t = (struct rcs_asym_thread *)(void *)self;
	struct rcs_asym *asym = t->asym;

	(void)pthread_setspecific(asym->exits, NULL);
	rcs_callbacks_leave(asym->callbacks, self);
	pthread_mutex_lock(&asym->registry);
	unlink_thread(t);
	pthread_mutex_unlock(&asym->registry);
	/* A thread that ended within a section may have been waited for. */
	rcs_asym_wake(t);
	free(t);
}

void *rcs_asym_word_of(struct rcs_rcu_thread *self)
{
	return &((struct rcs_asym_thread *)(void *)self)->word;
}

void rcs_asym_call(struct rcs_rcu *rcu, struct rcs_rcu_thread *self,
		   struct rcs_rcu_head *head, rcs_rcu_callback *function)
{
	rcs_callbacks_call(asym_of(rcu)->callbacks, self, head, function);
}

int rcs_asym_barrier(struct rcs_rcu *rcu, struct rcs_rcu_thread *self)
{
	return rcs_callbacks_barrier(asym_of(rcu)->callbacks, self);
}

/* Whoever holds `running` may be waiting for a reader, which may call and leave. */
void rcs_asym_before_fork(struct rcs_rcu *rcu, struct rcs_rcu_thread *self)
{
	struct rcs_asym *asym = asym_of(rcu);

	(void)self;
	rcs_callbacks_before_fork(asym->callbacks);
	pthread_mutex_lock(&asym->running);
	rcs_callbacks_hold(asym->callbacks);
	pthread_mutex_lock(&asym->registry);
}

/* Gives back what before_fork() took, but for the callbacks that run. */
static void let_go(struct rcs_asym *asym, bool child)
{
	pthread_mutex_unlock(&asym->registry);
	rcs_callbacks_let_go(asym->callbacks, child);
	if (asym->design->fork_silently)
		pthread_mutex_unlock(&asym->running);
	else
		rcs_asym_release(asym);
}

void rcs_asym_after_fork_parent(struct rcs_rcu *rcu)
{
	let_go(asym_of(rcu), false);
	rcs_callbacks_after_fork(asym_of(rcu)->callbacks, false);
}

void rcs_asym_after_fork_child(struct rcs_rcu *rcu, struct rcs_rcu_thread *self)
{
	struct rcs_asym *asym = asym_of(rcu);
	struct rcs_asym_thread *t, *next, *gone = NULL;

	/* Only the thread that forked is there. */
	for (t = asym->threads; t != NULL; t = next) {
		next = t->next;
		if (&t->thread == self || asym->design->child_keeps)
			continue;
		unlink_thread(t);
		t->next = gone;
		gone = t;
	}
	if (self != NULL)
		self->tid = (pid_t)syscall(SYS_gettid);
	memset(asym->sleeping, 0, sizeof(asym->sleeping));
	let_go(asym, true);
	/* Before there are workers, which would free the queues of these. */
	for (t = gone; t != NULL; t = next) {
		next = t->next;
		rcs_callbacks_leave(asym->callbacks, &t->thread);
		free(t);
	}
	rcs_callbacks_after_fork(asym->callbacks, true);
}

void rcs_asym_nothing(struct rcs_rcu_thread *self)
{
	(void)self;
}
