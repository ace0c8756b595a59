/* SPDX-License-Identifier: BSD-2-Clause */
/* What one thread of the batched runner executes: see batched.h. */
#include <sched.h>
#include <string.h>

#include "host/clock.h"
#include "stress/batched_rig.h"

/* Waits before a thread's part, at most; so that parts meet in all ways. */
#define SKEW_NS 50
#define NEAR_NS 1000
#define FAR_NS	8000
#define CALL_NS 40000 /* where heavy calls have not been timed yet */

static void reset_cell(const struct rcs_batched *b, char *base, int32_t location)
{
	const struct rcs_litmus_location *l = &b->test->location[location];
	char *cell = base + (size_t)location * RCS_NATIVE_STRIDE;

	memset(cell, 0, sizeof(uint64_t));
	if (l->initial.is_address) {
		char *target = base + (size_t)l->initial.number * RCS_NATIVE_STRIDE;

		memcpy(cell, &target, sizeof(target));
	} else if (l->type == RCS_TYPE_POINTER) {
		intptr_t value = (intptr_t)l->initial.number;

		memcpy(cell, &value, sizeof(value));
	} else {
		int32_t value = (int32_t)l->initial.number;

		memcpy(cell, &value, sizeof(value));
	}
}

/* This seat's share of the group's instances: all of them that it comes to. */
static void reset_share(const struct rcs_batched_seat *seat)
{
	const struct rcs_batched *b = seat->batched;

	for (size_t i = (size_t)seat->place; i < b->count; i += (size_t)b->seats) {
		char *base = rcs_batched_cells(b, seat->group, (uint32_t)i);

		for (int32_t l = 0; l < b->test->locations; l++)
			reset_cell(b, base, l);
	}
}

/*
 * All seats of the group come to place k. No fence: what is waited for says nothing
 * of the instances' own cells, which nobody has touched since they were reset.
 */
static void meet(const struct rcs_batched_seat *seat, unsigned k)
{
	const struct rcs_batched *b = seat->batched;
	uint64_t since = 0;

	ck_pr_store_uint(seat->arrived, k);
	for (int s = 0; s < b->seats; s++) {
		const unsigned *other =
			b->seat[rcs_batched_thread(b, seat->group, s)].arrived;

		while ((int)(ck_pr_load_uint(other) - k) < 0) {
			ck_pr_stall();
			if (ck_pr_load_uint(&b->stop) != 0)
				return;
			if (since == 0)
				since = rcs_cycles();
			/*
			 * Not soon: to yield is a system call, which could order what
			 * this thread has just stored while a heavy call of another
			 * still goes on.
			 */
			if (rcs_cycles() - since > b->yield_cycles) {
				sched_yield();
				since = 0;
			}
		}
	}
}

static void preload(const struct rcs_batched_seat *seat,
		    const struct rcs_batched_part *part, char *base)
{
	const struct rcs_batched *b = seat->batched;

	for (int n = 0; n < part->threads; n++) {
		const struct rcs_footprint *f = &b->footprint[part->thread[n]];

		for (int32_t l = 0; l < b->test->locations; l++) {
			char *cell = base + (size_t)l * RCS_NATIVE_STRIDE;

			if (b->flush && ((f->stores >> l) & 1))
				rcs_flush(cell);
			else if (b->touch && ((f->loads >> l) & 1))
				(void)ck_pr_load_32((uint32_t *)(void *)cell);
		}
	}
}

static const struct rcs_batched_part *part_of(const struct rcs_batched_seat *seat,
					      unsigned phase)
{
	return &seat->batched->way[phase].part[seat->place];
}

static bool runs(const struct rcs_batched_part *part, int thread)
{
	for (int n = 0; n < part->threads; n++) {
		if (part->thread[n] == thread)
			return true;
	}
	return false;
}

/*
 * Those wait longer whom others are held up for: it takes a while to fill a store
 * buffer. Where a heavy call comes between the store that is held up and the load that
 * must come before theirs, they wait for as long as such a call may take.
 */
static uint64_t longest_skew(const struct rcs_batched_seat *seat, unsigned phase,
			     uint64_t draw)
{
	const struct rcs_batched *b = seat->batched;
	int held_up = b->way[phase].amplified;

	if (held_up < 0 ? !seat->heavy : runs(part_of(seat, phase), held_up))
		return SKEW_NS;
	if (b->has_heavy && !b->by_twin && (draw & 1) != 0)
		return b->call_ns > 0 ? 3 * b->call_ns : CALL_NS;
	return (draw & 6) == 0 ? FAR_NS : NEAR_NS;
}

