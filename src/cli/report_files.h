/* SPDX-License-Identifier: BSD-2-Clause */
/* The files that `rcustress report` is given: by name, in folders, or in a list. */
#ifndef RCS_CLI_REPORT_FILES_H
#define RCS_CLI_REPORT_FILES_H

#include <stdint.h>
#include <stdio.h>

#include "report/record.h"

/* Begins as {0}. */
struct rcs_report_files {
	size_t count;
	char **path;
	uint64_t bytes; /* of all of them together */
};

/*
 * Adds a file; or of a folder those that are called *.json, in the order of their
 * names, and not those of folders in it. A folder with none is refused, in the report.
 * 0, or -1 and *e when there is no memory.
 */
int rcs_report_files_add(struct rcs_report_files *files, const char *path,
			 struct rcs_report *report, struct rcs_error *e);

/* The same for each line of a list. */
int rcs_report_files_add_list(struct rcs_report_files *files, FILE *list,
			      struct rcs_report *report, struct rcs_error *e);

void rcs_report_files_free(struct rcs_report_files *files);

#endif
