/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Judging a barrier: blocks of a subject round and a control round in random order,
 * now and then a reference round, until the evidence suffices, the subject is hit,
 * or time is up.
 */
#include "stress/cell_judge.h"

#include <string.h>

#include "host/clock.h"
#include "stress/course.h"
#include "stress/explain.h"
#include "stress/reach.h"
#include "verdict/sign.h"

#define OPENING_EXPOSED 256
#define REFERENCE_EVERY 8
#define REFERENCE_NS	UINT64_C(200000000)

/* Brings the result up to date and says what the verdict would be. */
static enum rcs_verdict decide(struct rcs_cell *cell)
{
	struct rcs_result *r = cell->result;
	struct rcs_evidence evidence = {
		.judged = true,
		.subject_hits = r->subject.hits,
		.reference_hits = r->reference.hits,
		.interrupted_throughout =
			r->mechanism.readable && r->mechanism.throughout,
		.p_target = cell->plan->p_target,
		.sensitivity_wanted = cell->plan->sensitivity,
	};
	struct rcs_decision d;

	for (int t = 0; t < RCS_TWINS; t++) {
		evidence.blocks[t] = cell->evidence[t];
		/*
		 * A frame takes several iterations that fail, so its hits do not go
		 * down in proportion to failures: nothing can be said.
		 */
		if (cell->plan->runner == RCS_RUNNER_PERPETUAL)
			continue;
		evidence.sensitivity[t] =
			rcs_sensitivity(&cell->power[t], cell->plan->p_target);
	}
	d = rcs_decide(&evidence);
	r->verdict = d.verdict;
	r->p_missed = d.p_missed;
	r->twin = d.twin;
	r->evidence = cell->evidence[d.twin];
	r->sensitivity = evidence.sensitivity[d.twin];
	ck_pr_store_32(&cell->board->progress.done, (uint32_t)r->evidence);
	return d.verdict;
}

static void add_control(struct rcs_arm_total *total, const struct rcs_tally *tally)
{
	total->rounds++;
	total->hit_rounds += tally->hits > 0;
	total->calls += tally->calls;
	total->exposed += tally->exposed;
	total->hits += tally->hits;
	total->time_ns += tally->time_ns;
}

static int control_round(struct rcs_cell *cell, struct rcs_tally *tally,
			 struct rcs_error *e)
{
	const struct rcs_site *here = rcs_cell_here(cell);
	struct rcs_round round = {
		.arm = rcs_cell_control(cell, cell->twin),
		.setting = here->setting,
		.exposed = here->round,
		.deadline_ns = cell->deadline_ns,
		.histogram = rcs_cell_states(cell, true),
	};

	rcs_mechanism_begin(&cell->mechanism);
	if (rcs_runner_round(cell->runner, &round, tally, e) != 0)
		return -1;
	rcs_mechanism_background(&cell->mechanism, tally->all_exposed);
	add_control(&cell->result->control[cell->twin], tally);
	rcs_cell_log(cell,
		     cell->twin == RCS_TWIN_ABSENT ? RCS_ROUND_ABSENT : RCS_ROUND_DELAY,
		     0, tally, tally->exposed, tally->hits);
	for (int p = 0; p < RCS_PAIRS; p++) {
		cell->result->control_by_pair[p].exposed += tally->by_pair[p].exposed;
		cell->result->control_by_pair[p].hits += tally->by_pair[p].hits;
	}
	return 0;
}

/*
 * A plug-in's RCU that rests on a barrier is in the reference as well, with its own
 * code, of which fences are around read_lock() and read_unlock() and not within. What
 * is hit there says nothing of the machine, unless the subject is never hit.
 */
static bool doubts_plugin(const struct rcs_cell *cell)
{
	return cell->plan->rcu_plugin[0] != '\0' && !cell->plan->own_barrier;
}

