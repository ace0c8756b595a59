/* SPDX-License-Identifier: BSD-2-Clause */
/* What an argument names: a test of the suite, a file of one's own, a folder of them.
 */
#ifndef RCS_CLI_TEST_NAME_H
#define RCS_CLI_TEST_NAME_H

#include <stdbool.h>

#include "stress/tests.h"

enum rcs_named { RCS_NAMED_TEST, RCS_NAMED_FILE, RCS_NAMED_FOLDER };

struct rcs_test_name {
	enum rcs_named kind;
	const struct rcs_test *test; /* of the suite; NULL: a path */
};

/*
 * 0, or -1 and *e: USAGE when it names nothing, with what comes near; that may be a
 * command as well where `commands` could stand in its place.
 */
int rcs_test_name_read(const char *name, bool commands, struct rcs_test_name *named,
		       struct rcs_error *e);

/* It ends in .litmus. */
bool rcs_test_name_is_litmus(const char *name);

#endif
