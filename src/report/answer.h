/* SPDX-License-Identifier: BSD-2-Clause */
/* An answer of the prover, and what the file of the test says of it. */
#ifndef RCS_REPORT_ANSWER_H
#define RCS_REPORT_ANSWER_H

#include "model/prove.h"

enum rcs_answer_standing {
	RCS_STANDING_UNSTATED, /* the file does not say */
	RCS_STANDING_EXPECTED,
	RCS_STANDING_CONTRADICTED,
	RCS_STANDING_GAVE_UP, /* there is no answer */
};

/* What the file expects where the barrier is that: UNKNOWN when it does not say. */
enum rcs_answer rcs_answer_stated(const struct rcs_litmus *test,
				  enum rcs_prove_barrier barrier, enum rcs_model model);

enum rcs_answer_standing rcs_answer_standing(const struct rcs_litmus *test,
					     enum rcs_prove_barrier barrier,
					     enum rcs_model model,
					     enum rcs_answer answer);

/* "Never" and so on, and "gave up" where there is none. */
const char *rcs_answer_text(enum rcs_answer answer);

#endif