/* Full fences on both sides: must never be hit. Runs even when time is just up. */
static int reference_round(struct rcs_cell *cell, struct rcs_error *e)
{
	const struct rcs_site *here = rcs_cell_here(cell);
	struct rcs_round round = {
		.arm = rcs_cell_reference(cell, cell->twin),
		.setting = here->setting,
		.exposed = here->round > 0 ? here->round : OPENING_EXPOSED,
		.deadline_ns = rcs_clock_ns() + REFERENCE_NS,
	};
	struct rcs_tally tally;

	rcs_mechanism_begin(&cell->mechanism);
	if (rcs_runner_round(cell->runner, &round, &tally, e) != 0)
		return -1;
	rcs_mechanism_background(&cell->mechanism, tally.all_exposed);
	/* Any hit at all counts here, as it does for the subject. */
	tally.hits = tally.all_hits;
	if (tally.hits > 0 && doubts_plugin(cell)) {
		cell->doubtful += tally.hits;
		tally.hits = tally.hit_calls = 0;
	}
	add_control(&cell->result->reference, &tally);
	rcs_cell_log(cell, RCS_ROUND_REFERENCE, 0, &tally, tally.exposed, tally.hits);
	rcs_cell_here(cell)->reference += tally.all_exposed;
	return 0;
}

/* Counts a block that is complete. */
static void add_block(struct rcs_cell *cell, const struct rcs_tally *subject,
		      const struct rcs_tally *control)
{
	enum rcs_twin twin = cell->twin;
	bool counts = control->hits > 0 && subject->all_hits == 0;

	cell->result->blocks++;
	cell->spent_ns[twin] += subject->time_ns + control->time_ns;
	/* Such a round does not count for the absent twin, if it did not end all. */
	if (twin == RCS_TWIN_ABSENT && !cell->result->mechanism.throughout)
		return;
	cell->gained[twin] += counts;
	cell->evidence[twin] += counts;
	rcs_power_add(&cell->power[twin], control->hit_calls, control->exposed_calls,
		      subject->exposed_calls);
}

/* One block, here. *complete is false when it was cut short. */
static int block(struct rcs_cell *cell, bool *complete, bool *control_hit,
		 struct rcs_error *e)
{
	bool subject_first = rcs_random_next(&cell->random) >> 63;
	uint64_t exposed = rcs_cell_here(cell)->round;
	struct rcs_tally subject = {0}, control = {0};
	bool changed = false;

	/* The twin is to take as long as a call takes by now. */
	if (rcs_cell_refresh(cell, cell->twin, &changed, e) != 0)
		return -1;
	cell->block = ++cell->blocks;
	for (int turn = 0; turn < 2 && !changed; turn++) {
		int failed;

		if ((turn == 0) == subject_first)
			failed =
				rcs_cell_subject_round(cell, exposed, cell->deadline_ns,
						       &subject, &changed, e);
		else
			failed = control_round(cell, &control, e);
		if (failed != 0)
			return -1;
	}
	cell->block = 0;
	*complete = changed || (subject.complete && control.complete);
	*control_hit = changed || control.hits > 0;
	if (*complete && !changed)
		add_block(cell, &subject, &control);
	return 0;
}

/* Blocks, in one placement after the other. */
static int run_blocks(struct rcs_cell *cell, struct rcs_error *e)
{
	bool complete = true, control_hit = true;
	int next = -1;

	while (complete && !rcs_cell_out_of_time(cell)) {
		next = rcs_course_next(cell, cell->here);
		/* At first, and when the mechanism changed and took durations along. */
		if (next < 0 || rcs_course_lost(cell, control_hit)) {
			if (rcs_course_set(cell, e) != 0)
				return -1;
			control_hit = true;
			next = rcs_course_next(cell, cell->here);
			if (next < 0)
				continue;
		}
		if (rcs_cell_move(cell, next, e) != 0)
			return -1;
		if (rcs_cell_out_of_time(cell))
			break;
		/* Now and then, wherever the threads sit: does the reference hold? */
		if (rcs_cell_here(cell)->blocks++ % REFERENCE_EVERY ==
			    REFERENCE_EVERY / 2 &&
		    reference_round(cell, e) != 0)
			return -1;
		if (block(cell, &complete, &control_hit, e) != 0)
			return -1;
		if (decide(cell) != RCS_INCONCLUSIVE && !cell->plan->full)
			break;
		rcs_course_adapt(cell, control_hit);
	}
	return 0;
}

