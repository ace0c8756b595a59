/* SPDX-License-Identifier: BSD-2-Clause */
/* From the verdicts of cells to the verdict and exit status of a run: status.h. */
#include "verdict/status.h"

#include <stdio.h>

bool rcs_as_expected(enum rcs_verdict verdict, unsigned expected)
{
	return verdict != RCS_FAULT && (expected & RCS_VERDICT_BIT(verdict)) != 0;
}

bool rcs_unexpected(enum rcs_verdict verdict, unsigned expected)
{
	return expected != 0 && !rcs_as_expected(verdict, expected);
}

void rcs_verdicts_print(unsigned verdicts, const char *separator, char *text,
			size_t size)
{
	static const enum rcs_verdict order[] = {RCS_HOLDS, RCS_BROKEN,
						 RCS_INCONCLUSIVE, RCS_SKIPPED};
	size_t used = 0;

	text[0] = '\0';
	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]) && used < size; i++) {
		if ((verdicts & RCS_VERDICT_BIT(order[i])) == 0)
			continue;
		used += (size_t)snprintf(text + used, size - used, "%s%s",
					 used > 0 ? separator : "",
					 rcs_verdict_name(order[i]));
	}
}

/* What one cell alone would make of a run. */
static enum rcs_run_end cell_end(const struct rcs_outcome *o)
{
	const struct rcs_standing *s = &o->standing;

	if (o->verdict == RCS_FAULT)
		return RCS_RUN_FAULT;
	if (s->self_test)
		return o->verdict == RCS_BROKEN || o->verdict == RCS_SKIPPED
			       ? RCS_RUN_SKIPPED
			       : RCS_RUN_INCONCLUSIVE;
	if (o->verdict == RCS_HOLDS && !rcs_unexpected(o->verdict, s->expected))
		return RCS_RUN_HOLDS;
	if (rcs_as_expected(o->verdict, s->expected))
		return RCS_RUN_AS_EXPECTED;
	switch (o->verdict) {
	case RCS_BROKEN:
		return RCS_RUN_BROKEN;
	case RCS_INCONCLUSIVE:
		return RCS_RUN_INCONCLUSIVE;
	default:
		break;
	}
	if (s->expected != 0)
		return RCS_RUN_UNEXPECTED;
	return o->verdict == RCS_ALLOWED ? RCS_RUN_ALLOWED : RCS_RUN_SKIPPED;
}

enum rcs_run_end rcs_run_end(const struct rcs_outcome *outcomes, size_t count,
			     bool interrupted)
{
	enum rcs_run_end end = interrupted ? RCS_RUN_INCONCLUSIVE : RCS_RUN_SKIPPED;

	for (size_t i = 0; i < count; i++) {
		enum rcs_run_end one = cell_end(&outcomes[i]);

		if (one < end)
			end = one;
	}
	return end;
}

const char *rcs_run_end_name(enum rcs_run_end end)
{
	static const char *const names[] = {
		[RCS_RUN_FAULT] = "FAULT",
		[RCS_RUN_BROKEN] = "BROKEN",
		[RCS_RUN_UNEXPECTED] = "UNEXPECTED",
		[RCS_RUN_INCONCLUSIVE] = "INCONCLUSIVE",
		[RCS_RUN_HOLDS] = "HOLDS",
		[RCS_RUN_AS_EXPECTED] = "AS EXPECTED",
		[RCS_RUN_ALLOWED] = "ALLOWED",
		[RCS_RUN_SKIPPED] = "SKIPPED",
	};

	return names[end];
}

enum rcs_exit rcs_exit_status(enum rcs_run_end end, bool inconclusive_passes,
			      bool interrupted)
{
	switch (end) {
	case RCS_RUN_FAULT:
		return RCS_EXIT_FAULT;
	case RCS_RUN_BROKEN:
	case RCS_RUN_UNEXPECTED:
		return RCS_EXIT_BROKEN;
	case RCS_RUN_INCONCLUSIVE:
		return inconclusive_passes && !interrupted ? RCS_EXIT_HOLDS
							   : RCS_EXIT_INCONCLUSIVE;
	case RCS_RUN_HOLDS:
	case RCS_RUN_AS_EXPECTED:
		return RCS_EXIT_HOLDS;
	case RCS_RUN_ALLOWED:
	case RCS_RUN_SKIPPED:
		break;
	}
	return RCS_EXIT_SKIPPED;
}
