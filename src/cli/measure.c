/* SPDX-License-Identifier: BSD-2-Clause */
/* A measurement as a cell: see measure.h. */
#include "cli/measure.h"

#include <stdio.h>
#include <string.h>

#include "cli/interrupt.h"
#include "stress/supervise.h"

int rcs_measure(const struct rcs_measurement *m, struct rcs_result *result,
		struct rcs_error *e)
{
	static struct rcs_plan plan; /* large, and one at a time */
	struct rcs_watcher watcher = {m->line != NULL ? rcs_progress_draw : NULL,
				      m->line, rcs_interrupted};
	int got;

	memset(&plan, 0, sizeof(plan));
	plan.job = m->job;
	plan.runner = RCS_RUNNER_SB;
	plan.groups = 1;
	plan.judged = plan.has_heavy = true;
	plan.limit_ns = m->limit_ns;
	(void)snprintf(plan.test, sizeof(plan.test), "%s", m->test);
	(void)snprintf(plan.barrier, sizeof(plan.barrier), "%s", m->barrier);
	(void)snprintf(plan.amplifier, sizeof(plan.amplifier), "%s", m->amplifier.name);
	plan.depth = m->amplifier.depth;
	if (rcs_team_plan(m->team, &plan, e) != 0)
		return -1;
	if (m->line != NULL)
		rcs_progress_begin(m->line, m->barrier, NULL, m->limit_ns,
				   m->limit_ns * (m->line->cells - m->line->done));
	got = rcs_supervise(&plan, &watcher, result, NULL, e);
	if (m->line != NULL)
		rcs_progress_end(m->line);
	if (got != 0)
		return -1;
	if (result->verdict == RCS_FAULT)
		return rcs_fail(e, RCS_ERROR_FAULT, "%s", result->reason);
	return 0;
}
