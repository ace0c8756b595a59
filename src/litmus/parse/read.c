/* SPDX-License-Identifier: BSD-2-Clause */
/* A litmus test from a file: regular ones only, and not one byte more than is due. */
#include "litmus/parse.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* All of it, or one byte more than there may be; -1 and errno on failure. */
static ssize_t read_all(int fd, char *text, size_t size)
{
	size_t n = 0;

	while (n < size) {
		ssize_t got = read(fd, text + n, size - n);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		n += (size_t)got;
	}
	return (ssize_t)n;
}

/* A path as it may be printed on one line. */
static const char *printable(const char *path, char *name, size_t size)
{
	size_t n = 0;

	for (; path[n] != '\0' && n + 1 < size; n++)
		name[n] = (path[n] & 0x60) != 0 && path[n] != 0x7f ? path[n] : '?';
	name[n] = '\0';
	return name;
}

static struct rcs_litmus *read_open(const char *path, const char *name, int fd,
				    struct rcs_error *e)
{
	struct rcs_litmus *test = NULL;
	struct stat s;
	ssize_t size;
	char *text;

	if (fstat(fd, &s) != 0) {
		(void)rcs_fail(e, RCS_ERROR_USAGE, "%s: cannot look at it: %s", name,
			       strerror(errno));
		return NULL;
	}
	if (!S_ISREG(s.st_mode)) {
		(void)rcs_fail(e, RCS_ERROR_USAGE, "%s: %s, not a file", name,
			       S_ISDIR(s.st_mode) ? "a directory" : "a device or pipe");
		return NULL;
	}
	text = malloc(RCS_LITMUS_SIZE_MAX + 1);
	if (text == NULL) {
		(void)rcs_fail(e, RCS_ERROR_RESOURCE, "%s: out of memory", name);
		return NULL;
	}
	size = read_all(fd, text, RCS_LITMUS_SIZE_MAX + 1);
	if (size < 0)
		(void)rcs_fail(e, RCS_ERROR_USAGE, "%s: cannot read: %s", name,
			       strerror(errno));
	else
		test = rcs_litmus_parse(path, text, (size_t)size, e);
	free(text);
	return test;
}

struct rcs_litmus *rcs_litmus_read(const char *path, struct rcs_error *e)
{
	/* A pipe that nobody writes to must not be waited for. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	char name[200];
	struct rcs_litmus *test;

	(void)printable(path, name, sizeof(name));
	if (fd < 0) {
		(void)rcs_fail(e, RCS_ERROR_USAGE, "%s: cannot open: %s", name,
			       strerror(errno));
		return NULL;
	}
	test = read_open(path, name, fd, e);
	close(fd);
	return test;
}
