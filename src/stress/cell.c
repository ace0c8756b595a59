/* SPDX-License-Identifier: BSD-2-Clause */
/* A cell's process: sets up, does its job, takes down. See cell.h. */
#include "stress/cell.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "barrier/plugin.h"
#include "host/clock.h"
#include "host/machine.h"
#include "rcu/plugin.h"
#include "stress/batched.h"
#include "stress/bench/bench.h"
#include "stress/cell_jobs.h"
#include "stress/cell_rig.h"
#include "stress/cell_threads.h"
#include "stress/explain.h"
#include "stress/perpetual.h"
#include "stress/plugins.h"
#include "stress/sb.h"
#include "stress/tests.h"
#include "stress/torture/torture.h"
#include "stress/warm_up.h"

/* A thread looks for it in one tick of 32: at 100 Hz that is every 0.32 s. */
#define WARM_UP_NS UINT64_C(1000000000)

/*
 * Where shootdowns may go over to broadcasts, they are made to before anything is
 * judged. Where that cannot be provoked, a HOLDS is worth less, and says so.
 */
static int warm_up(struct rcs_cell *cell, struct rcs_error *e)
{
	struct rcs_result *r = cell->result;
	struct rcs_machine machine;
	struct rcs_cpus cpus;
	uint64_t calls, limit = cell->plan->limit_ns / 5;

	if (!cell->choice.barrier->by_shootdown)
		return 0;
	rcs_machine_read(&machine);
	if (!machine.broadcasts_tlb)
		return 0;
	if (rcs_cpus_available(&cpus, e) != 0)
		return -1;
	if (rcs_warm_up(cell->choice.barrier, cell->barrier_state, &cpus,
			limit < WARM_UP_NS ? limit : WARM_UP_NS, &calls, e) == 0) {
		rcs_cell_note(cell,
			      "this CPU can broadcast TLB shootdowns (INVLPGB): warmed "
			      "up on %d CPUs with %llu calls, so that the kernel may",
			      cpus.count, (unsigned long long)calls);
		cell->warmed_up = true;
		return 0;
	}
	if (e->kind != RCS_ERROR_UNSUPPORTED)
		return -1;
	(void)snprintf(r->proviso, sizeof(r->proviso),
		       "this CPU can broadcast TLB shootdowns without interrupts "
		       "(INVLPGB), which the kernel does for processes on more than "
		       "three CPUs: %.50s to see it",
		       e->text);
	e->kind = RCS_ERROR_NONE;
	return 0;
}

static struct rcs_runner *create_runner(struct rcs_cell *cell, struct rcs_error *e)
{
	const struct rcs_plan *plan = cell->plan;

	switch (plan->runner) {
	case RCS_RUNNER_PERPETUAL:
		return rcs_perpetual_create(cell->team, plan, cell->test->litmus,
					    cell->test->native, rcs_cell_tick, cell, e);
	case RCS_RUNNER_BATCHED:
		return rcs_batched_create(cell->team, plan, cell->test->litmus,
					  cell->test->native, rcs_cell_tick, cell, e);
	case RCS_RUNNER_RCU:
		return rcs_torture_create(cell->team, plan, rcs_cell_tick, cell, e);
	default:
		return rcs_sb_create(cell->team, plan, rcs_cell_tick, cell, e);
	}
}

static int find_test(struct rcs_cell *cell, struct rcs_error *e)
{
	const struct rcs_plan *plan = cell->plan;

	/* An RCU is found by its runner. */
	if (plan->rcu[0] != '\0')
		return 0;
	cell->test = plan->object[0] != '\0' ? rcs_test_open(plan->object, e)
					     : rcs_test_find(plan->test, e);
	if (cell->test == NULL)
		return -1;
	for (int n = 0; n < 2 && plan->histogram; n++) {
		if (rcs_histogram_start(&cell->states[n], cell->test->litmus, e) != 0)
			return -1;
	}
	return 0;
}

static int probe(struct rcs_cell *cell, struct rcs_error *e)
{
	const struct rcs_barrier *b = cell->choice.barrier;
	const struct rcs_rcu_flavour *rcu;

	if (rcs_barrier_probe(&cell->choice, e) != 0)
		return -1;
	if (b->plugin != NULL && rcs_barrier_plugin_left(b)[0] != '\0')
		rcs_cell_note(cell, "barrier '%s' does not clean up: %s", b->name,
			      rcs_barrier_plugin_left(b));
	rcu = cell->plan->rcu_plugin[0] != '\0' ? rcs_rcu_find(cell->plan->rcu, NULL)
						: NULL;
	if (rcu != NULL && rcs_rcu_plugin_left(rcu)[0] != '\0')
		rcs_cell_note(cell, "RCU '%s' does not clean up: %s", rcu->name,
			      rcs_rcu_plugin_left(rcu));
	return 0;
}

