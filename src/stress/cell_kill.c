/* SPDX-License-Identifier: BSD-2-Clause */
/* Rounds until the first violation: see cell_kill.h. */
#include "stress/cell_kill.h"

#include <inttypes.h>
#include <stdio.h>

#include "host/clock.h"
#include "stress/calibrate.h"
#include "stress/explain.h"

/* A round, from which on each is longer than the one before, so that nothing is missed
 * that takes its time. */
#define TURN_NS	    UINT64_C(50000000)
#define TURN_MAX_NS UINT64_C(400000000)

int rcs_cell_kill(struct rcs_cell *cell, struct rcs_error *e)
{
	struct rcs_result *r = cell->result;
	uint64_t turn = TURN_NS;

	ck_pr_store_32(&cell->board->progress.phase, RCS_PHASE_BLOCKS);
	for (unsigned n = 0; r->subject.hits == 0 && !rcs_cell_out_of_time(cell); n++) {
		uint64_t until = rcs_clock_ns() + turn;
		struct rcs_tally tally;
		bool changed;

		if (rcs_cell_move(cell, (int)(n % (unsigned)cell->plan->placements),
				  e) != 0)
			return -1;
		rcs_cell_here(cell)->setting = rcs_calibrate_nth(cell, n);
		if (until > cell->deadline_ns)
			until = cell->deadline_ns;
		if (rcs_cell_subject_round(cell, UINT64_MAX, until, &tally, &changed,
					   e) != 0)
			return -1;
		turn = turn < TURN_MAX_NS ? turn + turn / 8 : turn;
	}
	r->verdict = r->subject.hits > 0 ? RCS_BROKEN : RCS_INCONCLUSIVE;
	if (r->subject.hits > 0)
		rcs_explain(cell->plan, r);
	else
		(void)snprintf(r->reason, sizeof(r->reason),
			       "no violation in %" PRIu64 " sections and %" PRIu64
			       " calls of the heavy side",
			       r->torture.sections, r->subject.calls);
	return 0;
}
