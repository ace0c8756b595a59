/* SPDX-License-Identifier: BSD-2-Clause */
/* The arms of a cell, its rounds of the subject, and its clock: see cell_rig.h. */
#include "stress/cell_rig.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "host/clock.h"
#include "host/cpus.h"

#define SILENT	       0.5 /* interrupts per exposed call of one that sends none */
#define REFRESH_CALLS  32
#define REFRESH_NS     UINT64_C(20000000)
#define ALONE_CALLS    400
#define ALONE_LIMIT_NS UINT64_C(50000000)

static void bind_body(int thread, void *argument)
{
	struct rcs_cell *cell = argument;
	int cpu = cell->plan->placement[cell->here].cpu[thread];

	if (cpu >= 0)
		(void)rcs_cpus_bind(cpu, &cell->entered[thread]);
}

int rcs_cell_move(struct rcs_cell *cell, int placement, struct rcs_error *e)
{
	const struct rcs_plan *plan = cell->plan;
	int threads = plan->writers + plan->readers + plan->antagonists;

	if (placement == cell->here)
		return 0;
	cell->here = placement;
	rcs_team_go(cell->team, bind_body, cell);
	if (rcs_team_wait(cell->team, rcs_cell_tick, cell, RCS_TEAM_GRACE_NS, e) != 0)
		return -1;
	for (int t = 0; t < threads; t++) {
		if (cell->entered[t].kind == RCS_ERROR_NONE)
			continue;
		cell->entered[t].kind =
			RCS_ERROR_NONE; /* it has entered, for all that */
		cell->result->cpu_lost = true;
		cell->result->lost_cpu = plan->placement[placement].cpu[t];
	}
	cell->runner->placement = &plan->placement[placement];
	cell->mechanism.reader_cpu = plan->placement[placement].cpu + plan->writers;
	return 0;
}

/* Of a test without a heavy side, each arm is a variant of its code. */
static struct rcs_arm variant_arm(enum rcs_variant variant)
{
	return (struct rcs_arm){.variant = variant};
}

struct rcs_arm rcs_cell_subject(const struct rcs_cell *cell)
{
	struct rcs_arm own;
	bool fenced;

	if (!cell->plan->has_heavy)
		return variant_arm(RCS_AS_WRITTEN);
	if (cell->runner->kind->own_arm != NULL &&
	    cell->runner->kind->own_arm(cell->runner, &own))
		return own;
	fenced = cell->choice.barrier->readers_fence || cell->plan->light_fence;
	return (struct rcs_arm){
		.heavy = cell->choice.barrier->heavy,
		.writer = cell->writer_state,
		.variant = fenced ? RCS_LIGHT_FENCED : RCS_AS_WRITTEN,
		.light = cell->light,
		.light_argument = cell->light_argument,
	};
}

/* What waits as the twin does that is ready now. */
static struct rcs_arm waiting_arm(struct rcs_cell *cell)
{
	return (struct rcs_arm){
		.heavy = rcs_twin_heavy,
		.writer = cell->twin_argument,
		.variant = RCS_AS_WRITTEN,
		.light = cell->light != NULL ? rcs_twin_light : NULL,
		.light_argument = &cell->light_cycles,
	};
}

