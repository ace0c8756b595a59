/* SPDX-License-Identifier: BSD-2-Clause */
/* A folder to compile in: see workshop.h. */
#include "litmus/compile/workshop.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "litmus/compile/embedded.h"

int rcs_workshop_open(char folder[PATH_MAX], struct rcs_error *e)
{
	const char *base = getenv("TMPDIR");

	if (base == NULL || base[0] != '/')
		base = "/tmp";
	if (snprintf(folder, PATH_MAX, "%s/rcustress-XXXXXX", base) >= PATH_MAX)
		return rcs_fail(e, RCS_ERROR_USAGE, "TMPDIR: too long");
	if (mkdtemp(folder) == NULL) {
		folder[0] = '\0';
		return rcs_fail(e, RCS_ERROR_RESOURCE,
				"%s: cannot make a temporary folder: %s", base,
				strerror(errno));
	}
	return 0;
}

void rcs_workshop_close(const char *folder)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;

	while (dir != NULL && (entry = readdir(dir)) != NULL)
		(void)unlinkat(dirfd(dir), entry->d_name, 0);
	if (dir != NULL)
		(void)closedir(dir);
	(void)rmdir(folder);
}

static int write_file(const char *folder, const char *name, const char *text,
		      size_t size, struct rcs_error *e)
{
	char path[PATH_MAX];
	FILE *out;
	bool done;

	if (snprintf(path, sizeof(path), "%s/%s", folder, name) >= (int)sizeof(path))
		return rcs_fail(e, RCS_ERROR_USAGE, "%s: too long", folder);
	out = fopen(path, "we");
	if (out == NULL)
		return rcs_fail(e, RCS_ERROR_USAGE, "%s: cannot write: %s", path,
				strerror(errno));
	done = fwrite(text, 1, size, out) == size;
	if (fclose(out) != 0 || !done)
		return rcs_fail(e, RCS_ERROR_USAGE, "%s: cannot write: %s", path,
				strerror(errno));
	return 0;
}

int rcs_workshop_write(const char *folder, const char *name, const char *text,
		       size_t size, struct rcs_error *e)
{
	for (int i = 0; i < rcs_embedded_count; i++) {
		const struct rcs_embedded *header = &rcs_embedded[i];

		if (write_file(folder, header->name, header->text, strlen(header->text),
			       e) != 0)
			return -1;
	}
	return write_file(folder, name, text, size, e);
}
