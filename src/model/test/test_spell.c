/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * RCU spelt out as asym: whatever a model forbids of a test with synchronize_rcu(), it
 * forbids of asym over an ideal barrier. And with a barrier that orders its caller
 * only, it does not.
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
#include "litmus/sections.h"
#include "litmus/spell.h"
#include "model/prove.h"

#define ALL_MODELS ((1U << RCS_MODELS) - 1)
#define SECONDS	   20.0 /* 4.SB of two grace periods has too many ways for some */

static enum rcs_answer *answers(const struct rcs_litmus *test, unsigned int models,
				enum rcs_prove_barrier barrier)
{
	static enum rcs_answer answer[RCS_MODELS];
	const struct rcs_prove_options options = {
		.models = models, .barrier = barrier, .seconds = SECONDS};
	struct rcs_proof proof;
	struct rcs_error e;

	if (rcs_prove(test, &options, &proof, &e) != 0)
		fail_msg("%s: %s", test->name, e.text);
	for (int m = 0; m < RCS_MODELS; m++)
		answer[m] = proof.model[m].answer;
	rcs_proof_release(&proof);
	return answer;
}

static int compare(const char *path)
{
	struct rcs_error e;
	struct rcs_litmus *test = rcs_litmus_read(path, &e), *spelt;
	/* Two locked grace periods: more ways to go than a test has time for. */
	unsigned int models = strstr(path, "/4.SB") != NULL
				      ? 1U << RCS_MODEL_SC | 1U << RCS_MODEL_TSO
				      : ALL_MODELS;
	enum rcs_answer *answer;
	int compared = 0;

	assert_non_null(test);
	if (!rcs_litmus_has_rcu(test)) {
		rcs_litmus_free(test);
		return 0;
	}
	spelt = rcs_litmus_spell(test, &e);
	if (spelt == NULL)
		fail_msg("%s", e.text);
	answer = answers(spelt, models, RCS_PROVE_IDEAL);
	for (int m = 0; m < RCS_MODELS; m++) {
		if (test->result[m] != RCS_NEVER || (models >> m & 1) == 0)
			continue;
		if (answer[m] != RCS_NEVER)
			fail_msg("%s: %s says %s of asym", test->name,
				 rcs_model_names[m], rcs_answer_names[answer[m]]);
		compared++;
	}
	rcs_litmus_free(spelt);
	rcs_litmus_free(test);
	return compared;
}

static void test_asym_keeps_what_rcu_promises(void **state)
{
	const char *folder = getenv("RCS_TEST_LITMUS");
	struct dirent *entry;
	int compared = 0;
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
		compared += compare(path);
	}
	closedir(dir);
	assert_true(compared > 60);
}

static struct rcs_litmus *parsed(const char *text)
{
	struct rcs_error e;
	struct rcs_litmus *test = rcs_litmus_parse("t", text, strlen(text), &e);

	if (test == NULL)
		fail_msg("%s", e.text);
	return test;
}

/* x86 shows what the scan misses; but not what it cannot miss. */
static void test_a_local_barrier_breaks_asym(void **state)
{
	struct rcs_litmus *test = parsed(
		"C t\n{}\n"
		"P0(int *x, int *y) { int r0; rcu_read_lock(); r0 = READ_ONCE(*y); "
		"WRITE_ONCE(*x, 1); rcu_read_unlock(); }\n"
		"P1(int *x, int *y) { int r0; WRITE_ONCE(*y, 1); synchronize_rcu(); "
		"r0 = READ_ONCE(*x); }\n"
		"exists (0:r0=0 /\\ 1:r0=0)\n");
	struct rcs_litmus *spelt = rcs_litmus_spell(test, NULL);

	(void)state;
	assert_non_null(spelt);
	assert_int_equal(answers(test, ALL_MODELS, RCS_PROVE_LOCAL)[RCS_MODEL_TSO],
			 RCS_NEVER);
	assert_int_equal(answers(spelt, ALL_MODELS, RCS_PROVE_LOCAL)[RCS_MODEL_TSO],
			 RCS_SOMETIMES);
	assert_int_equal(answers(spelt, ALL_MODELS, RCS_PROVE_LOCAL)[RCS_MODEL_SC],
			 RCS_NEVER);
	rcs_litmus_free(spelt);
	rcs_litmus_free(test);
	test = parsed("C t\n{}\n"
		      "P0(int *x, int *y) { rcu_read_lock(); WRITE_ONCE(*y, 1); "
		      "WRITE_ONCE(*x, 1); rcu_read_unlock(); }\n"
		      "P1(int *x, int *y) { int r0; int r1; r0 = READ_ONCE(*y); "
		      "synchronize_rcu(); r1 = READ_ONCE(*x); }\n"
		      "exists (1:r0=1 /\\ 1:r1=0)\n");
	spelt = rcs_litmus_spell(test, NULL);
	assert_non_null(spelt);
	assert_int_equal(answers(spelt, ALL_MODELS, RCS_PROVE_LOCAL)[RCS_MODEL_TSO],
			 RCS_NEVER);
	assert_int_equal(answers(spelt, ALL_MODELS, RCS_PROVE_LOCAL)[RCS_MODEL_POWER],
			 RCS_SOMETIMES);
	rcs_litmus_free(spelt);
	rcs_litmus_free(test);
}

