/* SPDX-License-Identifier: BSD-2-Clause */
/* The options of a run in words, for reports: as they were said, or as they are else.
 */
#ifndef RCS_CLI_RUN_SETTINGS_H
#define RCS_CLI_RUN_SETTINGS_H

#include "cli/run_options.h"
#include "report/record.h"

/* Into run->option, of the pool. 0, or -1 when there is no memory. */
int rcs_run_settings(const struct rcs_run_options *o, struct rcs_pool *pool,
		     struct rcs_record_run *run);

/* The command line that argv is, with quotes where a shell would want them; the
 * caller's to free. NULL when there is no memory. */
char *rcs_run_command(int argc, char **argv);

#endif
