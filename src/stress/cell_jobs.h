/* SPDX-License-Identifier: BSD-2-Clause */
/* The jobs of a cell that has been set up. */
#ifndef RCS_STRESS_CELL_JOBS_H
#define RCS_STRESS_CELL_JOBS_H

#include "stress/cell_rig.h"

/* Does the plan's job and fills the result. 0, or -1 and *e. */
int rcs_cell_job(struct rcs_cell *cell, struct rcs_error *e);

#endif
