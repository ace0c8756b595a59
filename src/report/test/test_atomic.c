/* SPDX-License-Identifier: BSD-2-Clause */
/* Files whole or not at all. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report/atomic.h"

static char folder[] = "/tmp/rcustress-atomic-XXXXXX";
static char path[128];

static int start(void **state)
{
	(void)state;
	(void)snprintf(folder, sizeof(folder), "/tmp/rcustress-atomic-XXXXXX");
	if (mkdtemp(folder) == NULL)
		return -1;
	(void)snprintf(path, sizeof(path), "%s/report", folder);
	return 0;
}

/* How many files are in the folder, dot files as well. */
static int files(void)
{
	DIR *d = opendir(folder);
	int count = 0;

	for (struct dirent *entry; (entry = readdir(d)) != NULL;)
		count += strcmp(entry->d_name, ".") != 0 &&
			 strcmp(entry->d_name, "..") != 0;
	(void)closedir(d);
	return count;
}

static int end(void **state)
{
	(void)state;
	(void)unlink(path);
	return rmdir(folder);
}

static void write_it(const char *text)
{
	struct rcs_atomic file;
	struct rcs_error e;

	assert_int_equal(rcs_atomic_open(path, &file, &e), 0);
	(void)fputs(text, file.out);
	assert_int_equal(rcs_atomic_commit(&file, &e), 0);
}

static void holds(const char *text)
{
	char line[64] = "";
	FILE *f = fopen(path, "r");

	assert_non_null(f);
	(void)fgets(line, sizeof(line), f);
	(void)fclose(f);
	assert_string_equal(line, text);
}

static void the_old_one_is_there_until_the_new_one_is_whole(void **state)
{
	struct rcs_atomic file;
	struct rcs_error e;
	struct stat s;
	mode_t mask = umask(027);

	(void)state;
	write_it("old");
	assert_int_equal(stat(path, &s), 0);
	assert_int_equal(s.st_mode & 0777, 0640);
	(void)umask(mask);
	assert_int_equal(rcs_atomic_open(path, &file, &e), 0);
	(void)fputs("new", file.out);
	(void)fflush(file.out);
	holds("old");
	assert_int_equal(rcs_atomic_commit(&file, &e), 0);
	holds("new");
	assert_int_equal(files(), 1);
}

static void a_dropped_one_leaves_nothing(void **state)
{
	struct rcs_atomic file;
	struct rcs_error e;

	(void)state;
	write_it("old");
	assert_int_equal(rcs_atomic_open(path, &file, &e), 0);
	(void)fputs("new", file.out);
	rcs_atomic_drop(&file);
	holds("old");
	assert_int_equal(files(), 1);
}

static void a_full_disk_leaves_the_old_one(void **state)
{
	struct rcs_atomic file;
	struct rcs_error e;

	(void)state;
	write_it("old");
	assert_int_equal(rcs_atomic_open(path, &file, &e), 0);
	/* Every write to it fails from here on. */
	assert_non_null(freopen("/dev/full", "w", file.out));
	(void)fputs("new", file.out);
	assert_int_equal(rcs_atomic_commit(&file, &e), -1);
	assert_non_null(strstr(e.text, "cannot write"));
	holds("old");
	assert_int_equal(files(), 1);
}

static void a_link_stays_one(void **state)
{
	char link[160];
	struct stat s;

	(void)state;
	write_it("old");
	(void)snprintf(link, sizeof(link), "%s/link", folder);
	assert_int_equal(symlink("report", link), 0);
	{
		struct rcs_atomic file;
		struct rcs_error e;

		assert_int_equal(rcs_atomic_open(link, &file, &e), 0);
		(void)fputs("new", file.out);
		assert_int_equal(rcs_atomic_commit(&file, &e), 0);
	}
	assert_int_equal(lstat(link, &s), 0);
	assert_true(S_ISLNK(s.st_mode));
	holds("new");
	/* One that leads nowhere yet leads to the new file. */
	(void)unlink(path);
	{
		struct rcs_atomic file;
		struct rcs_error e;

		assert_int_equal(rcs_atomic_open(link, &file, &e), 0);
		(void)fputs("first", file.out);
		assert_int_equal(rcs_atomic_commit(&file, &e), 0);
	}
	holds("first");
	assert_int_equal(lstat(link, &s), 0);
	assert_true(S_ISLNK(s.st_mode));
	assert_true(rcs_atomic_same(link, path));
	(void)unlink(link);
	assert_int_equal(symlink("link", link), 0);
	{
		struct rcs_error e;

		assert_int_equal(rcs_atomic_check(link, &e), -1);
	}
	(void)unlink(link);
}

