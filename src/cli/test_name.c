/* SPDX-License-Identifier: BSD-2-Clause */
/* Tests of the suite first, then what is there, then what looks like a path. */
#include "cli/test_name.h"

#include <string.h>
#include <sys/stat.h>

#include "cli/command.h"
#include "cli/suggest.h"
#include "litmus/suite.h"

bool rcs_test_name_is_litmus(const char *name)
{
	size_t length = strlen(name);

	return length > 7 && strcmp(name + length - 7, ".litmus") == 0;
}

static int names_nothing(const char *name, bool or_command, struct rcs_error *e)
{
	static const char *const commands[] = {
#define X(name) #name,
		RCS_COMMANDS(X)
#undef X
			RCS_TEST_RCU};
	struct rcs_suggestion near = {0};

	if (!or_command && strcmp(name, RCS_TEST_RCU) == 0)
		return rcs_fail(e, RCS_ERROR_USAGE,
				"there is nothing to prove of `" RCS_TEST_RCU
				"', which is no litmus test but runs RCUs; the tests "
				"RCU-asym* prove steps of one");
	for (int i = 0; i < rcs_suite_count; i++)
		rcs_suggest(&near, name, rcs_suite[i].name);
	for (size_t i = 0; or_command && i < sizeof(commands) / sizeof(commands[0]);
	     i++)
		rcs_suggest(&near, name, commands[i]);
	return rcs_fail(e, RCS_ERROR_USAGE, "there is no test, %s '%.60s'%s%s%s",
			or_command ? "command or file" : "file or folder", name,
			near.best != NULL ? "; did you mean '"
					  : "; `rcustress list' shows what there is",
			near.best != NULL ? near.best : "",
			near.best != NULL ? "'?" : "");
}

int rcs_test_name_read(const char *name, bool run, struct rcs_test_name *named,
		       struct rcs_error *e)
{
	struct stat status;

	named->test = rcs_test_find(name, e);
	if (run && strcmp(name, RCS_TEST_RCU) == 0)
		named->kind = RCS_NAMED_RCU;
	else if (named->test != NULL)
		named->kind = RCS_NAMED_TEST;
	else if (e->kind != RCS_ERROR_USAGE)
		return -1;
	else if (stat(name, &status) == 0 && S_ISDIR(status.st_mode))
		named->kind = RCS_NAMED_FOLDER;
	else if (strchr(name, '/') != NULL || rcs_test_name_is_litmus(name))
		named->kind = RCS_NAMED_FILE;
	else
		return names_nothing(name, run, e);
	return 0;
}
