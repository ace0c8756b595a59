/* SPDX-License-Identifier: BSD-2-Clause */
/* Choosing twin, amplifiers and lengths of rounds: see course.h. */
#include "stress/course.h"

#include <math.h>
#include <string.h>

#include "host/clock.h"
#include "stress/calibrate.h"

#define LATENCY_EXPOSED	  1024
#define CALIBRATE_NS	  UINT64_C(300000000) /* for each twin and pair, at most */
#define ROUND_NS	  20e6		      /* a round is not to be shorter */
#define CONTROL_HITS_GOAL 8.0 /* in a round: bursty as they are, some will come */
#define EXPOSED_MIN	  64
#define DURATIONS_MIN	  64 /* that a twin may be made of */

static bool known(const struct rcs_cell *cell, int p, enum rcs_twin twin)
{
	const struct rcs_samples *samples =
		twin == RCS_TWIN_ABSENT ? &cell->site[p].alone : &cell->site[p].exposed;

	return !cell->plan->has_heavy || rcs_samples_count(samples) >= DURATIONS_MIN;
}

/* What a block costs at that site, for each exposed call of its two rounds. */
static double block_ns(const struct rcs_cell *cell, const struct rcs_calibration *c)
{
	const struct rcs_arm_total *subject = &cell->result->subject;
	double twin_ns = c->exposed_per_ns > 0 ? 1.0 / c->exposed_per_ns : 1e6;

	/* The subject's own rounds tell its share off the CPU. */
	return twin_ns + (subject->exposed > 0
				  ? (double)subject->time_ns / (double)subject->exposed
				  : twin_ns);
}

/* Rounds just long enough for the control to be hit, as far as time allows. */
static uint64_t round_length(const struct rcs_cell *cell,
			     const struct rcs_calibration *c)
{
	double block = block_ns(cell, c);
	double most = (double)cell->plan->limit_ns /
		      (2.5 * (double)cell->result->needed * block);
	double wanted = c->hits_per_exposed > 0
				? CONTROL_HITS_GOAL / c->hits_per_exposed
				: INFINITY;
	double exposed = fmax(fmax(wanted, 2.0 * ROUND_NS / block), EXPOSED_MIN);

	return (uint64_t)fmax(fmin(exposed, most), EXPOSED_MIN);
}

/* Hits that are missing for the sensitivity that is asked for. */
static double missing_hits(const struct rcs_cell *cell, enum rcs_twin twin)
{
	const struct rcs_plan *plan = cell->plan;
	double wanted = plan->sensitivity * log(1.0 / plan->p_target);

	if (wanted <= 0.0)
		return 0.0;
	return fmax(0.0, wanted - rcs_power_lower_bound(&cell->power[twin]));
}

/*
 * How long the blocks that are still missing will take with that twin: as calibration
 * has it, if hits came one by one; but not sooner than at the pace so far.
 */
static double expected_ns(const struct rcs_cell *cell, enum rcs_twin twin)
{
	double missing =
		fmax(1.0, (double)cell->result->needed - (double)cell->evidence[twin]);
	/* Of a block at each site: its time, whether it is hit, and how often. */
	double time = 0.0, hit = 1e-9, hits = 1e-9, pace = 0.0;

	for (int p = 0; p < cell->plan->placements; p++) {
		const struct rcs_calibration *c = &cell->site[p].best[twin];
		double exposed = (double)round_length(cell, c);

		if (!known(cell, p, twin))
			continue;
		time += exposed * block_ns(cell, c);
		hit += 1.0 - exp(-c->hits_per_exposed * exposed);
		hits += c->hits_per_exposed * exposed;
	}
	if (cell->spent_ns[twin] > cell->plan->limit_ns / 10)
		pace = (double)cell->spent_ns[twin] /
		       fmax((double)cell->gained[twin], 0.5);
	return fmax(missing * fmax(time / hit, pace),
		    missing_hits(cell, twin) * time / hits);
}

/* Placements come in twos, the second with changed seats: one calibration for both. */
static int calibrate_all(struct rcs_cell *cell, enum rcs_twin twin, struct rcs_error *e)
{
	const struct rcs_plan *plan = cell->plan;
	/* A tenth of the time for all pairs. */
	uint64_t budget = plan->limit_ns / 10 / (uint64_t)(plan->placements + 1);

	if (budget > CALIBRATE_NS)
		budget = CALIBRATE_NS;
	for (int p = 0; p < plan->placements; p++) {
		struct rcs_arm control;
		bool swapped =
			p > 0 && plan->placement[p].pair == plan->placement[p - 1].pair;

		if (!known(cell, p, twin))
			continue;
		if (swapped && known(cell, p - 1, twin)) {
			cell->site[p].best[twin] = cell->site[p - 1].best[twin];
			continue;
		}
		if (rcs_cell_move(cell, p, e) != 0)
			return -1;
		control = rcs_cell_control(cell, twin);
		if (rcs_calibrate(cell, &control, budget, &cell->site[p].best[twin],
				  e) != 0)
			return -1;
	}
	return 0;
}

