/* SPDX-License-Identifier: BSD-2-Clause */
/* Setting the torture up, taking it down, and what it has found. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/clock.h"
#include "host/machine.h"
#include "host/memory.h"
#include "stress/torture/environment.h"
#include "stress/torture/lists.h"

#define PAGE 4096 /* of layout, whatever the machine's is */

/* Of the update side's delay points; readers' have them too. */
#define TICK_NS UINT64_C(50000000)

#define DELAY_ONE_IN  64
#define DELAY_MOST_NS 20000

static void *lines(size_t count, size_t size)
{
	void *memory = NULL;

	if (posix_memalign(&memory, 128, count * size) != 0)
		return NULL;
	memset(memory, 0, count * size);
	return memory;
}

/* Called by whoever waits, again and again. */
static void stalled(const struct rcs_rcu_stall *stall, void *argument)
{
	struct rcs_torture *t = argument;

	(void)pthread_mutex_lock(&t->lock);
	(void)snprintf(t->told, sizeof(t->told),
		       "it waits for %.16s (thread %ld), nesting %u, which entered at "
		       "%p",
		       stall->thread, (long)stall->tid, stall->nesting, stall->entry);
	(void)pthread_mutex_unlock(&t->lock);
}

static struct rcs_rcu *create_domain(struct rcs_torture *t, struct rcs_error *e)
{
	struct rcs_rcu_options options = {
		.ground = {rcs_torture_heavy, t, NULL, t},
		.stalled = stalled,
		.stalled_argument = t,
		/* Later than the watch, which is to see that nobody is woken. */
		.stall_ns = 2 * TICK_NS * rcs_torture_watch_ticks(t),
		/* Wherever it helps to find something. */
		.near_wrap = t->options.near_wrap || t->kill,
		.per_cpu = t->options.per_cpu,
	};

	if (t->delays) {
		options.delay.one_in = DELAY_ONE_IN;
		options.delay.most_ns = DELAY_MOST_NS;
	}
	return t->flavour->create(&options, e);
}

int rcs_torture_renew(struct rcs_torture *t, struct rcs_error *e)
{
	t->flavour->destroy(t->rcu);
	t->rcu = create_domain(t, e);
	return t->rcu == NULL ? -1 : 0;
}

static void publish(struct rcs_torture *t)
{
	int writers = t->runner.writers;

	for (int u = 0; u < writers; u++) {
		for (int n = 0; n < RCS_TORTURE_OBJECTS; n++)
			rcs_torture_fifo_put(&t->updater[u].freed,
					     &t->objects[u * RCS_TORTURE_OBJECTS + n]);
	}
	for (int s = 0; s < RCS_TORTURE_SLOTS; s++) {
		struct rcs_torture_object *object =
			&t->objects[writers * RCS_TORTURE_OBJECTS + s];

		rcs_torture_object_fill(object, (rcs_torture_word)s + 1);
		t->slot[s].object = object;
	}
}

static void ready_reader(struct rcs_torture *t, int r, uint64_t seed)
{
	struct rcs_torture_reader *reader = &t->reader[r];

	reader->torture = t;
	reader->number = r;
	reader->random = rcs_random_stream(seed, 300 + 2 * (uint64_t)r);
	reader->amplify.random = rcs_random_stream(seed, 301 + 2 * (uint64_t)r);
	reader->piece = (rcs_torture_word)rcs_cycles_from_ns(RCS_TORTURE_PIECE_NS);
	reader->gap = (rcs_torture_word)rcs_cycles_from_ns(
		t->own ? RCS_TORTURE_GAP_OWN_NS : RCS_TORTURE_GAP_NS);
	reader->us = (rcs_torture_word)rcs_cycles_from_ns(1000);
	reader->guarded = t->own;
	reader->quiesces = (t->flavour->abilities & RCS_RCU_QUIESCES) != 0;
	reader->stamps = t->stamps;
	reader->stamp_count = 2 * (unsigned)t->runner.writers;
	/* Where sb_memory.c has words of readers. */
	reader->spare =
		t->lines + (size_t)r * PAGE + (14 + 8 * ((size_t)r % 4)) * RCS_LINE;
}

static int ready_updater(struct rcs_torture *t, int u, uint64_t seed,
			 struct rcs_error *e)
{
	struct rcs_torture_updater *updater = &t->updater[u];

