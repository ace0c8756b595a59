/* SPDX-License-Identifier: BSD-2-Clause */
/* The kill table: see kill.h. */
#include "report/kill.h"

#include <inttypes.h>
#include <stdlib.h>

static int ascending(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

uint64_t rcs_kill_median(struct rcs_kill *kill)
{
	if (kill->killed == 0)
		return 0;
	qsort(kill->kill_ns, (size_t)kill->killed, sizeof(kill->kill_ns[0]), ascending);
	return kill->kill_ns[kill->killed / 2];
}

/* A duration in 8 columns. */
static void put_time(FILE *out, uint64_t ns)
{
	if (ns < UINT64_C(1000000000))
		(void)fprintf(out, " %5.1f ms", (double)ns * 1e-6);
	else
		(void)fprintf(out, " %6.2f s", (double)ns * 1e-9);
}

void rcs_kill_head(FILE *out)
{
	(void)fprintf(out, "%-19s %6s %8s %8s  %-10s %s\n", "mutant", "killed",
		      "median", "longest", "by", "the lie");
}

void rcs_kill_row(FILE *out, struct rcs_kill *kill, bool witness,
		  struct rcs_kill_sum *sum)
{
	uint64_t median = rcs_kill_median(kill), longest = 0;

	(void)fprintf(out, "%-19s %3d/%-2d", kill->name, kill->killed, kill->runs);
	if (kill->killed > 0) {
		longest = kill->kill_ns[kill->killed - 1];
		put_time(out, median);
		put_time(out, longest);
	} else {
		(void)fprintf(out, " %8s %8s", "-", "-");
	}
	(void)fprintf(out, "  %-10s %s\n", kill->killed > 0 ? kill->check : "-",
		      kill->summary);
	if (witness && kill->killed > 0)
		(void)fprintf(out, "%20s%s\n", "", kill->witness);
	sum->mutants++;
	if (kill->killed == kill->runs) {
		sum->killed++;
	} else if (kill->why_not != NULL) {
		sum->excused++;
		(void)fprintf(out, "%20smay survive: %s\n", "", kill->why_not);
	} else {
		sum->survived++;
		(void)fprintf(out, "%20sSURVIVED\n", "");
	}
	if (median > sum->worst_median_ns)
		sum->worst_median_ns = median;
	if (longest > sum->longest_ns)
		sum->longest_ns = longest;
	(void)fflush(out);
}

void rcs_kill_sound(FILE *out, const struct rcs_kill *kill, uint64_t time_ns,
		    uint64_t grace_periods)
{
	(void)fprintf(out, "%-19s %s, %" PRIu64 " grace periods in %.1f s: %s\n",
		      kill->name, kill->killed > 0 ? "VIOLATED" : "no violation",
		      grace_periods, (double)time_ns * 1e-9,
		      kill->killed > 0 ? kill->witness : kill->summary);
	(void)fflush(out);
}

void rcs_kill_foot(FILE *out, const struct rcs_kill_sum *sum)
{
	(void)fprintf(out, "%d mutant%s: %d killed, %d may survive here, %d survived",
		      sum->mutants, sum->mutants == 1 ? "" : "s", sum->killed,
		      sum->excused, sum->survived);
	if (sum->longest_ns > 0) {
		(void)fprintf(out, "; slowest median");
		put_time(out, sum->worst_median_ns);
		(void)fprintf(out, ", longest");
		put_time(out, sum->longest_ns);
	}
	(void)fputc('\n', out);
}
