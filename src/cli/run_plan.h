/* SPDX-License-Identifier: BSD-2-Clause */
/* Plans of the cells of a run, and which items there is nothing to be learned from. */
#ifndef RCS_CLI_RUN_PLAN_H
#define RCS_CLI_RUN_PLAN_H

#include "cli/run_options.h"
#include "cli/test_name.h"
#include "stress/result.h"

/*
 * What the cell of that item and barrier is to do, in so much time. 0, or -1 and *e:
 * USAGE, RESOURCE, or UNSUPPORTED where it cannot be had here.
 */
int rcs_run_plan(const struct rcs_run_options *o, const struct rcs_run_item *item,
		 const char *barrier, uint64_t limit_ns, struct rcs_plan *plan,
		 struct rcs_error *e);

/*
 * An item that nothing can be learned from here: true, and the reason in *result,
 * which is SKIPPED then. With --full, what this architecture is not to show is looked
 * for all the same.
 */
bool rcs_run_skips(const struct rcs_run_options *o, const struct rcs_run_item *item,
		   struct rcs_result *result);

/* The reason where the target cannot be seen here. */
extern const char rcs_run_nowhere[];

#endif
