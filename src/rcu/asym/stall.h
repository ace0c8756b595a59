/* SPDX-License-Identifier: BSD-2-Clause */
/* Grace periods that wait for longer than they should: who holds them up, said aloud.
 */
#ifndef RCS_RCU_ASYM_STALL_H
#define RCS_RCU_ASYM_STALL_H

#include "rcu/asym/domain.h"

struct rcs_asym_stall_watch {
	uint64_t begun_ns; /* the wait, on rcs_clock_ns() */
	uint64_t next_ns;  /* when it will be said next */
};

void rcs_asym_stall_begin(struct rcs_asym_stall_watch *watch,
			  const struct rcs_asym *asym);

/* Says so, for each thread that the scan has not passed, if it is time to. */
void rcs_asym_stall_look(struct rcs_asym_stall_watch *watch, struct rcs_asym *asym);

/* Nanoseconds until it will be said, or said again; 1 at the least. */
uint64_t rcs_asym_stall_left(const struct rcs_asym_stall_watch *watch);

#endif
