/* SPDX-License-Identifier: BSD-2-Clause */
/* Which thread runs on which CPU. */
#ifndef RCS_STRESS_PLACEMENT_H
#define RCS_STRESS_PLACEMENT_H

#include "host/topology.h"
#include "stress/plan.h"

enum rcs_affinity {
	RCS_AFFINITY_AUTO,     /* every kind of pair that there is, in turn */
	RCS_AFFINITY_SIBLINGS, /* one kind of pair only … */
	RCS_AFFINITY_CACHE,
	RCS_AFFINITY_PACKAGE,
	RCS_AFFINITY_REMOTE,
	RCS_AFFINITY_SPREAD,  /* neighbours in the order far apart */
	RCS_AFFINITY_COMPACT, /* neighbours in the order close together */
	RCS_AFFINITY_NONE,    /* threads are not bound */
};

/* Orders seats: far apart first (package, cache, core, sibling), or close together. */
void rcs_placement_order(struct rcs_seat *seats, int count, enum rcs_affinity affinity);

/*
 * Fills plan->placement, placements, cpus_used and cpus_spare for plan->writers,
 * readers and antagonists over these seats, which it reorders. Writers get CPUs of
 * their own, up to half of them; readers share the rest. With a kind of pair, or every
 * kind, writer 0 and reader 0 sit on a pair of that kind, drawn with plan->seed from
 * all that there are, and in the next placement they have changed seats. With one
 * CPU, or RCS_AFFINITY_NONE, nobody is bound. 0; -1 and *e (usage) when there is no
 * pair of the kind that was asked for.
 */
int rcs_placement_fill(struct rcs_plan *plan, struct rcs_seat *seats, int count,
		       enum rcs_affinity affinity, struct rcs_error *e);

#endif
