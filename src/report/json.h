/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Documents of rcustress in JSON, as man/rcustress.schema.json has them: a run, a
 * horizon, or a merged report of many of both.
 */
#ifndef RCS_REPORT_JSON_H
#define RCS_REPORT_JSON_H

#include <stdbool.h>

#include "report/record.h"

/*
 * Adds what is in a file to a report, without details if it is to be brief. 0, or -1
 * and *e: USAGE says in words what is wrong with the file (it cannot be read, is no
 * JSON or cut short, is no document of rcustress, is of a newer schema, or lacks
 * something), without its name; RESOURCE that there is no memory. Nothing is added
 * then. Threads may read at the same time, each into a report of its own.
 */
int rcs_json_read(const char *path, bool brief, struct rcs_report *report,
		  struct rcs_error *e);

#endif
