/* SPDX-License-Identifier: BSD-2-Clause */
/* The cell of a check: planned, run in this process, and cleared away. See check.h. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check/check.h"
#include "check/sides.h"
#include "host/clock.h"
#include "host/memory.h"
#include "stress/calibrate.h"
#include "stress/cell_judge.h"
#include "stress/cell_threads.h"
#include "stress/placement.h"
#include "stress/sb.h"

static int antagonists(const struct rcs_check *check, unsigned threads)
{
	int spare = check->cpus.count - (int)threads;

	return spare < 0		     ? 0
	       : spare < RCS_ANTAGONISTS_MAX ? spare
					     : RCS_ANTAGONISTS_MAX;
}

int rcs_check_plan(struct rcs_check *check, struct rcs_error *e)
{
	struct rcs_plan *plan = &check->shared->board.plan;
	unsigned threads = check->what.threads;

	if (rcs_cpus_available(&check->cpus, e) != 0)
		return -1;
	if (threads == 0)
		threads = check->cpus.count < 2 ? 2 : (unsigned)check->cpus.count;
	if (threads > RCS_THREADS_MAX)
		threads = RCS_THREADS_MAX;
	plan->job = RCS_JOB_VERDICT;
	plan->runner = RCS_RUNNER_SB;
	plan->judged = plan->has_heavy = true;
	(void)snprintf(plan->test, sizeof(plan->test), "SB+barrier+memb");
	(void)snprintf(plan->amplifier, sizeof(plan->amplifier), "auto");
	plan->groups = 1;
	plan->writers = 1;
	plan->readers = (int)threads - 1;
	plan->antagonists = antagonists(check, threads);
	plan->limit_ns = (uint64_t)check->what.time_ms * 1000000;
	plan->p_target = check->what.p_missed;
	plan->sensitivity = check->what.sensitivity;
	plan->seed = check->what.seed;
	plan->memory = rcs_memory_default();
	if (plan->memory < rcs_sb_least_memory(plan->writers, plan->readers))
		plan->memory = rcs_sb_least_memory(plan->writers, plan->readers);
	if (plan->memory > SIZE_MAX / 4)
		plan->memory = SIZE_MAX / 4;
	rcs_topology_read(&check->cpus, check->seats);
	return rcs_placement_fill(plan, check->seats, check->cpus.count,
				  RCS_AFFINITY_AUTO, e);
}

/* What this machine keeps a verdict from saying. */
static void fill_proviso(struct rcs_check *check)
{
	struct rcs_result *r = check->cell.result;
	const struct rcs_machine *m = &check->machine;

	rcs_machine_read(&check->machine);
	if (m->emulated)
		(void)snprintf(
			r->proviso, sizeof(r->proviso),
			"under emulation by %s: a verdict speaks of the emulator "
			"and its host",
			m->emulator[0] != '\0' ? m->emulator : "an unknown emulator");
	else if (m->broadcasts_tlb)
		(void)snprintf(
			r->proviso, sizeof(r->proviso),
			"this CPU can broadcast TLB shootdowns without interrupts "
			"(INVLPGB), which a check does not provoke: of mprotect(2) "
			"and the like, ask rcustress(1)");
}

static int set_up(struct rcs_check *check, struct rcs_error *e)
{
	struct rcs_cell *cell = &check->cell;
	const struct rcs_plan *plan = cell->plan;
	size_t callers = (size_t)(plan->writers + plan->readers);

	(void)rcs_cycles_per_ns(); /* measured now, not in the midst of a round */
	fill_proviso(check);
	if (posix_memalign((void **)&check->thread, 128,
			   callers * sizeof(*check->thread)) != 0) {
		check->thread = NULL;
		return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for %zu threads",
				callers);
	}
	memset(check->thread, 0, callers * sizeof(*check->thread));
	if (rcs_cell_allocate(cell, e) != 0)
		return -1;
	cell->team = rcs_team_start(plan->writers + plan->readers + plan->antagonists,
				    plan->placement[0].cpu, e);
	if (cell->team == NULL)
		return -1;
	cell->runner = rcs_sb_create(cell->team, plan, rcs_cell_tick, cell, e);
	if (cell->runner == NULL)
		return -1;
	rcs_mechanism_start(&cell->mechanism, plan->readers,
			    plan->placement[0].cpu + plan->writers,
			    &cell->result->mechanism);
	check->entered = true;
	if (rcs_cell_enter(cell, e) != 0)
		return -1;
	return rcs_check_time_light(check, e);
}