static int set_up(struct rcs_cell *cell, struct rcs_error *e)
{
	const struct rcs_plan *plan = cell->plan;

	(void)rcs_cycles_per_ns(); /* measured now, not in the midst of a round */
	if (plan->memory > SIZE_MAX / 2)
		return rcs_fail(e, RCS_ERROR_USAGE,
				"--memory: %" PRIu64
				" KiB are more than a process can have here",
				plan->memory / 1024);
	if (find_test(cell, e) != 0 ||
	    rcs_barrier_find(plan->barrier, &cell->choice, e) != 0 ||
	    rcs_cell_allocate(cell, e) != 0 || probe(cell, e) != 0)
		return -1;
	if (cell->choice.barrier->setup != NULL &&
	    cell->choice.barrier->setup(cell->choice.parameter, &cell->barrier_state,
					e) != 0)
		return -1;
	if (warm_up(cell, e) != 0)
		return -1;
	cell->team = rcs_team_start(plan->writers + plan->readers + plan->antagonists,
				    plan->placement[0].cpu, e);
	if (cell->team == NULL)
		return -1;
	cell->runner = create_runner(cell, e);
	if (cell->runner == NULL)
		return -1;
	rcs_mechanism_start(&cell->mechanism, plan->readers,
			    plan->placement[0].cpu + plan->writers,
			    &cell->result->mechanism);
	return rcs_cell_enter(cell, e);
}

/* Only after a job that came through: a lost thread may still use all of it. */
static void take_down(struct rcs_cell *cell)
{
	if (rcs_cell_leave(cell, NULL) != 0)
		return;
	rcs_team_end(cell->team);
	rcs_runner_destroy(cell->runner);
	if (cell->choice.barrier->teardown != NULL)
		cell->choice.barrier->teardown(cell->barrier_state);
	rcs_cell_release(cell);
	free(cell);
}

/* An error is a result as well: which verdict it is depends on its kind. */
static void give_error(struct rcs_cell *cell, const struct rcs_error *e)
{
	struct rcs_result *r = cell->result;
	const struct rcs_barrier *b = cell->choice.barrier;
	int odd = b != NULL && b->plugin != NULL ? rcs_barrier_plugin_odd(b) : 0;

	r->error = e->kind;
	/* Threads are lost, but to a violation, not to a fault. */
	if (cell->plan->runner == RCS_RUNNER_RCU && cell->runner != NULL &&
	    rcs_torture_stuck(cell->runner) && r->subject.hits > 0) {
		r->error = RCS_ERROR_NONE;
		r->verdict = RCS_BROKEN;
		rcs_explain(cell->plan, r);
		return;
	}
	r->verdict = e->kind == RCS_ERROR_UNSUPPORTED ? RCS_SKIPPED : RCS_FAULT;
	if (odd != 0)
		(void)snprintf(r->reason, sizeof(r->reason),
			       "%.300s: it returned %d, which is neither 0 nor a "
			       "negative errno value",
			       e->text, odd);
	else
		(void)snprintf(r->reason, sizeof(r->reason), "%.399s", e->text);
	if (cell->team != NULL)
		rcs_plugins_blame(cell->board, r->reason, sizeof(r->reason));
}

/* Of what was found wrong before there was anything to set up. */
static int give_early_error(struct rcs_board *board, const struct rcs_error *e)
{
	struct rcs_result *r = &board->result;

	r->error = e->kind;
	r->verdict = e->kind == RCS_ERROR_UNSUPPORTED ? RCS_SKIPPED : RCS_FAULT;
	(void)snprintf(r->reason, sizeof(r->reason), "%.399s", e->text);
	r->filled = true;
	return 0;
}

static bool watch(struct rcs_cell *cell)
{
	rcs_plugins_watch(cell->board);
	return false;
}

int rcs_cell_main(int descriptor)
{
	struct rcs_error e = {.kind = RCS_ERROR_NONE};
	struct rcs_board *board = rcs_board_open(descriptor, &e);
	struct rcs_cell *cell = calloc(1, sizeof(*cell));

	if (board == NULL || cell == NULL) {
		fprintf(stderr, "rcustress: %s\n",
			board == NULL ? e.text : "no memory for a cell");
		free(cell);
		return board == NULL ? RCS_EXIT_USAGE : RCS_EXIT_FAULT;
	}
	if (rcs_plugins_open(board, &e) != 0) {
		free(cell);
		return give_early_error(board, &e);
	}
	if (board->plan.job == RCS_JOB_RCU_BENCH) {
		free(cell);
		return rcs_bench_cell(board);
	}
	cell->board = board;
	cell->plan = &board->plan;
	cell->result = &board->result;
	cell->rounds = &board->rounds;
	cell->begun_ns = rcs_clock_ns();
	cell->deadline_ns = cell->begun_ns + cell->plan->limit_ns;
	cell->random = rcs_random_stream(cell->plan->seed, 1);
	cell->watch = watch;
	if (set_up(cell, &e) != 0 || rcs_cell_job(cell, &e) != 0) {
		give_error(cell, &e);
		cell->result->elapsed_ns = rcs_clock_ns() - cell->begun_ns;
		cell->result->filled = true;
		/* A thread may hang: leave without waiting for it. */
		_exit(0);
	}
	if (cell->warmed_up && cell->result->mechanism.per_exposed > 0.5)
		(void)snprintf(
			cell->result->proviso, sizeof(cell->result->proviso),
			"this CPU can broadcast TLB shootdowns without interrupts "
			"(INVLPGB); the kernel was given reason to, but went on "
			"interrupting");
	cell->result->elapsed_ns = rcs_clock_ns() - cell->begun_ns;
	cell->result->filled = true;
	ck_pr_store_32(&board->progress.phase, RCS_PHASE_END);
	take_down(cell);
	return 0;
}
