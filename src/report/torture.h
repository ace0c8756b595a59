/* SPDX-License-Identifier: BSD-2-Clause */
/* What the report has of an RCU beside its verdict. */
#ifndef RCS_REPORT_TORTURE_H
#define RCS_REPORT_TORTURE_H

#include <stdio.h>

#include "stress/result.h"

/* One line: grace periods, callbacks, sections. */
void rcs_report_torture(FILE *out, const struct rcs_torture_result *t);

/* Lines below it: grace periods by kind, how old objects were, violations by check. */
void rcs_report_torture_details(FILE *out, const struct rcs_torture_result *t);

/* The first violation: when, and what was seen. */
void rcs_report_torture_witness(FILE *out, const struct rcs_witness *w);

#endif
