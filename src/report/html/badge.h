/* SPDX-License-Identifier: BSD-2-Clause */
/* Verdicts on a page: a word, its colour, and what stands in brackets behind it. */
#ifndef RCS_REPORT_HTML_BADGE_H
#define RCS_REPORT_HTML_BADGE_H

#include <stdint.h>
#include <stdio.h>

#include "verdict/status.h"

/* How much it matters: from 0, which is fine, to RCS_HTML_GRAVEST. */
enum { RCS_HTML_FINE, RCS_HTML_DOUBT = 1, RCS_HTML_GRAVEST = 4 };
int rcs_html_gravity(enum rcs_verdict verdict, const struct rcs_standing *s);

/* Verdicts, the gravest first. */
extern const enum rcs_verdict rcs_html_order[RCS_FAULT + 1];

void rcs_html_verdict(FILE *out, enum rcs_verdict verdict,
		      const struct rcs_standing *s);
/* Without its standing. */
void rcs_html_verdict_word(FILE *out, enum rcs_verdict verdict);
void rcs_html_end(FILE *out, enum rcs_run_end end);

/* "28 HOLDS, 1 SKIPPED" */
void rcs_html_tally(FILE *out, const uint32_t count[RCS_FAULT + 1]);

#endif