static int run_without_control(struct rcs_cell *cell, struct rcs_error *e)
{
	struct rcs_tally tally;
	bool changed;

	while (!rcs_cell_out_of_time(cell) &&
	       (cell->result->subject.hits == 0 || cell->plan->full)) {
		if (rcs_cell_move(cell, (cell->here + 1) % cell->plan->placements, e) !=
			    0 ||
		    rcs_cell_subject_round(cell, 10 * OPENING_EXPOSED,
					   cell->deadline_ns, &tally, &changed, e) != 0)
			return -1;
	}
	return 0;
}

/* Everything up to the verdict, apart from the last look at the reference. */
static int gather(struct rcs_cell *cell, struct rcs_error *e)
{
	struct rcs_tally tally;
	bool changed;
	uint64_t fifth = cell->plan->limit_ns / 5;

	if (rcs_cell_alone(cell, e) != 0)
		return -1;
	/* Until calls are exposed at all: cold memory may take a while to be had. */
	do {
		if (rcs_cell_subject_round(cell, OPENING_EXPOSED,
					   rcs_clock_ns() + fifth, &tally, &changed,
					   e) != 0)
			return -1;
	} while (cell->result->subject.exposed == 0 && !rcs_cell_out_of_time(cell));
	if (decide(cell) != RCS_INCONCLUSIVE && !cell->plan->full)
		return 0;
	if (cell->plan->no_control)
		return run_without_control(cell, e);
	if (cell->result->subject.exposed == 0)
		return 0;
	return run_blocks(cell, e);
}

/* What a verdict must have beside it, however soon it was reached. */
static int complete(struct rcs_cell *cell, struct rcs_error *e)
{
	struct rcs_result *r = cell->result;

	if (cell->plan->has_heavy &&
	    rcs_samples_count(&rcs_cell_here(cell)->exposed) == 0 &&
	    rcs_cell_exposed(cell, OPENING_EXPOSED, rcs_clock_ns() + REFERENCE_NS, e) !=
		    0)
		return -1;
	/* No verdict without a reference beside it, in each placement that it rests on.
	 */
	for (int p = 0; p < cell->plan->placements; p++) {
		bool rests_on = cell->site[p].blocks > 0 || p == cell->here;

		if (!rests_on || r->subject.exposed == 0 ||
		    cell->site[p].reference > 0 || r->cpu_lost)
			continue;
		if (rcs_cell_move(cell, p, e) != 0 || reference_round(cell, e) != 0)
			return -1;
	}
	/* A barrier that no twin could be hit with: how much too slow is it? */
	if (decide(cell) == RCS_INCONCLUSIVE && r->subject.exposed > 0 &&
	    cell->plan->has_heavy && !cell->plan->no_control &&
	    r->control[RCS_TWIN_DELAY].hits == 0 && rcs_reach_scan(cell, e) != 0)
		return -1;
	return 0;
}

/* In the end: see doubts_plugin(). */
static void settle_doubts(struct rcs_cell *cell)
{
	struct rcs_tally tally = {.exposed = cell->doubtful, .hits = cell->doubtful};

	if (cell->doubtful == 0)
		return;
	if (cell->result->subject.hits > 0) {
		rcs_cell_note(cell,
			      "with full fences for the barrier it was hit as well, "
			      "%llu times: it is the RCU that is wrong, if fences "
			      "around its sections are all that it needs",
			      (unsigned long long)cell->doubtful);
		return;
	}
	add_control(&cell->result->reference, &tally);
	rcs_cell_log(cell, RCS_ROUND_REFERENCE, 0, &tally, tally.exposed, tally.hits);
}

int rcs_cell_judge(struct rcs_cell *cell, struct rcs_error *e)
{
	struct rcs_result *r = cell->result;

	cell->twin = RCS_TWIN_DELAY;
	r->needed = rcs_sign_blocks(cell->plan->p_target);
	r->p_missed = 1.0;
	ck_pr_store_32(&cell->board->progress.needed, (uint32_t)r->needed);
	if (cell->plan->cpus_used >= 2 &&
	    (gather(cell, e) != 0 || complete(cell, e) != 0))
		return -1;
	settle_doubts(cell);
	/* A reference without a single exposed call is none. */
	if (decide(cell) == RCS_HOLDS && r->reference.exposed == 0)
		r->verdict = RCS_INCONCLUSIVE;
	r->interrupted = ck_pr_load_32(&cell->board->stop) != 0;
	rcs_explain(cell->plan, r);
	return 0;
}
