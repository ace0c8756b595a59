/* SPDX-License-Identifier: BSD-2-Clause */
/* Files whole or not at all: see atomic.h. */
#include "report/atomic.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LINKS_MAX 40 /* as the kernel has it */

/* Of a file that open(2) would make; of one that is there, what it has. */
static mode_t mode_of(const char *path)
{
	struct stat s;
	mode_t mask;

	if (stat(path, &s) == 0)
		return s.st_mode & 0777;
	mask = umask(0);
	(void)umask(mask);
	return 0666 & ~mask;
}

/* Length of the folder's part of a path, with the slash; 0: the current one. */
static size_t folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? (size_t)(slash - path) + 1 : 0;
}

/*
 * A pipe, a terminal, /dev/null: nothing that could be put in its place. What stands
 * below /dev and /proc is a name for something that is open already.
 */
static bool is_special(const char *path)
{
	struct stat s;

	return strncmp(path, "/dev/", 5) == 0 || strncmp(path, "/proc/", 6) == 0 ||
	       (stat(path, &s) == 0 && !S_ISREG(s.st_mode) && !S_ISDIR(s.st_mode));
}

/* One link further; false if path is none. */
static bool follow(char path[PATH_MAX])
{
	char to[PATH_MAX], whole[2 * PATH_MAX];
	ssize_t length = readlink(path, to, sizeof(to) - 1);

	if (length < 0)
		return false;
	to[length] = '\0';
	(void)snprintf(whole, sizeof(whole), "%.*s%s",
		       to[0] == '/' ? 0 : (int)folder_of(path), path, to);
	(void)snprintf(path, PATH_MAX, "%.*s", PATH_MAX - 1, whole);
	return true;
}

/*
 * What is to be replaced: where links lead, also to nowhere yet. 0, or -1 and errno.
 */
static int target_of(const char *path, char target[PATH_MAX])
{
	if (strlen(path) >= PATH_MAX) {
		errno = ENAMETOOLONG;
		return -1;
	}
	(void)snprintf(target, PATH_MAX, "%s", path);
	for (int n = 0; n < LINKS_MAX; n++) {
		if (!follow(target))
			return 0;
	}
	errno = ELOOP;
	return -1;
}

/* A new file beside it: its descriptor, or -1 and errno. */
static int open_beside(const char *target, char name[PATH_MAX])
{
	static const char pattern[] = ".rcustress.XXXXXX";
	size_t folder = folder_of(target);

	if (folder + sizeof(pattern) > PATH_MAX) {
		errno = ENAMETOOLONG;
		return -1;
	}
	(void)snprintf(name, PATH_MAX, "%.*s%s", (int)folder, target, pattern);
	return mkstemp(name);
}

static int cannot(const char *path, enum rcs_error_kind kind, struct rcs_error *e)
{
	return rcs_fail(e, kind, "cannot write '%.200s': %s", path, strerror(errno));
}

/* Whether the folder takes names that long. */
static int check_name(const char *target)
{
	char name[PATH_MAX];
	size_t folder = folder_of(target);
	long most;

	(void)snprintf(name, sizeof(name), "%.*s", (int)folder, target);
	most = pathconf(folder > 0 ? name : ".", _PC_NAME_MAX);
	if (most > 0 && strlen(target + folder) > (size_t)most) {
		errno = ENAMETOOLONG;
		return -1;
	}
	return 0;
}

int rcs_atomic_check(const char *path, struct rcs_error *e)
{
	char target[PATH_MAX], name[PATH_MAX];
	struct stat s;
	int descriptor;

	if (path[folder_of(path)] == '\0')
		return rcs_fail(e, RCS_ERROR_USAGE, "'%.200s' names no file", path);
	if (is_special(path))
		return access(path, W_OK) == 0 ? 0 : cannot(path, RCS_ERROR_USAGE, e);
	if (target_of(path, target) != 0 || check_name(target) != 0)
		return cannot(path, RCS_ERROR_USAGE, e);
	if (stat(target, &s) == 0 && S_ISDIR(s.st_mode))
		return rcs_fail(e, RCS_ERROR_USAGE, "'%.200s' is a folder", path);
	descriptor = open_beside(target, name);
	if (descriptor < 0)
		return cannot(path, RCS_ERROR_USAGE, e);
	(void)close(descriptor);
	(void)unlink(name);
	return 0;
}

