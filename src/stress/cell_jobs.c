/* SPDX-License-Identifier: BSD-2-Clause */
/* The shorter jobs of a cell, and what they share with judging: see cell_jobs.h. */
#include "stress/cell_jobs.h"

#include <string.h>

#include "host/clock.h"
#include "stress/calibrate.h"
#include "stress/sb_bare.h"
#include "stress/tests.h"

#define ALONE_CALLS	400
#define ALONE_LIMIT_NS	UINT64_C(50000000)
#define LATENCY_EXPOSED 4000
/* The horizon is the longest delay with which half of 20 such rounds are hit. */
#define RATE_ROUNDS  20
#define RATE_EXPOSED 2000

static void start_anew(struct rcs_cell *cell, enum rcs_twin twin)
{
	cell->evidence[twin] = 0;
	cell->subject_exposed[twin] = 0;
	memset(&cell->rates[twin], 0, sizeof(cell->rates[twin]));
}

static void keep_witness(struct rcs_cell *cell, const struct rcs_tally *tally)
{
	struct rcs_witness *w = &cell->result->witness;

	if (tally->all_hits == 0 || w->present)
		return;
	*w = tally->witness;
	w->round = cell->result->subject.rounds;
	w->after_ns = tally->first_hit_ns > cell->first_round_ns
			      ? tally->first_hit_ns - cell->first_round_ns
			      : 0;
}

int rcs_cell_subject_round(struct rcs_cell *cell, uint64_t exposed, uint64_t until_ns,
			   struct rcs_tally *tally, bool *changed, struct rcs_error *e)
{
	struct rcs_result *r = cell->result;
	struct rcs_round round = {
		.arm = rcs_cell_subject(cell),
		.setting = cell->setting,
		.exposed = exposed,
		.deadline_ns = until_ns,
		.samples = cell->setting.amplifier == RCS_AMPLIFIER_none
				   ? &cell->exposed
				   : &cell->amplified,
	};
	double was = 0.0, is = 0.0;
	enum rcs_mechanism_news news;

	rcs_mechanism_begin(&cell->mechanism);
	if (cell->first_round_ns == 0)
		cell->first_round_ns = rcs_clock_ns();
	if (rcs_sb_round(cell->sb, &round, tally, e) != 0)
		return -1;
	r->subject.rounds++;
	r->subject.hit_rounds += tally->all_hits > 0;
	r->subject.calls += tally->calls;
	r->subject.exposed += tally->all_exposed;
	r->subject.hits += tally->all_hits;
	r->subject.time_ns += tally->time_ns;
	keep_witness(cell, tally);
	r->exposed = rcs_samples_summary(&cell->exposed);
	r->amplified = rcs_samples_summary(&cell->amplified);
	news = rcs_mechanism_subject(&cell->mechanism,
				     rcs_sb_exposed_by_reader(cell->sb), &was, &is);
	*changed = news == RCS_MECHANISM_CHANGED;
	/*
	 * The absent twin's evidence begins where interrupts are seen each time, and
	 * ends where they are not. A hit of the subject is never forgotten, so to
	 * begin anew can only lose evidence.
	 */
	r->mechanism.throughout = cell->mechanism.readable &&
				  is >= RCS_INTERRUPTED_EACH &&
				  news != RCS_MECHANISM_LACKING;
	if (!r->mechanism.throughout)
		start_anew(cell, RCS_TWIN_ABSENT);
	if (*changed) {
		start_anew(cell, RCS_TWIN_ABSENT);
		start_anew(cell, RCS_TWIN_DELAY);
		rcs_cell_note(
			cell,
			"interrupts per exposed call changed from %.2f to %.2f in "
			"round %llu: evidence begun anew",
			was, is, (unsigned long long)r->subject.rounds);
	}
	return 0;
}

int rcs_cell_alone(struct rcs_cell *cell, struct rcs_error *e)
{
	struct rcs_arm arm = rcs_cell_subject(cell);

	if (rcs_sb_alone(cell->sb, &arm, ALONE_CALLS, ALONE_LIMIT_NS, &cell->alone,
			 e) != 0)
		return -1;
	cell->result->alone = rcs_samples_summary(&cell->alone);
	return 0;
}

int rcs_cell_exposed(struct rcs_cell *cell, uint64_t exposed, uint64_t until_ns,
		     struct rcs_error *e)
{
	struct rcs_setting kept = cell->setting;
	struct rcs_tally tally;
	bool changed;
	int failed;

	cell->setting.amplifier = RCS_AMPLIFIER_none;
	failed = rcs_cell_subject_round(cell, exposed, until_ns, &tally, &changed, e);
	cell->setting = kept;
	return failed;
}

static void fill_setting(struct rcs_cell *cell)
{
	(void)strncpy(cell->result->amplifier,
		      rcs_amplifiers[cell->setting.amplifier]->name,
		      sizeof(cell->result->amplifier) - 1);
	cell->result->depth = cell->setting.depth;
	cell->result->layout = cell->setting.layout;
}

static int measure_latency(struct rcs_cell *cell, struct rcs_error *e)
{
	if (rcs_cell_alone(cell, e) != 0)
		return -1;
	return rcs_cell_exposed(cell, LATENCY_EXPOSED, cell->deadline_ns, e);
}

static int measure_rate(struct rcs_cell *cell, struct rcs_error *e)
{
	struct rcs_tally tally;
	bool changed;

	/* The first round readies what the amplifier needs: not on the clock. */
	if (rcs_cell_subject_round(cell, 1, cell->deadline_ns + cell->plan->limit_ns,
				   &tally, &changed, e) != 0)
		return -1;
	memset(&cell->result->subject, 0, sizeof(cell->result->subject));
	cell->deadline_ns = rcs_clock_ns() + cell->plan->limit_ns;
	for (int n = 0; n < RATE_ROUNDS && !rcs_cell_out_of_time(cell); n++) {
		if (rcs_cell_subject_round(cell, RATE_EXPOSED, cell->deadline_ns,
					   &tally, &changed, e) != 0)
			return -1;
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
	cell->setting = rcs_calibrate_first(cell->plan);
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