	updater->torture = t;
	updater->number = u;
	updater->random = rcs_random_stream(seed, 200 + (uint64_t)u);
	(void)pthread_mutex_init(&updater->lock, NULL);
	updater->callback = calloc(RCS_TORTURE_CALLBACKS, sizeof(*updater->callback));
	t->stamps[2 * u] = &updater->waited;
	t->stamps[2 * u + 1] = &updater->called;
	rcs_torture_list_set_up(updater);
	if (updater->callback == NULL)
		return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for callbacks");
	return rcs_torture_table_set_up(updater, e);
}

static int take_lines(struct rcs_torture *t, uint64_t memory, struct rcs_error *e)
{
	uint64_t used;

	t->lines_size = (size_t)(t->runner.readers + RCS_CONTENDED_PAGES) * PAGE;
	t->lines = rcs_memory_pages(t->lines_size, "lines of readers", e);
	if (t->lines == NULL)
		return -1;
	(void)rcs_memory_fill(t->lines, 0, t->lines_size, t->runner.tick,
			      t->runner.tick_argument);
	used = t->lines_size +
	       (uint64_t)t->runner.readers * sizeof(struct rcs_torture_reader) +
	       (uint64_t)t->runner.writers *
		       (sizeof(struct rcs_torture_updater) +
			RCS_TORTURE_OBJECTS * sizeof(struct rcs_torture_object) +
			RCS_TORTURE_CALLBACKS * sizeof(struct rcs_torture_callback));
	if (used > memory)
		return rcs_fail(e, RCS_ERROR_USAGE,
				"--memory: %" PRIu64
				" KiB are too little for %d threads",
				memory / 1024, t->runner.writers + t->runner.readers);
	t->runner.amplifier_memory.contended =
		t->lines + (size_t)t->runner.readers * PAGE;
	t->runner.amplifier_memory.arena_size = (size_t)(memory - used);
	return 0;
}

static int set_up(struct rcs_torture *t, const struct rcs_plan *plan,
		  struct rcs_error *e)
{
	size_t writers = (size_t)plan->writers, readers = (size_t)plan->readers;

	t->reader = lines(readers, sizeof(*t->reader));
	t->updater = lines(writers, sizeof(*t->updater));
	t->objects = lines(writers * RCS_TORTURE_OBJECTS + RCS_TORTURE_SLOTS,
			   sizeof(*t->objects));
	t->slot = lines(RCS_TORTURE_SLOTS, sizeof(*t->slot));
	t->stamps = calloc(2 * writers, sizeof(struct rcs_torture_stamp *));
	t->watch.sections = calloc(readers, sizeof(*t->watch.sections));
	t->watch.passes = calloc(readers, sizeof(*t->watch.passes));
	t->watch.others = calloc(1 + readers + writers + RCS_ANTAGONISTS_MAX,
				 sizeof(*t->watch.others));
	if (t->reader == NULL || t->updater == NULL || t->objects == NULL ||
	    t->slot == NULL || t->stamps == NULL || t->watch.sections == NULL ||
	    t->watch.passes == NULL || t->watch.others == NULL)
		return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for %d threads",
				plan->writers + plan->readers);
	if (take_lines(t, plan->memory, e) != 0)
		return -1;
	for (int u = 0; u < plan->writers; u++)
		if (ready_updater(t, u, plan->seed, e) != 0)
			return -1;
	if (rcs_torture_protect_set_up(t, e) != 0)
		return -1;
	for (int r = 0; r < plan->readers; r++)
		ready_reader(t, r, plan->seed);
	publish(t);
	t->random = rcs_random_stream(plan->seed, 199);
	t->rcu = create_domain(t, e);
	return t->rcu == NULL ? -1 : 0;
}

/*
 * An emulator of user programs has locks of its own, and its fork() does not see to
 * them: a child waits for ever for one that another thread had. valgrind is none such.
 */
static bool forks_badly(void)
{
	struct rcs_machine machine;

	rcs_machine_read(&machine);
	return machine.emulated && strcmp(machine.emulator, "valgrind") != 0;
}

