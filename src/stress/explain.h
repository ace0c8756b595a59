/* SPDX-License-Identifier: BSD-2-Clause */
/* Why a verdict is what it is, and what would help: in a sentence for a person. */
#ifndef RCS_STRESS_EXPLAIN_H
#define RCS_STRESS_EXPLAIN_H

#include "stress/plan.h"
#include "stress/result.h"

/* Fills result->reason from the rest of *result. Empty for a plain HOLDS. */
void rcs_explain(const struct rcs_plan *plan, struct rcs_result *result);

#endif
