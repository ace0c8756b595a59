/* SPDX-License-Identifier: BSD-2-Clause */
/* The tables of `rcustress bench --rcu`: see rcu_bench.h. */
#include "report/rcu_bench.h"

#include <string.h>

#define NAME_WIDTH 21

static const struct rcs_rcu_bench_row *find(const struct rcs_rcu_bench *b,
					    const char *name)
{
	for (uint32_t i = 0; i < b->rows; i++) {
		if (strcmp(b->row[i].name, name) == 0)
			return &b->row[i];
	}
	return NULL;
}

/* Begins a row; false: that was all, since there is nothing to show. */
static bool begin_row(FILE *out, const struct rcs_rcu_bench_row *row)
{
	(void)fprintf(out, "  %-*s", NAME_WIDTH, row->name);
	if (row->rounds > 0)
		return true;
	(void)fprintf(out, "  not measured%s%s\n", row->reason[0] != '\0' ? ": " : "",
		      row->reason);
	return false;
}

/* Ends a row, with what went wrong on the way. */
static void end_row(FILE *out, const struct rcs_rcu_bench_row *row)
{
	if (row->reason[0] != '\0')
		(void)fprintf(out, "  until: %s", row->reason);
	(void)fputc('\n', out);
}

static const char *mark(const struct rcs_rcu_bench_row *row)
{
	return row->disturbed ? "*" : " ";
}

static void foot(FILE *out, bool disturbed)
{
	if (disturbed)
		(void)fprintf(out,
			      "  * other programs had the reader's CPU for part of "
			      "all rounds\n");
}

/* 0: there is none. */
static void ratio(FILE *out, int width, double value)
{
	if (value > 0.0)
		(void)fprintf(out, " %*.2fx", width - 1, value);
	else
		(void)fprintf(out, " %*s", width, "-");
}

static double over(double value, double base)
{
	return base > 0.0 ? value / base : 0.0;
}

void rcs_rcu_bench_read_table(FILE *out, const struct rcs_rcu_bench *b)
{
	(void)fprintf(out,
		      "\nread side, ns a section (enter, dereference, leave), one "
		      "thread%s; x: to two stores and a\nload, and to urcu_memb\n"
		      "  %-*s %10s %8s %8s %8s %10s %8s %8s\n",
#ifdef __OPTIMIZE__
		      "",
#else
		      ", not optimised",
#endif
		      NAME_WIDTH, "", "the same", "best", "stores", "memb", "a walk",
		      "stores", "memb");
	for (uint32_t i = 0; i < b->rows; i++) {
		const struct rcs_rcu_bench_row *row = &b->row[i];

		if (!begin_row(out, row))
			continue;
		(void)fprintf(out, " %10.2f %8.2f", row->median_ns, row->least_ns);
		ratio(out, 8, row->to_stores);
		ratio(out, 8, row->to_memb);
		(void)fprintf(out, " %10.2f", row->walk_ns);
		ratio(out, 8, row->walk_to_stores);
		ratio(out, 8, row->walk_to_memb);
		end_row(out, row);
	}
	(void)fflush(out);
}

void rcs_rcu_bench_grace_table(FILE *out, const char *barrier, const char *readers,
			       const struct rcs_rcu_bench *b)
{
	const struct rcs_rcu_bench_row *heavy = find(b, RCS_RCU_BENCH_HEAVY);
	const struct rcs_rcu_bench_row *memb = find(b, RCS_RCU_BENCH_MEMB);
	bool disturbed = false;

	(void)fprintf(out,
		      "\nsynchronize(), us a call, over %s, %s\n"
		      "  %-*s %9s %9s %9s %9s %9s %13s\n",
		      barrier, readers, NAME_WIDTH, "", "p50", "p90", "p99", "max",
		      "to heavy", "to urcu_memb");
	for (uint32_t i = 0; i < b->rows; i++) {
		const struct rcs_rcu_bench_row *row = &b->row[i];

		if (!begin_row(out, row))
			continue;
		disturbed = disturbed || row->disturbed;
		(void)fprintf(out, "%s%9.2f %9.2f %9.2f %9.2f", mark(row),
			      (double)row->p50_ns / 1e3, (double)row->p90_ns / 1e3,
			      (double)row->p99_ns / 1e3, (double)row->most_ns / 1e3);
		ratio(out, 9,
		      heavy != NULL ? over((double)row->p50_ns, (double)heavy->p50_ns)
				    : 0.0);
		ratio(out, 13,
		      memb != NULL ? over((double)row->p50_ns, (double)memb->p50_ns)
				   : 0.0);
		end_row(out, row);
	}
	foot(out, disturbed);
	(void)fflush(out);
}

