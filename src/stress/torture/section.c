/* SPDX-License-Identifier: BSD-2-Clause */
/* Sections: see section.h. */
#include "stress/torture/section.h"

#include <limits.h>
#include <sched.h>

#include "host/clock.h"

/*
 * Lengths of segments. Those longer than a heavy barrier are what a grace period can
 * fail to wait for; the shortest make for many sections in one grace period.
 */
static const struct {
	unsigned share; /* of 1024 */
	unsigned least_ns, most_ns;
} lengths[] = {
	{200, 0, 500},	     {220, 500, 10000},	    {500, 10000, 60000},
	{90, 60000, 300000}, {14, 300000, 3000000},
};

/* More than a heavy barrier and what a grace period spins for before it sleeps. */
#define LINGER_US 80

#define LONGEST (sizeof(lengths) / sizeof(lengths[0]) - 1)

static rcs_torture_word draw_length(struct rcs_torture_reader *r)
{
	unsigned at = (unsigned)rcs_random_below(&r->random, 1024), i = 0;
	rcs_torture_word ns;

	while (at >= lengths[i].share) {
		at -= lengths[i].share;
		i++;
	}
	ns = lengths[i].least_ns +
	     (rcs_torture_word)rcs_random_below(
		     &r->random, lengths[i].most_ns - lengths[i].least_ns);
	/* Some outlast the grace periods of libraries that sleep for 10 ms at a time.
	 */
	if (r->guarded && i == LONGEST && rcs_random_below(&r->random, 4) == 0)
		ns *= 10;
	return ns < 1000 ? ns * r->us / 1000 : ns / 1000 * r->us;
}

/* Says that the reader is there, until then. */
static void stay_until(struct rcs_torture_reader *r, rcs_torture_word until)
{
	for (;;) {
		rcs_torture_word now = (rcs_torture_word)rcs_cycles();

		if (now - r->last >= r->piece) {
			/* In this order: see meter.h. */
			/* The latter where the counter's cut may come round. */
			if (now - r->last > r->gap ||
			    now - r->presence.since > ULONG_MAX / 4)
				rcs_torture_store(&r->presence.since, now);
			__asm__ __volatile__("" ::: "memory");
			rcs_torture_store(&r->presence.now, now);
			r->last = now;
		}
		if ((long)(now - until) >= 0 || rcs_torture_stopped(r->torture))
			break;
	}
}

void rcs_torture_section_stay(struct rcs_torture_reader *r)
{
	stay_until(r, (rcs_torture_word)rcs_cycles() + draw_length(r));
}

static bool period_has_begun(const struct rcs_torture_section *s)
{
	for (unsigned k = 0; k < s->stamps; k++)
		if (rcs_torture_load(&s->stamp[k]->started) != s->started[k])
			return true;
	return false;
}

void rcs_torture_section_linger(struct rcs_torture_reader *r,
				const struct rcs_torture_section *s)
{
	rcs_torture_word until = (rcs_torture_word)rcs_cycles() + 4 * LINGER_US * r->us;

	while (!period_has_begun(s) && (long)(r->last - until) < 0 &&
	       !rcs_torture_stopped(r->torture))
		stay_until(r, r->last + r->piece);
	/* Some cycles more or less decide. */
	until = rcs_random_below(&r->random, (uint32_t)(LINGER_US * r->us));
	stay_until(r, (rcs_torture_word)rcs_cycles() + until);
}

void rcs_torture_section_pause(struct rcs_torture_reader *r)
{
	rcs_torture_word ns = (rcs_torture_word)rcs_random_below(&r->random, 4096);

	/* Half of them are back to back. */
	if (ns < 2048)
		stay_until(r, (rcs_torture_word)rcs_cycles() + ns * r->us / 1000);
}

void rcs_torture_section_draw(struct rcs_torture_reader *r,
			      struct rcs_torture_section *s)
{
	uint64_t draw = rcs_random_next(&r->random);
	unsigned first = (unsigned)rcs_random_below(&r->random, r->stamp_count);

