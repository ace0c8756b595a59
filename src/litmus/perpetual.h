/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which tests have a perpetual form: one whose iterations need no synchronisation,
 * because every store can be told from every other by its value (PerpLE, Melissaris et
 * al., MICRO 2020). In iteration n = 1, 2, 3 …, the a-th of the k stores to a location
 * stores k * (n - 1) + a instead of its constant.
 *
 * It takes: straight-line threads; stores of constants, all to one location by one
 * thread and all different, from each other and from the initial value; loads from
 * named locations, each into a register of its own; fences, barrier() and smp_memb();
 * no filter; a target over registers that are loaded, and values that are stored there
 * or initial.
 *
 * Cells are 0 when the loops begin, whatever the file says they are: that is what the
 * initial value is here. Plain accesses are done as relaxed ones.
 */
#ifndef RCS_LITMUS_PERPETUAL_H
#define RCS_LITMUS_PERPETUAL_H

#include <stdbool.h>

#include "litmus/ast.h"

struct rcs_perpetual {
	bool possible;
	char why_not[120]; /* else */
	/* By location. */
	struct {
		int32_t writer; /* the thread that stores to it, or RCS_NONE */
		int32_t stores; /* k */
	} location[RCS_LITMUS_LOCATIONS];
	/* By statement: a, from 1, of its store; 0 where it is none. */
	uint16_t store[RCS_LITMUS_NODES];
	/* By thread and register: the location that is loaded into it, or RCS_NONE. */
	int32_t loaded[RCS_LITMUS_THREADS][RCS_LITMUS_REGISTERS];
};

/* Fills *p; large: not for the stack of a thread. */
void rcs_perpetual_of(const struct rcs_litmus *test, struct rcs_perpetual *p);

#endif
