/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How many inter-processor interrupts each CPU has received that a remote barrier
 * can ride on: TLB shootdowns and function calls, as /proc/interrupts counts them
 * (rows TLB and CAL on x86, the "Function call" row of the IPI rows elsewhere).
 * The counts are system-wide: a caller subtracts what happens without a barrier.
 *
 * On x86 a shootdown is a function call, and since Linux 4.8 CAL counts it as well
 * as TLB does. So the two are kept apart, and the larger of them is what came.
 */
#ifndef RCS_HOST_INTERRUPTS_H
#define RCS_HOST_INTERRUPTS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "host/cpus.h"
#include "host/error.h"

struct rcs_interrupts {
	/* By CPU number; 0 for a CPU that is offline. */
	uint64_t call[RCS_CPUS_MAX];
	uint64_t shootdown[RCS_CPUS_MAX];
	char rows[64]; /* labels of the rows that were read, "CAL TLB" */
};

/*
 * Reads the counts now. 0, or -1 and *e (of kind RCS_ERROR_UNSUPPORTED) when the
 * file cannot be read or has no such row. It takes about 0.1 ms on a small machine.
 */
int rcs_interrupts_read(struct rcs_interrupts *now, struct rcs_error *e);

/* Interrupts that came to a CPU between two readings. */
uint64_t rcs_interrupts_between(const struct rcs_interrupts *before,
				const struct rcs_interrupts *after, int cpu);

/* The same from an open file of that form. For the tests. */
int rcs_interrupts_parse(FILE *file, struct rcs_interrupts *now, struct rcs_error *e);

#endif
