/* SPDX-License-Identifier: BSD-2-Clause */
/* Rounds of the torture: see torture.h. */
#include "stress/torture/torture.h"

#include <errno.h>
#include <sched.h>
#include <string.h>

#include "host/clock.h"
#include "host/plugin_call.h"
#include "stress/torture/environment.h"
#include "stress/torture/tally.h"
#include "stress/twin.h"

#define LATE_TICKS 8 /* until the watch is sure: see watch.c */

static __thread int caller; /* whose state of the arm: an updater's */

void rcs_torture_call_as(int updater)
{
	caller = updater;
}

static const struct rcs_torture_presence *presence_of(const void *readers, int reader)
{
	return &((const struct rcs_torture_reader *)readers)[reader].presence;
}

void rcs_torture_count(struct rcs_torture *t, bool all)
{
	struct rcs_torture_readers readers = {
		.count = t->runner.readers,
		.presence = presence_of,
		.readers = t->reader,
		.cpu = t->runner.placement->cpu + t->runner.writers,
		.exposed = t->runner.exposed_by_reader,
		.samples = t->round->samples,
	};

	if (ck_pr_fas_uint(&t->counting, 1) != 0)
		return;
	ck_pr_fence_acquire();
	t->exposed += rcs_torture_meter_count(&t->meter, &readers, all);
	for (int u = 0; u < t->runner.writers && t->own; u++)
		t->exposed +=
			rcs_torture_meter_count(&t->updater[u].meter, &readers, all);
	if (t->exposed >= t->round->exposed)
		ck_pr_store_uint(&t->stop, 1);
	ck_pr_fence_release(); /* pairs with the acquire above */
	ck_pr_store_uint(&t->counting, 0);
}

void rcs_torture_call_fails(struct rcs_torture *t, int error)
{
	/* The first one is it: it may be that of the heavy side, handed on. */
	if (ck_pr_cas_int(&t->error, 0, error) && t->flavour->plugin != NULL)
		ck_pr_store_ptr(&t->failed, rcs_plugin_here.failed);
	rcs_plugin_here.failed = NULL;
	ck_pr_store_uint(&t->stop, 1);
}

int rcs_torture_heavy(void *torture)
{
	struct rcs_torture *t = torture;
	uint64_t start, end;
	int error;

	start = rcs_cycles();
	error = t->heavy(t->writer[caller]);
	end = rcs_cycles();
	if (error != 0) {
		ck_pr_store_int(&t->error, error);
		ck_pr_store_uint(&t->stop, 1);
		return error;
	}
	while (!rcs_torture_meter_note(&t->meter, (rcs_torture_word)start,
				       (rcs_torture_word)end)) {
		rcs_torture_count(t, true);
		(void)sched_yield();
	}
	return 0;
}

/* In place of a grace period, of a flavour that rests on no barrier: a control … */
static int only_wait(void *torture)
{
	struct rcs_torture *t = torture;

	return t->heavy(
		t->writer[ck_pr_faa_uint(&t->turn, 1) % (unsigned)t->runner.writers]);
}

/* … and a reference: waits until each reader was out of its section, by a full fence
 * on both sides. */
static int wait_for_guards(void *torture)
{
	struct rcs_torture *t = torture;

	/* Pairs with those in read_section(), as does the last one. */
	ck_pr_fence_memory();
	for (int r = 0; r < t->runner.readers; r++) {
		const rcs_torture_word *guard = &t->reader[r].guard;
		rcs_torture_word first = rcs_torture_load(guard);

		while (first % 2 != 0 && rcs_torture_load(guard) == first)
			(void)sched_yield();
	}
	ck_pr_fence_memory();
	return 0;
}

static int own_heavy(void *torture)
{
	struct rcs_torture *t = torture;

	int error = t->flavour->synchronize(t->rcu, NULL);

	if (error != 0)
		rcs_torture_call_fails(t, error);
	return error;
}

bool rcs_torture_own_arm(struct rcs_runner *runner, struct rcs_arm *arm)
{
	struct rcs_torture *t = (struct rcs_torture *)(void *)runner;
	const struct rcs_rcu_ground ground = {rcs_torture_heavy, t, NULL, t};

	if (!t->own)
		return false;
	/* It may be called outside rounds, and not in place of anything then. */
	t->flavour->stand_on(t->rcu, &ground);
	t->self[0] = t;
	*arm = (struct rcs_arm){
		.heavy = own_heavy, .writer = t->self, .variant = RCS_AS_WRITTEN};
	return true;
}

static void put_on_ground(struct rcs_torture *t)
{
	const struct rcs_arm *arm = &t->round->arm;
	struct rcs_rcu_ground ground = {rcs_torture_heavy, t, NULL, t};

	t->heavy = arm->heavy;
	t->writer = arm->writer;
	t->arm = arm->heavy != rcs_twin_heavy	  ? RCS_TORTURE_SUBJECT
		 : arm->variant == RCS_AS_WRITTEN ? RCS_TORTURE_CONTROL
						  : RCS_TORTURE_REFERENCE;
	if (t->own && t->arm == RCS_TORTURE_CONTROL)
		ground.instead = only_wait;
	else if (t->own && t->arm == RCS_TORTURE_REFERENCE)
		ground.instead = wait_for_guards;
	t->flavour->stand_on(t->rcu, &ground);
}

