/* SPDX-License-Identifier: BSD-2-Clause */
/* Callbacks, and objects on their way back into use. */
#include "stress/torture/rig.h"

#include "host/clock.h"

/* Who freed it: see section.c. */
static void tell_who(struct rcs_torture_object *object,
		     const struct rcs_torture_updater *u, enum rcs_torture_way way,
		     rcs_torture_word number)
{
	rcs_torture_store(&object->updater, (rcs_torture_word)u->number);
	rcs_torture_store(&object->number, number);
	rcs_torture_store(&object->way, way);
	rcs_torture_store(&object->call, rcs_torture_newest_call(u));
	__asm__ __volatile__("" ::: "memory");
}

void rcs_torture_object_free(struct rcs_torture_object *object,
			     const struct rcs_torture_updater *u,
			     enum rcs_torture_way way, rcs_torture_word number)
{
	tell_who(object, u, way, number);
	rcs_torture_store(&object->pipe, 2);
	rcs_torture_object_poison(object);
}

void rcs_torture_retire(struct rcs_torture_updater *u,
			struct rcs_torture_object *object, enum rcs_torture_way way,
			rcs_torture_word number)
{
	struct rcs_torture_fifo aging = u->aging;

	tell_who(object, u, way, number);
	rcs_torture_store(&object->pipe, 1);
	rcs_torture_object_poison(object);
	/* Those that have waited longest are used again first. */
	u->aging = (struct rcs_torture_fifo){NULL, NULL};
	rcs_torture_fifo_put(&aging, object);
	for (struct rcs_torture_object *o;
	     (o = rcs_torture_fifo_take(&aging)) != NULL;) {
		rcs_torture_store(&o->pipe, o->pipe + 1);
		rcs_torture_fifo_put(
			o->pipe < RCS_TORTURE_PIPE_MAX ? &u->aging : &u->freed, o);
	}
}

static void invoked(struct rcs_rcu_head *head)
{
	struct rcs_torture_callback *c = (struct rcs_torture_callback *)(void *)head;
	struct rcs_torture_updater *u = c->updater;

	/* Locks may have been held by threads that the child does not have. */
	if (u->torture->is_child)
		return;
	(void)pthread_mutex_lock(&u->lock);
	if (!c->queued) {
		rcs_torture_update_fails(u, RCS_TORTURE_TWICE, u->newest, c->number);
		(void)pthread_mutex_unlock(&u->lock);
		return;
	}
	c->queued = false;
	if (c->number != u->newest + 1)
		rcs_torture_update_fails(u, RCS_TORTURE_ORDER, u->newest, c->number);
	u->newest = c->number;
	rcs_torture_stamp_end(&u->called, c->number, RCS_TORTURE_CALLED,
			      rcs_torture_newest_call(u));
	if (c->object != NULL)
		rcs_torture_retire(u, c->object, RCS_TORTURE_CALLED, c->number);
	rcs_torture_store(&u->invoked, u->invoked + 1);
	(void)pthread_mutex_unlock(&u->lock);
}

bool rcs_torture_give(struct rcs_torture_updater *u, struct rcs_torture_object *object)
{
	struct rcs_torture *t = u->torture;
	rcs_torture_word number = u->given + 1;
	struct rcs_torture_callback *c = &u->callback[number % RCS_TORTURE_CALLBACKS];
	bool busy;

	if (!rcs_torture_has(t, RCS_TORTURE_CALLS))
		return false;
	(void)pthread_mutex_lock(&u->lock);
	busy = c->queued;
	if (!busy) {
		c->updater = u;
		c->object = object;
		c->number = number;
		c->queued = true;
	}
	(void)pthread_mutex_unlock(&u->lock);
	if (busy)
		return false;
	u->given = number;
	rcs_torture_stamp_start(&u->called, number);
	t->flavour->call(t->rcu, u->self, &c->head, invoked);
	u->periods[RCS_TORTURE_CALLED]++;
	return true;
}

bool rcs_torture_wait_for_all(struct rcs_torture *t, struct rcs_rcu_thread *self)
{
	int error = t->flavour->barrier(t->rcu, self);

	/* Ours fails with the heavy side, which says so itself, or wants for memory,
	 * and callbacks wait for the next one. */
	if (error != 0 && t->flavour->plugin != NULL)
		rcs_torture_call_fails(t, error);
	return error == 0;
}

void rcs_torture_look_for_lost(struct rcs_torture *t)
{
	for (int n = 0; n < t->runner.writers; n++) {
		struct rcs_torture_updater *u = &t->updater[n];

		(void)pthread_mutex_lock(&u->lock);
		for (size_t i = 0; i < RCS_TORTURE_CALLBACKS; i++) {
			if (!u->callback[i].queued)
				continue;
			rcs_torture_update_fails(u, RCS_TORTURE_NEVER, u->newest,
						 u->callback[i].number);
			u->callback[i].queued = false;
			u->invoked++;
		}
		/* What comes is in order again. */
		u->newest = u->given;
		(void)pthread_mutex_unlock(&u->lock);
	}
}
