/* SPDX-License-Identifier: BSD-2-Clause */
/* An updater's part of a round: grace periods, had in all ways there are. */
#include <sched.h>
#include <stdio.h>
#include <time.h>

#include "host/clock.h"
#include "rcu/pointer.h"
#include "stress/torture/environment.h"
#include "stress/torture/lists.h"

#define POLLS	      64 /* before it waits instead */
#define FEW	      4
#define FLOOD_MAX     256
#define FORK_ONE_IN   64
#define FORK_OTHERS   8
#define FORK_KILL     16
#define SPINS	      2000 /* looks, before it sleeps in between */
#define CALLS_IN_TURN 8
#define PAUSE_NS      5000

static bool polls(const struct rcs_torture *t)
{
	return t->flavour->get_state != NULL && rcs_torture_has(t, RCS_TORTURE_POLLS);
}

/* Waits that way. A flavour without polled grace periods is made to wait. */
static int wait_that_way(struct rcs_torture_updater *u, enum rcs_torture_way way)
{
	const struct rcs_rcu_flavour *f = u->torture->flavour;
	struct rcs_rcu *rcu = u->torture->rcu;
	uint64_t cookie;

	if ((way == RCS_TORTURE_POLLED || way == RCS_TORTURE_COND) &&
	    !polls(u->torture))
		way = RCS_TORTURE_SYNCHRONIZE;
	switch (way) {
	case RCS_TORTURE_EXPEDITED:
		return f->synchronize_expedited(rcu, u->self);
	case RCS_TORTURE_POLLED:
		cookie = f->start_poll(rcu, u->self);
		for (int n = 0; n < POLLS; n++) {
			if (f->poll(rcu, cookie))
				return 0;
			(void)sched_yield();
		}
		return f->cond_synchronize(rcu, u->self, cookie);
	case RCS_TORTURE_COND:
		cookie = f->get_state(rcu);
		/* Time for others to have one that counts. */
		if ((rcs_random_next(&u->random) & 1) != 0)
			rcs_spin_until(rcs_cycles() +
				       rcs_cycles_from_ns(rcs_random_below(
					       &u->random, 20 * PAUSE_NS)));
		return f->cond_synchronize(rcu, u->self, cookie);
	default:
		return f->synchronize(rcu, u->self);
	}
}

rcs_torture_word rcs_torture_wait_for_period(struct rcs_torture_updater *u,
					     enum rcs_torture_way way)
{
	struct rcs_torture *t = u->torture;
	rcs_torture_word number = u->waited.started + 1;
	uint64_t start, end;
	int error;

	rcs_torture_stamp_start(&u->waited, number);
	start = rcs_cycles();
	error = wait_that_way(u, way);
	end = rcs_cycles();
	if (error != 0) {
		ck_pr_store_int(&t->error, error);
		ck_pr_store_uint(&t->stop, 1);
		return 0;
	}
	rcs_torture_stamp_end(&u->waited, number, way, rcs_torture_newest_call(u));
	u->periods[way]++;
	if (end - start > u->longest)
		u->longest = end - start;
	while (t->own && !rcs_torture_meter_note(&u->meter, (rcs_torture_word)start,
						 (rcs_torture_word)end)) {
		rcs_torture_count(t, true);
		(void)sched_yield();
	}
	return number;
}

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

static void replace_and_wait(struct rcs_torture_updater *u, enum rcs_torture_way way)
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

static void replace_and_call(struct rcs_torture_updater *u)
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

static void spin(struct rcs_torture_updater *u, unsigned most_ns)
{
	rcs_spin_until(rcs_cycles() +
		       rcs_cycles_from_ns(rcs_random_below(&u->random, most_ns)));
}

static void flood(struct rcs_torture_updater *u)
{
	unsigned count = 1 + (unsigned)rcs_random_below(&u->random, FLOOD_MAX);

	while (count-- > 0 && rcs_torture_give(u, NULL))
		;
}

/* Others take part in it: all give at once. */
static void flood_with_all(struct rcs_torture_updater *u)
{
	u->floods = ck_pr_faa_uint(&u->torture->floods, 1) + 1;
	flood(u);
}

static void join_flood(struct rcs_torture_updater *u)
{
	unsigned floods = ck_pr_load_uint(&u->torture->floods);

	if (floods == u->floods)
		return;
	u->floods = floods;
	flood(u);
}

/* barrier() must wait for all that this updater has given. */
static void wait_for_callbacks(struct rcs_torture_updater *u)
{
	struct rcs_torture *t = u->torture;
	rcs_torture_word given = u->given, invoked;

	if (!rcs_torture_has(t, RCS_TORTURE_CALLS) ||
	    t->flavour->barrier(t->rcu, u->self) != 0)
		return;
	(void)pthread_mutex_lock(&u->lock);
	invoked = u->invoked;
	(void)pthread_mutex_unlock(&u->lock);
	if (invoked < given)
		rcs_torture_update_fails(u, RCS_TORTURE_BARRIER, given, invoked);
}

