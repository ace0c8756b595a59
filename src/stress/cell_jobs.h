/* SPDX-License-Identifier: BSD-2-Clause */
/* The jobs of a cell that has been set up. */
#ifndef RCS_STRESS_CELL_JOBS_H
#define RCS_STRESS_CELL_JOBS_H

#include "stress/cell_rig.h"

/* Does the plan's job and fills the result. 0, or -1 and *e. */
int rcs_cell_job(struct rcs_cell *cell, struct rcs_error *e);

/* Blocks of rounds until there is a verdict or no time. 0, or -1 and *e. */
int rcs_cell_judge(struct rcs_cell *cell, struct rcs_error *e);

/*
 * A subject round of so many exposed calls, until until_ns at most; its counts go
 * into the result. *changed: the mechanism did, and evidence was begun anew.
 */
int rcs_cell_subject_round(struct rcs_cell *cell, uint64_t exposed, uint64_t until_ns,
			   struct rcs_tally *tally, bool *changed, struct rcs_error *e);

/*
 * Durations of the heavy side while no reader runs, and in so many exposed calls
 * with readers that run without an amplifier.
 */
int rcs_cell_alone(struct rcs_cell *cell, struct rcs_error *e);
int rcs_cell_exposed(struct rcs_cell *cell, uint64_t exposed, uint64_t until_ns,
		     struct rcs_error *e);

#endif
