/* SPDX-License-Identifier: BSD-2-Clause */
/* What of a fleet is in a line, without quotes: for fleet_page.c. */
#ifndef RCS_REPORT_FLEET_WORDS_H
#define RCS_REPORT_FLEET_WORDS_H

#include <stdio.h>

#include "report/fleet.h"

/* "x86_64, AMD EPYC, microcode 0xa, Linux 6.1", as far as the part goes. */
void rcs_fleet_words_group(FILE *out, enum rcs_fleet_part part,
			   const struct rcs_machine *machine);

/* The name of a node, or what stands for it. */
const char *rcs_fleet_words_node(const struct rcs_machine *machine);

/* What was found, and where; why, in a line. */
void rcs_fleet_words_finding(FILE *out, const struct rcs_fleet_finding *finding);
void rcs_fleet_words_why(FILE *out, const struct rcs_record_cell *cell);

/* Its machine and file. */
void rcs_fleet_words_where(FILE *out, const struct rcs_record_run *run);

void rcs_fleet_words_outlier(FILE *out, const struct rcs_fleet_outlier *outlier);

/* "heavy", "never-hit" and so on, for programs. */
extern const char *const rcs_fleet_oddity_names[RCS_FLEET_ODDITIES];

#endif
