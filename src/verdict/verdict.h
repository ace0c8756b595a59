/* SPDX-License-Identifier: BSD-2-Clause */
/* From counts to a verdict. */
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
	/* All rounds since the absent twin's evidence began showed one each. */
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

/* What the program ends with: see status.h, and EXIT STATUS in rcustress(1). */
enum rcs_exit {
	RCS_EXIT_HOLDS = 0,  /* or all is as expected */
	RCS_EXIT_BROKEN = 1, /* or not what was expected */
	RCS_EXIT_USAGE = 2,
	RCS_EXIT_INCONCLUSIVE = 3,
	RCS_EXIT_FAULT = 4,
	RCS_EXIT_SKIPPED = 77, /* nothing was judged */
};

#endif
