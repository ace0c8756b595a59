/* SPDX-License-Identifier: BSD-2-Clause */
/* One measurement for `bench` and `horizon`: a cell that is not judged. */
#ifndef RCS_CLI_MEASURE_H
#define RCS_CLI_MEASURE_H

#include "cli/amplifier_choice.h"
#include "cli/team_options.h"
#include "report/progress.h"
#include "stress/result.h"

struct rcs_measurement {
	const struct rcs_team_options *team; /* settled */
	enum rcs_job job;		     /* LATENCY or RATE */
	const char *test;
	const char *barrier;
	struct rcs_amplifier_choice amplifier;
	uint64_t limit_ns;
	struct rcs_progress_line *line; /* NULL: none is shown */
};

/*
 * Measures in a process of its own. 0 and *result, where result->reason says what
 * could not be measured (a barrier that does not work here); -1 and *e.
 */
int rcs_measure(const struct rcs_measurement *m, struct rcs_result *result,
		struct rcs_error *e);

#endif
