/* SPDX-License-Identifier: BSD-2-Clause */
/* From the verdicts of cells to what the run as a whole says, and its exit status. */
#ifndef RCS_VERDICT_STATUS_H
#define RCS_VERDICT_STATUS_H

#include "verdict/verdict.h"

/* What the verdict of a cell is measured by. All false: by itself. */
struct rcs_standing {
	bool self_test; /* a control that must come out BROKEN */
	bool unclaimed; /* no control, and not said to order memory here */
};

/* One cell as the exit status sees it. */
struct rcs_outcome {
	enum rcs_verdict verdict;
	struct rcs_standing standing;
};

/*
 * The exit status of a run, worst first: a FAULT puts all else in doubt; BROKEN;
 * INCONCLUSIVE, or a self-test that was not BROKEN, or an interrupted run; then 0
 * when at least one cell HOLDS, and 77 when nothing was judged.
 */
enum rcs_exit rcs_exit_status(const struct rcs_outcome *outcomes, size_t count,
			      bool inconclusive_passes, bool interrupted);

/* The verdict of the run as a whole, by the same order, for its last line. */
enum rcs_verdict rcs_overall(const struct rcs_outcome *outcomes, size_t count,
			     bool interrupted);

#endif
