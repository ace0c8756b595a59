/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Judging a barrier: blocks of a subject round and a control round in random order,
 * now and then a reference round, until the evidence suffices, the subject is hit,
 * or time is up.
 */
#include "stress/cell_judge.h"

#include <math.h>
#include <string.h>

#include "host/clock.h"
#include "stress/calibrate.h"
#include "stress/explain.h"
#include "verdict/sign.h"

#define OPENING_EXPOSED	  256
#define LATENCY_EXPOSED	  1024
#define CALIBRATE_NS	  UINT64_C(300000000) /* for each twin, at most */
#define ROUND_NS	  20e6		      /* a round is not to be shorter */
#define REFERENCE_EVERY	  8
#define REFERENCE_NS	  UINT64_C(200000000)
#define CONTROL_HITS_GOAL 8.0 /* in a round: bursty as they are, some will come */
#define EXPOSED_MIN	  64
#define DURATIONS_MIN	  64 /* that a twin may be made of */

/* What a run of blocks is like with one twin. */
struct course {
	enum rcs_twin twin;
	struct rcs_calibration calibration;
	uint64_t exposed;   /* of a round */
	double expected_ns; /* for the blocks that are still missing */
	uint64_t chosen_ns; /* when, on rcs_clock_ns() */
};

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

static int control_round(struct rcs_cell *cell, const struct course *course,
			 struct rcs_tally *tally, struct rcs_error *e)
{
	struct rcs_round round = {
		.arm = rcs_cell_control(cell, course->twin),
		.setting = cell->setting,
		.exposed = course->exposed,
		.deadline_ns = cell->deadline_ns,
	};

	rcs_mechanism_begin(&cell->mechanism);
	if (rcs_sb_round(cell->sb, &round, tally, e) != 0)
		return -1;
	rcs_mechanism_background(&cell->mechanism);
	add_control(&cell->result->control[course->twin], tally);
	return 0;
}

/* Full fences on both sides: must never be hit. Runs even when time is just up. */
static int reference_round(struct rcs_cell *cell, enum rcs_twin twin, uint64_t exposed,
			   struct rcs_error *e)
{
	struct rcs_round round = {
		.arm = rcs_cell_reference(cell, twin),
		.setting = cell->setting,
		.exposed = exposed,
		.deadline_ns = rcs_clock_ns() + REFERENCE_NS,
	};
	struct rcs_tally tally;

	rcs_mechanism_begin(&cell->mechanism);
	if (rcs_sb_round(cell->sb, &round, &tally, e) != 0)
		return -1;
	rcs_mechanism_background(&cell->mechanism);
	/* Any hit at all counts here, as it does for the subject. */
	tally.hits = tally.all_hits;
	add_control(&cell->result->reference, &tally);
	return 0;
}

/* Rounds just long enough for the control to be hit, as far as time allows. */
static void plan_course(const struct rcs_cell *cell, struct course *course)
{
	const struct rcs_calibration *c = &course->calibration;
	double twin_ns = c->exposed_per_ns > 0 ? 1.0 / c->exposed_per_ns : 1e6;
	/* Of an exposed call; the subject's own rounds tell its share off the CPU. */
	double subject_ns = cell->result->subject.exposed > 0
				    ? (double)cell->result->subject.time_ns /
					      (double)cell->result->subject.exposed
				    : twin_ns;
	double block_ns = twin_ns + subject_ns;
	double needed = (double)cell->result->needed;
	double missing = fmax(1.0, needed - (double)cell->evidence[course->twin]);
	double most = (double)cell->plan->limit_ns / (2.5 * needed * block_ns);
	double wanted = c->hits_per_exposed > 0
				? CONTROL_HITS_GOAL / c->hits_per_exposed
				: INFINITY;
	double exposed = fmax(fmax(wanted, 2.0 * ROUND_NS / block_ns), EXPOSED_MIN);

	course->exposed = (uint64_t)fmax(fmin(exposed, most), EXPOSED_MIN);
	/* Blocks in which the control is hit, if its hits came one by one. */
	course->expected_ns =
		missing * (double)course->exposed * block_ns /
		(1.0 - exp(-c->hits_per_exposed * (double)course->exposed) + 1e-9);
}

static int try_twin(struct rcs_cell *cell, enum rcs_twin twin, struct course *course,
		    struct rcs_error *e)
{
	uint64_t budget = cell->plan->limit_ns / 20;

