/* SPDX-License-Identifier: BSD-2-Clause */
/* Witnesses, told in lines that people read. */
#ifndef RCS_REPORT_WITNESS_H
#define RCS_REPORT_WITNESS_H

#include <stdint.h>
#include <stdio.h>

#include "stress/result.h"

/* What the subject's first hit was: who stored and loaded what, where. */
void rcs_report_witness(FILE *out, const struct rcs_witness *w);

/* "180 ns", "20.3 us", "1.5 ms". */
void rcs_report_duration(FILE *out, uint64_t ns);

#endif
