/* SPDX-License-Identifier: BSD-2-Clause */
/* Bare store buffering: see sb_bare.h. */
#include "stress/sb_bare.h"

#include <ck_pr.h>
#include <sched.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "host/clock.h"
#include "host/memory.h"

#define ITERATIONS_MAX (1u << 20)
#define ITERATIONS_MIN (1u << 10)
#define GRACE_NS       UINT64_C(5000000000)

struct side {
	uint32_t *own;
	uint32_t *theirs;
	uint32_t *log;	/* log[i]: what iteration i loaded; from 1 */
	unsigned *here; /* threads of this pair that have arrived */
	uint32_t iterations;
} __attribute__((aligned(128)));

struct bare {
	int pairs;
	uint32_t iterations;
	struct side *side; /* by thread */
	char *lines, *logs;
	size_t lines_size, logs_size;
	rcs_tick *tick;
	void *tick_argument;
};

static void run_side(int thread, void *argument)
{
	struct bare *b = argument;
	struct side *s = &b->side[thread];
	uint32_t *own = s->own, *theirs = s->theirs, *log = s->log;
	uint32_t last = s->iterations;

	/* Together with the partner; on one CPU it must get a turn to arrive. */
	ck_pr_inc_uint(s->here);
	for (unsigned spins = 1; ck_pr_load_uint(s->here) < 2; spins++) {
		if (spins % 1024 == 0)
			sched_yield();
	}
	for (uint32_t i = 1; i <= last; i++) {
		ck_pr_store_32(own, i);
		ck_pr_barrier();
		log[i] = ck_pr_load_32(theirs);
	}
}

static uint64_t count_hits(const struct side *x, const struct side *y)
{
	uint64_t hits = 0;

	for (uint32_t j = 1; j <= y->iterations; j++) {
		uint32_t i = y->log[j] + 1;

		hits += i <= x->iterations && x->log[i] < j;
	}
	return hits;
}

static int take_memory(struct bare *b, uint64_t memory, struct rcs_error *e)
{
	size_t threads = 2 * (size_t)b->pairs;
	size_t log_size;

	b->iterations = ITERATIONS_MAX;
	while (b->iterations > ITERATIONS_MIN &&
	       threads * (b->iterations + 17) * sizeof(uint32_t) > memory)
		b->iterations /= 2;
	log_size = (b->iterations + 17) / 16 * 16 * sizeof(uint32_t);
	b->lines_size = threads * 4096;
	b->logs_size = threads * log_size;
	b->lines = rcs_memory_pages(b->lines_size, "shared words", e);
	if (b->lines == NULL)
		return -1;
	b->logs = rcs_memory_pages(b->logs_size, "logs", e);
	if (b->logs == NULL)
		return -1;
	if (posix_memalign((void **)&b->side, 128, threads * sizeof(*b->side)) != 0)
		return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for %zu threads",
				threads);
	for (size_t t = 0; t < threads; t++) {
		size_t partner = t < threads / 2 ? t + threads / 2 : t - threads / 2;
		/* Words at different offsets in their pages: see word_of() in
		 * sb_memory.c. */
		size_t own = t * 4096 + (t < threads / 2 ? 5 : 21) * 64;
		size_t theirs = partner * 4096 + (t < threads / 2 ? 21 : 5) * 64;

		b->side[t] = (struct side){
			.own = (uint32_t *)(void *)(b->lines + own),
			.theirs = (uint32_t *)(void *)(b->lines + theirs),
			.log = (uint32_t *)(void *)(b->logs + t * log_size),
			.here = (unsigned *)(void *)(b->lines +
						     (t % (threads / 2)) * 4096 +
						     40 * 64),
			.iterations = b->iterations,
		};
	}
	return 0;
}

static int run_round(struct rcs_team *team, struct bare *b, struct rcs_arm_total *total,
		     struct rcs_error *e)
{
	uint64_t hits = 0;

	for (int t = 0; t < 2 * b->pairs; t++) {
		ck_pr_store_32(b->side[t].own, 0);
		ck_pr_store_uint(b->side[t].here, 0);
	}
	rcs_team_go(team, run_side, b);
	if (rcs_team_wait(team, b->tick, b->tick_argument, GRACE_NS, e) != 0)
		return -1;
	for (int p = 0; p < b->pairs; p++)
		hits += count_hits(&b->side[p], &b->side[b->pairs + p]);
	total->rounds++;
	total->hit_rounds += hits > 0;
	total->hits += hits;
	total->calls += (uint64_t)b->pairs * b->iterations;
	total->exposed = total->calls;
	return 0;
}

int rcs_sb_bare(struct rcs_team *team, int pairs, uint64_t memory, uint64_t deadline_ns,
		rcs_tick *tick, void *tick_argument, struct rcs_arm_total *total,
		struct rcs_error *e)
{
	struct bare b = {.pairs = pairs, .tick = tick, .tick_argument = tick_argument};
	uint64_t start = rcs_clock_ns();
	int failed = take_memory(&b, memory, e);

	memset(total, 0, sizeof(*total));
	while (failed == 0 && rcs_clock_ns() < deadline_ns && !tick(tick_argument))
		failed = run_round(team, &b, total, e);
	total->time_ns = rcs_clock_ns() - start;
	free(b.side);
	rcs_memory_release(b.lines, b.lines_size);
	rcs_memory_release(b.logs, b.logs_size);
	return failed;
}
