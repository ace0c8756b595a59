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
#define LOOK_EVERY     1024 /* iterations between looks at whether to stop */

struct side {
	uint32_t *own;
	uint32_t *theirs;
	uint32_t *log;	/* log[i]: what iteration i loaded; from 1 */
	unsigned *here; /* threads of this pair that have arrived */
	uint32_t iterations;
	uint32_t done; /* of them, when it was stopped */
} __attribute__((aligned(128)));

struct bare {
	int pairs;
	uint32_t iterations;
	struct side *side; /* by thread */
	char *lines, *logs;
	size_t lines_size, logs_size;
	rcs_tick *tick;
	void *tick_argument;
	uint64_t deadline_ns;
	unsigned stop;
};

static bool on_tick(void *argument)
{
	struct bare *b = argument;

	if (b->tick(b->tick_argument) || rcs_clock_ns() >= b->deadline_ns)
		ck_pr_store_uint(&b->stop, 1); /* read in run_side() */
	return ck_pr_load_uint(&b->stop) != 0;
}

static void run_side(int thread, void *argument)
{
	struct bare *b = argument;
	struct side *s = &b->side[thread];
	uint32_t *own = s->own, *theirs = s->theirs, *log = s->log;
	uint32_t i = 1;

	/* Together with the partner; on one CPU it must get a turn to arrive. */
	ck_pr_inc_uint(s->here);
	for (unsigned spins = 1;
	     ck_pr_load_uint(s->here) < 2 && ck_pr_load_uint(&b->stop) == 0; spins++) {
		if (spins % 1024 == 0)
			sched_yield();
	}
	while (i <= s->iterations && ck_pr_load_uint(&b->stop) == 0) {
		uint32_t end = i + LOOK_EVERY;

		for (; i < end; i++) {
			ck_pr_store_32(own, i);
			ck_pr_barrier();
			log[i] = ck_pr_load_32(theirs);
		}
	}
	s->done = i - 1;
}

static uint64_t count_hits(const struct side *x, const struct side *y)
{
	uint64_t hits = 0;

	for (uint32_t j = 1; j <= y->done; j++) {
		uint32_t i = y->log[j] + 1;

		hits += i <= x->done && x->log[i] < j;
	}
	return hits;
}

static int take_memory(struct bare *b, uint64_t memory, struct rcs_error *e)
{
	uint64_t threads = 2 * (uint64_t)b->pairs;
	size_t log_size;

	b->iterations = ITERATIONS_MAX;
	while (b->iterations > ITERATIONS_MIN &&
	       threads * (b->iterations + 17) * sizeof(uint32_t) > memory)
		b->iterations /= 2;
	log_size = (b->iterations + 17) / 16 * 16 * sizeof(uint32_t);
	b->lines_size = (size_t)threads * 4096;
	b->logs_size = (size_t)threads * log_size;
	b->lines = rcs_memory_pages(b->lines_size, "shared words", e);
	if (b->lines == NULL)
		return -1;
	b->logs = rcs_memory_pages(b->logs_size, "logs", e);
	if (b->logs == NULL)
		return -1;
	(void)rcs_memory_fill(b->lines, 0, b->lines_size, on_tick, b);
	(void)rcs_memory_fill(b->logs, 0, b->logs_size, on_tick, b);
	if (posix_memalign((void **)&b->side, 128, threads * sizeof(*b->side)) != 0)
		return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for %zu threads",
				(size_t)threads);
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
	if (rcs_team_wait(team, on_tick, b, RCS_TEAM_GRACE_NS, e) != 0)
		return -1;
	for (int p = 0; p < b->pairs; p++) {
		hits += count_hits(&b->side[p], &b->side[b->pairs + p]);
		total->calls += b->side[b->pairs + p].done;
	}
	total->rounds++;
	total->hit_rounds += hits > 0;
	total->hits += hits;
	total->exposed = total->calls;
	return 0;
}

int rcs_sb_bare(struct rcs_team *team, int pairs, uint64_t memory, uint64_t deadline_ns,
		rcs_tick *tick, void *tick_argument, struct rcs_arm_total *total,
		struct rcs_error *e)
{
	struct bare b = {.pairs = pairs,
			 .tick = tick,
			 .tick_argument = tick_argument,
			 .deadline_ns = deadline_ns};
	uint64_t start = rcs_clock_ns();
	int failed = take_memory(&b, memory, e);

	memset(total, 0, sizeof(*total));
	while (failed == 0 && !on_tick(&b))
		failed = run_round(team, &b, total, e);
	total->time_ns = rcs_clock_ns() - start;
	free(b.side);
	rcs_memory_release(b.lines, b.lines_size);
	rcs_memory_release(b.logs, b.logs_size);
	return failed;
}
