/* SPDX-License-Identifier: BSD-2-Clause */
/* The system's compiler, the cache of objects, and what is left of them. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host/clock.h"
#include "litmus/compile.h"
#include "litmus/compile/compiler.h"
#include "litmus/compile/hash.h"
#include "litmus/parse.h"

#define TEXT                                                                           \
	"C T+a\n{}\nP0(int *x)\n{\n\tint r0;\n\tr0 = atomic_read(x);\n}\nexists "      \
	"(0:r0=0)\n"

static char home[] = "/tmp/test_compile-XXXXXX";
static struct rcs_litmus *test;

static void path_of(char path[PATH_MAX], const char *name)
{
	assert_true(snprintf(path, PATH_MAX, "%s/%s", home, name) < PATH_MAX);
}

static void set_path(const char *variable, const char *name)
{
	char path[PATH_MAX];

	path_of(path, name);
	assert_int_equal(setenv(variable, path, 1), 0);
}

/* How many entries a folder has; one of them into *name. */
static int entries(const char *folder, char name[PATH_MAX])
{
	char path[PATH_MAX];
	struct dirent *entry;
	int count = 0;
	DIR *dir;

	path_of(path, folder);
	dir = opendir(path);
	while (dir != NULL && (entry = readdir(dir)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		count++;
		if (name != NULL)
			assert_true(snprintf(name, PATH_MAX, "%s/%s", path,
					     entry->d_name) < PATH_MAX);
	}
	if (dir != NULL)
		(void)closedir(dir);
	return count;
}

static void write_script(const char *name, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void write_script(const char *name, const char *format, ...)
{
	char path[PATH_MAX];
	va_list args;
	FILE *out;

	path_of(path, name);
	out = fopen(path, "we");
	assert_non_null(out);
	va_start(args, format);
	(void)vfprintf(out, format, args);
	va_end(args);
	assert_int_equal(fclose(out), 0);
	assert_int_equal(chmod(path, 0755), 0);
}

static int runs(void)
{
	char path[PATH_MAX];
	FILE *in;
	int count = 0;

	path_of(path, "runs");
	in = fopen(path, "re");
	while (in != NULL && fgetc(in) != EOF)
		count++;
	if (in != NULL)
		(void)fclose(in);
	return count / 2;
}

/* A cc that counts its runs; an empty cache; an empty folder for temporary files. */
static int set_up(void **state)
{
	static char real[PATH_MAX];
	static struct rcs_error e;
	struct rcs_compiler compiler;
	char command[PATH_MAX + 100];

	(void)state;
	if (real[0] == '\0' && rcs_compiler_find(&compiler, "this", &e) == 0)
		(void)snprintf(real, sizeof(real), "%s", compiler.path);
	if (real[0] == '\0') /* none here: each test skips itself */
		return 0;
	(void)snprintf(command, sizeof(command),
		       "rm -rf %s && mkdir -p %s/bin %s/tmp %s/cache", home, home, home,
		       home);
	assert_int_equal(system(command), 0);
	set_path("PATH", "bin");
	(void)setenv("PATH", strcat(strcpy(command, getenv("PATH")), ":/usr/bin:/bin"),
		     1);
	set_path("TMPDIR", "tmp");
	set_path("XDG_CACHE_HOME", "cache");
	write_script("bin/cc", "#!/bin/sh\necho 1 >>%s/runs\nexec %s \"$@\"\n", home,
		     real);
	return 0;
}

static bool no_compiler(void)
{
	struct rcs_compiler compiler;
	struct rcs_error e = {0};

	return rcs_compiler_find(&compiler, "this", &e) != 0;
}

/* Compiles, runs and frees; the path that it had. */
static void compile(const char *keep_dir, char path[PATH_MAX])
{
	struct rcs_error e = {0};
	struct rcs_native_object *object = rcs_native_compile(test, keep_dir, &e);
	const struct rcs_native_test *native;
	void *handle = NULL;

	if (object == NULL)
		fail_msg("%s", e.text);
	native = rcs_native_open(rcs_native_object_path(object), &handle, &e);
	if (native == NULL)
		fail_msg("%s", e.text);
	assert_int_equal(native->threads, 1);
	assert_non_null(strstr(native->source, "C T+a\n"));
	rcs_native_close(handle);
	(void)snprintf(path, PATH_MAX, "%s", rcs_native_object_path(object));
	rcs_native_object_free(object);
	assert_int_equal(entries("tmp", NULL), 0);
}

/* It cannot be compiled, for that reason. */
static void refused(const char *why)
{
	struct rcs_error e = {0};

	assert_null(rcs_native_compile(test, NULL, &e));
	if (strstr(e.text, why) == NULL)
		fail_msg("%s", e.text);
	assert_int_equal(entries("tmp", NULL), 0);
}

static void the_second_time_is_from_the_cache(void **state)
{
	char first[PATH_MAX], second[PATH_MAX];
	uint64_t start = rcs_clock_ns();

	(void)state;
	if (no_compiler())
		skip();
	compile(NULL, first);
	print_message("# compiled in %.3f s\n", (double)(rcs_clock_ns() - start) / 1e9);
	assert_int_equal(runs(), 1);
	start = rcs_clock_ns();
	compile(NULL, second);
	print_message("# found in %.4f s\n", (double)(rcs_clock_ns() - start) / 1e9);
	assert_int_equal(runs(), 1);
	assert_string_equal(first, second);
	assert_int_equal(entries("cache/rcustress", NULL), 1);
}

static void a_damaged_object_is_compiled_again(void **state)
{
	char path[PATH_MAX];
	struct stat status;
	FILE *out;

	(void)state;
	if (no_compiler())
		skip();
	compile(NULL, path);
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(truncate(path, status.st_size / 2), 0);
	compile(NULL, path);
	assert_int_equal(runs(), 2);
	out = fopen(path, "r+e");
	assert_non_null(out);
	(void)fseek(out, status.st_size / 3, SEEK_SET);
	(void)fputs("damage", out);
	(void)fclose(out);
	compile(NULL, path);
	assert_int_equal(runs(), 3);
	compile(NULL, path);
	assert_int_equal(runs(), 3);
}

static void what_others_may_write_is_not_trusted(void **state)
{
	char path[PATH_MAX], folder[PATH_MAX];

	(void)state;
	if (no_compiler())
		skip();
	compile(NULL, path);
	assert_int_equal(chmod(path, 0666), 0);
	compile(NULL, path);
	assert_int_equal(runs(), 2);
	/* Nor a folder: then there is no cache, and the object goes. */
	path_of(folder, "cache/rcustress");
	assert_int_equal(chmod(folder, 0777), 0);
	compile(NULL, path);
	assert_int_equal(runs(), 3);
	assert_int_not_equal(access(path, F_OK), 0);
}

static void without_a_cache_it_runs_all_the_same(void **state)
{
	char path[PATH_MAX];

	(void)state;
	if (no_compiler())
		skip();
	(void)setenv("XDG_CACHE_HOME", "/proc/nonesuch", 1);
	compile(NULL, path);
	compile(NULL, path);
	assert_int_equal(runs(), 2);
	assert_int_not_equal(access(path, F_OK), 0);
}

static void another_compiler_makes_another_object(void **state)
{
	char path[PATH_MAX];

	(void)state;
	if (no_compiler())
		skip();
	compile(NULL, path);
	path_of(path, "bin/cc");
	assert_int_equal(rename(path, strcat(strcpy((char[PATH_MAX]){0}, path), "2")),
			 0);
	(void)setenv("RCUSTRESS_CC", "cc2", 1);
	compile(NULL, path);
	(void)unsetenv("RCUSTRESS_CC");
	assert_int_equal(entries("cache/rcustress", NULL), 2);
}

static void no_compiler_is_said_so(void **state)
{
	(void)state;
	(void)setenv("PATH", "/nonesuch:.", 1);
	refused("T+a needs a C compiler: there is no cc in PATH; the tests of the "
		"built-in suite run without one");
}

static void what_a_compiler_said_is_shown(void **state)
{
	(void)state;
	if (no_compiler())
		skip();
	write_script("bin/cc", "#!/bin/sh\nprintf 'it is \\033broken\\nmore\\n' >&2\n"
			       "exit 1\n");
	refused("cc failed: it is ?broken");
	write_script("bin/cc", "#!/bin/sh\nexit 3\n");
	refused("cc failed: it did not say why");
	write_script("bin/cc", "#!/bin/sh\necho text >test.so\n");
	refused("cannot load a compiled test");
	assert_int_equal(entries("cache/rcustress", NULL), 0);
}

static void what_was_compiled_can_be_kept(void **state)
{
	char keep[PATH_MAX], path[PATH_MAX], command[2 * PATH_MAX];

	(void)state;
	if (no_compiler())
		skip();
	path_of(keep, "kept");
	compile(NULL, path);
	compile(keep, path); /* although it was in the cache */
	assert_true(snprintf(path, sizeof(path), "%s/T+a.c", keep) < PATH_MAX);
	assert_int_equal(access(path, R_OK), 0);
	/* It is complete. */
	(void)snprintf(command, sizeof(command), "cd %s && cc -c T+a.c", keep);
	assert_int_equal(system(command), 0);
}

static void hashes_are_fnv(void **state)
{
	struct rcs_hash a = rcs_hash_bytes(RCS_HASH_START, "foobar", 6);

	(void)state;
	/* Of the published table of test values. */
	assert_true(a.high == 0x343e1662793c64bf && a.low == 0x6f0d3597ba446f18);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(the_second_time_is_from_the_cache, set_up),
		cmocka_unit_test_setup(a_damaged_object_is_compiled_again, set_up),
		cmocka_unit_test_setup(what_others_may_write_is_not_trusted, set_up),
		cmocka_unit_test_setup(without_a_cache_it_runs_all_the_same, set_up),
		cmocka_unit_test_setup(another_compiler_makes_another_object, set_up),
		cmocka_unit_test_setup(what_was_compiled_can_be_kept, set_up),
		cmocka_unit_test_setup(what_a_compiler_said_is_shown, set_up),
		cmocka_unit_test_setup(no_compiler_is_said_so, set_up),
		cmocka_unit_test(hashes_are_fnv),
	};
	char command[100];
	int failed;

	test = rcs_litmus_parse("t", TEXT, strlen(TEXT), NULL);
	if (test == NULL || mkdtemp(home) == NULL)
		return 1;
	(void)unsetenv("RCUSTRESS_CC");
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	(void)setenv("PATH", "/usr/bin:/bin", 1);
	(void)snprintf(command, sizeof(command), "rm -rf %s", home);
	failed += system(command) != 0;
	rcs_litmus_free(test);
	return failed;
}
