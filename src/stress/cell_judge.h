/* SPDX-License-Identifier: BSD-2-Clause */
/* The job of judging a barrier. */
#ifndef RCS_STRESS_CELL_JUDGE_H
#define RCS_STRESS_CELL_JUDGE_H

#include "stress/cell_rig.h"

/* Blocks of rounds until there is a verdict or no time. 0, or -1 and *e. */
int rcs_cell_judge(struct rcs_cell *cell, struct rcs_error *e);

#endif
