/* SPDX-License-Identifier: BSD-2-Clause */
/* A cell that has just ended, as reports have it: see record.h. */
#include "report/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/witness.h"

static const char *const runners[] = {
	[RCS_RUNNER_SB] = "sb",
	[RCS_RUNNER_PERPETUAL] = "perpetual",
	[RCS_RUNNER_BATCHED] = "batched",
	[RCS_RUNNER_RCU] = "rcu",
};

/* A plan that says nothing is that of a cell which was not run. */
static bool was_run(const struct rcs_plan *plan)
{
	return plan->limit_ns > 0;
}

/* The lines of its witness; NULL when there is no memory. */
static const char *witness_of(struct rcs_pool *pool, const struct rcs_result *r)
{
	char *text = NULL;
	const char *kept;
	size_t size;
	FILE *f;

	if (r->verdict != RCS_BROKEN || !r->witness.present)
		return "";
	f = open_memstream(&text, &size);
	if (f == NULL)
		return NULL;
	rcs_report_witness(f, &r->witness);
	if (fclose(f) != 0) {
		free(text);
		return NULL;
	}
	kept = rcs_pool_string(pool, text);
	free(text);
	return kept;
}

/* *to: all of them, kept. */
static int keep_rounds(struct rcs_pool *pool, const struct rcs_round_log *log,
		       struct rcs_record_detail *to)
{
	struct rcs_round_entry *round;

	to->round = NULL;
	if (log == NULL || log->rounds == 0)
		return 0;
	to->rounds = log->rounds < RCS_ROUND_LOG_MAX ? (size_t)log->rounds
						     : RCS_ROUND_LOG_MAX;
	to->rounds_left_out = log->rounds - to->rounds;
	round = rcs_pool_get(pool, to->rounds * sizeof(*round));
	if (round == NULL)
		return -1;
	memcpy(round, log->entry, to->rounds * sizeof(*round));
	to->round = round;
	return 0;
}

static const struct rcs_record_detail *detail_of(struct rcs_pool *pool,
						 const struct rcs_plan *plan,
						 const struct rcs_result *result,
						 const struct rcs_round_log *log)
{
	struct rcs_record_detail *d = rcs_pool_get(pool, sizeof(*d));
	struct rcs_result *copy = rcs_pool_get(pool, sizeof(*copy));
	enum rcs_pair *pair =
		rcs_pool_get(pool, ((size_t)plan->placements + 1) * sizeof(*pair));

	if (d == NULL || copy == NULL || pair == NULL)
		return NULL;
	*copy = *result;
	for (int p = 0; p < plan->placements; p++)
		pair[p] = plan->placement[p].pair;
	*d = (struct rcs_record_detail){
		.writers = plan->writers,
		.readers = plan->readers,
		.groups = plan->groups,
		.antagonists = plan->antagonists,
		.placements = plan->placements,
		.pair = pair,
		.prospect = plan->prospect,
		.limit_ns = plan->limit_ns,
		.p_target = plan->p_target,
		.sensitivity_wanted = plan->sensitivity,
		.result = copy,
	};
	return keep_rounds(pool, log, d) == 0 ? d : NULL;
}

/* Of other verdicts it says nothing. */
static bool backed(enum rcs_verdict verdict)
{
	return verdict == RCS_HOLDS || verdict == RCS_INCONCLUSIVE;
}

const char *rcs_record_barrier(const struct rcs_plan *plan,
			       char name[RCS_BARRIER_SHOWN_SIZE])
{
	if (!plan->has_heavy || plan->own_barrier)
		return "-";
	(void)snprintf(name, RCS_BARRIER_SHOWN_SIZE, "%s%s", plan->barrier,
		       plan->light_fence ? RCS_LIGHT_FENCE_MARK : "");
	return name;
}

int rcs_record_cell_of(struct rcs_pool *pool, const struct rcs_plan *plan,
		       const struct rcs_result *result, const struct rcs_round_log *log,
		       const struct rcs_standing *standing,
		       struct rcs_record_cell *record)
{
	char barrier[RCS_BARRIER_SHOWN_SIZE];
	bool calls = plan->has_heavy && !plan->own_barrier;

	*record = (struct rcs_record_cell){
		.barrier = rcs_pool_string(pool, rcs_record_barrier(plan, barrier)),
		.test = rcs_pool_string(pool, plan->test),
		.rcu = rcs_pool_string(pool, plan->rcu),
		.runner = was_run(plan) ? runners[plan->runner] : "",
		.verdict = result->verdict,
		.standing = *standing,
		.judged = plan->judged,
		.has_heavy = plan->has_heavy,
		.own_barrier = plan->own_barrier,
		.interrupted = result->interrupted,
		.reason = rcs_pool_string(pool, result->reason),
		.proviso = rcs_pool_string(pool, result->proviso),
		.witness = witness_of(pool, result),
		.twin = result->twin,
		.subject = result->subject,
		.control = result->control[result->twin],
		.reference = result->reference,
		.evidence = result->evidence,
		.needed = result->needed,
		.blocks = result->blocks,
		.p_missed = backed(result->verdict) ? result->p_missed : 1.0,
		.sensitivity = result->sensitivity,
		.amplifier = rcs_pool_string(pool, result->amplifier),
		.depth = result->depth,
		.heavy_p50_ns = result->exposed.p50_ns,
		.heavy_p99_ns = result->exposed.p99_ns,
		.interrupts = calls && result->mechanism.readable &&
					      result->subject.rounds > 0
				      ? result->mechanism.per_exposed
				      : -1.0,
		.elapsed_ns = result->elapsed_ns,
		.detail = detail_of(pool, plan, result, log),
	};
	return record->barrier == NULL || record->test == NULL || record->rcu == NULL ||
			       record->reason == NULL || record->proviso == NULL ||
			       record->witness == NULL || record->amplifier == NULL ||
			       record->detail == NULL
		       ? -1
		       : 0;
}
