/* SPDX-License-Identifier: BSD-2-Clause */
/* A witness as a story: what is done, step by step, until the test ends so. */
#ifndef RCS_REPORT_STORY_H
#define RCS_REPORT_STORY_H

#include <stdio.h>

#include "model/prove.h"

/* Of the witness that the proof has for this model. */
void rcs_story_print(const struct rcs_litmus *test, const struct rcs_proof *proof,
		     enum rcs_model model, FILE *out);

#endif
