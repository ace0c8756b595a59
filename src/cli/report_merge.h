/* SPDX-License-Identifier: BSD-2-Clause */
/* Many files read into one report, by as many threads as there are CPUs. */
#ifndef RCS_CLI_REPORT_MERGE_H
#define RCS_CLI_REPORT_MERGE_H

#include "cli/report_files.h"
#include "report/record.h"

#define RCS_MERGE_THREADS_MAX 8

struct rcs_merged {
	struct rcs_report report;
	struct rcs_pool *pool[RCS_MERGE_THREADS_MAX]; /* of the threads */
	size_t repeated;	   /* runs and horizons that were there already */
	const char *repeated_file; /* the first file with one; NULL: there is none, or
				      no memory */
};

/* With a report that is empty. 0, or -1 and *e. */
int rcs_merged_begin(struct rcs_merged *merged, struct rcs_error *e);

/*
 * Adds what is in these files, in their order. Those that cannot be read are refused,
 * in the report. Runs of the same machine, time, seed and command line are one, and
 * horizons of the same machine and time. Once for each struct rcs_merged. 0, or -1 and
 * *e when there is no memory.
 */
int rcs_merged_read(struct rcs_merged *merged, const struct rcs_report_files *files,
		    bool brief, struct rcs_error *e);

void rcs_merged_end(struct rcs_merged *merged);

#endif
