/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Files that are found, and read by threads into one report. In place of documents they
 * have lines here: "run NODE SEED", "horizon NODE", "wait", or "bad", which is refused.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <inttypes.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/report_merge.h"
#include "report/json.h"

static char folder[64];
static struct rcs_report_files files;
static struct rcs_merged merged;
static atomic_bool was_brief;
static struct rcs_error e;

static int begin(void **state)
{
	(void)state;
	(void)snprintf(folder, sizeof(folder), "%s/rcs-merge-XXXXXX",
		       getenv("TMPDIR") != NULL ? getenv("TMPDIR") : "/tmp");
	files = (struct rcs_report_files){0};
	return mkdtemp(folder) == NULL || rcs_merged_begin(&merged, &e) != 0 ? -1 : 0;
}

static int end(void **state)
{
	char command[96];

	(void)state;
	rcs_report_files_free(&files);
	rcs_merged_end(&merged);
	(void)snprintf(command, sizeof(command), "rm -r '%s'", folder);
	return system(command);
}

static void read_run(struct rcs_report *report, const char *node, uint64_t seed,
		     const char *path)
{
	struct rcs_record_run *run = rcs_pool_get(report->pool, sizeof(*run));
	struct rcs_machine *m = rcs_pool_get(report->pool, sizeof(*m));

	(void)snprintf(m->name, sizeof(m->name), "%s", node);
	*run = (struct rcs_record_run){
		.file = rcs_pool_string(report->pool, path),
		.begun = "2026-11-23T11:31:32Z",
		.command = "rcustress",
		.machine = m,
		.seed = seed,
	};
	(void)rcs_report_add_run(report, run);
}

static void read_horizon(struct rcs_report *report, const char *node)
{
	struct rcs_record_horizon *h = rcs_pool_get(report->pool, sizeof(*h));
	struct rcs_machine *m = rcs_pool_get(report->pool, sizeof(*m));

	(void)snprintf(m->name, sizeof(m->name), "%s", node);
	h->machine = m;
	h->begun = "2026-11-23T11:31:32Z";
	(void)rcs_report_add_horizon(report, h);
}

/* The linker has it called in place of rcs_json_read(). */
int __wrap_rcs_json_read(const char *path, bool brief, struct rcs_report *report,
			 struct rcs_error *error);

int __wrap_rcs_json_read(const char *path, bool brief, struct rcs_report *report,
			 struct rcs_error *error)
{
	char line[64], node[16];
	FILE *file = fopen(path, "r");
	bool bad = file == NULL;
	uint64_t seed;

	was_brief = brief;
	while (file != NULL && fgets(line, sizeof(line), file) != NULL) {
		if (sscanf(line, "run %15s %" SCNu64, node, &seed) == 2)
			read_run(report, node, seed, path);
		else if (sscanf(line, "horizon %15s", node) == 1)
			read_horizon(report, node);
		else if (strcmp(line, "wait\n") == 0)
			(void)usleep(20000);
		else if (strcmp(line, "no memory\n") == 0)
			return fclose(file),
			       rcs_fail(error, RCS_ERROR_RESOURCE, "no memory");
		else
			bad = true;
	}
	if (file != NULL)
		(void)fclose(file);
	return bad ? rcs_fail(error, RCS_ERROR_USAGE, "it is bad") : 0;
}

