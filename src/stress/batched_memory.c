/* SPDX-License-Identifier: BSD-2-Clause */
/* The memory of the batched runner: see batched.h. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "host/memory.h"
#include "stress/batched_rig.h"

#define PAGE	      4096
#define ARRIVAL	      128 /* bytes: a line of its own, and the next */
#define INSTANCES_MAX 8192
#define INSTANCES_MIN 64

static size_t cells_of(const struct rcs_litmus *test)
{
	int32_t locations = test->locations > 0 ? test->locations : 1;

	return (size_t)locations * RCS_NATIVE_STRIDE;
}

/* Of all threads of the test together, in one instance. */
static size_t registers_of(const struct rcs_litmus *test)
{
	size_t registers = 0;

	for (int32_t t = 0; t < test->threads; t++)
		registers += (size_t)test->thread[t].registers;
	return registers * sizeof(intptr_t);
}

/* Cells, registers and notes of one instance of one group. */
static size_t instance_bytes(const struct rcs_litmus *test, int seats)
{
	return cells_of(test) + registers_of(test) +
	       (size_t)seats * sizeof(struct rcs_batched_note);
}

static size_t lines_bytes(int threads)
{
	return ((size_t)threads * ARRIVAL + PAGE - 1) / PAGE * PAGE +
	       (size_t)RCS_CONTENDED_PAGES * PAGE;
}

uint64_t rcs_batched_least_memory(const struct rcs_litmus *test, int groups)
{
	return (uint64_t)groups * INSTANCES_MIN * instance_bytes(test, test->threads) +
	       lines_bytes(groups * test->threads);
}

static int take_pages(struct rcs_batched *b, uint64_t memory, struct rcs_error *e)
{
	size_t each = instance_bytes(b->test, b->seats);
	uint64_t groups = (uint64_t)b->groups; /* their products may not fit a size_t */

	b->instances = INSTANCES_MAX;
	while (b->instances > INSTANCES_MIN &&
	       groups * b->instances * each > memory / 2)
		b->instances /= 2;
	b->instance_size = cells_of(b->test);
	b->lines_size = lines_bytes(b->runner.writers + b->runner.readers);
	if (groups * b->instances * each + b->lines_size > memory)
		return rcs_fail(e, RCS_ERROR_USAGE,
				"--memory: %" PRIu64
				" KiB are too little for %d threads of %s",
				memory / 1024, b->runner.writers + b->runner.readers,
				b->test->name);
	b->cells_size = (size_t)groups * b->instances * b->instance_size;
	b->notes_size = (size_t)groups * b->instances *
			((size_t)b->seats * sizeof(struct rcs_batched_note) +
			 registers_of(b->test));
	b->runner.amplifier_memory.arena_size =
		(size_t)memory - b->cells_size - b->lines_size - b->notes_size;
	b->cells = rcs_memory_pages(b->cells_size, "instances", e);
	if (b->cells != NULL)
		b->lines = rcs_memory_pages(b->lines_size, "arrival words", e);
	if (b->lines != NULL)
		b->notes = rcs_memory_pages(b->notes_size, "logs", e);
	if (b->notes == NULL)
		return -1;
	(void)rcs_memory_fill(b->cells, 0, b->cells_size, b->runner.tick,
			      b->runner.tick_argument);
	(void)rcs_memory_fill(b->notes, 0, b->notes_size, b->runner.tick,
			      b->runner.tick_argument);
	memset(b->lines, 0, b->lines_size);
	return 0;
}

/* Cuts the pages up. */
static void cut(struct rcs_batched *b)
{
	int threads = b->runner.writers + b->runner.readers;
	char *at = b->notes;

	for (int t = 0; t < threads; t++) {
		struct rcs_batched_seat *seat = &b->seat[t];

		seat->batched = b;
		seat->group = t < b->runner.writers
				      ? t / b->writers_each
				      : (t - b->runner.writers) / b->readers_each;
		seat->place = t < b->runner.writers
				      ? t % b->writers_each
				      : b->writers_each + (t - b->runner.writers) %
								  b->readers_each;
		seat->arrived = (unsigned *)(void *)(b->lines + (size_t)t * ARRIVAL);
		seat->note = (struct rcs_batched_note *)(void *)at;
		at += b->instances * sizeof(*seat->note);
	}
	for (int32_t t = 0; t < b->test->threads; t++) {
		b->registers[t] = (intptr_t *)(void *)at;
		at += (size_t)b->groups * b->instances *
		      (size_t)b->test->thread[t].registers * sizeof(intptr_t);
	}
	b->runner.amplifier_memory.contended =
		b->lines + b->lines_size - (size_t)RCS_CONTENDED_PAGES * PAGE;
}

