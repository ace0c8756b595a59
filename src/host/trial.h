/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Trying something out in a child process, where a filter that kills, a crash, a hang
 * and what cannot be undone harm nobody else.
 */
#ifndef RCS_HOST_TRIAL_H
#define RCS_HOST_TRIAL_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "host/error.h"

enum rcs_trial_end {
	RCS_TRIAL_ANSWERED, /* it returned */
	RCS_TRIAL_KILLED,   /* by a signal */
	RCS_TRIAL_SILENT,   /* it was still at it when its time was over */
	RCS_TRIAL_GONE,	    /* it ended without returning */
};

struct rcs_trial {
	enum rcs_trial_end end;
	int signal;    /* KILLED */
	int status;    /* GONE: its exit status */
	char step[64]; /* what it was doing, if it said so */
};

/* What is tried: fills the answer, of that size, zeroed. In the child. */
typedef void rcs_trial_body(void *argument, void *answer);

/* Says, in the child, what is done next; the text is copied. */
void rcs_trial_step(const char *step);

/*
 * Tries it for so many seconds at most. 0, and *trial; the answer is copied only when
 * it ANSWERED. -1 and *e (RESOURCE) when there can be no child. Call it while the
 * process has one thread; threads and memory of the child are lost with it.
 */
int rcs_trial_run(rcs_trial_body *body, void *argument, void *answer, size_t size,
		  int seconds, struct rcs_trial *trial, struct rcs_error *e);

/*
 * How it ended, if not with an answer, as the rest of a sentence: "was killed by signal
 * 11 (Segmentation fault) in setup()".
 */
void rcs_trial_print(const struct rcs_trial *trial, int seconds, char *text,
		     size_t size);

#endif
