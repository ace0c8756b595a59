/* SPDX-License-Identifier: BSD-2-Clause */
/* From counts to a verdict: see verdict.h. */
#include "verdict/verdict.h"

#include "verdict/sign.h"

static bool backs(const struct rcs_evidence *e, enum rcs_twin twin)
{
	/*
	 * The absent twin says "no interrupt was sent" would have shown. That is
	 * worth something only where one was sent, each time.
	 */
	if (twin == RCS_TWIN_ABSENT && !e->interrupted_throughout)
		return false;
	return e->blocks[twin] > 0;
}

static bool suffices(const struct rcs_evidence *e, enum rcs_twin twin)
{
	return backs(e, twin) && rcs_sign_p_missed(e->blocks[twin]) <= e->p_target &&
	       e->sensitivity[twin] >= e->sensitivity_wanted;
}

struct rcs_decision rcs_decide(const struct rcs_evidence *e)
{
	struct rcs_decision d = {RCS_INCONCLUSIVE, RCS_TWIN_DELAY, 1.0};

	/* The delay twin claims less of the machine, so it is asked first. */
	if (!suffices(e, RCS_TWIN_DELAY) &&
	    (suffices(e, RCS_TWIN_ABSENT) ||
	     (backs(e, RCS_TWIN_ABSENT) &&
	      e->blocks[RCS_TWIN_ABSENT] > e->blocks[RCS_TWIN_DELAY])))
		d.twin = RCS_TWIN_ABSENT;
	if (backs(e, d.twin))
		d.p_missed = rcs_sign_p_missed(e->blocks[d.twin]);
	if (e->reference_hits > 0)
		d.verdict = RCS_FAULT;
	else if (!e->judged)
		d.verdict = RCS_ALLOWED;
	else if (e->subject_hits > 0)
		d.verdict = RCS_BROKEN;
	else if (suffices(e, d.twin))
		d.verdict = RCS_HOLDS;
	if (d.verdict != RCS_HOLDS && d.verdict != RCS_INCONCLUSIVE)
		d.p_missed = 1.0;
	return d;
}

const char *rcs_verdict_name(enum rcs_verdict verdict)
{
	static const char *const names[] = {
		[RCS_INCONCLUSIVE] = "INCONCLUSIVE",
		[RCS_HOLDS] = "HOLDS",
		[RCS_BROKEN] = "BROKEN",
		[RCS_SKIPPED] = "SKIPPED",
		[RCS_ALLOWED] = "ALLOWED",
		[RCS_FAULT] = "FAULT",
	};

	return names[verdict];
}

const char *rcs_twin_name(enum rcs_twin twin)
{
	return twin == RCS_TWIN_ABSENT ? "absent" : "delay";
}
