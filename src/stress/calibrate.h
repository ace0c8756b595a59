/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Calibration: which amplifier, how deep and with which layout hits a twin most
 * often, and so which twin a run can afford. Its rounds are no evidence.
 */
#ifndef RCS_STRESS_CALIBRATE_H
#define RCS_STRESS_CALIBRATE_H

#include "stress/cell_rig.h"

/* The setting that a run begins with, before anything was measured. */
struct rcs_setting rcs_calibrate_first(const struct rcs_cell *cell);

/* Of the settings that the plan allows, the n-th, from the first on again and again. */
struct rcs_setting rcs_calibrate_nth(const struct rcs_cell *cell, unsigned n);

/*
 * Tries the amplifiers that the plan allows against this control, for about budget_ns
 * in all, and says which was best: first all of them, then the best few for longer,
 * since a short look takes a lucky one for a good one. 0, or -1 and *e.
 */
int rcs_calibrate(struct rcs_cell *cell, const struct rcs_arm *control,
		  uint64_t budget_ns, struct rcs_calibration *best,
		  struct rcs_error *e);

#endif
