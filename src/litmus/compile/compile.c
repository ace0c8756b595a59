/* SPDX-License-Identifier: BSD-2-Clause */
/* A test to a shared object: see compile.h. */
#include "litmus/compile.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "litmus/compile/compiler.h"
#include "litmus/compile/embedded.h"
#include "litmus/generate.h"
#include "litmus/print.h"
#include "litmus/compile/object_cache.h"
#include "litmus/compile/workshop.h"

struct rcs_native_object {
	char path[PATH_MAX];
	int kept_open; /* where no cache keeps the file, only this does; else -1 */
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
	char name[RCS_LITMUS_TEST_SIZE + 2];

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

/* Whether this file is the code of this test: a cache finds it by a hash alone. */
static int check(const char *path, const struct rcs_litmus *test, struct rcs_error *e)
{
	const struct rcs_native_test *native;
	struct text source = {.text = NULL};
	void *handle = NULL;
	FILE *out;
	bool same;

	native = rcs_native_open(path, &handle, e);
	if (native == NULL)
		return -1;
	out = open_memstream(&source.text, &source.size);
	if (out != NULL)
		rcs_litmus_print(test, out);
	same = out != NULL && fclose(out) == 0 &&
	       strcmp(source.text, native->source) == 0;
	free(source.text);
	rcs_native_close(handle);
	return same ? 0
		    : rcs_fail(e, RCS_ERROR_FAULT, "%.200s: not the code of %s", path,
			       test->name);
}

/*
 * For the processes of cells, which inherit the descriptor; so the folder can go at
 * once, and nothing stays behind however this process ends.
 */
static int keep_open(struct rcs_native_object *object, struct rcs_error *e)
{
	object->kept_open = open(object->path, O_RDONLY);
	if (object->kept_open < 0)
		return rcs_fail(e, RCS_ERROR_RESOURCE, "cannot open %.200s: %s",
				object->path, strerror(errno));
	(void)snprintf(object->path, PATH_MAX, "/proc/self/fd/%d", object->kept_open);
	return 0;
}

/* Compiles in a folder of its own. */
static int build(const struct rcs_litmus *test, const struct text *c,
		 const struct rcs_compiler *compiler, const char *cached,
		 struct rcs_native_object *object, struct rcs_error *e)
{
	char folder[PATH_MAX];
	int failed;

	if (rcs_workshop_open(folder, e) != 0)
		return -1;
	failed = rcs_workshop_write(folder, "test.c", c->text, c->size, e);
	if (failed == 0)
		failed = rcs_compiler_run(compiler, folder, "test.c", "test.so", e);
	if (failed == 0 &&
	    snprintf(object->path, PATH_MAX, "%s/test.so", folder) >= PATH_MAX)
		failed = rcs_fail(e, RCS_ERROR_USAGE, "TMPDIR: too long");
	if (failed == 0)
		failed = check(object->path, test, e);
	if (failed == 0 && cached != NULL && rcs_object_cache_put(cached, object->path))
		(void)snprintf(object->path, PATH_MAX, "%s", cached);
	else if (failed == 0)
		failed = keep_open(object, e);
	rcs_workshop_close(folder);
	return failed;
}

static int find_or_build(const struct rcs_litmus *test, const struct text *c,
			 struct rcs_native_object *object, struct rcs_error *e)
{
	struct rcs_compiler compiler;
	char cached[PATH_MAX];

	if (rcs_compiler_find(&compiler, test->name, e) != 0)
		return -1;
	if (!rcs_object_cache_path(key_of(c, &compiler), cached))
		return build(test, c, &compiler, NULL, object, e);
	if (rcs_object_cache_has(cached)) {
		(void)snprintf(object->path, PATH_MAX, "%s", cached);
		if (check(cached, test, NULL) == 0)
			return 0;
		rcs_object_cache_drop(cached);
	}
	return build(test, c, &compiler, cached, object, e);
}

struct rcs_native_object *rcs_native_compile(const struct rcs_litmus *test,
					     const char *keep_dir, struct rcs_error *e)
{
	struct rcs_native_object *object = calloc(1, sizeof(*object));
	struct text c = {.text = NULL};
	sigset_t held;
	int failed;

	if (object == NULL) {
		(void)rcs_fail(e, RCS_ERROR_RESOURCE, "no memory to compile %s",
			       test->name);
		return NULL;
	}
	object->kept_open = -1;
	failed = generate(test, &c, e);
	if (failed == 0 && keep_dir != NULL)
		failed = keep(test, &c, keep_dir, e);
	if (failed == 0) {
		/* A signal that ends the program waits until the folder is gone. */
		rcs_compiler_hold_signals(&held);
		failed = find_or_build(test, &c, object, e);
		(void)sigprocmask(SIG_SETMASK, &held, NULL);
	}
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
	if (object != NULL && object->kept_open >= 0)
		(void)close(object->kept_open);
	free(object);
}
