/* SPDX-License-Identifier: BSD-2-Clause */
/* The list of tests: see tests.h. */
#include "stress/tests.h"

#include <string.h>

const struct rcs_test rcs_tests[] = {
	{
		.name = RCS_TEST_DEFAULT,
		.summary = "store buffering: light side in the readers, heavy in the "
			   "writer",
		.takes_barrier = true,
	},
	{
		.name = "SB",
		.summary = "bare store buffering: no barrier, its target is allowed",
	},
};
const size_t rcs_test_count = sizeof(rcs_tests) / sizeof(rcs_tests[0]);

const struct rcs_test *rcs_test_find(const char *name)
{
	for (size_t i = 0; i < rcs_test_count; i++) {
		if (strcmp(rcs_tests[i].name, name) == 0)
			return &rcs_tests[i];
	}
	return NULL;
}
