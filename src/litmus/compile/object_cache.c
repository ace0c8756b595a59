/* SPDX-License-Identifier: BSD-2-Clause */
/* Compiled tests on disk: see object_cache.h. */
#include "litmus/compile/object_cache.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define OBJECT_MAX (16u << 20)

/* Makes a folder and those it is in, for nobody but the user. */
static bool make_folder(char *path)
{
	for (char *slash = strchr(path + 1, '/'); slash != NULL;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		(void)mkdir(path, 0700);
		*slash = '/';
	}
	return mkdir(path, 0700) == 0 || errno == EEXIST;
}

static bool is_ours(const struct stat *status)
{
	return status->st_uid == geteuid() && (status->st_mode & 022) == 0;
}

static bool folder_of_cache(char folder[PATH_MAX])
{
	const char *cache = getenv("XDG_CACHE_HOME");
	const char *home = getenv("HOME");
	struct stat status;
	int length = -1;

	/* A relative one is to be taken for none. */
	if (cache != NULL && cache[0] == '/')
		length = snprintf(folder, PATH_MAX, "%s/rcustress", cache);
	else if (home != NULL && home[0] == '/')
		length = snprintf(folder, PATH_MAX, "%s/.cache/rcustress", home);
	return length > 0 && length < PATH_MAX && make_folder(folder) &&
	       stat(folder, &status) == 0 && S_ISDIR(status.st_mode) &&
	       is_ours(&status);
}

bool rcs_object_cache_path(struct rcs_hash key, char path[PATH_MAX])
{
	char folder[PATH_MAX];
	int length;

	if (!folder_of_cache(folder))
		return false;
	length = snprintf(path, PATH_MAX, "%s/%016" PRIx64 "%016" PRIx64 ".so", folder,
			  key.high, key.low);
	return length < PATH_MAX;
}

/* A whole file, to be freed; NULL for any reason. */
static char *read_all(int fd, size_t size)
{
	char *bytes = malloc(size + 1);
	size_t done = 0;

	while (bytes != NULL && done < size) {
		ssize_t got = read(fd, bytes + done, size - done);

		if (got <= 0) {
			free(bytes);
			return NULL;
		}
		done += (size_t)got;
	}
	return bytes;
}

static bool write_all(int fd, const void *bytes, size_t size)
{
	for (size_t done = 0; done < size;) {
		ssize_t put = write(fd, (const char *)bytes + done, size - done);

		if (put <= 0)
			return false;
		done += (size_t)put;
	}
	return true;
}

/* A file of a size that can be. */
static char *read_object(const char *path, bool ours, size_t *size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	struct stat status;
	char *bytes = NULL;

	if (fd < 0)
		return NULL;
	if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) &&
	    (!ours || is_ours(&status)) && status.st_size > 0 &&
	    status.st_size <= OBJECT_MAX) {
		*size = (size_t)status.st_size;
		bytes = read_all(fd, *size);
	}
	(void)close(fd);
	return bytes;
}

bool rcs_object_cache_has(const char *path)
{
	struct rcs_hash sum;
	size_t size = 0;
	char *bytes = read_object(path, true, &size);
	bool sound = false;

	if (bytes != NULL && size > sizeof(sum)) {
		size -= sizeof(sum);
		sum = rcs_hash_bytes(RCS_HASH_START, bytes, size);
		sound = memcmp(bytes + size, &sum, sizeof(sum)) == 0;
	}
	free(bytes);
	return sound;
}

/* Under another name first: what has the right name is whole. */
static bool write_object(const char *path, const char *bytes, size_t size)
{
	struct rcs_hash sum = rcs_hash_bytes(RCS_HASH_START, bytes, size);
	char part[PATH_MAX];
	bool done;
	int fd;

	if (snprintf(part, sizeof(part), "%s.%ld", path, (long)getpid()) >=
	    (int)sizeof(part))
		return false;
	(void)unlink(part); /* of a process that was ended, long ago */
	fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return false;
	/* Behind the end of an ELF file: nothing looks there. */
	done = write_all(fd, bytes, size) && write_all(fd, &sum, sizeof(sum));
	done = close(fd) == 0 && done && rename(part, path) == 0;
	if (!done)
		(void)unlink(part);
	return done;
}

bool rcs_object_cache_put(const char *path, const char *object)
{
	size_t size = 0;
	char *bytes = read_object(object, false, &size);
	bool done = bytes != NULL && write_object(path, bytes, size);

	free(bytes);
	return done;
}

void rcs_object_cache_drop(const char *path)
{
	(void)unlink(path);
}
