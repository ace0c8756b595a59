/* SPDX-License-Identifier: BSD-2-Clause */
/* The tables of `rcustress bench`: see bench.h. */
#include "report/bench.h"

#include <inttypes.h>

static double per_second(uint64_t count, uint64_t ns)
{
	return ns > 0 ? (double)count / ((double)ns * 1e-9) : 0.0;
}

void rcs_bench_costs_head(FILE *out)
{
	(void)fprintf(out, "heavy calls, us               exposed p50      p99    "
			   "alone p50      p99"
			   "  interrupts per exposed call\n");
}

/* Median and 99th percentile, in columns of 11 and 9. */
static void costs_pair(FILE *out, const struct rcs_quantiles *q)
{
	if (q->samples == 0)
		(void)fprintf(out, " %10s %8s", "-", "-");
	else
		(void)fprintf(out, " %10.2f %8.2f", (double)q->p50_ns / 1e3,
			      (double)q->p99_ns / 1e3);
}

void rcs_bench_costs_row(FILE *out, const char *barrier, const struct rcs_result *r)
{
	if (r->subject.rounds == 0) {
		(void)fprintf(out, "  %-28s %s: %s\n", barrier,
			      rcs_verdict_name(r->verdict), r->reason);
		return;
	}
	(void)fprintf(out, "  %-28s", barrier);
	costs_pair(out, &r->exposed);
	(void)fprintf(out, "  ");
	costs_pair(out, &r->alone);
	(void)fprintf(out, "  ");
	if (r->mechanism.readable && r->exposed.samples > 0)
		(void)fprintf(out, "%.2f\n", r->mechanism.per_exposed);
	else
		(void)fprintf(out, "%s\n",
			      r->mechanism.readable ? "-" : "not readable");
	(void)fflush(out);
}

void rcs_bench_curve_head(FILE *out, const struct rcs_bench_column *column,
			  size_t count)
{
	(void)fprintf(out,
		      "\nhits a second, and %% of exposed calls hit, of a barrier that "
		      "only waits;\n* where at least half of the rounds were hit\n"
		      "delay, us");
	for (size_t c = 0; c < count; c++) {
		char name[64];

		(void)snprintf(name, sizeof(name),
			       column[c].depth > 1 ? "%s x%u" : "%s",
			       column[c].amplifier, column[c].depth);
		(void)fprintf(out, " %16s", name);
	}
	(void)fputc('\n', out);
}

void rcs_bench_curve_row(FILE *out, unsigned delay_ns)
{
	(void)fprintf(out, "%9.1f", (double)delay_ns / 1e3);
	(void)fflush(out);
}

static int within(const struct rcs_result *r)
{
	return r->subject.rounds > 0 && r->subject.hit_rounds * 2 >= r->subject.rounds;
}

void rcs_bench_curve_cell(FILE *out, const struct rcs_result *r)
{
	const struct rcs_arm_total *s = &r->subject;
	char text[32];

	if (s->rounds == 0 || s->exposed == 0)
		(void)snprintf(text, sizeof(text), "-");
	else
		(void)snprintf(text, sizeof(text), "%.0f %.3g%%%s",
			       per_second(s->hits, s->time_ns),
			       100.0 * (double)s->hits / (double)s->exposed,
			       within(r) ? "*" : "");
	(void)fprintf(out, " %16s", text);
	(void)fflush(out);
}

void rcs_bench_curve_end(FILE *out)
{
	(void)fputc('\n', out);
}

void rcs_bench_horizon_add(struct rcs_bench_horizon *h,
			   const struct rcs_bench_column *column, unsigned delay_ns,
			   const struct rcs_result *r)
{
	if (!within(r) || delay_ns <= h->delay_ns)
		return;
	*h = (struct rcs_bench_horizon){delay_ns, *column};
}

void rcs_bench_curve_foot(FILE *out, const struct rcs_bench_horizon *h)
{
	if (h->delay_ns == 0)
		(void)fprintf(
			out, "horizon: none, no delay was hit in half of the rounds\n");
	else
		(void)fprintf(out, "horizon: %.1f us, with %s x%u\n",
			      (double)h->delay_ns / 1e3, h->column.amplifier,
			      h->column.depth);
}

void rcs_bench_bare(FILE *out, int pairs, const struct rcs_result *r)
{
	(void)fprintf(
		out,
		"\nbare SB, %d pair%s of threads: %.3g hits/s at %.3g iterations/s, "
		"search of the logs included (%" PRIu64 " hits in %.2f s)\n",
		pairs, pairs == 1 ? "" : "s",
		per_second(r->subject.hits, r->subject.time_ns),
		per_second(r->subject.calls, r->subject.time_ns), r->subject.hits,
		(double)r->subject.time_ns * 1e-9);
}
