/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The suite: what its files say of each model is what the prover says. A file that is
 * contradicted is wrong, or the prover is.
 */
#include <dirent.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "litmus/parse.h"
#include "model/prove.h"

#define ALL_MODELS ((1U << RCS_MODELS) - 1)

struct tally {
	int files, answers, wrong;
};

static void compare(struct tally *tally, const struct rcs_litmus *test,
		    enum rcs_prove_barrier barrier, const enum rcs_answer *stated,
		    const char *line)
{
	const struct rcs_prove_options options = {.models = ALL_MODELS,
						  .barrier = barrier};
	struct rcs_proof proof;
	struct rcs_error e;

	if (rcs_prove(test, &options, &proof, &e) != 0)
		fail_msg("%s: %s", test->name, e.text);
	assert_false(proof.gave_up);
	for (int m = 0; m < RCS_MODELS; m++) {
		if (stated[m] == RCS_ANSWER_UNKNOWN)
			continue;
		tally->answers++;
		if (proof.model[m].answer == stated[m])
			continue;
		tally->wrong++;
		print_message("%s: %s %s=%s, but the prover says %s\n", test->name,
			      line, rcs_model_names[m], rcs_answer_names[stated[m]],
			      rcs_answer_names[proof.model[m].answer]);
	}
	rcs_proof_release(&proof);
}

static void compare_file(struct tally *tally, const char *path)
{
	struct rcs_error e;
	struct rcs_litmus *test = rcs_litmus_read(path, &e);

	if (test == NULL)
		fail_msg("%s", e.text);
	tally->files++;
	compare(tally, test, RCS_PROVE_IDEAL, test->result, "Result:");
	compare(tally, test, RCS_PROVE_STRIPPED, test->stripped, "Stripped:");
	compare(tally, test, RCS_PROVE_LOCAL, test->local, "Local:");
	rcs_litmus_free(test);
}

static void test_files_and_prover_agree(void **state)
{
	const char *folder = getenv("RCS_TEST_LITMUS");
	struct tally tally = {0};
	struct dirent *entry;
	DIR *dir;

	(void)state;
	assert_non_null(folder);
	dir = opendir(folder);
	assert_non_null(dir);
	while ((entry = readdir(dir)) != NULL) {
		const char *dot = strrchr(entry->d_name, '.');
		char path[PATH_MAX];

		if (dot == NULL || strcmp(dot, ".litmus") != 0)
			continue;
		(void)snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		compare_file(&tally, path);
	}
	closedir(dir);
	print_message("%d files, %d answers, %d of them not as stated\n", tally.files,
		      tally.answers, tally.wrong);
	assert_int_equal(tally.wrong, 0);
	assert_true(tally.files > 150);
	assert_true(tally.answers > 6 * tally.files);
}

/* That it would notice: a file is made to say the contrary. */
static void test_a_wrong_line_is_noticed(void **state)
{
	static const char text[] =
		"C a\n(*\n * About.\n *\n * Result: tso=Never sc=Never\n *)\n{}\n"
		"P0(int *x, int *y) { int r0; WRITE_ONCE(*x, 1); r0 = READ_ONCE(*y); "
		"}\n"
		"P1(int *x, int *y) { int r0; WRITE_ONCE(*y, 1); r0 = READ_ONCE(*x); "
		"}\n"
		"exists (0:r0=0 /\\ 1:r0=0)\n";
	struct rcs_error e;
	struct rcs_litmus *test = rcs_litmus_parse("a", text, strlen(text), &e);
	struct tally tally = {0};

	(void)state;
	assert_non_null(test);
	compare(&tally, test, RCS_PROVE_IDEAL, test->result, "Result:");
	assert_int_equal(tally.answers, 2);
	assert_int_equal(tally.wrong, 1);
	rcs_litmus_free(test);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_files_and_prover_agree),
		cmocka_unit_test(test_a_wrong_line_is_noticed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
