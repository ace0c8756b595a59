/* SPDX-License-Identifier: BSD-2-Clause */
/* From counts to a verdict, and from verdicts to an exit status. */
#ifndef RCS_VERDICT_VERDICT_H
#define RCS_VERDICT_VERDICT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum rcs_verdict {
	RCS_INCONCLUSIVE, /* the run could not have told */
	RCS_HOLDS,	  /* never hit, where its twin was, often enough */
	RCS_BROKEN,	  /* the subject was hit */
	RCS_SKIPPED,	  /* it cannot work, or cannot be shown, here */
	RCS_ALLOWED,	  /* the target is no fault: counted, not judged */
	RCS_FAULT,	  /* the machine or this program is at fault */
};

/* The control that backs a HOLDS. */
enum rcs_twin {
	RCS_TWIN_DELAY,	 /* takes as long as the barrier with readers running */
	RCS_TWIN_ABSENT, /* takes as long as it does when no other CPU runs us */
	RCS_TWINS,
};

/* What a cell has counted. Only complete blocks go into blocks[]. */
struct rcs_evidence {
	bool judged;	       /* the test's target must be forbidden */
	uint64_t subject_hits; /* in any round at all */
	uint64_t reference_hits;
	/* Blocks in which the control was hit and the subject was not, by twin. */
	uint64_t blocks[RCS_TWINS];
	/* Each of the subject's rounds showed an interrupt per exposed call. */
	bool interrupted_throughout;
	double p_target;
	/* What is asked for and can be said now; 0 asks for nothing. */
	double sensitivity_wanted;
	double sensitivity[RCS_TWINS];
};

struct rcs_decision {
	enum rcs_verdict verdict;
	enum rcs_twin twin; /* the one that backs HOLDS, or came nearest to it */
	double p_missed;    /* 1 when nothing backs it */
};

/* The verdict if the cell ended now. */
struct rcs_decision rcs_decide(const struct rcs_evidence *evidence);

/* "HOLDS" and so on; "delay", "absent". */
const char *rcs_verdict_name(enum rcs_verdict verdict);
const char *rcs_twin_name(enum rcs_twin twin);

/* One cell as the exit status sees it. */
struct rcs_outcome {
	enum rcs_verdict verdict;
	bool self_test; /* a control that must come out BROKEN */
};

enum rcs_exit {
	RCS_EXIT_HOLDS = 0,
	RCS_EXIT_BROKEN = 1,
	RCS_EXIT_USAGE = 2,
	RCS_EXIT_INCONCLUSIVE = 3,
	RCS_EXIT_FAULT = 4,
	RCS_EXIT_SKIPPED = 77, /* nothing was judged */
};

/*
 * The exit status of a run, worst first: a FAULT puts all else in doubt; BROKEN;
 * INCONCLUSIVE, or a self-test that was not BROKEN, or an interrupted run; then 0
 * when at least one cell HOLDS, and 77 when nothing was judged.
 */
enum rcs_exit rcs_exit_status(const struct rcs_outcome *outcomes, size_t count,
			      bool inconclusive_passes, bool interrupted);

/* The verdict of the run as a whole, by the same order, for its last line. */
enum rcs_verdict rcs_overall(const struct rcs_outcome *outcomes, size_t count,
			     bool interrupted);

#endif