static int judge(struct rcs_check *check, struct rcs_error *e)
{
	struct rcs_cell *cell = &check->cell;

	for (int p = 0; p < cell->plan->placements; p++)
		cell->site[p].setting = rcs_calibrate_first(cell);
	return rcs_cell_judge(cell, e);
}

/* false: a thread is still in one of the caller's functions, or was not scheduled. */
static bool take_down(struct rcs_check *check)
{
	struct rcs_cell *cell = &check->cell;

	if (cell->team != NULL && !rcs_team_is_through(cell->team))
		return false;
	/* Once only, though one of them may not come back from it. */
	if (check->entered) {
		check->entered = false;
		if (rcs_cell_leave(cell, NULL) != 0)
			return false;
	}
	rcs_team_end(cell->team);
	rcs_runner_destroy(cell->runner);
	rcs_cell_release(cell);
	free(check->thread);
	return true;
}

static void give_error(struct rcs_check *check, const struct rcs_error *e)
{
	struct rcs_result *r = check->cell.result;

	r->verdict = check->shared->unsupported ? RCS_SKIPPED : RCS_FAULT;
	if (check->hung)
		r->verdict = RCS_FAULT;
	else
		(void)snprintf(r->reason, sizeof(r->reason), "%.399s", e->text);
}

/*
 * By the time that a slow light side is over, a store may have left its buffer of
 * itself. The control's light waits as long, but it is other code, and was seen to be
 * hit far more often than a subject that did nothing: what is exchangeable is not known
 * then.
 */
static void take_back(struct rcs_check *check)
{
	struct rcs_result *r = check->cell.result;

	r->verdict = RCS_INCONCLUSIVE;
	r->p_missed = 1.0;
	r->sensitivity = 0.0;
	(void)snprintf(r->reason, sizeof(r->reason),
		       "light takes %" PRIu64
		       " ns, in which a store may become visible "
		       "without any barrier: that it was not hit says nothing; a light "
		       "side of %d ns or less can be judged",
		       check->slow_light_ns, RCS_CHECK_LIGHT_MOST_NS);
}

bool rcs_check_run(struct rcs_check *check)
{
	struct rcs_error e = {.kind = RCS_ERROR_NONE};
	struct rcs_board *board = &check->shared->board;
	struct rcs_cell *cell = &check->cell;
	bool through;

	cell->board = board;
	cell->plan = &board->plan;
	cell->result = &board->result;
	cell->rounds = &board->rounds;
	cell->begun_ns = check->looked_ns = rcs_clock_ns();
	cell->deadline_ns = cell->begun_ns + cell->plan->limit_ns;
	cell->random = rcs_random_stream(cell->plan->seed, 1);
	rcs_check_sides(check);
	if (set_up(check, &e) != 0 || judge(check, &e) != 0)
		give_error(check, &e);
	else if (check->slow_light_ns > 0 && cell->result->verdict == RCS_HOLDS)
		take_back(check);
	through = take_down(check);
	/* A leave that hangs puts a verdict in doubt that was reached before. */
	if (check->hung)
		cell->result->verdict = RCS_FAULT;
	cell->result->elapsed_ns = rcs_clock_ns() - cell->begun_ns;
	cell->result->filled = true;
	return through;
}

bool rcs_check_recover(struct rcs_check *check)
{
	/* The next watch begins anew. */
	for (unsigned t = 0; t < check->threads; t++)
		check->thread[t].still_ns = 0;
	check->hung = false;
	check->still_ns = 0;
	ck_pr_store_32(&check->shared->board.stop, 0);
	return take_down(check);
}