static void body(int thread, void *argument)
{
	struct rcs_torture *t = argument;

	if (thread < t->runner.writers) {
		rcs_torture_update(&t->updater[thread]);
	} else if (thread < t->runner.writers + t->runner.readers) {
		rcs_torture_read(&t->reader[thread - t->runner.writers]);
		ck_pr_dec_uint(&t->reading); /* read in rcs_amplifier_antagonize() */
	} else {
		t->antagonist[thread - t->runner.writers - t->runner.readers] =
			rcs_torture_tid();
		rcs_amplifier_antagonize(&t->runner.amplifier_memory,
					 t->round->setting.amplifier, &t->reading);
	}
}

/* Whether the round is to end. One in which nothing goes on is given some ticks more.
 */
static bool is_time(struct rcs_torture *t)
{
	if (rcs_clock_ns() < t->deadline_ns)
		return false;
	return !rcs_torture_watch_suspects(t) || t->late_ticks++ >= LATE_TICKS;
}

static bool on_tick(void *argument)
{
	struct rcs_torture *t = argument;
	bool asked = t->runner.tick(t->runner.tick_argument);

	if (asked || is_time(t))
		ck_pr_store_uint(&t->stop, 1); /* read in all loops */
	rcs_torture_watch_tick(t);
	if (ck_pr_load_uint(&t->updating) > 0 && !rcs_torture_watch_suspects(t) &&
	    /* They have light sides only: a reference would be none. */
	    t->arm != RCS_TORTURE_REFERENCE && rcs_torture_has(t, RCS_TORTURE_HANDLERS))
		rcs_torture_handler_send(t);
	return rcs_torture_stopped(t);
}

static void ready(struct rcs_torture *t)
{
	t->exposed = 0;
	t->error = 0;
	t->failed = NULL;
	memset(t->runner.exposed_by_reader, 0,
	       (size_t)t->runner.readers * sizeof(*t->runner.exposed_by_reader));
	put_on_ground(t);
	t->parked = 0;
	t->late_ticks = 0;
	if (t->kill)
		/* The fast ones half the time: most that is wrong shows there. */
		t->theme = (enum rcs_torture_theme)(
			(rcs_random_next(&t->random) & 1) *
			(1 + rcs_random_below(&t->random, RCS_TORTURE_THEMES - 1)));
	ck_pr_store_uint(&t->pause, 0);
	ck_pr_store_uint(&t->reading, (unsigned)t->runner.readers);
	ck_pr_store_uint(&t->mixing, (unsigned)t->runner.writers);
	ck_pr_store_uint(&t->updating, (unsigned)t->runner.writers);
	rcs_torture_watch_start(t);
}

static int look_for_errors(const struct rcs_torture *t, struct rcs_error *e)
{
	const struct rcs_error *found = NULL;

	if (t->error != 0 && t->failed != NULL)
		return rcs_plugin_check_result(t->flavour->name, t->failed, t->error,
					       e);
	if (t->error != 0)
		return rcs_fail(e, RCS_ERROR_FAULT,
				"the heavy side failed in a grace period: %s",
				strerror(-t->error));
	for (int r = 0; r < t->runner.readers; r++)
		if (t->reader[r].error.kind != RCS_ERROR_NONE)
			found = &t->reader[r].error;
	for (int u = 0; u < t->runner.writers; u++)
		if (t->updater[u].error.kind != RCS_ERROR_NONE)
			found = &t->updater[u].error;
	if (found != NULL && e != NULL)
		*e = *found;
	return found != NULL ? -1 : 0;
}

/* -1 and *e if a call failed since the last round began. */
static int torture_error(const struct rcs_runner *runner, struct rcs_error *e)
{
	return look_for_errors((const struct rcs_torture *)(const void *)runner, e);
}

static int torture_round(struct rcs_runner *runner, const struct rcs_round *round,
			 struct rcs_tally *tally, struct rcs_error *e)
{
	struct rcs_torture *t = (struct rcs_torture *)(void *)runner;
	struct rcs_torture_before before;
	uint64_t start;
	int lost;

	memset(tally, 0, sizeof(*tally));
	t->copy = *round;
	t->round = &t->copy;
	t->deadline_ns = round->deadline_ns;
	ck_pr_store_uint(&t->stop, 0);
	if (rcs_amplifier_memory_need(&runner->amplifier_memory,
				      round->setting.amplifier, on_tick, t, e) != 0)
		return -1;
	if (rcs_clock_ns() >= round->deadline_ns || on_tick(t))
		return 0;
	/* Each has its wrap; and a violation may have left the last one in disorder. */
	if (t->kill && rcs_torture_renew(t, e) != 0)
		return -1;
	ready(t);
	rcs_torture_tally_begin(t, &before);
	start = rcs_clock_ns();
	rcs_team_go(runner->team, body, t);
	lost = rcs_team_wait(runner->team, on_tick, t, RCS_TEAM_GRACE_NS, e);
	tally->time_ns = rcs_clock_ns() - start;
	if (lost != 0 && !t->watch.stuck)
		return -1;
	rcs_torture_count(t, true);
	rcs_torture_tally_end(t, &before, tally);
	return lost != 0 ? -1 : look_for_errors(t, e);
}

bool rcs_torture_stuck(const struct rcs_runner *runner)
{
	return ((const struct rcs_torture *)(const void *)runner)->watch.stuck;
}

static void report(const struct rcs_runner *runner, struct rcs_result *result)
{
	rcs_torture_report(runner, &result->torture);
}

const struct rcs_runner_kind rcs_torture_kind = {
	.name = "rcu",
	.round = torture_round,
	.destroy = rcs_torture_destroy,
	.own_arm = rcs_torture_own_arm,
	.error = torture_error,
	.report = report,
};
