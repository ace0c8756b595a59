/* SPDX-License-Identifier: BSD-2-Clause */
/* The report that people read: lines on standard output. */
#ifndef RCS_REPORT_TEXT_H
#define RCS_REPORT_TEXT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "host/machine.h"
#include "stress/plan.h"
#include "stress/result.h"

struct rcs_text {
	FILE *out;
	bool colored;
	int verbosity; /* -1 quiet, 0, 1 verbose */
};

/* What all cells of a run share. */
struct rcs_text_run {
	const struct rcs_machine *machine;
	const char *cpus;     /* "0-1" */
	const char *topology; /* where the order of CPUs comes from */
	int writers, readers;
	uint64_t seed;
};

void rcs_text_header(const struct rcs_text *t, const struct rcs_text_run *run);

/*
 * A cell, as it ends. self_test: a control that must come out BROKEN, which then is
 * good news and said so.
 */
void rcs_text_cell(const struct rcs_text *t, const struct rcs_plan *plan,
		   const struct rcs_result *result, bool self_test);

/* The last line. */
void rcs_text_footer(const struct rcs_text *t, enum rcs_verdict overall,
		     bool interrupted, int cells, uint64_t elapsed_ns);

#endif
