/* SPDX-License-Identifier: BSD-2-Clause */
/* The tables of `rcustress bench --rcu`, for people. */
#ifndef RCS_REPORT_RCU_BENCH_H
#define RCS_REPORT_RCU_BENCH_H

#include <stddef.h>
#include <stdio.h>

#include "stress/rcu_bench.h"

/* Durations of sections. */
void rcs_rcu_bench_read_table(FILE *out, const struct rcs_rcu_bench *b);

/* Durations of synchronize() over that barrier; readers: who reads, in words. */
void rcs_rcu_bench_grace_table(FILE *out, const char *barrier, const char *readers,
			       const struct rcs_rcu_bench *b);

/* Calls a second, a column for each measurement; what: of whom, in words. */
#define RCS_RCU_BENCH_COLUMNS_MAX 4
struct rcs_rcu_bench_column {
	char head[20];
	struct rcs_rcu_bench bench; /* no rows: not measured */
};
void rcs_rcu_bench_rate_table(FILE *out, const char *barrier, const char *what,
			      const struct rcs_rcu_bench_column *column, size_t count);

/* Rates of call(). */
void rcs_rcu_bench_callbacks_table(FILE *out, const char *barrier, int producers,
				   const struct rcs_rcu_bench *b);

/* One line instead of a table. */
void rcs_rcu_bench_no_table(FILE *out, const char *barrier, const char *what,
			    const char *why);

#endif
