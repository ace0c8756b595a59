/* SPDX-License-Identifier: BSD-2-Clause */
/* Rounds of the batched runner: see batched.h. */
#include "stress/batched.h"

#include <errno.h>
#include <string.h>

#include "host/clock.h"
#include "stress/batched_rig.h"

/* Of a segment: long enough to be worth waking threads for, short enough to be seen. */
#define SEGMENT_NS  UINT64_C(8000000)
#define SEGMENT_MIN 16
/* That one waits for others before it lets another thread have its CPU. */
#define YIELD_NS	 1000000
#define YIELD_CROWDED_NS 100000

static bool on_tick(void *argument)
{
	struct rcs_batched *b = argument;
	bool asked = b->runner.tick(b->runner.tick_argument);

	if (asked || rcs_clock_ns() >= b->deadline_ns)
		ck_pr_store_uint(&b->stop, 1); /* read in rcs_batched_run() */
	return ck_pr_load_uint(&b->stop) != 0;
}

static void body(int thread, void *argument)
{
	struct rcs_batched *b = argument;

	if (thread < b->runner.writers + b->runner.readers) {
		rcs_batched_run(&b->seat[thread]);
		ck_pr_dec_uint(&b->reading);
	} else {
		rcs_amplifier_antagonize(&b->runner.amplifier_memory,
					 b->round->setting.amplifier, &b->reading);
	}
}

static void ready_seat(struct rcs_batched *b, int thread)
{
	struct rcs_batched_seat *seat = &b->seat[thread];

	seat->heavy = b->has_heavy && thread < b->callers;
	seat->error = 0;
	seat->native.astray = 0;
	seat->astray = -1;
	if (seat->heavy && b->round->arm.heavy != NULL) {
		seat->heavy_call = b->round->arm.heavy;
		seat->heavy_argument = b->round->arm.writer[thread];
	}
	seat->amplify.depth = b->round->setting.depth;
	rcs_amplifier_memory_tell(&b->runner.amplifier_memory, &seat->amplify);
	ck_pr_store_uint(seat->arrived, 0);
}

static void ready(struct rcs_batched *b, size_t count)
{
	uint64_t draw = rcs_random_next(&b->random);
	int threads = b->runner.writers + b->runner.readers;
	bool crowded = threads > b->cpus;

	b->count = count;
	for (size_t i = 0; i < count; i++)
		b->order[i] = (uint32_t)i;
	for (size_t i = count - 1; i > 0; i--) {
		size_t k = rcs_random_below(&b->random, (uint32_t)i + 1);
		uint32_t kept = b->order[i];

		b->order[i] = b->order[k];
		b->order[k] = kept;
	}
	b->touch = (draw & 3) != 0;
	b->flush = (draw & 12) == 0 && rcs_flush_works();
	b->yield_cycles = rcs_cycles_from_ns(crowded ? YIELD_CROWDED_NS : YIELD_NS);
	for (int t = 0; t < threads; t++)
		ready_seat(b, t);
	rcs_batched_deal(b);
	ck_pr_store_uint(&b->reading, (unsigned)threads);
}

/* No room to read in, a call that failed, or a register that led nowhere. */
static int check_seats(const struct rcs_batched *b, struct rcs_error *e)
{
	for (int t = 0; t < b->runner.writers + b->runner.readers; t++) {
		const struct rcs_batched_seat *seat = &b->seat[t];

		if (seat->refused.kind != RCS_ERROR_NONE) {
			*e = seat->refused;
			return -1;
		}
		if (seat->error != 0)
			return rcs_fail(e, RCS_ERROR_FAULT,
					"the heavy side failed in instance %zu of "
					"thread %d: %s",
					seat->done, t, strerror(-seat->error));
		if (seat->astray >= 0)
			return rcs_fail(e, RCS_ERROR_FAULT,
					"%s: P%d follows a register that does not hold "
					"the address of a location: the test is at "
					"fault",
					b->test->name, seat->astray);
	}
	return 0;
}

static size_t next_count(const struct rcs_batched *b, uint64_t missing)
{
	uint64_t fits = SEGMENT_NS / (b->instance_ns + 1);
	uint64_t count = missing / (uint64_t)b->groups + missing / 16 + 8;

	if (count > fits)
		count = fits;
	if (count < SEGMENT_MIN)
		count = SEGMENT_MIN;
	return count < b->instances ? (size_t)count : b->instances;
}

static int run_segment(struct rcs_batched *b, size_t count, struct rcs_tally *tally,
		       struct rcs_error *e)
{
	uint64_t start, time_ns, calls = tally->calls;

	ready(b, count);
	start = rcs_clock_ns();
	rcs_team_go(b->runner.team, body, b);
	if (rcs_team_wait(b->runner.team, on_tick, b, RCS_TEAM_GRACE_NS, e) != 0 ||
	    check_seats(b, e) != 0)
		return -1;
	for (int g = 0; g < b->groups; g++)
		rcs_batched_score(b, g, tally);
	time_ns = rcs_clock_ns() - start;
	tally->time_ns += time_ns;
	calls = (tally->calls - calls) / (uint64_t)b->groups;
	if (calls > 0)
		b->instance_ns = (b->instance_ns + time_ns / calls) / 2;
	return 0;
}

static int batched_round(struct rcs_runner *runner, const struct rcs_round *round,
			 struct rcs_tally *tally, struct rcs_error *e)
{
	struct rcs_batched *b = (struct rcs_batched *)(void *)runner;

	memset(tally, 0, sizeof(*tally));
	memset(runner->exposed_by_reader, 0,
	       (size_t)runner->readers * sizeof(*runner->exposed_by_reader));
	b->round = round;
	b->deadline_ns = round->deadline_ns;
	b->call_ns = 0;
	ck_pr_store_uint(&b->stop, 0);
	if (rcs_amplifier_memory_need(&runner->amplifier_memory,
				      round->setting.amplifier, on_tick, b, e) != 0)
		return -1;
	while (tally->exposed < round->exposed) {
		if (rcs_clock_ns() >= round->deadline_ns || on_tick(b))
			return 0;
		if (run_segment(b, next_count(b, round->exposed - tally->exposed),
				tally, e) != 0)
			return -1;
	}
	tally->complete = true;
	return 0;
}

const struct rcs_runner_kind rcs_batched_kind = {
	.name = "batched",
	.round = batched_round,
	.destroy = rcs_batched_destroy,
};
