/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What each thread of a test touches, as far as its text names it: which locations it
 * loads and stores, which it stores first, and whether it has a heavy or a light side;
 * RCU has them within. Runners preload, amplify and seat threads by it.
 */
#ifndef RCS_STRESS_FOOTPRINT_H
#define RCS_STRESS_FOOTPRINT_H

#include <stdbool.h>
#include <stdint.h>

#include "litmus/ast.h"

struct rcs_footprint {
	uint32_t loads, stores; /* bit l: location l */
	bool follows;		/* stores where a register points to: anywhere */
	int32_t first_store;	/* location, or RCS_NONE */
	int heavy;	   /* calls of smp_memb() and synchronize_rcu() in its text */
	int light;	   /* of barrier() and rcu_read_lock() */
	bool enters_first; /* … of the latter, before anything is stored */
};

/* Fills one for each of test->threads. */
void rcs_footprint_of(const struct rcs_litmus *test, struct rcs_footprint *by_thread);

/* Whether only one thread can store to that location. */
bool rcs_footprint_single_writer(const struct rcs_litmus *test,
				 const struct rcs_footprint *by_thread,
				 int32_t location);

#endif