/* A section that is nested is one, and one in a branch is one if that is taken. */
static void test_nested_sections_and_branches(void **state)
{
	struct rcs_litmus *test = parsed(
		"C t\n{ p=x; x=0; y=0; }\n"
		"P0(int **p, int *y) { int *r0; int r1; int r2; r2 = READ_ONCE(*y); "
		"if (r2 == 0) { rcu_read_lock(); rcu_read_lock(); "
		"r0 = rcu_dereference(*p); rcu_read_unlock(); "
		"r1 = READ_ONCE(*r0); rcu_read_unlock(); } }\n"
		"P1(int **p, int *y, int *x) { rcu_assign_pointer(*p, y); "
		"synchronize_rcu(); WRITE_ONCE(*x, 1); }\n"
		"exists (0:r0=x /\\ 0:r1=1)\n");
	struct rcs_litmus *spelt = rcs_litmus_spell(test, NULL);

	(void)state;
	assert_non_null(spelt);
	for (int m = 0; m < RCS_MODELS; m++)
		assert_int_equal(answers(spelt, 1U << m, RCS_PROVE_IDEAL)[m],
				 RCS_NEVER);
	assert_int_equal(answers(spelt, ALL_MODELS, RCS_PROVE_LOCAL)[RCS_MODEL_TSO],
			 RCS_SOMETIMES);
	rcs_litmus_free(spelt);
	rcs_litmus_free(test);
}

static void not_spelt(const char *body, const char *why)
{
	struct rcs_error e;
	struct rcs_litmus *test;
	char text[400];

	(void)snprintf(text, sizeof(text),
		       "C t\n{}\nP0(int *x)\n{\n\tint r0;\n%s\n}\nexists (x=1)\n",
		       body);
	test = parsed(text);
	assert_null(rcs_litmus_spell(test, &e));
	assert_int_equal(e.kind, RCS_ERROR_UNSUPPORTED);
	assert_string_equal(e.text, why);
	rcs_litmus_free(test);
}

static void test_sections_that_cannot_be_run(void **state)
{
	(void)state;
	not_spelt("rcu_read_lock();\nWRITE_ONCE(*x, 1);",
		  "t:6:1: rcu_read_lock: the section does not end in this block");
	not_spelt("WRITE_ONCE(*x, 1);\nrcu_read_unlock();",
		  "t:7:1: rcu_read_unlock: no section was begun in this block");
	not_spelt("r0 = READ_ONCE(*x);\nif (r0 == 1) {\nrcu_read_lock(); }",
		  "t:8:1: rcu_read_lock: the section does not end in this block");
	not_spelt("rcu_read_lock();\nr0 = READ_ONCE(*x);\nif (r0 == 1) {\n"
		  "synchronize_rcu(); }\nrcu_read_unlock();",
		  "t:9:1: a grace period that is waited for within a section never "
		  "ends");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_asym_keeps_what_rcu_promises),
		cmocka_unit_test(test_a_local_barrier_breaks_asym),
		cmocka_unit_test(test_nested_sections_and_branches),
		cmocka_unit_test(test_sections_that_cannot_be_run),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
