/* SPDX-License-Identifier: BSD-2-Clause */
/* Which thread runs on which CPU. */
#ifndef RCS_STRESS_PLACEMENT_H
#define RCS_STRESS_PLACEMENT_H

#include "host/topology.h"
#include "stress/plan.h"

enum rcs_affinity {
	RCS_AFFINITY_AUTO,    /* spread */
	RCS_AFFINITY_SPREAD,  /* neighbours in the order far apart */
	RCS_AFFINITY_COMPACT, /* neighbours in the order close together */
	RCS_AFFINITY_NONE,    /* threads are not bound */
};

/* Orders seats: far apart first (package, cache, core, sibling), or close together. */
void rcs_placement_order(struct rcs_seat *seats, int count, enum rcs_affinity affinity);

/*
 * Fills plan->cpu and plan->cpus_used for plan->writers and plan->readers. Writers
 * get CPUs of their own, up to half of them; readers share the rest. With one CPU,
 * or RCS_AFFINITY_NONE, nobody is bound.
 */
void rcs_placement_fill(struct rcs_plan *plan, const struct rcs_cpus *cpus,
			enum rcs_affinity affinity);

#endif