/* The same file, or what will be: in one folder, under one name. */
bool rcs_atomic_same(const char *a, const char *b)
{
	char to_a[PATH_MAX], to_b[PATH_MAX], folder[PATH_MAX];
	struct stat in_a, in_b;

	if (is_special(a) || is_special(b) || target_of(a, to_a) != 0 ||
	    target_of(b, to_b) != 0 ||
	    strcmp(to_a + folder_of(to_a), to_b + folder_of(to_b)) != 0)
		return false;
	(void)snprintf(folder, sizeof(folder), "%.*s.", (int)folder_of(to_a), to_a);
	if (stat(folder, &in_a) != 0)
		return false;
	(void)snprintf(folder, sizeof(folder), "%.*s.", (int)folder_of(to_b), to_b);
	return stat(folder, &in_b) == 0 && in_a.st_dev == in_b.st_dev &&
	       in_a.st_ino == in_b.st_ino;
}

static void release(struct rcs_atomic *file)
{
	free(file->temporary);
	free(file->path);
	*file = (struct rcs_atomic){0};
}

int rcs_atomic_open(const char *path, struct rcs_atomic *file, struct rcs_error *e)
{
	char target[PATH_MAX], name[PATH_MAX];
	int descriptor;

	*file = (struct rcs_atomic){0};
	if (is_special(path)) {
		file->path = strdup(path);
		file->out = file->path != NULL ? fopen(path, "we") : NULL;
		if (file->out != NULL)
			return 0;
		release(file);
		return cannot(path, RCS_ERROR_FAULT, e);
	}
	if (target_of(path, target) != 0)
		return cannot(path, RCS_ERROR_FAULT, e);
	descriptor = open_beside(target, name);
	if (descriptor < 0)
		return cannot(path, RCS_ERROR_FAULT, e);
	(void)fchmod(descriptor, mode_of(target));
	file->path = strdup(target);
	file->temporary = strdup(name);
	file->out = fdopen(descriptor, "w+");
	if (file->path != NULL && file->temporary != NULL && file->out != NULL)
		return 0;
	(void)cannot(path, RCS_ERROR_FAULT, e);
	if (file->out != NULL)
		(void)fclose(file->out);
	else
		(void)close(descriptor);
	(void)unlink(name);
	release(file);
	return -1;
}

/* Straight into it, where nothing can be put in its place: a mount on a file. */
static int copy_over(FILE *from, const char *path)
{
	FILE *to = fopen(path, "we");
	char bytes[65536];
	size_t size;
	bool failed;

	if (to == NULL)
		return -1;
	rewind(from);
	while ((size = fread(bytes, 1, sizeof(bytes), from)) > 0)
		(void)fwrite(bytes, 1, size, to);
	failed = ferror(from) || ferror(to);
	return fclose(to) != 0 || failed ? -1 : 0;
}

static int put_in_place(const struct rcs_atomic *file)
{
	int failed;

	if (rename(file->temporary, file->path) == 0)
		return 0;
	failed = errno == EBUSY ? copy_over(file->out, file->path) : -1;
	if (failed == 0)
		(void)unlink(file->temporary);
	return failed;
}

int rcs_atomic_commit(struct rcs_atomic *file, struct rcs_error *e)
{
	bool failed = fflush(file->out) != 0 || ferror(file->out) ||
		      (file->temporary != NULL &&
		       (fsync(fileno(file->out)) != 0 || put_in_place(file) != 0));
	int reason = errno;

	if (fclose(file->out) != 0 && !failed) {
		reason = errno;
		failed = true;
	}
	if (failed) {
		errno = reason;
		(void)cannot(file->path, RCS_ERROR_FAULT, e);
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
