/* SPDX-License-Identifier: BSD-2-Clause */
/* A quick look for the horizon: see reach.h. */
#include "stress/reach.h"

#include "host/clock.h"

#define FIRST_NS 1000
#define LAST_NS	 UINT64_C(512000)
#define EXPOSED	 2000
#define ROUND_NS UINT64_C(50000000)

int rcs_reach_scan(struct rcs_cell *cell, struct rcs_error *e)
{
	/* Two misses running end it: one may be a round without the CPU. */
	int missed = 0;

	for (uint64_t ns = FIRST_NS; ns <= LAST_NS && missed < 2; ns *= 2) {
		struct rcs_round round = {
			.arm = rcs_cell_wait(cell, ns),
			.setting = rcs_cell_here(cell)->setting,
			.exposed = EXPOSED,
			.deadline_ns = rcs_clock_ns() + ROUND_NS,
		};
		struct rcs_tally tally;

		if (rcs_runner_round(cell->runner, &round, &tally, e) != 0)
			return -1;
		missed = tally.all_hits == 0 ? missed + 1 : 0;
		if (missed == 0)
			cell->result->reach_ns = ns;
	}
	return 0;
}
