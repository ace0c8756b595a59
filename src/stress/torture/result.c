/* SPDX-License-Identifier: BSD-2-Clause */
/* The names of checks and ways: see result.h. */
#include "stress/torture/result.h"

static const struct {
	const char *name, *meaning;
} checks[RCS_TORTURE_CHECKS] = {
	[RCS_TORTURE_STAMP] = {"stamp", "a grace period began and ended within a "
					"section that had begun before it"},
	[RCS_TORTURE_EARLY] = {"early", "a callback was given and invoked within a "
					"section that had begun before it"},
	[RCS_TORTURE_PIPE] = {"pipe", "a section held an object that was freed"},
	[RCS_TORTURE_SEQUENCE] = {"sequence", "a section held an object that was freed "
					      "and used again"},
	[RCS_TORTURE_CANARY] = {"canary", "a section held an object that was freed and "
					  "overwritten"},
	[RCS_TORTURE_CHECKSUM] = {"checksum", "a section saw an object that was not "
					      "whole"},
	[RCS_TORTURE_PROTECTED] = {"protected", "a section touched memory that was "
						"gone"},
	[RCS_TORTURE_ORDER] = {"order", "callbacks were invoked in another order than "
					"they were given in"},
	[RCS_TORTURE_TWICE] = {"twice", "a callback was invoked that had not been "
					"given, or not again"},
	[RCS_TORTURE_NEVER] = {"never", "a callback was not invoked"},
	[RCS_TORTURE_BARRIER] = {"barrier", "barrier() was over before a callback that "
					    "was given before it"},
	[RCS_TORTURE_POLL] = {"poll", "a cookie did not come true though grace periods "
				      "had passed"},
	[RCS_TORTURE_CHILD] = {"child", "a child of fork() did not get along"},
	[RCS_TORTURE_STUCK] = {"stuck", "grace periods did not end though readers left "
					"their sections"},
};

const char *rcs_torture_check_name(enum rcs_torture_check check)
{
	return checks[check].name;
}

const char *rcs_torture_check_meaning(enum rcs_torture_check check)
{
	return checks[check].meaning;
}

const char *rcs_torture_way_name(enum rcs_torture_way way)
{
	static const char *const names[RCS_TORTURE_WAYS] = {
		[RCS_TORTURE_SYNCHRONIZE] = "synchronize",
		[RCS_TORTURE_EXPEDITED] = "expedited",
		[RCS_TORTURE_POLLED] = "polled",
		[RCS_TORTURE_COND] = "conditional",
		[RCS_TORTURE_CALLED] = "called",
	};

	return names[way];
}
