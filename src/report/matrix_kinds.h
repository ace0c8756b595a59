/* SPDX-License-Identifier: BSD-2-Clause */
/* The kinds of machines in a report, which are the columns of its matrix. */
#ifndef RCS_REPORT_MATRIX_KINDS_H
#define RCS_REPORT_MATRIX_KINDS_H

#include "report/matrix.h"

/*
 * Finds the kinds, in their order, in the report's pool, and the number of each run's
 * in of_run[]. 0, or -1 when there is no memory.
 */
int rcs_matrix_kinds_of(const struct rcs_report *report, struct rcs_matrix *matrix,
			uint32_t *of_run);

/* What runs programs there; empty: the machine itself. */
const char *rcs_matrix_emulator(const struct rcs_machine *machine);

/* The order of kinds, as strcmp() has it; 0: they are one kind. */
int rcs_matrix_kind_compare(const struct rcs_machine *a, const struct rcs_machine *b);

/*
 * The kind that one is compared with: itself; or the nearest of the same architecture
 * and emulator, in the order of kinds. That is one of the same CPU model if there is
 * any, with the kernel before it, or else the one after. NULL: there is none.
 */
const struct rcs_matrix_kind *rcs_matrix_kind_nearest(const struct rcs_matrix *among,
						      const struct rcs_machine *to);

#endif
