/* SPDX-License-Identifier: BSD-2-Clause */
/* What a cell has for each thread, and the way in and out of its barrier. */
#ifndef RCS_STRESS_CELL_THREADS_H
#define RCS_STRESS_CELL_THREADS_H

#include "stress/cell_rig.h"

/* By thread, caller and placement of the plan. 0; -1 and *e (RESOURCE). */
int rcs_cell_allocate(struct rcs_cell *cell, struct rcs_error *e);

/* Frees that, as far as it is there. */
void rcs_cell_release(struct rcs_cell *cell);

/*
 * Has all threads enter the barrier. 0; -1 and *e when one could not, or was lost:
 * those that did enter still have to leave.
 */
int rcs_cell_enter(struct rcs_cell *cell, struct rcs_error *e);

/* Has those that have entered leave it. 0; -1 and *e (FAULT) when a thread was lost. */
int rcs_cell_leave(struct rcs_cell *cell, struct rcs_error *e);

#endif