/* One by one, so that each finds the worker at another point of what it does. */
static void trickle(struct rcs_torture_updater *u)
{
	unsigned count = 1 + (unsigned)rcs_random_below(&u->random, 6);

	while (count-- > 0 && rcs_torture_give(u, NULL))
		spin(u, 8 * PAUSE_NS);
	if ((rcs_random_next(&u->random) & 1) != 0)
		wait_for_callbacks(u);
}

/* Looks in vain, once more: see watch.c. false: the round is over. */
static bool look_later(struct rcs_torture_updater *u)
{
	const struct timespec t = {0, 20000};

	rcs_torture_store(&u->looking, 1);
	(void)nanosleep(&t, NULL);
	rcs_torture_store(&u->looks, u->looks + 1);
	return !rcs_torture_stopped(u->torture);
}

/* Others stay away, and a grace period that was started must end all the same. */
static void look_until_over(struct rcs_torture_updater *u)
{
	struct rcs_torture *t = u->torture;
	uint64_t cookie;

	if (!polls(t))
		return;
	if (rcs_torture_has(t, RCS_TORTURE_STUTTER))
		rcs_torture_stutter_begin(t);
	cookie = t->flavour->start_poll(t->rcu, u->self);
	if ((rcs_random_next(&u->random) & 1) != 0) {
		spin(u, 8 * PAUSE_NS);
		cookie = t->flavour->start_poll(t->rcu, u->self);
	}
	while (!t->flavour->poll(t->rcu, cookie) && look_later(u))
		;
	rcs_torture_store(&u->looking, 0);
}

/* Likewise a callback that was given; the next one as soon as it was invoked. */
static void look_until_invoked(struct rcs_torture_updater *u)
{
	bool goes_on = true;

	if (rcs_torture_has(u->torture, RCS_TORTURE_STUTTER))
		rcs_torture_stutter_begin(u->torture);
	for (int n = 0; n < CALLS_IN_TURN && goes_on && rcs_torture_give(u, NULL);
	     n++) {
		for (int looks = 0; rcs_torture_load(&u->invoked) != u->given; looks++)
			if (looks > SPINS && !(goes_on = look_later(u)))
				break;
		rcs_torture_store(&u->looking, 0);
	}
}

/* A cookie that nobody does anything for comes true by others' grace periods. */
static void look_at_cookie(struct rcs_torture_updater *u)
{
	struct rcs_torture *t = u->torture;
	uint64_t cookie;

	if (!polls(t)) {
		(void)rcs_torture_wait_for_period(u, RCS_TORTURE_SYNCHRONIZE);
		return;
	}
	cookie = t->flavour->get_state(t->rcu);
	if (rcs_torture_wait_for_period(u, RCS_TORTURE_SYNCHRONIZE) != 0 &&
	    rcs_torture_wait_for_period(u, RCS_TORTURE_EXPEDITED) != 0 &&
	    !t->flavour->poll(t->rcu, cookie))
		rcs_torture_update_fails(u, RCS_TORTURE_POLL, 0, 2);
}

/* What others do without being asked for it a second time. */
static void look_for_others(struct rcs_torture_updater *u)
{
	uint64_t draw = rcs_random_next(&u->random);

	/* Rarely: some flavours let their callbacks wait. */
	if (!rcs_torture_has(u->torture, RCS_TORTURE_LOOKS) ||
	    (!u->torture->kill && (draw & 14) != 0))
		replace_and_call(u);
	else if ((draw & 1) != 0)
		look_until_over(u);
	else
		look_until_invoked(u);
}

static void change_structure(struct rcs_torture_updater *u)
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
		replace_and_wait(u, RCS_TORTURE_COND);
}

static void mixed_turn(struct rcs_torture_updater *u)
{
	switch (rcs_random_below(&u->random, 16)) {
	case 0:
	case 1:
	case 2:
		replace_and_wait(u, RCS_TORTURE_SYNCHRONIZE);
		break;
	case 3:
	case 4:
		replace_and_wait(u, RCS_TORTURE_EXPEDITED);
		break;
	case 5:
		replace_and_wait(u, RCS_TORTURE_POLLED);
		break;
	case 6:
		replace_and_wait(u, RCS_TORTURE_COND);
		break;
	case 9:
		flood_with_all(u);
		break;
	case 10:
		wait_for_callbacks(u);
		break;
	case 11:
		look_at_cookie(u);
		break;
	case 8:
	case 12:
		if (rcs_torture_has(u->torture, RCS_TORTURE_CHURN))
			rcs_torture_churn_updater(u);
		break;
	case 14:
		trickle(u);
		break;
	case 15:
		look_for_others(u);
		break;
	case 7:
		change_structure(u);
		break;
	case 13:
		if (rcs_torture_has(u->torture, RCS_TORTURE_FORK) &&
		    rcs_random_below(&u->random,
				     u->torture->kill ? FORK_KILL : FORK_ONE_IN) == 0)
			rcs_torture_fork(u);
		break;
	default:
		replace_and_call(u);
		break;
	}
}

