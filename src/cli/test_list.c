/* SPDX-License-Identifier: BSD-2-Clause */
/* Tests by name, file and folder: see test_list.h. */
#include "cli/test_list.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/test_name.h"
#include "litmus/parse.h"
#include "verdict/verdict.h"

static int add(struct rcs_test_list *list, const struct rcs_test *test,
	       struct rcs_error *e)
{
	for (size_t i = 0; i < list->count; i++) {
		if (list->test[i].litmus == test->litmus)
			return 0;
	}
	if (list->count == RCS_TESTS_MAX)
		return rcs_fail(e, RCS_ERROR_USAGE, "more than %d tests",
				RCS_TESTS_MAX);
	list->test[list->count++] = *test;
	return 0;
}

/* They live as long as the program. */
static int add_file(struct rcs_test_list *list, const char *path, struct rcs_error *e)
{
	struct rcs_litmus *litmus = rcs_litmus_read(path, e);
	struct rcs_test test;

	if (litmus == NULL)
		return -1;
	rcs_test_fill(&test, litmus);
	return add(list, &test, e);
}

static int is_litmus(const struct dirent *entry)
{
	return rcs_test_name_is_litmus(entry->d_name);
}

static int add_folder(struct rcs_test_list *list, const char *path, struct rcs_error *e)
{
	struct dirent **entry;
	int count = scandir(path, &entry, is_litmus, alphasort), failed = 0;

	if (count < 0)
		return rcs_fail(e, RCS_ERROR_USAGE, "cannot list %.200s: %s", path,
				strerror(errno));
	if (count == 0)
		failed = rcs_fail(e, RCS_ERROR_USAGE,
				  "%.200s: there are no .litmus files in this folder",
				  path);
	for (int i = 0; i < count; i++) {
		char file[PATH_MAX];

		if (failed == 0 && snprintf(file, sizeof(file), "%s/%s", path,
					    entry[i]->d_name) >= (int)sizeof(file))
			failed = rcs_fail(e, RCS_ERROR_USAGE, "%.200s: too long a path",
					  path);
		if (failed == 0)
			failed = add_file(list, file, e);
		free(entry[i]);
	}
	free(entry);
	return failed;
}

void rcs_test_option(struct argp_state *state, const char *name,
		     struct rcs_test_list *list)
{
	struct rcs_test_name named;
	struct rcs_error e;
	int failed = rcs_test_name_read(name, true, &named, &e);

	if (failed == 0 && named.kind == RCS_NAMED_RCU)
		list->rcu = true;
	else if (failed == 0 && named.kind == RCS_NAMED_TEST)
		failed = add(list, named.test, &e);
	else if (failed == 0 && named.kind == RCS_NAMED_FOLDER)
		failed = add_folder(list, name, &e);
	else if (failed == 0)
		failed = add_file(list, name, &e);
	if (failed != 0)
		argp_failure(state,
			     e.kind == RCS_ERROR_USAGE ? argp_err_exit_status
						       : RCS_EXIT_FAULT,
			     0, "%s", e.text);
}

/*
 * Whether it has much to show in a run. What a filter leaves is rare, and made for the
 * prover. Where even sequential consistency allows the target without fences and RCU,
 * one must be waited for, and instances of a test are over before anybody can be.
 */
static bool shows_much(const struct rcs_litmus *litmus)
{
	return litmus->filter == RCS_NONE &&
	       litmus->stripped[RCS_MODEL_SC] != RCS_SOMETIMES &&
	       litmus->stripped[RCS_MODEL_SC] != RCS_ALWAYS;
}

int rcs_test_list_default(struct rcs_test_list *list, struct rcs_error *e)
{
	size_t count;
	const struct rcs_test *suite = rcs_suite_tests(&count, e);

	if (suite == NULL)
		return -1;
	list->rcu = true;
	for (size_t i = 0; i < count; i++) {
		if (suite[i].has_heavy && suite[i].runs &&
		    shows_much(suite[i].litmus) &&
		    rcs_test_claim(&suite[i]) == RCS_CLAIM_NEVER &&
		    add(list, &suite[i], e) != 0)
			return -1;
	}
	return 0;
}

int rcs_test_list_compile(struct rcs_test_list *list, const char *keep,
			  struct rcs_error *e)
{
	for (size_t i = 0; i < list->count; i++) {
		struct rcs_test *test = &list->test[i];

		/* Those of the suite have their code, or cannot have any. */
		if (test->native != NULL || !test->runs)
			continue;
		list->object[i] = rcs_native_compile(test->litmus, keep, e);
		if (list->object[i] == NULL)
			return -1;
		test->object = rcs_native_object_path(list->object[i]);
	}
	return 0;
}

void rcs_test_list_end(struct rcs_test_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		rcs_native_object_free(list->object[i]);
	list->count = 0;
}
