/* SPDX-License-Identifier: BSD-2-Clause */
/* From the verdicts of cells to the verdict and exit status of a run: status.h. */
#include "verdict/status.h"

enum rcs_verdict rcs_overall(const struct rcs_outcome *outcomes, size_t count,
			     bool interrupted)
{
	bool fault = false, broken = false, unsure = interrupted, holds = false;
	bool allowed = false;

	for (size_t i = 0; i < count; i++) {
		enum rcs_verdict v = outcomes[i].verdict;

		if (v == RCS_FAULT)
			fault = true;
		else if (outcomes[i].standing.self_test)
			unsure |= v != RCS_BROKEN && v != RCS_SKIPPED;
		else if (v == RCS_BROKEN)
			broken = true;
		else if (v == RCS_INCONCLUSIVE)
			unsure = true;
		else if (v == RCS_HOLDS)
			holds = true;
		else if (v == RCS_ALLOWED)
			allowed = true;
	}
	if (fault)
		return RCS_FAULT;
	if (broken)
		return RCS_BROKEN;
	if (unsure)
		return RCS_INCONCLUSIVE;
	if (holds)
		return RCS_HOLDS;
	return allowed ? RCS_ALLOWED : RCS_SKIPPED;
}

enum rcs_exit rcs_exit_status(const struct rcs_outcome *outcomes, size_t count,
			      bool inconclusive_passes, bool interrupted)
{
	switch (rcs_overall(outcomes, count, interrupted)) {
	case RCS_FAULT:
		return RCS_EXIT_FAULT;
	case RCS_BROKEN:
		return RCS_EXIT_BROKEN;
	case RCS_INCONCLUSIVE:
		return inconclusive_passes && !interrupted ? RCS_EXIT_HOLDS
							   : RCS_EXIT_INCONCLUSIVE;
	case RCS_HOLDS:
		return RCS_EXIT_HOLDS;
	default:
		return RCS_EXIT_SKIPPED;
	}
}