	s->depth = 1;
	s->deepest = (draw & 3) != 0 ? 1 : 2 + (unsigned)(draw >> 2) % 7;
	s->segments = (draw >> 8 & 3) != 0 ? 1 : 2 + (unsigned)(draw >> 10) % 3;
	s->ahead = 0;
	s->late = (draw >> 40) % 16 == 0;
	s->disturbed = (draw >> 44) % 512 == 0 &&
		       rcs_torture_has(r->torture, RCS_TORTURE_SLEEP);
	s->stamps = r->stamp_count < RCS_TORTURE_HELD_STAMPS ? r->stamp_count
							     : RCS_TORTURE_HELD_STAMPS;
	for (unsigned k = 0; k < s->stamps; k++) {
		unsigned n = (first + k) % r->stamp_count;

		s->stamp[k] = r->stamps[n];
		s->updater[k] = n / 2;
		s->called[k] = n % 2 != 0;
	}
	for (unsigned k = 0; k < RCS_TORTURE_HELD_OBJECTS; k++) {
		s->slot[k] =
			&r->torture->slot[(draw >> (16 + 8 * k)) % RCS_TORTURE_SLOTS]
				 .object;
		s->object[k] = NULL;
	}
	if ((draw >> 36) % 16 == 0 && rcs_torture_has(r->torture, RCS_TORTURE_PROTECT))
		s->slot[0] = &r->torture
				      ->updater[rcs_random_below(
					      &r->random,
					      (uint32_t)r->torture->runner.writers)]
				      .page.object;
	s->list =
		(draw >> 32) % 8 == 0 && rcs_torture_has(r->torture, RCS_TORTURE_LIST);
	s->table =
		(draw >> 32) % 8 == 1 && rcs_torture_has(r->torture, RCS_TORTURE_TABLE);
	s->stamps_told = s->objects_told = 0;
	r->section = s;
	s->begun = (rcs_torture_word)rcs_cycles();
	/* Up to some 50 us. */
	if ((draw >> 48) % 32 == 0)
		s->ahead = (unsigned)(draw >> 53) % 64 * 2500;
}

__attribute__((noinline, cold)) void
rcs_torture_section_tell(struct rcs_torture_reader *r,
			 const struct rcs_torture_section *s,
			 struct rcs_torture_note *note)
{
	note->cycles = rcs_cycles();
	note->section = (rcs_torture_word)note->cycles - s->begun;
	note->depth = s->depth;
	note->cpu = sched_getcpu();
	rcs_torture_log_add(&r->log, note);
	rcs_torture_violated(r->torture);
}

static void check_stamp(struct rcs_torture_reader *r, struct rcs_torture_section *s,
			unsigned k)
{
	const struct rcs_torture_stamp *stamp = s->stamp[k];
	rcs_torture_word done = rcs_torture_load(&stamp->done);
	bool after = (long)(done - s->started[k]) > 0 ||
		     (k == 0 && (short)((unsigned short)done - s->plain) > 0);
	struct rcs_torture_note note;

	if (__builtin_expect(!after, 1) || (s->stamps_told & 1u << k) != 0)
		return;
	s->stamps_told |= 1u << k;
	note = (struct rcs_torture_note){
		.check = s->called[k] ? RCS_TORTURE_EARLY : RCS_TORTURE_STAMP,
		.held = s->started[k],
		.found = done,
		.updater = s->updater[k],
		.way = rcs_torture_load(&stamp->way),
		.call = rcs_torture_load(&stamp->call),
	};
	rcs_torture_section_tell(r, s, &note);
}

struct rcs_torture_leaf rcs_torture_section_leaf(struct rcs_torture_reader *r)
{
	unsigned n = (unsigned)rcs_random_below(&r->random, r->stamp_count);

	return (struct rcs_torture_leaf){
		.stamp = r->stamps[n],
		.updater = n / 2,
		.called = n % 2 != 0,
		.begun = (rcs_torture_word)rcs_cycles(),
		/* Up to some 40 us: less than a gap (see meter.h). */
		.turns = (unsigned)rcs_random_below(&r->random, 120000),
	};
}

