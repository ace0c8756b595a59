/* SPDX-License-Identifier: BSD-2-Clause */
/* The tables of `rcustress bench`, for people: a row as soon as it is known. */
#ifndef RCS_REPORT_BENCH_H
#define RCS_REPORT_BENCH_H

#include <stddef.h>
#include <stdio.h>

#include "stress/result.h"

void rcs_bench_costs_head(FILE *out);
void rcs_bench_costs_row(FILE *out, const char *barrier, const struct rcs_result *r);

/* The horizon curve: a row for each delay, a column for each amplifier and depth. */
struct rcs_bench_column {
	const char *amplifier;
	unsigned depth;
};
void rcs_bench_curve_head(FILE *out, const struct rcs_bench_column *column,
			  size_t count);
void rcs_bench_curve_row(FILE *out, unsigned delay_ns);
void rcs_bench_curve_cell(FILE *out, const struct rcs_result *r);
void rcs_bench_curve_end(FILE *out);

/* The longest delay of which at least half of the rounds were hit, so far. */
struct rcs_bench_horizon {
	unsigned delay_ns; /* 0: none */
	struct rcs_bench_column column;
};
void rcs_bench_horizon_add(struct rcs_bench_horizon *h,
			   const struct rcs_bench_column *column, unsigned delay_ns,
			   const struct rcs_result *r);
void rcs_bench_curve_foot(FILE *out, const struct rcs_bench_horizon *h);

void rcs_bench_bare(FILE *out, int pairs, const struct rcs_result *r);

#endif
