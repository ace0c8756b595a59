/* SPDX-License-Identifier: BSD-2-Clause */
/* A reader's part of a round: sections, and what happens between them. */
#include <sched.h>
#include <stdio.h>
#include <time.h>

#include "host/clock.h"
#include "stress/torture/rig.h"

#define SECTIONS_MAX 16 /* before anything else happens */

static bool goes_on(const struct rcs_torture *t)
{
	/* Grace periods may wait for a reader to pass by. */
	return !rcs_torture_stopped(t) || ck_pr_load_uint(&t->updating) > 0;
}

/* Off its CPU, for a while. */
static void rest(struct rcs_torture_reader *r, uint64_t ns)
{
	const struct rcs_rcu_flavour *flavour = r->torture->flavour;
	const struct timespec t = {0, (long)ns};
	rcs_torture_word now;

	flavour->offline(r->self);
	if (ns > 0)
		(void)nanosleep(&t, NULL);
	else
		(void)sched_yield();
	flavour->online(r->self);
	now = (rcs_torture_word)rcs_cycles();
	if (ns > 0 || now - r->last > r->gap) {
		rcs_torture_store(&r->presence.since, now);
		__asm__ __volatile__("" ::: "memory");
		rcs_torture_store(&r->presence.now, now);
		r->last = now;
	}
}

static void begin(struct rcs_torture_reader *r)
{
	const struct rcs_torture *t = r->torture;
	const struct rcs_setting *setting = &t->round->setting;
	char *word = t->flavour->word != NULL ? t->flavour->word(r->self) : NULL;

	/*
	 * Amplifiers store to two lines from the word on, where nothing else may
	 * stand.
	 */
	if (word == NULL || (uintptr_t)word % (2 * RCS_LINE) != 0)
		word = r->spare;
	r->amplify.own = r->amplify.refill = (rcs_seq *)(void *)word;
	r->amplify.depth = setting->depth;
	r->amplifier = rcs_amplify_functions[setting->amplifier];
	rcs_amplifier_memory_tell(&t->runner.amplifier_memory, &r->amplify);
	if (t->delays) {
		r->self->delay = t->rcu->options.delay;
		r->self->delay.random = rcs_random_stream(rcs_random_next(&r->random),
							  (uint64_t)r->number);
	}
	r->last = (rcs_torture_word)rcs_cycles();
	rcs_torture_store(&r->presence.since, r->last);
	rcs_torture_store(&r->presence.now, r->last);
}

void rcs_torture_read(struct rcs_torture_reader *r)
{
	struct rcs_torture *t = r->torture;
	bool fence = t->round->arm.variant != RCS_AS_WRITTEN;
	char name[16];

	(void)snprintf(name, sizeof(name), "reader %d", r->number);
	r->self = t->flavour->enter(t->rcu, name, &r->error);
	if (r->self == NULL) {
		ck_pr_store_uint(&t->stop, 1);
		return;
	}
	begin(r);
	while (goes_on(t)) {
		uint64_t draw = rcs_random_next(&r->random);
		rcs_torture_read_function *read = t->side->read[fence];

		if ((draw & 1) != 0 && t->delayed != NULL)
			read = t->delayed->read[fence];
		read(r, 1 + (unsigned)(draw >> 1) % SECTIONS_MAX);
		/* When it is over, let those have the CPU who are to come through. */
		if (rcs_torture_stopped(t) || (draw >> 8) % 64 == 0)
			rest(r, 0);
		else if ((draw >> 16) % 512 == 0)
			rest(r, 20000 + rcs_random_below(&r->random, 300000));
	}
	t->flavour->leave(r->self);
	r->self = NULL;
}