__attribute__((cold)) void
rcs_torture_section_leaf_fails(struct rcs_torture_reader *r,
			       const struct rcs_torture_leaf *leaf,
			       unsigned short started, unsigned short done)
{
	const struct rcs_torture_section s = {.begun = leaf->begun, .depth = 1};
	struct rcs_torture_note note = {
		.check = leaf->called ? RCS_TORTURE_EARLY : RCS_TORTURE_STAMP,
		.held = started,
		.found = done,
		.updater = leaf->updater,
		.way = rcs_torture_load(&leaf->stamp->way),
		.call = rcs_torture_load(&leaf->stamp->call),
	};

	rcs_torture_section_tell(r, &s, &note);
}

static void check_object(struct rcs_torture_reader *r, struct rcs_torture_section *s,
			 unsigned k)
{
	const struct rcs_torture_object *object = s->object[k];
	rcs_torture_word pipe = rcs_torture_load(&object->pipe);
	rcs_torture_word sequence = rcs_torture_load(&object->sequence);
	rcs_torture_word canary = rcs_torture_load(&object->canary);
	rcs_torture_word sum = rcs_torture_load(&object->checksum);
	rcs_torture_word expected =
		rcs_torture_sum(sequence, rcs_torture_load(&object->payload[0]),
				rcs_torture_load(&object->payload[1]));
	struct rcs_torture_note note;

	if (__builtin_expect(pipe < 2 && sequence == s->sequence[k] &&
				     canary == RCS_TORTURE_CANARY_VALUE &&
				     sum == expected,
			     1) ||
	    (s->objects_told & 1u << k) != 0)
		return;
	s->objects_told |= 1u << k;
	note = (struct rcs_torture_note){
		.check = pipe >= 2			      ? RCS_TORTURE_PIPE
			 : sequence != s->sequence[k]	      ? RCS_TORTURE_SEQUENCE
			 : canary != RCS_TORTURE_CANARY_VALUE ? RCS_TORTURE_CANARY
							      : RCS_TORTURE_CHECKSUM,
		.held = s->sequence[k],
		.found = sequence,
		.updater = rcs_torture_load(&object->updater),
		.way = rcs_torture_load(&object->way),
		.call = rcs_torture_load(&object->call),
		.object = pipe,
	};
	rcs_torture_section_tell(r, s, &note);
}

#define LAST (RCS_TORTURE_HELD_OBJECTS - 1)

void rcs_torture_section_hold(struct rcs_torture_section *s,
			      struct rcs_torture_object *object)
{
	s->object[LAST] = object;
	s->sequence[LAST] = rcs_torture_load(&object->sequence);
}

void rcs_torture_section_check_object(struct rcs_torture_reader *r,
				      struct rcs_torture_section *s)
{
	check_object(r, s, LAST);
}

void rcs_torture_section_check(struct rcs_torture_reader *r,
			       struct rcs_torture_section *s)
{
	for (unsigned k = 0; k < s->stamps; k++)
		check_stamp(r, s, k);
	for (unsigned k = 0; k < RCS_TORTURE_HELD_OBJECTS; k++) {
		if (s->object[k] != NULL)
			check_object(r, s, k);
	}
}

void rcs_torture_section_end(struct rcs_torture_reader *r,
			     struct rcs_torture_section *s)
{
	rcs_torture_section_check(r, s);
	for (unsigned k = 0; k < RCS_TORTURE_HELD_OBJECTS; k++) {
		rcs_torture_word pipe;

		if (s->object[k] == NULL)
			continue;
		pipe = rcs_torture_load(&s->object[k]->pipe);
		r->pipe[pipe < RCS_TORTURE_PIPE_MAX ? pipe : RCS_TORTURE_PIPE_MAX]++;
	}
	r->section = NULL;
	r->sections++;
}
