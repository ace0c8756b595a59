/* SPDX-License-Identifier: BSD-2-Clause */
/* A folder that stands for the root of a machine: see sample.h. */
#include "sample.h"

#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host/machine_parts.h"

static char root[256];
struct rcs_machine m;

int make_root(void **state)
{
	const char *folder = getenv("TMPDIR");

	(void)state;
	(void)snprintf(root, sizeof(root), "%s/rcs-machine-XXXXXX",
		       folder != NULL ? folder : "/tmp");
	memset(&m, 0, sizeof(m));
	return mkdtemp(root) != NULL ? 0 : -1;
}

static int remove_one(const char *path, const struct stat *s, int type, struct FTW *at)
{
	(void)s;
	(void)type;
	(void)at;
	return remove(path);
}

int remove_root(void **state)
{
	(void)state;
	return nftw(root, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

const char *place(const char *path)
{
	static char name[512];

	(void)snprintf(name, sizeof(name), "%s%s", root, path);
	for (char *at = name + strlen(root) + 1; (at = strchr(at, '/')) != NULL; at++) {
		*at = '\0';
		(void)mkdir(name, 0700);
		*at = '/';
	}
	return name;
}

void put_bytes(const char *path, const void *bytes, size_t size)
{
	FILE *f = fopen(place(path), "w");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, size, f), size);
	assert_int_equal(fclose(f), 0);
}

void put(const char *path, const char *text)
{
	put_bytes(path, text, strlen(text));
}

void read_as(const char *built_for)
{
	memset(&m, 0, sizeof(m));
	rcs_machine_read_files(root, built_for, &m);
}

void put_link(const char *path, const char *target)
{
	char name[512];

	(void)snprintf(name, sizeof(name), "%s", place(target));
	(void)unlink(place(path));
	assert_int_equal(symlink(name, place(path)), 0);
}
