/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A cell that measures RCU flavours. All flavours of a measurement are in one process,
 * which is a new one for each barrier: membarrier(2), liburcu and Concurrency Kit do
 * not disturb each other, and figures of two processes that ran one after the other on
 * a machine that is not idle could not be held against each other. Each flavour has a
 * short round, then the next has, and so on round after round, each time another one
 * first; medians over rounds are then as if all had run at once.
 */
#ifndef RCS_STRESS_BENCH_BENCH_H
#define RCS_STRESS_BENCH_BENCH_H

#include "stress/board.h"

/* Does the job RCS_JOB_RCU_BENCH and leaves the result on the board. Returns the exit
 * status of the process. */
int rcs_bench_cell(struct rcs_board *board);

#endif
