/* SPDX-License-Identifier: BSD-2-Clause */
/* A run as it is made, kept for the reports that are written at its end. */
#ifndef RCS_CLI_RUN_RECORD_H
#define RCS_CLI_RUN_RECORD_H

#include "cli/run_options.h"
#include "report/record.h"

struct rcs_run_record {
	bool wanted; /* else nothing is kept */
	struct rcs_report report;
	struct rcs_record_run run;
	struct rcs_record_cell *cell;
	size_t room;
};

/*
 * Begins one, if any report but text is wanted of it: what is known before the first
 * cell. 0, or -1 and *e when there is no memory.
 */
int rcs_run_record_begin(struct rcs_run_record *r, const struct rcs_run_options *o,
			 const char *command, const struct rcs_machine *machine,
			 size_t cells, struct rcs_error *e);

/*
 * Adds a cell that has ended; log: its rounds, or NULL. Its record, or NULL if none is
 * wanted. 0, or -1 and *e.
 */
int rcs_run_record_add(struct rcs_run_record *r, const struct rcs_plan *plan,
		       const struct rcs_result *result, const struct rcs_round_log *log,
		       const struct rcs_standing *standing, struct rcs_error *e);

/* The last cell that was added; NULL if none is kept. */
const struct rcs_record_cell *rcs_run_record_last(const struct rcs_run_record *r);

/* What it came to. */
struct rcs_run_record_end {
	enum rcs_run_end end;
	bool interrupted;
	int exit_status;
	uint64_t elapsed_ns;
	struct rcs_family holding;
};

void rcs_run_record_conclude(struct rcs_run_record *r,
			     const struct rcs_run_record_end *end);

/*
 * Writes all reports that these options want of it; `text` is what files with text are
 * to hold, or NULL. 0, or -1 and *e.
 */
int rcs_run_record_write(struct rcs_run_record *r, const struct rcs_output_options *o,
			 int verbosity, const char *text, struct rcs_error *e);

void rcs_run_record_release(struct rcs_run_record *r);

#endif
