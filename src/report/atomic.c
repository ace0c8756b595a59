/* SPDX-License-Identifier: BSD-2-Clause */
/* Files whole or not at all: see atomic.h. */
#include "report/atomic.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Of a file that open(2) would make. */
static mode_t usual_mode(void)
{
	mode_t mask = umask(0);

	(void)umask(mask);
	return 0666 & ~mask;
}

/* Length of the folder's part of a path, with the slash; 0: the current one. */
static size_t folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? (size_t)(slash - path) + 1 : 0;
}

/* A pipe, a terminal, /dev/null: nothing that could be put in its place. */
static bool is_special(const char *path)
{
	struct stat s;

	return stat(path, &s) == 0 && !S_ISREG(s.st_mode) && !S_ISDIR(s.st_mode);
}

int rcs_atomic_check(const char *path, struct rcs_error *e)
{
	size_t length = folder_of(path);
	char folder[PATH_MAX] = ".";
	struct stat s;

	if (path[length] == '\0')
		return rcs_fail(e, RCS_ERROR_USAGE, "'%.200s' names no file", path);
	if (length >= sizeof(folder))
		return rcs_fail(e, RCS_ERROR_USAGE, "'%.200s': %s", path,
				strerror(ENAMETOOLONG));
	if (length > 0)
		(void)snprintf(folder, sizeof(folder), "%.*s", (int)length, path);
	if (stat(path, &s) == 0 && S_ISDIR(s.st_mode))
		return rcs_fail(e, RCS_ERROR_USAGE, "'%.200s' is a folder", path);
	if (is_special(path))
		return access(path, W_OK) == 0 ? 0
					       : rcs_fail(e, RCS_ERROR_USAGE,
							  "cannot write '%.200s': %s",
							  path, strerror(errno));
	if (access(folder, W_OK | X_OK) != 0)
		return rcs_fail(e, RCS_ERROR_USAGE, "cannot write '%.200s': folder: %s",
				path, strerror(errno));
	return 0;
}

static int cannot(const char *path, struct rcs_error *e)
{
	return rcs_fail(e, RCS_ERROR_FAULT, "cannot write '%.200s': %s", path,
			strerror(errno));
}

int rcs_atomic_open(const char *path, struct rcs_atomic *file, struct rcs_error *e)
{
	size_t room;
	int descriptor;

	*file = (struct rcs_atomic){0};
	if (is_special(path)) {
		file->out = fopen(path, "we");
		return file->out != NULL ? 0 : cannot(path, e);
	}
	/* What a link points to is replaced, not the link. */
	file->path = realpath(path, NULL);
	if (file->path == NULL)
		file->path = strdup(path);
	if (file->path == NULL)
		return cannot(path, e);
	room = strlen(file->path) + sizeof("..XXXXXX");
	file->temporary = malloc(room);
	if (file->temporary == NULL) {
		free(file->path);
		return cannot(path, e);
	}
	(void)snprintf(file->temporary, room, "%.*s.%s.XXXXXX",
		       (int)folder_of(file->path), file->path,
		       file->path + folder_of(file->path));
	descriptor = mkstemp(file->temporary);
	if (descriptor >= 0) {
		(void)fchmod(descriptor, usual_mode());
		file->out = fdopen(descriptor, "w");
	}
	if (file->out != NULL)
		return 0;
	(void)cannot(path, e);
	if (descriptor >= 0) {
		(void)close(descriptor);
		(void)unlink(file->temporary);
	}
	free(file->temporary);
	free(file->path);
	return -1;
}

static void release(struct rcs_atomic *file)
{
	free(file->temporary);
	free(file->path);
	*file = (struct rcs_atomic){0};
}

int rcs_atomic_commit(struct rcs_atomic *file, struct rcs_error *e)
{
	const char *name = file->path != NULL ? file->path : "the report";
	bool failed = fflush(file->out) != 0 || ferror(file->out) ||
		      (file->temporary != NULL && fsync(fileno(file->out)) != 0);
	int reason = errno;

	if (fclose(file->out) != 0 && !failed) {
		reason = errno;
		failed = true;
	}
	if (!failed && file->temporary != NULL &&
	    rename(file->temporary, file->path) != 0) {
		reason = errno;
		failed = true;
	}
	if (failed) {
		errno = reason;
		(void)cannot(name, e);
		if (file->temporary != NULL)
			(void)unlink(file->temporary);
	}
	release(file);
	return failed ? -1 : 0;
}

void rcs_atomic_drop(struct rcs_atomic *file)
{
	(void)fclose(file->out);
	if (file->temporary != NULL)
		(void)unlink(file->temporary);
	release(file);
}