static void callbacks_turn(struct rcs_torture_updater *u)
{
	switch (rcs_random_below(&u->random, 8)) {
	case 0:
		flood_with_all(u);
		break;
	case 1:
		wait_for_callbacks(u);
		break;
	case 2:
		replace_and_call(u);
		break;
	case 3:
		mixed_turn(u);
		break;
	default:
		trickle(u);
		break;
	}
}

static void others_turn(struct rcs_torture_updater *u)
{
	switch (rcs_random_below(&u->random, 8)) {
	case 0:
	case 1:
		mixed_turn(u);
		break;
	case 2:
		(void)rcs_torture_wait_for_period(u, RCS_TORTURE_SYNCHRONIZE);
		break;
	case 3:
		if (rcs_torture_has(u->torture, RCS_TORTURE_FORK) &&
		    rcs_random_below(&u->random, FORK_OTHERS) == 0)
			rcs_torture_fork(u);
		break;
	default:
		look_for_others(u);
		break;
	}
}

/* As fast as grace periods go, most of the time. */
static void fast_turn(struct rcs_torture_updater *u)
{
	uint64_t draw = rcs_random_next(&u->random);

	if ((draw & 3) == 0)
		rcs_spin_until(rcs_cycles() + rcs_cycles_from_ns(rcs_random_below(
						      &u->random, PAUSE_NS)));
	(void)rcs_torture_wait_for_period(
		u, (draw & 12) == 0 ? RCS_TORTURE_EXPEDITED : RCS_TORTURE_SYNCHRONIZE);
}

/* Few updaters are both kinds in turn. */
static bool is_mixed(struct rcs_torture_updater *u)
{
	if (u->torture->theme != RCS_TORTURE_THEME_ALL)
		return (rcs_random_next(&u->random) & 3) != 0;
	if (u->torture->runner.writers < FEW)
		return (rcs_random_next(&u->random) & 3) == 0;
	return u->number % 2 != 0;
}

static void take_turn(struct rcs_torture_updater *u)
{
	if (!is_mixed(u))
		fast_turn(u);
	else if (u->torture->theme == RCS_TORTURE_THEME_CALLS)
		callbacks_turn(u);
	else if (u->torture->theme == RCS_TORTURE_THEME_OTHERS)
		others_turn(u);
	else
		mixed_turn(u);
}

/* The last one sees to it that no callback is left. */
static void end(struct rcs_torture *t)
{
	bool last;

	ck_pr_dec_uint_zero(&t->mixing, &last);
	if (!last)
		return;
	if (rcs_torture_has(t, RCS_TORTURE_CALLS) &&
	    t->flavour->barrier(t->rcu, NULL) == 0 && ck_pr_load_int(&t->error) == 0)
		rcs_torture_look_for_lost(t);
	ck_pr_store_uint(&t->updating, 0); /* read by readers */
}

void rcs_torture_updater_enter(struct rcs_torture_updater *u)
{
	struct rcs_torture *t = u->torture;
	char name[16];

	(void)snprintf(name, sizeof(name), "updater %d", u->number);
	u->self = t->flavour->enter(t->rcu, name, &u->error);
	if (u->self == NULL) {
		ck_pr_store_uint(&t->stop, 1);
		return;
	}
	if (t->delays) {
		u->self->delay = t->rcu->options.delay;
		u->self->delay.random =
			rcs_random_stream(rcs_random_next(&u->random), 0);
	}
	/* It reads nothing. */
	t->flavour->offline(u->self);
}

void rcs_torture_updater_leave(struct rcs_torture_updater *u)
{
	u->torture->flavour->online(u->self);
	u->torture->flavour->leave(u->self);
	u->self = NULL;
}

void rcs_torture_update(struct rcs_torture_updater *u)
{
	struct rcs_torture *t = u->torture;
	/* What is given by a thread that is registered, or not, has ways of its own. */
	bool enters = (rcs_random_next(&u->random) & 1) != 0;

	u->tid = rcs_torture_tid();
	u->thread = pthread_self();
	rcs_torture_call_as(u->number);
	if (enters)
		rcs_torture_updater_enter(u);
	while (!rcs_torture_stopped(t)) {
		take_turn(u);
		join_flood(u);
		rcs_torture_store(&u->turns, u->turns + 1);
		rcs_torture_count(t, false);
		if (ck_pr_load_uint(&t->pause) != 0) {
			/* One that readers are out for: see section_linger(). Or none
			 * that could wake others. */
			if ((rcs_random_next(&u->random) & 1) != 0)
				(void)rcs_torture_wait_for_period(
					u, RCS_TORTURE_SYNCHRONIZE);
			rcs_torture_stutter_updater(u);
		}
	}
	if (u->self != NULL)
		rcs_torture_updater_leave(u);
	end(t);
}
