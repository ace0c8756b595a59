/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * TAP version 14, point by point: while a run goes on, or from its record afterwards.
 * Each cell is a test point with a YAML block; the plan comes last.
 */
#ifndef RCS_REPORT_TAP_H
#define RCS_REPORT_TAP_H

#include <stdbool.h>
#include <stdio.h>

#include "report/record.h"

/* Begins as {.out = …}. */
struct rcs_tap {
	FILE *out;
	int indent; /* of a subtest */
	bool inconclusive_passes;
	const struct rcs_machine *machine; /* must outlive it */
	size_t points;
	bool failed; /* some point has, or the run was interrupted */
};

/* The version and the machine. Of the run, cells and what it came to are not needed. */
void rcs_tap_begin(struct rcs_tap *t, const struct rcs_record_run *run);

/* A cell, as it ends; out is flushed. */
void rcs_tap_cell(struct rcs_tap *t, const struct rcs_record_cell *cell);

/* What the run came to, and the plan; or that it was cut short. */
void rcs_tap_end(struct rcs_tap *t, const struct rcs_record_run *run);

#endif