static int measure_all(struct rcs_cell *cell, struct rcs_error *e)
{
	uint64_t share = cell->plan->limit_ns / 5 / (uint64_t)cell->plan->placements;

	if (!cell->plan->has_heavy)
		return 0;
	for (int p = 0; p < cell->plan->placements && !rcs_cell_out_of_time(cell);
	     p++) {
		if (rcs_cell_move(cell, p, e) != 0 || rcs_cell_alone(cell, e) != 0 ||
		    rcs_cell_exposed(cell, LATENCY_EXPOSED, rcs_clock_ns() + share,
				     e) != 0)
			return -1;
	}
	return 0;
}

/*
 * The delay twin backs a HOLDS without any help, so it is taken where it can be hit
 * often enough; else the absent twin, where interrupts show that it may stand in.
 */
static int choose_twin(struct rcs_cell *cell, struct rcs_error *e)
{
	const struct rcs_mechanism *m = &cell->result->mechanism;
	uint64_t now = rcs_clock_ns();
	double left = now < cell->deadline_ns ? (double)(cell->deadline_ns - now) : 0.0;
	double delay;

	cell->twin = RCS_TWIN_DELAY;
	if (calibrate_all(cell, RCS_TWIN_DELAY, e) != 0)
		return -1;
	delay = expected_ns(cell, RCS_TWIN_DELAY);
	if (!cell->plan->has_heavy || delay <= 0.4 * left || !m->readable ||
	    !m->throughout || !known(cell, 0, RCS_TWIN_ABSENT))
		return 0;
	if (calibrate_all(cell, RCS_TWIN_ABSENT, e) != 0)
		return -1;
	if (expected_ns(cell, RCS_TWIN_ABSENT) < delay)
		cell->twin = RCS_TWIN_ABSENT;
	return 0;
}

int rcs_course_set(struct rcs_cell *cell, struct rcs_error *e)
{
	uint64_t begun_ns = rcs_clock_ns();

	ck_pr_store_32(&cell->board->progress.phase, RCS_PHASE_CALIBRATE);
	if (measure_all(cell, e) != 0 || choose_twin(cell, e) != 0)
		return -1;
	for (int p = 0; p < cell->plan->placements; p++) {
		struct rcs_site *site = &cell->site[p];

		site->round = 0;
		if (!known(cell, p, cell->twin))
			continue;
		site->setting = site->best[cell->twin].setting;
		site->round = round_length(cell, &site->best[cell->twin]);
		memset(&site->amplified, 0, sizeof(site->amplified));
	}
	cell->chosen_ns = rcs_clock_ns();
	cell->course_ns = cell->chosen_ns - begun_ns;
	ck_pr_store_32(&cell->board->progress.phase, RCS_PHASE_BLOCKS);
	return 0;
}

int rcs_course_next(const struct rcs_cell *cell, int last)
{
	int placements = cell->plan->placements;

	for (int n = 1; n <= placements; n++) {
		int p = (last + n) % placements;

		/* Its durations may be gone: the mechanism has changed. */
		if (cell->site[p].round > 0 && known(cell, p, cell->twin))
			return p;
	}
	return -1;
}

void rcs_course_adapt(struct rcs_cell *cell, bool control_hit)
{
	struct rcs_site *here = rcs_cell_here(cell);
	uint64_t most = (uint64_t)(here->best[cell->twin].exposed_per_ns *
				   (double)cell->plan->limit_ns / 20.0);

	if (!control_hit && here->round * 2 <= most)
		here->round *= 2;
}

bool rcs_course_lost(const struct rcs_cell *cell, bool control_hit)
{
	uint64_t limit = cell->plan->limit_ns, now = rcs_clock_ns();
	uint64_t elapsed = now - cell->begun_ns;
	double needed = (double)cell->result->needed;
	double evidence = (double)cell->evidence[cell->twin];

	if (now - cell->chosen_ns < limit / 10 ||
	    now - cell->chosen_ns < 2 * cell->course_ns || evidence >= needed)
		return false;
	return !control_hit || (elapsed > limit / 3 &&
				evidence * (double)limit < needed * (double)elapsed);
}
