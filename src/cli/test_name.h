/* SPDX-License-Identifier: BSD-2-Clause */
/* What an argument names: a test of the suite, a file of one's own, a folder of them.
 */
#ifndef RCS_CLI_TEST_NAME_H
#define RCS_CLI_TEST_NAME_H

#include <stdbool.h>

#include "stress/tests.h"

enum rcs_named { RCS_NAMED_TEST, RCS_NAMED_FILE, RCS_NAMED_FOLDER, RCS_NAMED_RCU };

/* The torture of RCU flavours, among the tests of a run. */
#define RCS_TEST_RCU "rcu"

struct rcs_test_name {
	enum rcs_named kind;
	const struct rcs_test *test; /* of the suite; NULL: a path */
};

/*
 * 0, or -1 and *e: USAGE when it names nothing, with what comes near. `run`: it is an
 * argument of a run, which may be the torture as well, and where a command could stand.
 */
int rcs_test_name_read(const char *name, bool run, struct rcs_test_name *named,
		       struct rcs_error *e);

/* It ends in .litmus. */
bool rcs_test_name_is_litmus(const char *name);

#endif