	course->twin = twin;
	if (rcs_calibrate(cell, twin, budget < CALIBRATE_NS ? budget : CALIBRATE_NS,
			  &course->calibration, e) != 0)
		return -1;
	plan_course(cell, course);
	return 0;
}

/*
 * The delay twin backs a HOLDS without any help, so it is taken where it can be hit
 * often enough; else the absent twin, where interrupts show that it may stand in.
 */
static int choose_course(struct rcs_cell *cell, struct course *course,
			 struct rcs_error *e)
{
	const struct rcs_mechanism *m = &cell->result->mechanism;
	uint64_t now = rcs_clock_ns();
	double left = now < cell->deadline_ns ? (double)(cell->deadline_ns - now) : 0.0;
	struct course absent;

	ck_pr_store_32(&cell->board->progress.phase, RCS_PHASE_CALIBRATE);
	if (try_twin(cell, RCS_TWIN_DELAY, course, e) != 0)
		return -1;
	if (course->expected_ns > 0.4 * left && m->readable && m->throughout &&
	    rcs_samples_count(&cell->alone) >= DURATIONS_MIN) {
		if (try_twin(cell, RCS_TWIN_ABSENT, &absent, e) != 0)
			return -1;
		if (absent.expected_ns < course->expected_ns)
			*course = absent;
	}
	cell->setting = course->calibration.setting;
	memset(&cell->amplified, 0, sizeof(cell->amplified));
	course->chosen_ns = rcs_clock_ns();
	ck_pr_store_32(&cell->board->progress.phase, RCS_PHASE_BLOCKS);
	return 0;
}

/*
 * Measures durations and chooses. A twin of which too little is known would wait for
 * too short a time, and be hit for nothing: then there is no course (exposed is 0).
 */
static int set_course(struct rcs_cell *cell, struct course *course, struct rcs_error *e)
{
	uint64_t until = rcs_clock_ns() + cell->plan->limit_ns / 5;

	course->exposed = 0;
	if (rcs_cell_alone(cell, e) != 0 ||
	    rcs_cell_exposed(cell, LATENCY_EXPOSED, until, e) != 0)
		return -1;
	if (rcs_samples_count(&cell->exposed) < DURATIONS_MIN)
		return 0;
	return choose_course(cell, course, e);
}

/* One block. *complete is false when time ran out in its midst. */
static int block(struct rcs_cell *cell, const struct course *course, bool *complete,
		 bool *control_hit, struct rcs_error *e)
{
	bool subject_first = rcs_random_next(&cell->random) >> 63;
	struct rcs_tally subject = {0}, control = {0};
	bool changed = false;

	for (int turn = 0; turn < 2; turn++) {
		int failed;

		if ((turn == 0) == subject_first)
			failed = rcs_cell_subject_round(cell, course->exposed,
							cell->deadline_ns, &subject,
							&changed, e);
		else
			failed = control_round(cell, course, &control, e);
		if (failed != 0)
			return -1;
	}
	*complete = subject.complete && control.complete;
	*control_hit = control.hits > 0;
	if (!*complete || changed)
		return 0;
	cell->result->blocks++;
	/* Such a round has just ended the absent twin's evidence. */
	if (course->twin == RCS_TWIN_ABSENT && !cell->result->mechanism.throughout)
		return 0;
	cell->evidence[course->twin] += control.hits > 0 && subject.all_hits == 0;
	rcs_power_add(&cell->power[course->twin], control.hit_calls,
		      control.exposed_calls, subject.exposed_calls);
	return 0;
}

/* Longer rounds when the control was not hit. Settled before a block, never in it. */
static void adapt(const struct rcs_cell *cell, struct course *course, bool control_hit)
{
	uint64_t most = (uint64_t)(course->calibration.exposed_per_ns *
				   (double)cell->plan->limit_ns / 20.0);

	if (!control_hit && course->exposed * 2 <= most)
		course->exposed *= 2;
}

/*
 * Whether to look for another setting or twin: the weather has changed, or this one
 * will not get there in time. Not more often than every tenth of the time.
 */