static uint64_t longer(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

/* What no call of that twin is shorter than, in cycles. */
static uint64_t least_wait(const struct rcs_cell *cell, enum rcs_twin twin)
{
	const struct rcs_site *here = rcs_cell_here(cell);
	const struct rcs_mechanism *m = &cell->result->mechanism;
	uint64_t least = rcs_samples_quantile(
		twin == RCS_TWIN_ABSENT ? &here->alone : &here->exposed, 0.5);

	least = longer(least, here->newest[twin]);
	/*
	 * With amplified readers a barrier that interrupts them waits for what they
	 * hold back, and the twin must not: see twin.h. One that interrupts nobody
	 * does not; if it takes longer, then because memory is busy, and so must its
	 * twin.
	 */
	if (twin == RCS_TWIN_DELAY && m->readable && m->per_exposed < SILENT)
		least = longer(least, rcs_samples_quantile(&here->amplified, 0.5));
	return least;
}

static struct rcs_arm twin_arm(struct rcs_cell *cell, enum rcs_twin twin)
{
	const struct rcs_site *here = rcs_cell_here(cell);
	const struct rcs_samples *samples =
		twin == RCS_TWIN_ABSENT ? &here->alone : &here->exposed;
	uint64_t least = least_wait(cell, twin);

	for (int w = 0; w < cell->plan->writers; w++)
		rcs_twin_ready(&cell->twin_state[w], samples, least,
			       rcs_random_next(&cell->random));
	return waiting_arm(cell);
}

struct rcs_arm rcs_cell_control(struct rcs_cell *cell, enum rcs_twin twin)
{
	return cell->plan->has_heavy ? twin_arm(cell, twin) : variant_arm(RCS_STRIPPED);
}

struct rcs_arm rcs_cell_reference(struct rcs_cell *cell, enum rcs_twin twin)
{
	struct rcs_arm arm = twin_arm(cell, twin);

	arm.variant = RCS_FENCED;
	return arm;
}

struct rcs_arm rcs_cell_wait(struct rcs_cell *cell, uint64_t ns)
{
	static const struct rcs_samples none;

	for (int w = 0; w < cell->plan->writers; w++)
		rcs_twin_ready(&cell->twin_state[w], &none, rcs_cycles_from_ns(ns), 0);
	return waiting_arm(cell);
}

struct rcs_histogram *rcs_cell_states(struct rcs_cell *cell, bool control)
{
	return cell->plan->histogram ? &cell->states[control] : NULL;
}

bool rcs_cell_tick(void *argument)
{
	struct rcs_cell *cell = argument;

	ck_pr_inc_32(&cell->board->progress.heartbeat);
	if (cell->watch != NULL && cell->watch(cell))
		ck_pr_store_32(&cell->board->stop, 1);
	return ck_pr_load_32(&cell->board->stop) != 0;
}

bool rcs_cell_out_of_time(const struct rcs_cell *cell)
{
	return rcs_clock_ns() >= cell->deadline_ns || cell->result->cpu_lost ||
	       ck_pr_load_32(&cell->board->stop) != 0;
}

void rcs_cell_note(struct rcs_cell *cell, const char *format, ...)
{
	struct rcs_result *r = cell->result;
	va_list args;

	if (r->note_count >= RCS_NOTES_MAX)
		return;
	va_start(args, format);
	(void)vsnprintf(r->note[r->note_count], sizeof(r->note[0]), format, args);
	va_end(args);
	r->note_count++;
}

void rcs_cell_log(struct rcs_cell *cell, enum rcs_round_arm arm, unsigned marks,
		  const struct rcs_tally *tally, uint64_t exposed, uint64_t hits)
{
	struct rcs_round_log *log = cell->rounds;

	if (log->rounds++ >= RCS_ROUND_LOG_MAX)
		return;
	log->entry[log->rounds - 1] = (struct rcs_round_entry){
		.arm = (uint8_t)arm,
		.marks = (uint8_t)(marks | (tally->complete ? RCS_ROUND_COMPLETE : 0u)),
		.placement = (uint16_t)cell->here,
		.block = cell->block,
		.calls = tally->calls,
		.exposed = exposed,
		.hits = hits,
		.exposed_calls = tally->exposed_calls,
		.hit_calls = tally->hit_calls,
		.time_ns = tally->time_ns,
	};
}

static void start_anew(struct rcs_cell *cell, enum rcs_twin twin)
{
	cell->gained[twin] -= cell->evidence[twin];
	cell->evidence[twin] = 0;
	memset(&cell->power[twin], 0, sizeof(cell->power[twin]));
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

/*
 * What the subject's round says of interrupts, and so of evidence. *changed: they come
 * now and did not, or the other way, and all evidence is begun anew. The marks of the
 * round, for the log.
 */
static unsigned follow_mechanism(struct rcs_cell *cell, bool *changed)
{
	struct rcs_result *r = cell->result;
	struct rcs_site *here = rcs_cell_here(cell);
	double was = 0.0, is = 0.0;
	enum rcs_mechanism_news news;
	unsigned marks = 0;

	/* Nobody sends an interrupt for a test without a heavy side. */
	if (!cell->plan->has_heavy)
		return marks;
	news = rcs_mechanism_subject(&cell->mechanism, cell->runner->exposed_by_reader,
				     &was, &is);
	/* With several writers a call meets the interrupts of others' as well. */
	*changed = news == RCS_MECHANISM_CHANGED && rcs_plan_calls_alone(cell->plan);
	/*
	 * The absent twin's evidence begins where interrupts are seen each time, and
	 * ends where they are not. A hit of the subject is never forgotten, so to
	 * begin anew can only lose evidence.
	 */
	r->mechanism.throughout =
		cell->mechanism.readable && rcs_plan_calls_alone(cell->plan) &&
		news == RCS_MECHANISM_STEADY && cell->mechanism.since_exposed > 0.0 &&
		/* Else interrupts may be those of antagonists' CPUs. */
		(cell->plan->antagonists == 0 ||
		 cell->plan->placement[cell->here].pair != RCS_PAIR_UNBOUND);
	if (r->mechanism.throughout)
		marks |= RCS_ROUND_THROUGHOUT;
	else if (news != RCS_MECHANISM_ODD) {
		marks |= RCS_ROUND_ANEW_ABSENT;
		start_anew(cell, RCS_TWIN_ABSENT);
	}
	if (*changed) {
		marks |= RCS_ROUND_ANEW_ABSENT | RCS_ROUND_ANEW_DELAY;
		start_anew(cell, RCS_TWIN_ABSENT);
		start_anew(cell, RCS_TWIN_DELAY);
		for (int p = 0; p < cell->plan->placements; p++) {
			memset(&cell->site[p].alone, 0, sizeof(here->alone));
			memset(&cell->site[p].exposed, 0, sizeof(here->exposed));
		}
		rcs_cell_note(
			cell,
			"interrupts per exposed call changed from %.2f to %.2f in "
			"round %llu: evidence begun anew",
			was, is, (unsigned long long)r->subject.rounds);
	}
	return marks;
}

int rcs_cell_subject_round(struct rcs_cell *cell, uint64_t exposed, uint64_t until_ns,
			   struct rcs_tally *tally, bool *changed, struct rcs_error *e)
{
	struct rcs_result *r = cell->result;
	struct rcs_site *here = rcs_cell_here(cell);
	struct rcs_round round = {
		.arm = rcs_cell_subject(cell),
		.setting = here->setting,
		.exposed = exposed,
		.deadline_ns = until_ns,
		.samples = here->setting.amplifier == RCS_AMPLIFIER_none
				   ? &here->exposed
				   : &here->amplified,
		.histogram = rcs_cell_states(cell, false),
	};
	unsigned marks = 0;
	int failed;

	rcs_mechanism_begin(&cell->mechanism);
	if (cell->first_round_ns == 0)
		cell->first_round_ns = rcs_clock_ns();
	failed = rcs_runner_round(cell->runner, &round, tally, e);
	if (cell->runner->kind->report != NULL)
		cell->runner->kind->report(cell->runner, r);
	/* A round of an RCU may fail and be hit, for one reason. */
	if (failed != 0 && tally->all_hits == 0)
		return -1;
	r->subject.rounds++;
	r->subject.hit_rounds += tally->all_hits > 0;
	r->subject.calls += tally->calls;
	r->subject.exposed += tally->all_exposed;
	r->subject.hits += tally->all_hits;
	r->subject.time_ns += tally->time_ns;
	for (int p = 0; p < RCS_PAIRS; p++) {
		r->subject_by_pair[p].exposed += tally->by_pair[p].exposed;
		r->subject_by_pair[p].hits += tally->by_pair[p].hits;
	}
	keep_witness(cell, tally);
	r->exposed = rcs_samples_summary(&here->exposed);
	r->amplified = rcs_samples_summary(&here->amplified);
	*changed = false;
	if (failed == 0)
		marks = follow_mechanism(cell, changed);
	rcs_cell_log(cell, RCS_ROUND_SUBJECT, marks, tally, tally->all_exposed,
		     tally->all_hits);
	return failed;
}

int rcs_cell_alone(struct rcs_cell *cell, struct rcs_error *e)
{
	struct rcs_arm arm = rcs_cell_subject(cell);
	struct rcs_site *here = rcs_cell_here(cell);

	if (!cell->plan->has_heavy)
		return 0;
	if (rcs_runner_alone(cell->runner, &arm, ALONE_CALLS, ALONE_LIMIT_NS,
			     &here->alone, e) != 0) {
		/* Of an RCU it was a grace period. */
		if (cell->plan->rcu_plugin[0] != '\0' &&
		    cell->runner->kind->error != NULL)
			(void)cell->runner->kind->error(cell->runner, e);
		return -1;
	}
	cell->result->alone = rcs_samples_summary(&here->alone);
	return 0;
}

int rcs_cell_exposed(struct rcs_cell *cell, uint64_t exposed, uint64_t until_ns,
		     struct rcs_error *e)
{
	struct rcs_site *here = rcs_cell_here(cell);
	struct rcs_setting kept = here->setting;
	struct rcs_tally tally;
	bool changed;
	int failed;

	here->setting.amplifier = RCS_AMPLIFIER_none;
	failed = rcs_cell_subject_round(cell, exposed, until_ns, &tally, &changed, e);
	here->setting = kept;
	return failed;
}

/* The median of the samples that were added last, `count` of them. */
static uint64_t median_of_last(const struct rcs_samples *samples, uint64_t count)
{
	struct rcs_samples last = {0};

	if (count > rcs_samples_count(samples))
		count = rcs_samples_count(samples);
	for (uint64_t n = samples->added - count; n < samples->added; n++)
		last.cycles[last.added++] = samples->cycles[n % RCS_SAMPLES_MAX];
	return rcs_samples_quantile(&last, 0.5);
}

int rcs_cell_refresh(struct rcs_cell *cell, enum rcs_twin twin, bool *gone,
		     struct rcs_error *e)
{
	struct rcs_site *here = rcs_cell_here(cell);
	struct rcs_samples *samples =
		twin == RCS_TWIN_ABSENT ? &here->alone : &here->exposed;
	struct rcs_arm arm = rcs_cell_subject(cell);
	uint64_t before = samples->added;

	*gone = false;
	/* Only a twin must take the time that a call takes. */
	if (!cell->plan->has_heavy)
		return 0;
	if (twin == RCS_TWIN_ABSENT
		    ? rcs_runner_alone(cell->runner, &arm, REFRESH_CALLS, REFRESH_NS,
				       samples, e) != 0
		    : rcs_cell_exposed(cell, REFRESH_CALLS, rcs_clock_ns() + REFRESH_NS,
				       e) != 0)
		return -1;
	here->newest[twin] = 0;
	*gone = samples->added < before;
	if (samples->added > before)
		here->newest[twin] = median_of_last(samples, samples->added - before);
	return 0;
}
