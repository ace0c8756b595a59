/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Calibration: which amplifier, how deep and with which layout hits a twin most
 * often, and so which twin a run can afford. Its rounds are no evidence.
 */
#ifndef RCS_STRESS_CALIBRATE_H
#define RCS_STRESS_CALIBRATE_H

#include "stress/cell_rig.h"

struct rcs_calibration {
	struct rcs_setting setting;
	double hits_per_exposed;
	double exposed_per_ns; /* while rounds of the control ran */
};

/* The setting that a run begins with, before anything was measured. */
struct rcs_setting rcs_calibrate_first(const struct rcs_cell *cell);

/*
 * Tries the amplifiers that the plan allows against this twin, for about budget_ns
 * in all, and says which was best. 0, or -1 and *e.
 */
int rcs_calibrate(struct rcs_cell *cell, enum rcs_twin twin, uint64_t budget_ns,
		  struct rcs_calibration *best, struct rcs_error *e);

#endif
