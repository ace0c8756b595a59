/* SPDX-License-Identifier: BSD-2-Clause */
/* Which compiler there is: see compiler.h. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "litmus/compile/compiler.h"

static bool is_program(const char *path, struct stat *status)
{
	return stat(path, status) == 0 && S_ISREG(status->st_mode) &&
	       access(path, X_OK) == 0;
}

/* In the folders of PATH, but for relative ones: the current folder is anyone's. */
static bool find_in_path(const char *name, char path[PATH_MAX], struct stat *status)
{
	const char *folder = getenv("PATH");

	while (folder != NULL && *folder != '\0') {
		int size = (int)strcspn(folder, ":");
		int length = snprintf(path, PATH_MAX, "%.*s/%s", size, folder, name);

		if (*folder == '/' && length < PATH_MAX && is_program(path, status))
			return true;
		folder += size;
		folder += *folder == ':';
	}
	return false;
}

/* Its path, and what changes when it is replaced: asking for its version is slower. */
static struct rcs_hash identity_of(const char *path, const struct stat *status)
{
	struct rcs_hash hash = rcs_hash_text(RCS_HASH_START, path);

	hash = rcs_hash_bytes(hash, &status->st_mtim.tv_sec,
			      sizeof(status->st_mtim.tv_sec));
	hash = rcs_hash_bytes(hash, &status->st_mtim.tv_nsec,
			      sizeof(status->st_mtim.tv_nsec));
	hash = rcs_hash_bytes(hash, &status->st_size, sizeof(status->st_size));
	return rcs_hash_bytes(hash, &status->st_ino, sizeof(status->st_ino));
}

int rcs_compiler_find(struct rcs_compiler *compiler, const char *subject,
		      struct rcs_error *e)
{
	const char *name = getenv("RCUSTRESS_CC");
	struct stat status;
	bool found;

	if (name == NULL || *name == '\0')
		name = "cc";
	if (strchr(name, '/') != NULL)
		found = snprintf(compiler->path, PATH_MAX, "%s", name) < PATH_MAX &&
			is_program(compiler->path, &status);
	else
		found = find_in_path(name, compiler->path, &status);
	if (!found)
		return rcs_fail(e, RCS_ERROR_UNSUPPORTED,
				"%s needs a C compiler: there is no %s in PATH; the "
				"tests of the built-in suite run without one",
				subject, name);
	compiler->identity = identity_of(compiler->path, &status);
	return 0;
}
