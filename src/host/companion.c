/* SPDX-License-Identifier: BSD-2-Clause */
/* Where a companion of this program is: see companion.h. */
#include "host/companion.h"

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The folder that this program is in, links resolved. */
static bool own_folder(char *folder, size_t size)
{
	ssize_t length = readlink("/proc/self/exe", folder, size);
	char *last;

	if (length < 0 || (size_t)length >= size)
		return false;
	folder[length] = '\0';
	last = strrchr(folder, '/');
	if (last == NULL)
		return false;
	*last = '\0';
	return true;
}

static bool is_in(const char *folder, const char *name, char *path, size_t size)
{
	int length = snprintf(path, size, "%s/%s", folder, name);

	return length >= 0 && (size_t)length < size && access(path, X_OK) == 0;
}

int rcs_companion_find(const char *name, char *path, size_t size, struct rcs_error *e)
{
	char own[PATH_MAX];

	if ((own_folder(own, sizeof(own)) && is_in(own, name, path, size)) ||
	    is_in(RCS_LIBEXECDIR, name, path, size))
		return 0;
	return rcs_fail(e, RCS_ERROR_UNSUPPORTED,
			"no %s to run, neither beside this program nor in %.60s", name,
			RCS_LIBEXECDIR);
}