/* Its whole path, until the next call. */
static const char *path_of(const char *name)
{
	static char path[128];

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

static void make(const char *name, const char *text)
{
	FILE *file = fopen(path_of(name), "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void add(const char *name)
{
	assert_int_equal(
		rcs_report_files_add(&files, path_of(name), &merged.report, &e), 0);
}

static void read_all(void)
{
	assert_int_equal(rcs_merged_read(&merged, &files, true, &e), 0);
}

static void is_file(size_t place, const char *name)
{
	assert_true(place < files.count);
	assert_string_equal(files.path[place], path_of(name));
}

static void a_folder_is_its_documents_in_order(void **state)
{
	(void)state;
	make("b.json", "run b 1\n");
	make("a.json", "run a 1\n");
	make("c.txt", "run c 1\n");
	make(".json", "run d 1\n");
	make(".hidden.json", "run e 1\n");
	assert_int_equal(mkdir(path_of("deeper"), 0700), 0);
	make("deeper/d.json", "run f 1\n");
	add("");
	assert_int_equal(files.count, 2);
	is_file(0, "a.json");
	is_file(1, "b.json");
	assert_int_equal(files.bytes, 16);
	assert_int_equal(merged.report.refused, 0);
}

static void a_folder_of_nothing_is_refused(void **state)
{
	(void)state;
	assert_int_equal(mkdir(path_of("empty"), 0700), 0);
	add("empty");
	assert_int_equal(files.count, 0);
	assert_int_equal(merged.report.refused, 1);
	assert_string_equal(merged.report.refuse[0].file, path_of("empty"));
}

static void a_list_has_a_file_or_a_folder_a_line(void **state)
{
	char text[512];
	FILE *list;

	(void)state;
	assert_int_equal(mkdir(path_of("x"), 0700), 0);
	make("x/1.json", "run a 1\n");
	make("x/2.json", "run b 1\n");
	make("with blanks", "run c 1\n");
	(void)snprintf(text, sizeof(text), "%s/with blanks\n\n%s/x/\n%s/gone", folder,
		       folder, folder);
	list = fmemopen(text, strlen(text), "r");
	assert_non_null(list);
	assert_int_equal(rcs_report_files_add_list(&files, list, &merged.report, &e),
			 0);
	(void)fclose(list);
	assert_int_equal(files.count, 4);
	is_file(0, "with blanks");
	is_file(1, "x/1.json");
	is_file(2, "x/2.json");
	is_file(3, "gone");
}

static void what_is_read_is_in_the_order_of_files(void **state)
{
	char name[16], text[32];

	(void)state;
	for (int i = 0; i < 200; i++) {
		(void)snprintf(name, sizeof(name), "%d", i);
		(void)snprintf(text, sizeof(text), "%srun n %d\nrun m %d\n",
			       i % 50 == 0 ? "wait\n" : "", i, i);
		make(name, text);
		add(name);
	}
	read_all();
	assert_true(was_brief);
	assert_int_equal(merged.report.runs, 400);
	for (size_t i = 0; i < 400; i++) {
		const struct rcs_record_run *run = merged.report.run[i];

		assert_int_equal(run->seed, i / 2);
		assert_string_equal(run->machine->name, i % 2 == 0 ? "n" : "m");
		assert_string_equal(run->file, files.path[i / 2]);
	}
	assert_int_equal(merged.repeated, 0);
}

static void what_is_bad_is_refused_and_the_rest_is_read(void **state)
{
	(void)state;
	make("1", "run a 1\n");
	make("2", "bad\n");
	make("3", "horizon a\nrun a 3\n");
	add("1");
	add("2");
	add("gone");
	add("3");
	read_all();
	assert_int_equal(merged.report.runs, 2);
	assert_int_equal(merged.report.horizons, 1);
	assert_int_equal(merged.report.refused, 2);
	assert_string_equal(merged.report.refuse[0].file, path_of("2"));
	assert_string_equal(merged.report.refuse[0].why, "it is bad");
	assert_string_equal(merged.report.refuse[1].file, path_of("gone"));
}

static void what_is_there_twice_is_counted_once(void **state)
{
	(void)state;
	make("1", "run a 1\nrun b 1\nhorizon a\n");
	make("2", "run a 2\nrun b 1\nhorizon a\nhorizon b\n");
	add("1");
	add("2");
	add("1");
	read_all();
	assert_int_equal(merged.report.runs, 3);
	assert_int_equal(merged.report.horizons, 2);
	assert_int_equal(merged.repeated, 2 + 3);
	assert_string_equal(merged.repeated_file, path_of("2"));
}

static void no_memory_ends_it(void **state)
{
	(void)state;
	make("1", "run a 1\n");
	make("2", "no memory\n");
	add("1");
	add("2");
	assert_int_equal(rcs_merged_read(&merged, &files, false, &e), -1);
	assert_int_equal(e.kind, RCS_ERROR_RESOURCE);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(a_folder_is_its_documents_in_order),
		EACH(a_folder_of_nothing_is_refused),
		EACH(a_list_has_a_file_or_a_folder_a_line),
		EACH(what_is_read_is_in_the_order_of_files),
		EACH(what_is_bad_is_refused_and_the_rest_is_read),
		EACH(what_is_there_twice_is_counted_once),
		EACH(no_memory_ends_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
