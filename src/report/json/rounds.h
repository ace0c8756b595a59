/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The rounds of a cell in JSON: a column for each member, since a hundred objects with
 * the same names would be ten times the size.
 */
#ifndef RCS_REPORT_JSON_ROUNDS_H
#define RCS_REPORT_JSON_ROUNDS_H

#include <jansson.h>

#include "report/record.h"

/* NULL when there is no memory. */
json_t *rcs_json_rounds(const struct rcs_record_detail *detail);

/* Fills rounds, round[] and rounds_left_out. 0, or -1 and *e (USAGE, RESOURCE). */
int rcs_json_rounds_fill(const json_t *columns, struct rcs_record_detail *detail,
			 struct rcs_pool *pool, struct rcs_error *e);

#endif
