/* SPDX-License-Identifier: BSD-2-Clause */
/* Names, files, and folders to their depth: see prove_list.h. */
#include "cli/prove_list.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/test_name.h"

static int no_memory(struct rcs_error *e)
{
	return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for the list of tests");
}

static int add(struct rcs_prove_list *list, const struct rcs_litmus *suite,
	       const char *path, struct rcs_error *e)
{
	char *copy = NULL;

	for (size_t i = 0; suite != NULL && i < list->count; i++) {
		if (list->item[i].suite == suite)
			return 0;
	}
	if (list->count == list->room) {
		size_t room = list->room == 0 ? 256 : list->room * 2;
		struct rcs_prove_item *grown =
			realloc(list->item, room * sizeof(*grown));

		if (grown == NULL)
			return no_memory(e);
		list->item = grown;
		list->room = room;
	}
	if (path != NULL) {
		copy = strdup(path);
		if (copy == NULL)
			return no_memory(e);
	}
	list->item[list->count++] = (struct rcs_prove_item){suite, copy};
	return 0;
}

/* All but the folder itself and the one above it. */
static int is_entry(const struct dirent *entry)
{
	return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

static int walk(struct rcs_prove_list *list, const char *path, struct rcs_error *e);

static int walk_entry(struct rcs_prove_list *list, const char *folder, const char *name,
		      struct rcs_error *e)
{
	size_t length = strlen(folder);
	const char *slash = length > 0 && folder[length - 1] == '/' ? "" : "/";
	struct stat status;
	char *path;
	int failed = 0;

	if (asprintf(&path, "%s%s%s", folder, slash, name) < 0)
		return no_memory(e);
	if (lstat(path, &status) == 0 && S_ISDIR(status.st_mode))
		failed = walk(list, path, e);
	else if (rcs_test_name_is_litmus(name))
		failed = add(list, NULL, path, e);
	free(path);
	return failed;
}

static int walk(struct rcs_prove_list *list, const char *path, struct rcs_error *e)
{
	struct dirent **entry;
	int count = scandir(path, &entry, is_entry, alphasort), failed = 0;

	if (count < 0) {
		(void)fprintf(stderr, "rcustress: cannot list %.200s: %s\n", path,
			      strerror(errno));
		list->unreadable++;
		return 0;
	}
	for (int i = 0; i < count; i++) {
		if (failed == 0)
			failed = walk_entry(list, path, entry[i]->d_name, e);
		free(entry[i]);
	}
	free(entry);
	return failed;
}

static int add_folder(struct rcs_prove_list *list, const char *path,
		      struct rcs_error *e)
{
	size_t before = list->count;
	int unreadable = list->unreadable;

	if (walk(list, path, e) != 0)
		return -1;
	if (list->count == before && list->unreadable == unreadable) {
		(void)fprintf(stderr,
			      "rcustress: %.200s: there are no .litmus files in this "
			      "folder\n",
			      path);
		list->unreadable++;
	}
	return 0;
}

int rcs_prove_list_add(struct rcs_prove_list *list, const char *argument,
		       struct rcs_error *e)
{
	struct rcs_test_name named;

	if (rcs_test_name_read(argument, false, &named, e) != 0)
		return -1;
	switch (named.kind) {
	case RCS_NAMED_TEST:
		return add(list, named.test->litmus, NULL, e);
	case RCS_NAMED_FOLDER:
		return add_folder(list, argument, e);
	case RCS_NAMED_FILE:
	case RCS_NAMED_RCU: /* of runs only */
		break;
	}
	return add(list, NULL, argument, e);
}

int rcs_prove_list_suite(struct rcs_prove_list *list, struct rcs_error *e)
{
	size_t count;
	const struct rcs_test *suite = rcs_suite_tests(&count, e);

	if (suite == NULL)
		return -1;
	for (size_t i = 0; i < count; i++) {
		if (add(list, suite[i].litmus, NULL, e) != 0)
			return -1;
	}
	return 0;
}

void rcs_prove_list_end(struct rcs_prove_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		free(list->item[i].path);
	free(list->item);
	*list = (struct rcs_prove_list){0};
}
