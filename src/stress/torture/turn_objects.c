/* SPDX-License-Identifier: BSD-2-Clause */
/* Turns with objects that readers hold: see turn.h. */
#include "rcu/pointer.h"
#include "stress/torture/environment.h"
#include "stress/torture/lists.h"
#include "stress/torture/turn.h"

/* Takes what is published somewhere away, and puts another object there. */
static struct rcs_torture_object *replace(struct rcs_torture_updater *u)
{
	struct rcs_torture *t = u->torture;
	struct rcs_torture_slot *slot =
		&t->slot[rcs_random_below(&u->random, RCS_TORTURE_SLOTS)];
	struct rcs_torture_object *object, *old;

	(void)pthread_mutex_lock(&u->lock);
	object = rcs_torture_fifo_take(&u->freed);
	(void)pthread_mutex_unlock(&u->lock);
	if (object == NULL)
		return NULL;
	rcs_torture_object_fill(object,
				++u->serial * (rcs_torture_word)t->runner.writers +
					(rcs_torture_word)u->number);
	old = rcs_rcu_exchange(&slot->object, (void *)object);
	if (old != NULL)
		rcs_torture_store(&old->pipe, 1);
	return old;
}

void rcs_torture_replace_and_wait(struct rcs_torture_updater *u,
				  enum rcs_torture_way way)
{
	struct rcs_torture_object *old = replace(u);
	rcs_torture_word number = rcs_torture_wait_for_period(u, way);

	/* Without a grace period it is never free again. */
	if (old == NULL || number == 0)
		return;
	(void)pthread_mutex_lock(&u->lock);
	rcs_torture_retire(u, old, way, number);
	(void)pthread_mutex_unlock(&u->lock);
}

void rcs_torture_replace_and_call(struct rcs_torture_updater *u)
{
	struct rcs_torture_object *old = replace(u);

	if (!rcs_torture_give(u, old) && old != NULL) {
		rcs_torture_word number =
			rcs_torture_wait_for_period(u, RCS_TORTURE_SYNCHRONIZE);

		(void)pthread_mutex_lock(&u->lock);
		if (number != 0)
			rcs_torture_retire(u, old, RCS_TORTURE_SYNCHRONIZE, number);
		(void)pthread_mutex_unlock(&u->lock);
	}
}

void rcs_torture_change_structure(struct rcs_torture_updater *u)
{
	const struct rcs_torture *t = u->torture;
	uint64_t draw = rcs_random_next(&u->random);

	if (draw % 16 == 0 && rcs_torture_has(t, RCS_TORTURE_PROTECT))
		rcs_torture_protect(u);
	else if (draw % 2 == 0 && rcs_torture_has(t, RCS_TORTURE_LIST))
		rcs_torture_list_turn(u);
	else if (rcs_torture_has(t, RCS_TORTURE_TABLE))
		rcs_torture_table_turn(u);
	else
		rcs_torture_replace_and_wait(u, RCS_TORTURE_COND);
}
