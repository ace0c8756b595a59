/* SPDX-License-Identifier: BSD-2-Clause */
/* Children of fork(): see environment.h. */
#include <string.h>
#include <unistd.h>

#include "host/sanitizer.h"
#include "stress/torture/child_wait.h"
#include "stress/torture/environment.h"

enum { GOT_ALONG, NOT_CALLED, NO_PERIOD };

static bool called;

static void call_back(struct rcs_rcu_head *head)
{
	(void)head;
	__atomic_store_n(&called, true, __ATOMIC_RELAXED);
}

/*
 * Nothing of the parent's torture goes on here; its memory is a copy. But the callbacks
 * that it has given run as soon as the flavour is told.
 */
static void become_child(struct rcs_torture *t)
{
	t->is_child = true;
	/* Nobody else counts calls here, and who did may have been in the midst of it.
	 */
	t->meter.counted = t->meter.made;
	/* Nor is any reader in a section: the reference would wait for it. */
	for (int r = 0; r < t->runner.readers; r++)
		rcs_torture_store(&t->reader[r].guard, 0);
}

static int be_child(struct rcs_torture *t, struct rcs_rcu_thread *self)
{
	const struct rcs_rcu_flavour *f = t->flavour;
	struct rcs_rcu_head head;
	int wrong = GOT_ALONG;

	if (self != NULL) {
		f->online(self);
		/* What is published is not looked at: others were at it meanwhile. */
		f->read_lock(self);
		f->read_unlock(self);
		f->offline(self);
	}
	/* A heavy side need not work in a child: then nothing is promised. But what a
	 * plug-in rests on it has seen to itself. */
	if (f->synchronize(t->rcu, self) != 0)
		return t->own && f->plugin != NULL ? NO_PERIOD : wrong;
	if (!rcs_torture_has(t, RCS_TORTURE_CALLS) || !RCS_CHILD_ALLOCATES)
		return wrong;
	f->call(t->rcu, self, &head, call_back);
	if (f->barrier(t->rcu, self) == 0 &&
	    !__atomic_load_n(&called, __ATOMIC_RELAXED))
		wrong = NOT_CALLED;
	return wrong;
}

/*
 * There is nobody whom it could be waiting for, and alone in its process it needs
 * milliseconds. Less than a team is waited for whose round is over.
 */
static const struct rcs_torture_patience patience = {
	.asleep_ns = UINT64_C(10000000000),
	.still_ns = UINT64_MAX,
	.spun_ns = UINT64_C(5000000000),
	.given_up_ns = UINT64_C(20000000000),
};
/* Where the first violation is waited for. */
static const struct rcs_torture_patience no_patience = {
	.asleep_ns = UINT64_C(10000000000),
	.still_ns = UINT64_C(200000000),
	.spun_ns = UINT64_C(5000000000),
	.given_up_ns = UINT64_C(20000000000),
};

/* It is the child that is slow: the watch need not bark. */
static void calm_the_watch(void *updater)
{
	struct rcs_torture_updater *u = updater;

	rcs_torture_store(&u->turns, u->turns + 1);
}

static void wait_for(struct rcs_torture_updater *u, pid_t child)
{
	struct rcs_torture *t = u->torture;
	char text[sizeof(t->told)] = "";
	enum rcs_torture_child how;
	int status = 0;

	how = rcs_torture_child_wait(child, t->kill ? &no_patience : &patience,
				     calm_the_watch, u, &status, text, sizeof(text));
	if (how == RCS_TORTURE_CHILD_STARVED || status == 0)
		return;
	/* In place of what was said of others; of one that ended by itself, nothing. */
	(void)pthread_mutex_lock(&t->lock);
	(void)memcpy(t->told, text, sizeof(text));
	(void)pthread_mutex_unlock(&t->lock);
	rcs_torture_update_fails(u, RCS_TORTURE_CHILD, 0, (rcs_torture_word)status);
}

void rcs_torture_fork(struct rcs_torture_updater *u)
{
	struct rcs_torture *t = u->torture;
	const struct rcs_rcu_flavour *f = t->flavour;
	pid_t child;

	if ((f->abilities & RCS_RCU_FORKS) == 0)
		return;
	f->before_fork(t->rcu, u->self);
	child = fork();
	if (child == 0) {
		become_child(t);
		f->after_fork_child(t->rcu, u->self);
		_exit(be_child(t, u->self));
	}
	/* For the next one to come nobody must have to run a grace period. */
	if (rcs_torture_has(t, RCS_TORTURE_STUTTER))
		rcs_torture_stutter_begin(t);
	f->after_fork_parent(t->rcu);
	if (child > 0)
		wait_for(u, child);
}
