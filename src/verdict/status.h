/* SPDX-License-Identifier: BSD-2-Clause */
/* From the verdicts of cells to what the run as a whole says, and its exit status. */
#ifndef RCS_VERDICT_STATUS_H
#define RCS_VERDICT_STATUS_H

#include "verdict/verdict.h"

/* A verdict as a member of a set of verdicts, which is an unsigned. */
#define RCS_VERDICT_BIT(verdict) (1u << (verdict))

/* What the verdict of a cell is measured by. All zero: by itself. */
struct rcs_standing {
	bool self_test; /* a control that must come out BROKEN; nothing is expected */
	bool unclaimed; /* no control, and not said to order memory here */
	unsigned expected; /* a set of verdicts; 0: nothing is expected */
};

/* Something is expected, and this is it. FAULT never is. */
bool rcs_as_expected(enum rcs_verdict verdict, unsigned expected);

/* Something is expected, and it is not this. */
bool rcs_unexpected(enum rcs_verdict verdict, unsigned expected);

/* "BROKEN or SKIPPED" into text, with separator between. */
void rcs_verdicts_print(unsigned verdicts, const char *separator, char *text,
			size_t size);

/* One cell as the exit status sees it. */
struct rcs_outcome {
	enum rcs_verdict verdict;
	struct rcs_standing standing;
};

/* What a run comes to, for its last line. Worst first. */
enum rcs_run_end {
	RCS_RUN_FAULT,	      /* puts all else in doubt */
	RCS_RUN_BROKEN,	      /* some barrier is, and was not expected to be */
	RCS_RUN_UNEXPECTED,   /* another verdict was expected: "UNEXPECTED" */
	RCS_RUN_INCONCLUSIVE, /* or a self-test that was not BROKEN, or an interrupt */
	RCS_RUN_HOLDS,	      /* some barrier does; nothing speaks against the run */
	RCS_RUN_AS_EXPECTED,  /* none HOLDS, and none was to: "AS EXPECTED" */
	RCS_RUN_ALLOWED,      /* only what is no fault was seen */
	RCS_RUN_SKIPPED,      /* nothing was judged */
};

enum rcs_run_end rcs_run_end(const struct rcs_outcome *outcomes, size_t count,
			     bool interrupted);

const char *rcs_run_end_name(enum rcs_run_end end);

/* The exit status for that. An interrupted run never passes. */
enum rcs_exit rcs_exit_status(enum rcs_run_end end, bool inconclusive_passes,
			      bool interrupted);

#endif
