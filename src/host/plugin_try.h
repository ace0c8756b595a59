/* SPDX-License-Identifier: BSD-2-Clause */
/* Trying a plug-in out in a child, and counting what it leaves behind. */
#ifndef RCS_HOST_PLUGIN_TRY_H
#define RCS_HOST_PLUGIN_TRY_H

#include "host/plugin.h"
#include "host/trial.h"

#define RCS_PLUGIN_TRY_SECONDS 10

/*
 * Runs the body in a child. Its answer begins with a struct rcs_error, which is this
 * function's if it is one. 0 and the answer; or -1 and *e: that one, or FAULT for a
 * plug-in that crashed, hung or ended the child, UNSUPPORTED if a seccomp filter killed
 * it, RESOURCE when there was no child. As rcs_trial_run() otherwise.
 */
int rcs_plugin_try(const struct rcs_plugin_place *place, rcs_trial_body *body,
		   void *argument, void *answer, size_t size, struct rcs_error *e);

/* What this process has; -1: not known (no /proc). */
struct rcs_plugin_holdings {
	int threads;
	int descriptors;
	bool children; /* it has some */
};

void rcs_plugin_count(struct rcs_plugin_holdings *now);

/*
 * What there is more of than there was, in words for what taking the plug-in down
 * leaves behind; waits a little for threads that are about to end. Empty: nothing.
 */
void rcs_plugin_left_behind(const struct rcs_plugin_holdings *before, char *text,
			    size_t size);

#endif
