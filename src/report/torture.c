/* SPDX-License-Identifier: BSD-2-Clause */
/* What the report has of an RCU: see torture.h. */
#include "report/torture.h"

#include <inttypes.h>

void rcs_report_torture(FILE *out, const struct rcs_torture_result *t)
{
	uint64_t periods = 0;

	for (int way = 0; way < RCS_TORTURE_WAYS; way++)
		periods += way == RCS_TORTURE_CALLED ? 0 : t->periods[way];
	(void)fprintf(out,
		      "  rcu: %" PRIu64 " grace periods, the longest %.1f ms; %" PRIu64
		      " callbacks, %" PRIu64 " invoked; %" PRIu64 " sections\n",
		      periods, (double)t->longest_ns * 1e-6, t->queued, t->invoked,
		      t->sections);
}

static void print_periods(FILE *out, const struct rcs_torture_result *t)
{
	(void)fprintf(out, "         grace periods:");
	for (int way = 0; way < RCS_TORTURE_WAYS; way++)
		(void)fprintf(out, " %s %" PRIu64 "%s",
			      rcs_torture_way_name((enum rcs_torture_way)way),
			      t->periods[way], way + 1 < RCS_TORTURE_WAYS ? "," : "\n");
}

/* By grace periods since an object was removed, at the end of a section that held it.
 */
static void print_pipe(FILE *out, const struct rcs_torture_result *t)
{
	(void)fprintf(out, "         objects held, by age:");
	for (int n = 0; n <= RCS_TORTURE_PIPE_MAX; n++)
		(void)fprintf(out, " %" PRIu64, t->pipe[n]);
	(void)fprintf(out, " (the third and later are violations)\n");
}

void rcs_report_torture_details(FILE *out, const struct rcs_torture_result *t)
{
	static const char *const arms[RCS_TORTURE_ARMS] = {
		[RCS_TORTURE_SUBJECT] = "subject",
		[RCS_TORTURE_CONTROL] = "control",
		[RCS_TORTURE_REFERENCE] = "reference",
	};

	print_periods(out, t);
	print_pipe(out, t);
	for (int arm = 0; arm < RCS_TORTURE_ARMS; arm++) {
		for (int check = 0; check < RCS_TORTURE_CHECKS; check++) {
			if (t->violations[arm][check] == 0)
				continue;
			(void)fprintf(
				out, "         %s: %" PRIu64 " x %s, %s\n", arms[arm],
				t->violations[arm][check],
				rcs_torture_check_name((enum rcs_torture_check)check),
				rcs_torture_check_meaning(
					(enum rcs_torture_check)check));
		}
	}
}

void rcs_report_torture_witness(FILE *out, const struct rcs_witness *w)
{
	(void)fprintf(out,
		      "  witness: round %" PRIu64
		      ", %.1f ms after the first round began\n    %s\n",
		      w->round, (double)w->after_ns * 1e-6, w->story);
}