static void skew(struct rcs_batched_seat *seat, unsigned phase, bool amplified)
{
	uint64_t draw = rcs_random_next(&seat->random);
	uint64_t most = amplified ? longest_skew(seat, phase, draw) : SKEW_NS;

	if ((draw & 24) == 0)
		return;
	rcs_spin_until(rcs_cycles() + rcs_cycles_from_ns(((draw >> 32) * most) >> 32));
}

static void amplify(struct rcs_batched_seat *seat, int only, int thread, char *base)
{
	const struct rcs_batched *b = seat->batched;
	int32_t location = b->footprint[thread].first_store;
	bool enters = b->footprint[thread].enters_first &&
		      b->round->arm.variant != RCS_STRIPPED;

	if ((location == RCS_NONE && !enters) ||
	    (only < 0 ? seat->heavy : only != thread))
		return;
	if (enters) {
		rcs_batched_rcu_amplify(seat);
	} else {
		seat->amplify.own =
			(rcs_seq *)(void *)(base +
					    (size_t)location * RCS_NATIVE_STRIDE);
		seat->amplify.refill = b->refillable[location] ? seat->amplify.own
							       : seat->amplify.own + 2;
	}
	rcs_amplify_functions[b->round->setting.amplifier](&seat->amplify, 0);
}

static void run_place(struct rcs_batched_seat *seat, size_t k, bool amplified)
{
	const struct rcs_batched *b = seat->batched;
	unsigned phase = rcs_batched_phase(b, k);
	const struct rcs_batched_part *part = part_of(seat, phase);
	char *base = rcs_batched_cells(b, seat->group, b->order[k]);

	for (int n = 0; n < part->threads; n++) {
		int t = part->thread[n];

		/* Between two threads on one CPU there would be a context switch. */
		if (n > 0)
			ck_pr_fence_memory();
		if (amplified)
			amplify(seat, b->way[phase].amplified, t, base);
		b->native->code[t].once[b->round->arm.variant](
			&seat->native, base,
			rcs_batched_registers(b, t, seat->group, b->order[k]));
		if (seat->native.astray != 0 && seat->astray < 0)
			seat->astray = t;
	}
}

static void heavy(struct rcs_native_env *env)
{
	struct rcs_batched_seat *seat = (struct rcs_batched_seat *)(void *)env;
	uint64_t start = rcs_cycles(), end;
	int error = seat->heavy_call(seat->heavy_argument);

	end = rcs_cycles();
	/* The longest of several: a twin must not be made of quicker ones alone. */
	if (seat->calls++ == 0 || end - start > seat->call_end - seat->call_start) {
		seat->call_start = start;
		seat->call_end = end;
	}
	if (error != 0)
		seat->error = error;
}

void rcs_batched_run(struct rcs_batched_seat *seat)
{
	struct rcs_batched *b = seat->batched;
	bool amplified = b->round->setting.amplifier != RCS_AMPLIFIER_none;

	seat->native.heavy = heavy;
	seat->native.stop = &b->stop;
	seat->done = 0;
	if (!rcs_batched_rcu_enter(seat))
		ck_pr_store_uint(&b->stop, 1);
	reset_share(seat);
	/* Both pair with the same of the other seats: reset before any of them starts.
	 */
	ck_pr_fence_memory();
	meet(seat, 1);
	ck_pr_fence_memory();
	for (size_t k = 0; k < b->count && ck_pr_load_uint(&b->stop) == 0; k++) {
		struct rcs_batched_note *note = &seat->note[k];
		char *base = rcs_batched_cells(b, seat->group, b->order[k]);

		preload(seat, part_of(seat, rcs_batched_phase(b, k)), base);
		meet(seat, (unsigned)k + 2);
		note->start = rcs_cycles();
		skew(seat, rcs_batched_phase(b, k), amplified);
		seat->call_start = seat->call_end = 0;
		seat->calls = 0;
		run_place(seat, k, amplified);
		note->end = rcs_cycles();
		/* It may have gone on without a lock that it waited for. */
		if (ck_pr_load_uint(&b->stop) != 0)
			break;
		note->call_start = seat->call_start;
		note->call_end = seat->call_end;
		note->calls = seat->calls;
		seat->done = k + 1;
		if (seat->error != 0)
			ck_pr_store_uint(&b->stop, 1);
	}
	rcs_batched_rcu_leave(seat);
	/* Nobody waits for one that has left. */
	ck_pr_store_uint(seat->arrived, (unsigned)b->count + 2);
}
