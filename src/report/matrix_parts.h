/* SPDX-License-Identifier: BSD-2-Clause */
/* The parts of a merged report as text, for matrix_text.c, which puts them together. */
#ifndef RCS_REPORT_MATRIX_PARTS_H
#define RCS_REPORT_MATRIX_PARTS_H

#include <stdio.h>

#include "report/format.h"

/* The word for what a verdict comes to where it stands, in its colour. */
void rcs_matrix_put_verdict(FILE *out, enum rcs_verdict verdict,
			    const struct rcs_standing *standing, bool colored);

/* "x86_64, Linux 6.1, AMD EPYC (virtual), under qemu-x86_64". */
void rcs_matrix_put_machine(FILE *out, const struct rcs_machine *machine);

/* "3 machines, 5 runs", into text. */
void rcs_matrix_kind_counts(const struct rcs_matrix_kind *kind, char *text,
			    size_t size);

/* The table, in lines of this width where that can be. 0, or -1 when there is no
 * memory. */
int rcs_matrix_table(const struct rcs_document *document, FILE *out, int width);

/* Cells that speak against their runs; verbosely, all that are BROKEN or INCONCLUSIVE.
 */
void rcs_matrix_list_cells(const struct rcs_document *document, FILE *out);

/* In place of both, of a fleet. 0, or -1 when there is no memory. */
int rcs_fleet_text(const struct rcs_document *document, FILE *out);

/* What is other than in the baseline. */
void rcs_matrix_list_changes(const struct rcs_document *document, FILE *out);

#endif
