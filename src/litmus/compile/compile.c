/* SPDX-License-Identifier: BSD-2-Clause */
/* A test to a shared object: see compile.h. */
#include "litmus/compile.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>

#include "litmus/compile/compiler.h"
#include "litmus/compile/embedded.h"
#include "litmus/generate.h"
#include "litmus/compile/object_cache.h"
#include "litmus/compile/workshop.h"

struct rcs_native_object {
	char path[PATH_MAX];
	/* The folder it was made in, where it is in no cache; else empty. */
	char folder[PATH_MAX];
};

struct text {
	char *text;
	size_t size;
};

static int generate(const struct rcs_litmus *test, struct text *c, struct rcs_error *e)
{
	FILE *out = open_memstream(&c->text, &c->size);
	int failed;

	if (out == NULL)
		return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for the code of %s",
				test->name);
	failed = rcs_litmus_generate(test, "rcs_native_test", out, e);
	if (fclose(out) != 0 && failed == 0)
		failed = rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for the code of %s",
				  test->name);
	return failed;
}

/* Of all that an object is made of. */
static struct rcs_hash key_of(const struct text *c, const struct rcs_compiler *compiler)
{
	struct rcs_hash hash = compiler->identity;
	uint32_t version = RCS_NATIVE_VERSION;
	struct utsname machine;

	hash = rcs_hash_bytes(hash, &version, sizeof(version));
	if (uname(&machine) == 0)
		hash = rcs_hash_text(hash, machine.machine);
	for (int i = 0; i < rcs_embedded_count; i++)
		hash = rcs_hash_text(hash, rcs_embedded[i].text);
	return rcs_hash_text(hash, c->text);
}

/* NAME.c, where no character of the name means anything in a path. */
static int keep(const struct rcs_litmus *test, const struct text *c,
		const char *keep_dir, struct rcs_error *e)
{
	static const char plain[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"0123456789+-_";
	char name[RCS_LITMUS_NAME_SIZE + 2];

	(void)snprintf(name, sizeof(name), "%s.c", test->name);
	for (size_t i = 0; i + 2 < strlen(name); i++) {
		if (strchr(plain, name[i]) == NULL)
			name[i] = '_';
	}
	if (mkdir(keep_dir, 0777) != 0 && errno != EEXIST)
		return rcs_fail(e, RCS_ERROR_USAGE, "%s: cannot make the folder: %s",
				keep_dir, strerror(errno));
	return rcs_workshop_write(keep_dir, name, c->text, c->size, e);
}

static int check(const char *path, struct rcs_error *e)
{
	void *handle = NULL;

	if (rcs_native_open(path, &handle, e) == NULL)
		return -1;
	rcs_native_close(handle);
	return 0;
}

/* Compiles in a folder of its own, which goes unless the object has to stay there. */
static int build(const struct text *c, const struct rcs_compiler *compiler,
		 const char *cached, struct rcs_native_object *object,
		 struct rcs_error *e)
{
	if (rcs_workshop_open(object->folder, e) != 0)
		return -1;
	if (snprintf(object->path, PATH_MAX, "%s/test.so", object->folder) >= PATH_MAX)
		return rcs_fail(e, RCS_ERROR_USAGE, "TMPDIR: too long");
	if (rcs_workshop_write(object->folder, "test.c", c->text, c->size, e) != 0 ||
	    rcs_compiler_run(compiler, object->folder, "test.c", "test.so", e) != 0 ||
	    check(object->path, e) != 0)
		return -1;
	if (cached != NULL && rcs_object_cache_put(cached, object->path)) {
		(void)snprintf(object->path, PATH_MAX, "%s", cached);
		rcs_workshop_close(object->folder);
		object->folder[0] = '\0';
	}
	return 0;
}

static int find_or_build(const struct text *c, const char *subject,
			 struct rcs_native_object *object, struct rcs_error *e)
{
	struct rcs_compiler compiler;
	char cached[PATH_MAX];

	if (rcs_compiler_find(&compiler, subject, e) != 0)
		return -1;
	if (!rcs_object_cache_path(key_of(c, &compiler), cached))
		return build(c, &compiler, NULL, object, e);
	if (rcs_object_cache_has(cached)) {
		(void)snprintf(object->path, PATH_MAX, "%s", cached);
		if (check(cached, NULL) == 0)
			return 0;
		rcs_object_cache_drop(cached);
	}
	return build(c, &compiler, cached, object, e);
}

struct rcs_native_object *rcs_native_compile(const struct rcs_litmus *test,
					     const char *keep_dir, struct rcs_error *e)
{
	struct rcs_native_object *object = calloc(1, sizeof(*object));
	struct text c = {.text = NULL};
	int failed;

	if (object == NULL) {
		(void)rcs_fail(e, RCS_ERROR_RESOURCE, "no memory to compile %s",
			       test->name);
		return NULL;
	}
	failed = generate(test, &c, e);
	if (failed == 0 && keep_dir != NULL)
		failed = keep(test, &c, keep_dir, e);
	if (failed == 0)
		failed = find_or_build(&c, test->name, object, e);
	free(c.text);
	if (failed != 0) {
		rcs_native_object_free(object);
		return NULL;
	}
	return object;
}

const char *rcs_native_object_path(const struct rcs_native_object *object)
{
	return object->path;
}

void rcs_native_object_free(struct rcs_native_object *object)
{
	if (object != NULL && object->folder[0] != '\0')
		rcs_workshop_close(object->folder);
	free(object);
}
