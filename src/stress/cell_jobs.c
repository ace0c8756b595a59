/* SPDX-License-Identifier: BSD-2-Clause */
/* The jobs of a cell, but for judging: see cell_jobs.h. */
#include "stress/cell_jobs.h"

#include <string.h>

#include "host/clock.h"
#include "stress/calibrate.h"
#include "stress/cell_judge.h"
#include "stress/sb_bare.h"
#include "stress/tests.h"

#define LATENCY_EXPOSED 4000
/*
 * The horizon is the longest delay with which half of 20 such rounds are hit. Where
 * calls take long, a round is a twentieth of the time instead.
 */
#define RATE_ROUNDS  20
#define RATE_EXPOSED 2000

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
static int pick_amplifier(struct rcs_cell *cell, struct rcs_error *e)
{
	struct rcs_arm subject = rcs_cell_subject(cell);
	struct rcs_calibration best;

	if (rcs_calibrate(cell, &subject, cell->plan->limit_ns / 3, &best, e) != 0)
		return -1;
	rcs_cell_here(cell)->setting = best.setting;
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
	     pick_amplifier(cell, e) != 0))
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

static int count_bare(struct rcs_cell *cell, struct rcs_error *e)
{
	struct rcs_result *r = cell->result;

	(void)strncpy(r->amplifier, "none", sizeof(r->amplifier) - 1);
	if (rcs_sb_bare(cell->team, cell->plan->writers, cell->plan->memory,
			cell->deadline_ns, rcs_cell_tick, cell, &r->subject, e) != 0)
		return -1;
	r->verdict = RCS_ALLOWED;
	return 0;
}

int rcs_cell_job(struct rcs_cell *cell, struct rcs_error *e)
{
	int failed;

	if (!rcs_test_find(cell->plan->test)->takes_barrier) {
		ck_pr_store_32(&cell->board->progress.phase, RCS_PHASE_BLOCKS);
		failed = count_bare(cell, e);
		cell->result->interrupted = ck_pr_load_32(&cell->board->stop) != 0;
		return failed;
	}
	for (int p = 0; p < cell->plan->placements; p++)
		cell->site[p].setting = rcs_calibrate_first(cell);
	switch (cell->plan->job) {
	case RCS_JOB_LATENCY:
		failed = measure_latency(cell, e);
		break;
	case RCS_JOB_RATE:
		failed = measure_rate(cell, e);
		break;
	default:
		failed = rcs_cell_judge(cell, e);
		break;
	}
	fill_setting(cell);
	cell->result->interrupted = ck_pr_load_32(&cell->board->stop) != 0;
	return failed;
}