static bool off_course(const struct rcs_cell *cell, const struct course *course,
		       bool control_hit)
{
	uint64_t limit = cell->plan->limit_ns, now = rcs_clock_ns();
	uint64_t elapsed = now - cell->begun_ns;

	if (course->exposed == 0)
		return true;
	if (now - course->chosen_ns < limit / 10 ||
	    cell->evidence[course->twin] >= cell->result->needed)
		return false;
	return !control_hit || (elapsed > limit / 3 &&
				(double)cell->evidence[course->twin] * (double)limit <
					(double)cell->result->needed * (double)elapsed);
}

/* Now and then: does the reference hold, and what does a call cost by now? */
static int look_around(struct rcs_cell *cell, const struct course *course,
		       struct rcs_error *e)
{
	if (reference_round(cell, course->twin, course->exposed, e) != 0)
		return -1;
	return rcs_cell_exposed(cell, OPENING_EXPOSED, cell->deadline_ns, e);
}

static int run_blocks(struct rcs_cell *cell, struct course *course, struct rcs_error *e)
{
	bool complete = true, control_hit = true;

	for (uint64_t n = 0; complete && !rcs_cell_out_of_time(cell); n++) {
		enum rcs_verdict v;

		if (n % REFERENCE_EVERY == REFERENCE_EVERY / 2 && course->exposed > 0 &&
		    look_around(cell, course, e) != 0)
			return -1;
		/* At first, and when the mechanism changed and took them along. */
		if (rcs_samples_count(&cell->exposed) < DURATIONS_MIN ||
		    off_course(cell, course, control_hit)) {
			if (set_course(cell, course, e) != 0)
				return -1;
			control_hit = true;
			if (course->exposed == 0)
				continue;
		}
		if (block(cell, course, &complete, &control_hit, e) != 0)
			return -1;
		v = decide(cell);
		if (v != RCS_INCONCLUSIVE && !cell->plan->full)
			break;
		adapt(cell, course, control_hit);
	}
	return 0;
}

static int run_without_control(struct rcs_cell *cell, struct rcs_error *e)
{
	struct rcs_tally tally;
	bool changed;

	while (!rcs_cell_out_of_time(cell) &&
	       (cell->result->subject.hits == 0 || cell->plan->full)) {
		if (rcs_cell_subject_round(cell, 10 * OPENING_EXPOSED,
					   cell->deadline_ns, &tally, &changed, e) != 0)
			return -1;
	}
	return 0;
}

/* Everything up to the verdict, apart from the last look at the reference. */
static int gather(struct rcs_cell *cell, struct course *course, struct rcs_error *e)
{
	struct rcs_tally tally;
	bool changed;
	uint64_t fifth = cell->plan->limit_ns / 5;

	if (rcs_cell_alone(cell, e) != 0 ||
	    rcs_cell_subject_round(cell, OPENING_EXPOSED, rcs_clock_ns() + fifth,
				   &tally, &changed, e) != 0)
		return -1;
	if (decide(cell) != RCS_INCONCLUSIVE && !cell->plan->full)
		return 0;
	if (cell->plan->no_control)
		return run_without_control(cell, e);
	if (cell->result->subject.exposed == 0)
		return 0;
	course->exposed = 0;
	return run_blocks(cell, course, e);
}

int rcs_cell_judge(struct rcs_cell *cell, struct rcs_error *e)
{
	struct rcs_result *r = cell->result;
	struct course course = {.twin = RCS_TWIN_DELAY, .exposed = OPENING_EXPOSED};

	r->needed = rcs_sign_blocks(cell->plan->p_target);
	r->p_missed = 1.0;
	ck_pr_store_32(&cell->board->progress.needed, (uint32_t)r->needed);
	if (cell->plan->cpus_used >= 2) {
		if (gather(cell, &course, e) != 0)
			return -1;
		if (course.exposed == 0)
			course.exposed = OPENING_EXPOSED;
		/* However soon it was decided: what the call costs is part of it. */
		if (r->exposed.samples == 0 &&
		    rcs_cell_exposed(cell, OPENING_EXPOSED,
				     rcs_clock_ns() + REFERENCE_NS, e) != 0)
			return -1;
		/* No verdict without a reference beside it. */
		if (r->subject.exposed > 0 && r->reference.exposed == 0 &&
		    reference_round(cell, course.twin, course.exposed, e) != 0)
			return -1;
	}
	(void)decide(cell);
	r->interrupted = ck_pr_load_32(&cell->board->stop) != 0;
	rcs_explain(cell->plan, r);
	return 0;
}
