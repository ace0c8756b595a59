/* SPDX-License-Identifier: BSD-2-Clause */
/* The tests: what is stored and loaded, and which outcome the barrier must forbid. */
#ifndef RCS_STRESS_TESTS_H
#define RCS_STRESS_TESTS_H

#include <stdbool.h>
#include <stddef.h>

struct rcs_test {
	const char *name; /* also that of its file in litmus/ */
	const char *summary;
	bool takes_barrier; /* false: it has no heavy side; its target is allowed */
};

extern const struct rcs_test rcs_tests[];
extern const size_t rcs_test_count;

/* The test that runs when none is named. */
#define RCS_TEST_DEFAULT "SB+barrier+memb"

/* The test of that name, or NULL. */
const struct rcs_test *rcs_test_find(const char *name);

#endif