static void names_of_one_file_are_known(void **state)
{
	char other[256];

	(void)state;
	(void)snprintf(other, sizeof(other), "%s/./../%s/report", folder,
		       strrchr(folder, '/') + 1);
	assert_true(rcs_atomic_same(path, other));
	(void)snprintf(other, sizeof(other), "%s/reports", folder);
	assert_false(rcs_atomic_same(path, other));
	assert_false(rcs_atomic_same("/dev/null", "/dev/null"));
}

static void what_may_be_read_stays_so(void **state)
{
	struct stat s;

	(void)state;
	write_it("old");
	assert_int_equal(chmod(path, 0600), 0);
	write_it("new");
	assert_int_equal(stat(path, &s), 0);
	assert_int_equal(s.st_mode & 0777, 0600);
}

static void devices_are_written_to_and_stay(void **state)
{
	struct rcs_atomic file;
	struct rcs_error e;
	struct stat s;

	(void)state;
	assert_int_equal(rcs_atomic_check("/dev/null", &e), 0);
	assert_int_equal(rcs_atomic_open("/dev/null", &file, &e), 0);
	(void)fputs("new", file.out);
	assert_int_equal(rcs_atomic_commit(&file, &e), 0);
	assert_int_equal(stat("/dev/null", &s), 0);
	assert_true(S_ISCHR(s.st_mode));
	assert_int_equal(rcs_atomic_open("/dev/full", &file, &e), 0);
	(void)fputs("new", file.out);
	assert_int_equal(rcs_atomic_commit(&file, &e), -1);
}

static void what_cannot_be_made_is_known_before(void **state)
{
	struct rcs_error e;
	char below[160];

	(void)state;
	assert_int_equal(rcs_atomic_check(path, &e), 0);
	assert_int_equal(rcs_atomic_check("report.json", &e), 0);
	assert_int_equal(rcs_atomic_check(folder, &e), -1);
	assert_non_null(strstr(e.text, "is a folder"));
	(void)snprintf(below, sizeof(below), "%s/nowhere/report", folder);
	assert_int_equal(rcs_atomic_check(below, &e), -1);
	assert_int_equal(e.kind, RCS_ERROR_USAGE);
	(void)snprintf(below, sizeof(below), "%s/", folder);
	assert_int_equal(rcs_atomic_check(below, &e), -1);
	{
		char longest[600];

		(void)snprintf(longest, sizeof(longest), "%s/%0300d", folder, 1);
		assert_int_equal(rcs_atomic_check(longest, &e), -1);
		/* As long as a name may be. */
		(void)snprintf(longest, sizeof(longest), "%s/%0255d", folder, 1);
		assert_int_equal(rcs_atomic_check(longest, &e), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			the_old_one_is_there_until_the_new_one_is_whole, start, end),
		cmocka_unit_test_setup_teardown(a_dropped_one_leaves_nothing, start,
						end),
		cmocka_unit_test_setup_teardown(a_full_disk_leaves_the_old_one, start,
						end),
		cmocka_unit_test_setup_teardown(a_link_stays_one, start, end),
		cmocka_unit_test_setup_teardown(devices_are_written_to_and_stay, start,
						end),
		cmocka_unit_test_setup_teardown(what_cannot_be_made_is_known_before,
						start, end),
		cmocka_unit_test_setup_teardown(names_of_one_file_are_known, start,
						end),
		cmocka_unit_test_setup_teardown(what_may_be_read_stays_so, start, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
