/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The watch: grace periods must end as long as readers leave their sections. A busy
 * machine is no violation: time counts only when each reader has had a CPU meanwhile.
 */
#include "stress/torture/rig.h"

#define TICKS	     200 /* of 50 ms: 10 s, … */
#define TICKS_KILL   50	 /* … 2.5 s where a violation is asked for, … */
#define THREAD_TICKS 2	 /* … and for each thread that may want the CPU */
#define SECTIONS     8	 /* that a reader must have been through */

static rcs_torture_word turns(const struct rcs_torture *t)
{
	rcs_torture_word sum = 0;

	for (int u = 0; u < t->runner.writers; u++)
		sum += rcs_torture_load(&t->updater[u].turns);
	return sum;
}

static void look(struct rcs_torture *t)
{
	t->watch.turns = turns(t);
	t->watch.ticks = 0;
	for (int r = 0; r < t->runner.readers; r++)
		t->watch.sections[r] = rcs_torture_load(&t->reader[r].sections);
}

void rcs_torture_watch_start(struct rcs_torture *t)
{
	t->watch.stuck = false;
	look(t);
}

unsigned rcs_torture_watch_ticks(const struct rcs_torture *t)
{
	unsigned ticks = t->kill ? TICKS_KILL : TICKS;

	if (t->options.stuck_ticks != 0)
		ticks = t->options.stuck_ticks;
	return ticks + (unsigned)(t->runner.writers + t->runner.readers) * THREAD_TICKS;
}

void rcs_torture_watch_tick(struct rcs_torture *t)
{
	struct rcs_torture_updater *u = &t->updater[0];

	if (ck_pr_load_uint(&t->updating) == 0 || t->watch.stuck)
		return;
	if (turns(t) != t->watch.turns) {
		look(t);
		return;
	}
	if (++t->watch.ticks < rcs_torture_watch_ticks(t))
		return;
	for (int r = 0; r < t->runner.readers; r++) {
		const struct rcs_torture_reader *reader = &t->reader[r];

		if (rcs_torture_load(&reader->sections) - t->watch.sections[r] <
			    SECTIONS &&
		    rcs_torture_load(&reader->parked) == 0)
			return;
	}
	t->watch.stuck = true;
	rcs_torture_update_fails(u, RCS_TORTURE_STUCK, 0, t->watch.turns);
	ck_pr_store_uint(&t->stop, 1);
	rcs_team_give_up(t->runner.team);
}
