/* SPDX-License-Identifier: BSD-2-Clause */
/* How far this cell's readers can be held back: said when a barrier is too slow. */
#ifndef RCS_STRESS_REACH_H
#define RCS_STRESS_REACH_H

#include "stress/cell_rig.h"

/*
 * A quick scan (half a second at most) with the setting in use: the longest delay that
 * a barrier which only waits was still hit with goes into result->reach_ns. It is
 * coarser than the horizon of `rcustress horizon`, and no evidence. 0, or -1 and *e.
 */
int rcs_reach_scan(struct rcs_cell *cell, struct rcs_error *e);

#endif