static int allocate(struct rcs_batched *b, const struct rcs_plan *plan,
		    struct rcs_error *e)
{
	size_t threads = (size_t)plan->writers + (size_t)plan->readers;

	if (posix_memalign((void **)&b->seat, 128, threads * sizeof(*b->seat)) != 0) {
		b->seat = NULL;
		return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for %zu threads",
				threads);
	}
	memset(b->seat, 0, threads * sizeof(*b->seat));
	if (take_pages(b, plan->memory, e) != 0)
		return -1;
	cut(b);
	for (size_t t = 0; t < threads; t++) {
		b->seat[t].random = rcs_random_stream(plan->seed, 10000 + t);
		b->seat[t].amplify.random = rcs_random_stream(plan->seed, 20000 + t);
	}
	b->order = calloc(b->instances, sizeof(*b->order));
	b->durations = calloc(b->instances, sizeof(*b->durations));
	if (b->order == NULL || b->durations == NULL)
		return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for %zu instances",
				b->instances);
	return 0;
}

static void look_at_test(struct rcs_batched *b)
{
	rcs_footprint_of(b->test, b->footprint);
	for (int32_t t = 0; t < b->test->threads; t++)
		b->has_heavy = b->has_heavy || b->footprint[t].heavy > 0;
	for (int32_t l = 0; l < b->test->locations; l++) {
		const struct rcs_litmus_location *location = &b->test->location[l];

		b->refillable[l] =
			!location->initial.is_address &&
			location->initial.number == 0 &&
			rcs_footprint_single_writer(b->test, b->footprint, l);
	}
}

struct rcs_runner *
rcs_batched_create(struct rcs_team *team, const struct rcs_plan *plan,
		   const struct rcs_litmus *test, const struct rcs_native_test *native,
		   rcs_tick *tick, void *tick_argument, struct rcs_error *e)
{
	struct rcs_batched *b = NULL;

	if (posix_memalign((void **)&b, 128, sizeof(*b)) != 0) {
		(void)rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for a runner");
		return NULL;
	}
	memset(b, 0, sizeof(*b));
	b->test = test;
	b->native = native;
	b->groups = plan->groups;
	b->writers_each = plan->writers / plan->groups;
	b->readers_each = plan->readers / plan->groups;
	b->seats = b->writers_each + b->readers_each;
	b->cpus = plan->cpus_used;
	b->by_twin = plan->has_heavy && !plan->all_call;
	b->callers = rcs_plan_callers(plan);
	b->instance_ns = 10000;
	b->random = rcs_random_stream(plan->seed, 3);
	look_at_test(b);
	if (rcs_runner_begin(&b->runner, &rcs_batched_kind, team, plan, tick,
			     tick_argument, e) != 0 ||
	    rcs_histogram_start(&b->histogram, test, e) != 0 ||
	    rcs_batched_rcu_create(b, e) != 0 || allocate(b, plan, e) != 0) {
		rcs_batched_destroy(&b->runner);
		return NULL;
	}
	return &b->runner;
}

void rcs_batched_destroy(struct rcs_runner *runner)
{
	struct rcs_batched *b = (struct rcs_batched *)(void *)runner;

	rcs_batched_rcu_destroy(b);
	free(b->seat);
	free(b->order);
	free(b->durations);
	rcs_memory_release(b->cells, b->cells_size);
	rcs_memory_release(b->lines, b->lines_size);
	rcs_memory_release(b->notes, b->notes_size);
	rcs_runner_end(&b->runner);
	free(b);
}
