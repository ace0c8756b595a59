/* SPDX-License-Identifier: BSD-2-Clause */
/* Files, and what is in folders: see report_files.h. */
#include "cli/report_files.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int no_memory(struct rcs_error *e)
{
	return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for the names of files");
}

/* Takes the path over, also when it fails. */
static int add_file(struct rcs_report_files *files, char *path, struct rcs_error *e)
{
	size_t count = files->count;
	struct stat status;

	if (path == NULL)
		return no_memory(e);
	if ((count & (count - 1)) == 0) {
		char **more = realloc(files->path, (count == 0 ? 1 : 2 * count) *
							   sizeof(*files->path));

		if (more == NULL) {
			free(path);
			return no_memory(e);
		}
		files->path = more;
	}
	files->path[files->count++] = path;
	if (stat(path, &status) == 0 && status.st_size > 0)
		files->bytes += (uint64_t)status.st_size;
	return 0;
}

/* Hidden files are none: those that are still being written are called so. */
static int is_report(const struct dirent *entry)
{
	const char *name = entry->d_name;
	size_t length = strlen(name);

	return length > 5 && name[0] != '.' && strcmp(name + length - 5, ".json") == 0;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static char *join(const char *folder, const char *name)
{
	size_t length = strlen(folder);
	size_t size = length + strlen(name) + 2;
	char *path = malloc(size);

	if (path != NULL)
		(void)snprintf(path, size, "%s%s%s", folder,
			       length > 0 && folder[length - 1] == '/' ? "" : "/",
			       name);
	return path;
}

static int refuse(struct rcs_report *report, const char *path, const char *why,
		  struct rcs_error *e)
{
	return rcs_report_refuse(report, path, why) == 0 ? 0 : no_memory(e);
}

static int add_folder(struct rcs_report_files *files, const char *path,
		      struct rcs_report *report, struct rcs_error *e)
{
	struct dirent **entry = NULL;
	int entries = scandir(path, &entry, is_report, by_name);
	int failed = 0;

	if (entries < 0)
		return errno == ENOMEM ? no_memory(e)
				       : refuse(report, path, strerror(errno), e);
	if (entries == 0)
		failed = refuse(report, path, "a folder without any *.json in it", e);
	for (int i = 0; i < entries; i++) {
		if (failed == 0)
			failed = add_file(files, join(path, entry[i]->d_name), e);
		free(entry[i]);
	}
	free(entry);
	return failed;
}

int rcs_report_files_add(struct rcs_report_files *files, const char *path,
			 struct rcs_report *report, struct rcs_error *e)
{
	struct stat status;

	if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
		return add_folder(files, path, report, e);
	return add_file(files, strdup(path), e);
}

int rcs_report_files_add_list(struct rcs_report_files *files, FILE *list,
			      struct rcs_report *report, struct rcs_error *e)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t length;
	int failed = 0;

	while (failed == 0 && (length = getline(&line, &size, list)) >= 0) {
		if (length > 0 && line[length - 1] == '\n')
			line[length - 1] = '\0';
		if (line[0] != '\0')
			failed = rcs_report_files_add(files, line, report, e);
	}
	free(line);
	if (failed == 0 && ferror(list))
		return rcs_fail(e, RCS_ERROR_USAGE, "cannot read the list of files: %s",
				strerror(errno));
	return failed;
}

void rcs_report_files_free(struct rcs_report_files *files)
{
	for (size_t i = 0; i < files->count; i++)
		free(files->path[i]);
	free(files->path);
	*files = (struct rcs_report_files){0};
}