struct rcs_runner *rcs_torture_create_for(struct rcs_team *team,
					  const struct rcs_plan *plan,
					  const struct rcs_rcu_flavour *flavour,
					  rcs_tick *tick, void *tick_argument,
					  struct rcs_error *e)
{
	struct rcs_torture *t = lines(1, sizeof(*t));

	if (t == NULL) {
		rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for a torture");
		return NULL;
	}
	if (rcs_runner_begin(&t->runner, &rcs_torture_kind, team, plan, tick,
			     tick_argument, e) != 0) {
		free(t);
		return NULL;
	}
	(void)pthread_mutex_init(&t->lock, NULL);
	t->options = plan->torture;
	/* What a plug-in does not have cannot be tortured. */
	if (flavour->call == NULL)
		t->options.without |= RCS_TORTURE_CALLS;
	if (forks_badly())
		t->options.without |= RCS_TORTURE_FORK;
	t->kill = plan->job == RCS_JOB_KILL;
	t->flavour = flavour;
	/* One may be called like a flavour's file: its read side is its own. */
	t->side = flavour->plugin != NULL ? &rcs_torture_side_by_call
					  : rcs_torture_side_find(flavour->name);
	if (flavour->plugin == NULL && rcs_torture_has(t, RCS_TORTURE_DELAYS)) {
		t->delayed = rcs_torture_side_find_delayed(flavour->name);
		if (flavour->torture != NULL)
			t->flavour = flavour->torture;
		/* Mutants have no build without. */
		t->delays = flavour->torture != NULL ||
			    strncmp(flavour->name, "mutant:", 7) == 0;
	}
	t->own = (flavour->abilities & RCS_RCU_ON_BARRIER) == 0;
	(void)snprintf(t->result.flavour, sizeof(t->result.flavour), "%s",
		       flavour->name);
	rcs_torture_handler_install();
	if (set_up(t, plan, e) != 0) {
		rcs_torture_destroy(&t->runner);
		return NULL;
	}
	return &t->runner;
}

void rcs_torture_destroy(struct rcs_runner *runner)
{
	struct rcs_torture *t = (struct rcs_torture *)(void *)runner;

	if (t->rcu != NULL)
		t->flavour->destroy(t->rcu);
	for (int u = 0; t->updater != NULL && u < t->runner.writers; u++)
		free(t->updater[u].callback);
	for (int u = 0; t->updater != NULL && u < t->runner.writers; u++)
		rcs_torture_table_take_down(&t->updater[u]);
	free(t->updater);
	free(t->reader);
	free(t->objects);
	free(t->slot);
	free(t->stamps);
	free(t->watch.sections);
	free(t->watch.passes);
	free(t->watch.others);
	rcs_torture_protect_take_down(t);
	rcs_memory_release(t->lines, t->lines_size);
	rcs_runner_end(&t->runner);
	free(t);
}

void rcs_torture_report(const struct rcs_runner *runner,
			struct rcs_torture_result *result)
{
	const struct rcs_torture *t = (const struct rcs_torture *)(const void *)runner;

	*result = t->result;
	for (int u = 0; u < t->runner.writers; u++) {
		result->queued += t->updater[u].given;
		result->invoked += t->updater[u].invoked;
	}
}

void rcs_torture_update_fails(struct rcs_torture_updater *u,
			      enum rcs_torture_check check, rcs_torture_word held,
			      rcs_torture_word found)
{
	struct rcs_torture *t = u->torture;
	struct rcs_torture_note note = {
		.check = check,
		.cycles = rcs_cycles(),
		.cpu = -1,
		.held = held,
		.found = found,
		.updater = (rcs_torture_word)u->number,
	};

	(void)pthread_mutex_lock(&t->lock);
	/* Each is one of its own. */
	note.call = (rcs_torture_word)t->log.hits + 1;
	rcs_torture_log_add(&t->log, &note);
	(void)pthread_mutex_unlock(&t->lock);
	rcs_torture_violated(t);
}

rcs_torture_word rcs_torture_newest_call(const struct rcs_torture_updater *u)
{
	const struct rcs_torture *t = u->torture;

	if (!t->own)
		return rcs_torture_load(&t->meter.made);
	/* Each updater's in a row of its own. */
	return rcs_torture_load(&u->meter.made) * (rcs_torture_word)t->runner.writers +
	       (rcs_torture_word)u->number;
}
