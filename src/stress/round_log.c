/* SPDX-License-Identifier: BSD-2-Clause */
/* Deciding again by the rounds of a cell: see round_log.h. */
#include "stress/round_log.h"

#include <stdbool.h>
#include <string.h>

#include "verdict/sensitivity.h"

struct again {
	struct rcs_evidence evidence;
	struct rcs_power power[RCS_TWINS];
	uint64_t reference_exposed;
	/* The rounds of the block under way, in either order; NULL: not yet. */
	const struct rcs_round_entry *subject, *control;
};

static enum rcs_twin twin_of(const struct rcs_round_entry *control)
{
	return control->arm == RCS_ROUND_ABSENT ? RCS_TWIN_ABSENT : RCS_TWIN_DELAY;
}

static void start_anew(struct again *a, enum rcs_twin twin)
{
	a->evidence.blocks[twin] = 0;
	memset(&a->power[twin], 0, sizeof(a->power[twin]));
}

static void take_subject(struct again *a, const struct rcs_round_entry *round)
{
	a->evidence.subject_hits += round->hits;
	a->evidence.interrupted_throughout = round->marks & RCS_ROUND_THROUGHOUT;
	if (round->marks & RCS_ROUND_ANEW_DELAY)
		start_anew(a, RCS_TWIN_DELAY);
	if (round->marks & RCS_ROUND_ANEW_ABSENT)
		start_anew(a, RCS_TWIN_ABSENT);
}

/* A block of which both rounds are there. */
static void take_block(struct again *a)
{
	const struct rcs_round_entry *s = a->subject, *c = a->control;
	enum rcs_twin twin = twin_of(c);

	if (!(s->marks & c->marks & RCS_ROUND_COMPLETE) ||
	    (s->marks & RCS_ROUND_ANEW_DELAY) ||
	    (twin == RCS_TWIN_ABSENT && !(s->marks & RCS_ROUND_THROUGHOUT)))
		return;
	a->evidence.blocks[twin] += c->hits > 0 && s->hits == 0;
	rcs_power_add(&a->power[twin], c->hit_calls, c->exposed_calls,
		      s->exposed_calls);
}

static void take(struct again *a, const struct rcs_round_entry *round)
{
	if (round->arm == RCS_ROUND_REFERENCE) {
		a->evidence.reference_hits += round->hits;
		a->reference_exposed += round->exposed;
		return;
	}
	if (round->arm == RCS_ROUND_SUBJECT)
		take_subject(a, round);
	if (round->block == 0)
		return;
	/* One that was cut short has no partner. */
	if (a->subject != NULL && a->subject->block != round->block)
		a->subject = NULL;
	if (a->control != NULL && a->control->block != round->block)
		a->control = NULL;
	*(round->arm == RCS_ROUND_SUBJECT ? &a->subject : &a->control) = round;
	if (a->subject == NULL || a->control == NULL)
		return;
	take_block(a);
	a->subject = a->control = NULL;
}

struct rcs_decision rcs_round_log_decide(const struct rcs_round_entry *rounds,
					 uint64_t count,
					 const struct rcs_round_question *question,
					 double *sensitivity)
{
	struct again a = {.evidence = {.judged = true,
				       .p_target = question->p_target,
				       .sensitivity_wanted = question->sensitivity}};
	struct rcs_decision d;

	for (uint64_t i = 0; i < count; i++)
		take(&a, &rounds[i]);
	for (int t = 0; t < RCS_TWINS && question->has_sensitivity; t++)
		a.evidence.sensitivity[t] =
			rcs_sensitivity(&a.power[t], question->p_target);
	d = rcs_decide(&a.evidence);
	/* No verdict without a reference beside it. */
	if (d.verdict == RCS_HOLDS && a.reference_exposed == 0)
		d.verdict = RCS_INCONCLUSIVE;
	*sensitivity = a.evidence.sensitivity[d.twin];
	return d;
}
