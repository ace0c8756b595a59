/* SPDX-License-Identifier: BSD-2-Clause */
/* A reader's part of a round: sections, and what happens between them. */
#include <sched.h>
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

#include "host/clock.h"
#include "stress/torture/environment.h"

#define SECTIONS_MAX 16 /* before anything else happens */

static bool goes_on(const struct rcs_torture *t)
{
	/* Grace periods may wait for a reader to pass by. */
	return !rcs_torture_stopped(t) || ck_pr_load_uint(&t->updating) > 0;
}

void rcs_torture_was_away(struct rcs_torture_reader *r)
{
	rcs_torture_word now = (rcs_torture_word)rcs_cycles();

	/* In this order: see meter.h. */
	rcs_torture_store(&r->presence.since, now);
	__asm__ __volatile__("" ::: "memory");
	rcs_torture_store(&r->presence.now, now);
	r->last = now;
}

/* Off its CPU, for a while; ns 0: for as long as others want it. */
static void rest(struct rcs_torture_reader *r, uint64_t ns)
{
	const struct rcs_rcu_flavour *flavour = r->torture->flavour;
	const struct timespec t = {0, (long)ns};

	flavour->offline(r->self);
	if (ns > 0)
		(void)nanosleep(&t, NULL);
	else
		(void)sched_yield();
	flavour->online(r->self);
	if (ns > 0 || (rcs_torture_word)rcs_cycles() - r->last > r->gap)
		rcs_torture_was_away(r);
}

bool rcs_torture_reader_enter(struct rcs_torture_reader *r)
{
	struct rcs_torture *t = r->torture;
	char name[16], *word;

	(void)snprintf(name, sizeof(name), "reader %d", r->number);
	r->self = t->flavour->enter(t->rcu, name, &r->error);
	if (r->self == NULL) {
		ck_pr_store_uint(&t->stop, 1);
		return false;
	}
	/*
	 * Amplifiers store to the word's line and to the one after it, where nothing
	 * else may stand.
	 */
	word = t->flavour->word != NULL ? t->flavour->word(r->self) : NULL;
	if (word == NULL || (uintptr_t)word % (2 * RCS_LINE) != 0)
		word = r->spare;
	r->amplify.own = r->amplify.refill = (rcs_seq *)(void *)word;
	if (t->delays) {
		r->self->delay = t->rcu->options.delay;
		r->self->delay.random = rcs_random_stream(rcs_random_next(&r->random),
							  (uint64_t)r->number);
	}
	if ((t->flavour->abilities & RCS_RCU_IN_HANDLERS) != 0 &&
	    rcs_torture_has(t, RCS_TORTURE_HANDLERS))
		rcs_torture_handler_reads_as(r);
	rcs_torture_was_away(r);
	return true;
}

void rcs_torture_reader_leave(struct rcs_torture_reader *r)
{
	rcs_torture_handler_reads_as(NULL);
	r->torture->flavour->leave(r->self);
	r->self = NULL;
}

/* Now and then something happens between sections. */
static void pass_time(struct rcs_torture_reader *r)
{
	struct rcs_torture *t = r->torture;
	uint64_t draw = rcs_random_next(&r->random);

	if (draw % r->stutter_one_in == 0 && rcs_torture_has(t, RCS_TORTURE_STUTTER))
		rcs_torture_stutter_begin(t);
	draw >>= 8;
	if (draw % 256 == 0 && rcs_torture_has(t, RCS_TORTURE_SLEEP))
		rest(r, 0);
	draw >>= 8;
	if (draw % 512 == 0 && rcs_torture_has(t, RCS_TORTURE_SLEEP))
		rest(r, 20000 + rcs_random_below(&r->random, 300000));
	draw >>= 16;
	if (draw % (t->theme == RCS_TORTURE_THEME_OTHERS ? 4 : 512) == 0 &&
	    rcs_torture_has(t, RCS_TORTURE_CHURN))
		rcs_torture_churn_reader(r);
	draw >>= 8;
	if (draw % 1024 == 0 && rcs_torture_has(t, RCS_TORTURE_SHUFFLE))
		rcs_torture_shuffle(r);
	else
		rcs_torture_shuffle_back(r);
	draw >>= 10;
	if (draw % 1024 == 0 && rcs_torture_has(t, RCS_TORTURE_PRIORITY))
		rcs_torture_reprioritize(r);
	else if (draw % 16 == 0)
		rcs_torture_reprioritize_back(r);
}

void rcs_torture_read(struct rcs_torture_reader *r)
{
	struct rcs_torture *t = r->torture;
	const struct rcs_setting *setting = &t->round->setting;
	bool fence = t->round->arm.variant != RCS_AS_WRITTEN;

	r->thread = pthread_self();
	r->tid = rcs_torture_tid();
	r->nice = getpriority(PRIO_PROCESS, (id_t)r->tid);
	ck_pr_store_uint(&r->present, 1);
	/* Some rounds are all stops and starts. */
	r->stutter_one_in =
		t->kill ? 1u << (unsigned)rcs_random_below(&r->random, 6) : 256;
	r->amplify.depth = setting->depth;
	r->amplifier = rcs_amplify_functions[setting->amplifier];
	rcs_amplifier_memory_tell(&t->runner.amplifier_memory, &r->amplify);
	if (!rcs_torture_reader_enter(r))
		return;
	rcs_torture_protect_reads_as(r);
	while (goes_on(t) && r->self != NULL) {
		uint64_t draw = rcs_random_next(&r->random);
		rcs_torture_read_function *read = t->side->read[fence];

		if ((draw & 1) != 0 && t->delayed != NULL)
			read = t->delayed->read[fence];
		read(r, 1 + (unsigned)(draw >> 1) % SECTIONS_MAX);
		rcs_torture_store(&r->passes, r->passes + 1);
		if (rcs_torture_stopped(t)) {
			/* For those who have not come through. */
			rest(r, 0);
			continue;
		}
		rcs_torture_stutter_reader(r);
		pass_time(r);
	}
	rcs_torture_shuffle_back(r);
	rcs_torture_reprioritize_back(r);
	if (r->self != NULL)
		rcs_torture_reader_leave(r);
}
