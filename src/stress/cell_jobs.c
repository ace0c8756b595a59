/* SPDX-License-Identifier: BSD-2-Clause */
/* The jobs of a cell, but for judging: see cell_jobs.h. */
#include "stress/cell_jobs.h"

#include <string.h>

#include "host/clock.h"
#include "stress/calibrate.h"
#include "stress/cell_judge.h"
#include "stress/cell_kill.h"
#include "stress/cell_states.h"
#include "stress/torture/torture.h"

#define LATENCY_EXPOSED 4000
/*
 * The horizon is the longest delay with which half of 20 such rounds are hit. Where
 * calls take long, a round is a twentieth of the time instead.
 */
#define RATE_ROUNDS  20
#define RATE_EXPOSED 2000

/* Of an unjudged test, between changes of seats. */
#define COUNT_TURN_NS UINT64_C(100000000)
#define PICK_NS	      UINT64_C(500000000)

static uint64_t least(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

static void fill_setting(struct rcs_cell *cell)
{
	const struct rcs_setting *setting = &rcs_cell_here(cell)->setting;

	(void)strncpy(cell->result->amplifier, rcs_amplifiers[setting->amplifier]->name,
		      sizeof(cell->result->amplifier) - 1);
	cell->result->depth = setting->depth;
	cell->result->layout = setting->layout;
}

static int measure_latency(struct rcs_cell *cell, struct rcs_error *e)
{
	if (rcs_cell_alone(cell, e) != 0)
		return -1;
	return rcs_cell_exposed(cell, LATENCY_EXPOSED, cell->deadline_ns, e);
}

/* The amplifier that hits the subject itself most often. */
static int pick_amplifier(struct rcs_cell *cell, uint64_t budget_ns,
			  struct rcs_error *e)
{
	struct rcs_arm subject = rcs_cell_subject(cell);
	struct rcs_calibration best;

	if (rcs_calibrate(cell, &subject, budget_ns, &best, e) != 0)
		return -1;
	rcs_cell_here(cell)->setting = best.setting;
	/*
	 * A target that no amplifier showed in that time is a rare one: without any,
	 * ten times as many instances are run.
	 */
	if (cell->plan->job == RCS_JOB_VERDICT && best.hits_per_exposed <= 0.0) {
		rcs_cell_here(cell)->setting.amplifier = RCS_AMPLIFIER_none;
		rcs_cell_here(cell)->setting.depth = 1;
	}
	return 0;
}

static int measure_rate(struct rcs_cell *cell, struct rcs_error *e)
{
	struct rcs_result *r = cell->result;
	struct rcs_tally tally;
	bool changed;

	/* The first round readies what the amplifier needs: not on the clock. */
	cell->deadline_ns += cell->plan->limit_ns;
	if (rcs_cell_subject_round(cell, 1, cell->deadline_ns, &tally, &changed, e) !=
		    0 ||
	    (strcmp(cell->plan->amplifier, "auto") == 0 &&
	     pick_amplifier(cell, cell->plan->limit_ns / 3, e) != 0))
		return -1;
	memset(&r->subject, 0, sizeof(r->subject));
	for (int n = 0; n < 2 * RATE_ROUNDS && r->subject.rounds < RATE_ROUNDS; n++) {
		uint64_t until = rcs_clock_ns() + cell->plan->limit_ns / RATE_ROUNDS;

		if (ck_pr_load_32(&cell->board->stop) != 0)
			break;
		if (rcs_cell_subject_round(cell, RATE_EXPOSED, until, &tally, &changed,
					   e) != 0)
			return -1;
		/* The reader had no CPU all the while: that was no round. */
		if (tally.all_exposed == 0)
			r->subject.rounds--;
	}
	return 0;
}

/* Counts the target of a test that is not judged, in each placement in turn. */
static int count_target(struct rcs_cell *cell, struct rcs_error *e)
{
	struct rcs_result *r = cell->result;
	struct rcs_tally tally;
	bool changed;

	/* The one amplifier of a runner that has none needs no choosing. */
	if (cell->plan->runner != RCS_RUNNER_PERPETUAL &&
	    strcmp(cell->plan->amplifier, "auto") == 0 &&
	    pick_amplifier(cell, least(cell->plan->limit_ns / 3, PICK_NS), e) != 0)
		return -1;
	for (int p = 0; p < cell->plan->placements; p++)
		cell->site[p].setting = rcs_cell_here(cell)->setting;
	ck_pr_store_32(&cell->board->progress.phase, RCS_PHASE_BLOCKS);
	while (!rcs_cell_out_of_time(cell)) {
		uint64_t turn = rcs_clock_ns() + COUNT_TURN_NS;

		if (turn > cell->deadline_ns)
			turn = cell->deadline_ns;
		if (rcs_cell_move(cell, (cell->here + 1) % cell->plan->placements, e) !=
			    0 ||
		    rcs_cell_subject_round(cell, UINT64_MAX, turn, &tally, &changed,
					   e) != 0)
			return -1;
	}
	r->verdict = RCS_ALLOWED;
	return 0;
}

int rcs_cell_job(struct rcs_cell *cell, struct rcs_error *e)
{
	int failed;

	for (int p = 0; p < cell->plan->placements; p++)
		cell->site[p].setting = rcs_calibrate_first(cell);
	switch (cell->plan->job) {
	case RCS_JOB_LATENCY:
		failed = measure_latency(cell, e);
		break;
	case RCS_JOB_RATE:
		failed = measure_rate(cell, e);
		break;
	case RCS_JOB_KILL:
		failed = rcs_cell_kill(cell, e);
		break;
	default:
		failed = cell->plan->judged ? rcs_cell_judge(cell, e)
					    : count_target(cell, e);
		break;
	}
	if (cell->plan->histogram)
		rcs_cell_report_states(cell);
	if (cell->plan->runner == RCS_RUNNER_RCU)
		rcs_torture_report(cell->runner, &cell->result->torture);
	fill_setting(cell);
	cell->result->interrupted = ck_pr_load_32(&cell->board->stop) != 0;
	return failed;
}