/* One column; whether it was disturbed. */
static bool rate(FILE *out, const struct rcs_rcu_bench *b, const char *name)
{
	const struct rcs_rcu_bench_row *row = find(b, name);
	const struct rcs_rcu_bench_row *memb = find(b, RCS_RCU_BENCH_MEMB);

	if (row == NULL || row->rounds == 0) {
		(void)fprintf(out, " %9s %7s", "-", "-");
		return false;
	}
	(void)fprintf(out, "%s%9.0f", mark(row), row->per_second);
	ratio(out, 7, memb != NULL ? over(row->per_second, memb->per_second) : 0.0);
	return row->disturbed;
}

/* The first column that has that row and a reason why there is no more of it. */
static const char *reason_of(const struct rcs_rcu_bench_column *column, size_t count,
			     const char *name)
{
	for (size_t c = 0; c < count; c++) {
		const struct rcs_rcu_bench_row *row = find(&column[c].bench, name);

		if (row != NULL && row->reason[0] != '\0')
			return row->reason;
	}
	return NULL;
}

void rcs_rcu_bench_rate_table(FILE *out, const char *barrier, const char *what,
			      const struct rcs_rcu_bench_column *column, size_t count)
{
	const struct rcs_rcu_bench *first = &column[0].bench;
	bool disturbed = false;

	(void)fprintf(out,
		      "\nsynchronize(), calls a second in all, over %s, %s; x: to "
		      "urcu_memb\n  %-*s",
		      barrier, what, NAME_WIDTH, "");
	for (size_t c = 0; c < count; c++)
		(void)fprintf(out, " %17s", column[c].head);
	(void)fputc('\n', out);
	/* A cell that gave up has the rows of those before it. */
	for (uint32_t i = 0; i < first->rows; i++) {
		const char *name = first->row[i].name;
		const char *reason = reason_of(column, count, name);

		(void)fprintf(out, "  %-*s", NAME_WIDTH, name);
		for (size_t c = 0; c < count; c++)
			disturbed |= rate(out, &column[c].bench, name);
		if (reason != NULL)
			(void)fprintf(out, "  not all measured: %s", reason);
		(void)fputc('\n', out);
	}
	foot(out, disturbed);
	(void)fflush(out);
}

void rcs_rcu_bench_callbacks_table(FILE *out, const char *barrier, int producers,
				   const struct rcs_rcu_bench *b)
{
	const struct rcs_rcu_bench_row *memb = find(b, RCS_RCU_BENCH_MEMB);

	(void)fprintf(out,
		      "\ncall(), a second in all, over %s, %d producer%s; x: to "
		      "urcu_memb\n  %-*s %20s %20s\n",
		      barrier, producers, producers == 1 ? "" : "s", NAME_WIDTH, "",
		      "queued", "invoked");
	for (uint32_t i = 0; i < b->rows; i++) {
		const struct rcs_rcu_bench_row *row = &b->row[i];

		if (!begin_row(out, row))
			continue;
		(void)fprintf(out, " %12.0f", row->per_second);
		ratio(out, 7,
		      memb != NULL ? over(row->per_second, memb->per_second) : 0.0);
		(void)fprintf(out, " %12.0f", row->invoked);
		ratio(out, 7, memb != NULL ? over(row->invoked, memb->invoked) : 0.0);
		end_row(out, row);
	}
	(void)fflush(out);
}

void rcs_rcu_bench_no_table(FILE *out, const char *barrier, const char *what,
			    const char *why)
{
	(void)fprintf(out, "\n%s, over %s: not measured: %s\n", what, barrier, why);
	(void)fflush(out);
}
