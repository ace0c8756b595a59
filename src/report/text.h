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
#include "verdict/family.h"
#include "verdict/status.h"

struct rcs_text {
	FILE *out;
	bool colored;
	int verbosity; /* -1 quiet, 0, 1 verbose */
	bool emulated; /* verdicts are marked: see struct rcs_machine */
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

/* After the header: what a name stands for that is not the program's own. */
void rcs_text_plugin(const struct rcs_text *t, const char *name, const char *place,
		     const char *summary);

/*
 * A cell, as it ends, and how its verdict is to be taken: the standing tells good
 * news from bad, and a pass that somebody vouches for from one that nobody does.
 */
void rcs_text_cell(const struct rcs_text *t, const struct rcs_plan *plan,
		   const struct rcs_result *result,
		   const struct rcs_standing *standing);

/* What a run came to. */
struct rcs_text_end {
	enum rcs_run_end end;
	bool interrupted;
	int cells;
	uint64_t elapsed_ns;
	struct rcs_family holding; /* what HOLDS and was to, self-tests apart */
};

/* The last line. */
void rcs_text_footer(const struct rcs_text *t, const struct rcs_text_end *run);

#endif
