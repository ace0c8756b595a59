/* SPDX-License-Identifier: BSD-2-Clause */
/* Loading what was compiled: see compile.h. */
#include "litmus/compile.h"

#if RCS_STATIC
/* A library brings its C library with it, and one program cannot have two. */
const struct rcs_native_test *rcs_native_open(const char *path, void **handle,
					      struct rcs_error *e)
{
	(void)path;
	(void)handle;
	(void)rcs_fail(e, RCS_ERROR_UNSUPPORTED,
		       "tests from files cannot be run: this program is linked "
		       "statically; the tests of the built-in suite can");
	return NULL;
}

void rcs_native_close(void *handle)
{
	(void)handle;
}
#else
#include <dlfcn.h>

static const struct rcs_native_test *test_of(void *library, const char *path,
					     struct rcs_error *e)
{
	const struct rcs_native_test *test = dlsym(library, "rcs_native_test");

	if (test == NULL)
		(void)rcs_fail(e, RCS_ERROR_FAULT, "%s: this is no compiled test",
			       path);
	else if (test->version != RCS_NATIVE_VERSION || test->code == NULL)
		(void)rcs_fail(e, RCS_ERROR_FAULT,
			       "%s: compiled for version %u of generated code, not %u",
			       path, test->version, RCS_NATIVE_VERSION);
	else
		return test;
	return NULL;
}

const struct rcs_native_test *rcs_native_open(const char *path, void **handle,
					      struct rcs_error *e)
{
	void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	const struct rcs_native_test *test;

	if (library == NULL) {
		(void)rcs_fail(e, RCS_ERROR_FAULT, "cannot load a compiled test: %s",
			       dlerror());
		return NULL;
	}
	test = test_of(library, path, e);
	if (test == NULL)
		(void)dlclose(library);
	else if (handle != NULL)
		*handle = library;
	return test;
}

void rcs_native_close(void *handle)
{
	(void)dlclose(handle);
}
#endif
