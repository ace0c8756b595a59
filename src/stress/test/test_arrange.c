/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a test is taken for: what its file says of it, by what it is measured, which
 * runner runs it, and with how many threads.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdio.h>

#include "stress/arrange.h"
#include "stress/sb_shape.h"
#include "stress/test/text_test.h"

#define LIGHT                                                                          \
	"P0(int *x, int *y) { int r0; WRITE_ONCE(*x, 1); barrier();\n"                 \
	"  r0 = READ_ONCE(*y); }\n"
#define HEAVY                                                                          \
	"P1(int *x, int *y) { int r0; WRITE_ONCE(*y, 1); smp_memb();\n"                \
	"  r0 = READ_ONCE(*x); }\n"
#define MISSED "exists (0:r0=0 /\\ 1:r0=0)\n"
#define SB     "C a\n{}\n" LIGHT HEAVY MISSED

static enum rcs_claim claim_of(const char *text, int model)
{
	struct rcs_litmus *litmus = parsed(text);
	struct rcs_test test;
	enum rcs_claim claim;

	rcs_test_fill(&test, litmus);
	rcs_prospect_find(litmus, model, &test.prospect);
	test.foreseen = true;
	claim = rcs_test_claim(&test);
	rcs_litmus_free(litmus);
	return claim;
}

#define NO_MODEL (-1)
#define BARE                                                                           \
	"P0(int *x, int *y) { int r0; WRITE_ONCE(*x, 1); r0 = READ_ONCE(*y); }\n"      \
	"P1(int *x, int *y) { int r0; WRITE_ONCE(*y, 1); r0 = READ_ONCE(*x); }\n"
#define PLAIN "P0(int *x, int *y) { int r0; *x = 1; barrier(); r0 = READ_ONCE(*y); }\n"
#define FENCED                                                                         \
	"P0(int *x, int *y) { int r0; WRITE_ONCE(*x, 1); smp_mb();\n"                  \
	"  r0 = READ_ONCE(*y); }\n"
/* Its stores are in order on x86 as they are. */
#define STORES                                                                         \
	"P0(int *x, int *y) { WRITE_ONCE(*x, 1); barrier(); WRITE_ONCE(*y, 2); }\n"
#define PASSED                                                                         \
	"P0(int *x, int *y) { WRITE_ONCE(*x, 1); smp_wmb(); WRITE_ONCE(*y, 1); }\n"    \
	"P1(int *x, int *y) { int r0; int r1; r0 = READ_ONCE(*y); smp_rmb();\n"        \
	"  r1 = READ_ONCE(*x); }\n"

static void test_models_decide_what_is_judged(void **state)
{
	const struct {
		int model;
		const char *lines, *text;
		enum rcs_claim claim;
	} rows[] = {
		{RCS_MODEL_TSO, "", LIGHT HEAVY MISSED, RCS_CLAIM_NEVER},
		{RCS_MODEL_TSO, "", LIGHT HEAVY "forall (~(0:r0=0 /\\ 1:r0=0))\n",
		 RCS_CLAIM_NEVER},
		{RCS_MODEL_TSO, "", LIGHT HEAVY "forall (0:r0=0)\n", RCS_CLAIM_ALLOWED},
		{RCS_MODEL_TSO, "", LIGHT HEAVY "~exists (0:r0=0 /\\ 1:r0=0)\n",
		 RCS_CLAIM_NEVER},
		{RCS_MODEL_TSO, "", BARE MISSED, RCS_CLAIM_ALLOWED},
		{RCS_MODEL_SC, "", BARE MISSED, RCS_CLAIM_NOWHERE},
		{RCS_MODEL_TSO, "", PASSED "exists (1:r0=1 /\\ 1:r1=0)\n",
		 RCS_CLAIM_NOWHERE},
		{RCS_MODEL_ARMV8, "", PASSED "exists (1:r0=1 /\\ 1:r1=0)\n",
		 RCS_CLAIM_NEVER},
		/* The model knows better than the file. */
		{RCS_MODEL_TSO, "Result: tso=Sometimes", LIGHT HEAVY MISSED,
		 RCS_CLAIM_NEVER},
		{RCS_MODEL_TSO, "Result: tso=Never", BARE MISSED, RCS_CLAIM_ALLOWED},
		/* Where there is none, or a compiler is in it, the file counts. */
		{NO_MODEL, "Result: Never", LIGHT HEAVY MISSED, RCS_CLAIM_NEVER},
		{NO_MODEL, "Result: Sometimes", BARE MISSED, RCS_CLAIM_UNSTATED},
		{NO_MODEL, "", BARE MISSED, RCS_CLAIM_UNSTATED},
		{RCS_MODEL_TSO, "", PLAIN HEAVY MISSED, RCS_CLAIM_UNSTATED},
		{RCS_MODEL_TSO, "Result: tso=Never", PLAIN HEAVY MISSED,
		 RCS_CLAIM_NEVER},
		{RCS_MODEL_TSO, "Result: tso=Sometimes", PLAIN HEAVY MISSED,
		 RCS_CLAIM_ALLOWED},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char text[1000];

		(void)snprintf(text, sizeof(text), "C a\n(* About.\n\n%s\n*)\n{}\n%s",
			       rows[i].lines, rows[i].text);
		if (claim_of(text, rows[i].model) != rows[i].claim)
			fail_msg("row %zu", i);
	}
}

static void test_a_file_that_contradicts_the_model_is_noticed(void **state)
{
	const char *lines[] = {"Result: tso=Sometimes", "Local: tso=Never",
			       "Stripped: tso=Always", "Result: tso=Never"};

	(void)state;
	for (int i = 0; i < 4; i++) {
		struct rcs_prospect prospect;
		struct rcs_litmus *litmus;
		char text[600];

		(void)snprintf(text, sizeof(text), "C a\n(*\n%s\n*)\n{}\n%s", lines[i],
			       LIGHT HEAVY MISSED);
		litmus = parsed(text);
		rcs_prospect_find(litmus, RCS_MODEL_TSO, &prospect);
		/* Always and Sometimes both say that it can be. */
		assert_int_equal(prospect.contradicts, i < 2);
		rcs_litmus_free(litmus);
	}
}

static void test_it_is_known_who_says_so(void **state)
{
	const char *texts[] = {LIGHT HEAVY MISSED, PLAIN HEAVY MISSED};

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct rcs_prospect prospect;
		struct rcs_litmus *litmus;
		char text[600];

		(void)snprintf(text, sizeof(text), "C a\n(*\nResult: Never\n*)\n{}\n%s",
			       texts[i]);
		litmus = parsed(text);
		rcs_prospect_find(litmus, RCS_MODEL_TSO, &prospect);
		assert_int_equal(prospect.ideal, RCS_OUTLOOK_FORBIDDEN);
		assert_int_equal(prospect.ideal_stated, i == 1);
		assert_int_equal(prospect.stripped_stated, i == 1);
		rcs_litmus_free(litmus);
	}
}

static void test_what_a_twin_could_not_show_is_looked_for(void **state)
{
	const char *twin = "C a\n{}\n" LIGHT HEAVY MISSED;
	const char *caller = "C a\n{}\n" STORES HEAVY "exists (y=1 /\\ 1:r0=0)\n";
	/* No light side for a twin to leave unordered. */
	const char *no_light = "C a\n{}\n" FENCED HEAVY MISSED;

	(void)state;
	assert_int_equal(claim_of(twin, RCS_MODEL_TSO), RCS_CLAIM_NEVER);
	assert_int_equal(claim_of(caller, RCS_MODEL_TSO), RCS_CLAIM_CALLER);
	assert_int_equal(claim_of(caller, RCS_MODEL_POWER), RCS_CLAIM_NEVER);
	assert_int_equal(claim_of(no_light, RCS_MODEL_TSO), RCS_CLAIM_CALLER);
}

/* A control is RCU over a twin: whether it can be hit is a question about asym. */
static void test_rcu_is_judged_by_what_it_is_made_of(void **state)
{
	const char *scanned =
		"C a\n{}\nP0(int *x, int *y) { int r0; rcu_read_lock();\n"
		"  r0 = READ_ONCE(*y); WRITE_ONCE(*x, 1); rcu_read_unlock(); }\n"
		"P1(int *x, int *y) { int r0; WRITE_ONCE(*y, 1); synchronize_rcu();\n"
		"  r0 = READ_ONCE(*x); }\nexists (0:r0=0 /\\ 1:r0=0)\n";
	/* Its section is known of before the grace period; its stores keep in order. */
	const char *known =
		"C a\n{}\nP0(int *x, int *y) { rcu_read_lock(); WRITE_ONCE(*y, 1);\n"
		"  smp_mb(); WRITE_ONCE(*x, 1); rcu_read_unlock(); }\n"
		"P1(int *x, int *y) { int r0; int r1; r0 = READ_ONCE(*y);\n"
		"  synchronize_rcu(); r1 = READ_ONCE(*x); }\n"
		"exists (1:r0=1 /\\ 1:r1=0)\n";

	(void)state;
	assert_int_equal(claim_of(scanned, RCS_MODEL_TSO), RCS_CLAIM_NEVER);
	assert_int_equal(claim_of(scanned, RCS_MODEL_POWER), RCS_CLAIM_NEVER);
	assert_int_equal(claim_of(known, RCS_MODEL_SC), RCS_CLAIM_CALLER);
}

static void test_store_buffering_is_known_by_its_shape(void **state)
{
	const struct {
		const char *text;
		bool is;
	} rows[] = {
		{SB, true},
		/* Threads, names, registers and condition the other way round. */
		{"C b\n{int b=0;}\n"
		 "P0(int *b, int *a) { int q; WRITE_ONCE(*a, 7); smp_memb();\n"
		 "  q = READ_ONCE(*b); }\n"
		 "P1(int *b, int *a) { int s; WRITE_ONCE(*b, 3); barrier();\n"
		 "  s = READ_ONCE(*a); }\n"
		 "exists (1:s=0 /\\ 0:q=0)\n",
		 true},
		{"C a\n{x=1;}\n" LIGHT HEAVY MISSED, false},
		{"C a\n{}\n" LIGHT HEAVY "exists (0:r0=0 /\\ 1:r0=1)\n", false},
		{"C a\n{}\n" LIGHT HEAVY "exists (0:r0=0 \\/ 1:r0=0)\n", false},
		{"C a\n{}\n" LIGHT HEAVY "forall (0:r0=0 /\\ 1:r0=0)\n", false},
		{"C a\n{}\n" LIGHT HEAVY "filter (0:r0=0)\n" MISSED, false},
		{"C a\n{}\n" LIGHT
		 "P1(int *x, int *y) { int r0; WRITE_ONCE(*y, 1); barrier();\n"
		 "  r0 = READ_ONCE(*x); }\n" MISSED,
		 false},
		{"C a\n{}\n" LIGHT
		 "P1(int *x, int *y) { int r0; WRITE_ONCE(*y, 0); smp_memb();\n"
		 "  r0 = READ_ONCE(*x); }\n" MISSED,
		 false},
		{"C a\n{}\n" LIGHT
		 "P1(int *x, int *y) { int r0; WRITE_ONCE(*x, 1); smp_memb();\n"
		 "  r0 = READ_ONCE(*x); }\n" MISSED,
		 false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct rcs_litmus *litmus = parsed(rows[i].text);

		if (rcs_sb_shape(litmus) != rows[i].is)
			fail_msg("row %zu", i);
		rcs_litmus_free(litmus);
	}
}

/* Arranges a test of the suite. */
static struct rcs_plan arranged(const char *name, const char *runner, int threads,
				int cpus)
{
	static struct rcs_plan plan;
	const struct rcs_arrangement a = {threads, 1, threads - 1, cpus};
	struct rcs_error e = {0};
	const struct rcs_test *test = rcs_test_find(name, &e);

	memset(&plan, 0, sizeof(plan));
	(void)strcpy(plan.amplifier, "auto");
	assert_non_null(test);
	if (rcs_arrange(test, runner, &a, &plan, &e) != 0)
		fail_msg("%s", e.text);
	return plan;
}

static void check(struct rcs_plan plan, enum rcs_runner_id runner, int groups,
		  int writers, int readers)
{
	assert_int_equal(plan.runner, runner);
	assert_int_equal(plan.groups, groups);
	assert_int_equal(plan.writers, writers);
	assert_int_equal(plan.readers, readers);
}

static void test_runners_follow_from_the_test_and_the_cpus(void **state)
{
	(void)state;
	check(arranged("SB+barrier+memb", "auto", 8, 8), RCS_RUNNER_SB, 1, 1, 7);
	/* Several groups with a heavy side only where several writers are asked for. */
	check(arranged("SB+barrier+memb", "batched", 8, 8), RCS_RUNNER_BATCHED, 1, 1,
	      1);
	check(arranged("SB", "auto", 2, 2), RCS_RUNNER_PERPETUAL, 1, 1, 1);
	check(arranged("SB", "auto", 32, 2), RCS_RUNNER_PERPETUAL, 16, 16, 16);
	check(arranged("IRIW", "auto", 4, 4), RCS_RUNNER_PERPETUAL, 1, 2, 2);
	check(arranged("IRIW", "perpetual", 2, 2), RCS_RUNNER_PERPETUAL, 1, 2, 2);
	/* More threads than CPUs share seats. */
	check(arranged("IRIW", "auto", 2, 2), RCS_RUNNER_BATCHED, 1, 1, 1);
	check(arranged("3.SB+barrier+membs", "auto", 2, 2), RCS_RUNNER_BATCHED, 1, 1,
	      1);
	check(arranged("3.SB+barrier+membs", "auto", 3, 3), RCS_RUNNER_BATCHED, 1, 2,
	      1);
	check(arranged("3.SB+barrier+membs", "auto", 64, 64), RCS_RUNNER_BATCHED, 1, 2,
	      1);
	check(arranged("R", "auto", 64, 64), RCS_RUNNER_BATCHED, 32, 32, 32);
	/* All may call the heavy side: one writer, as far as interrupts go. */
	check(arranged("SB+membs", "auto", 2, 2), RCS_RUNNER_BATCHED, 1, 1, 1);
	/* One thread needs a second seat all the same. */
	check(arranged("R", "auto", 1, 1), RCS_RUNNER_BATCHED, 1, 1, 1);
}

static void test_an_amplifier_by_name_takes_a_runner_that_has_some(void **state)
{
	static struct rcs_plan plan;
	const struct rcs_arrangement a = {2, 1, 1, 2};
	struct rcs_error e;

	(void)state;
	(void)strcpy(plan.amplifier, "flush-self");
	assert_int_equal(rcs_arrange(rcs_test_find("SB", &e), "auto", &a, &plan, &e),
			 0);
	assert_int_equal(plan.runner, RCS_RUNNER_BATCHED);
}

static void test_what_cannot_be_is_refused(void **state)
{
	static struct rcs_plan plan;
	static struct rcs_test test;
	const struct rcs_arrangement a = {2, 1, 1, 2};
	struct rcs_litmus *srcu =
		parsed("C a\n{}\nP0(struct srcu_struct *s) { synchronize_srcu(s); }\n"
		       "exists (true)\n");
	struct rcs_error e;

	(void)state;
	(void)strcpy(plan.amplifier, "auto");
	assert_int_equal(
		rcs_arrange(rcs_test_find("R", &e), "perpetual", &a, &plan, &e), -1);
	assert_int_equal(e.kind, RCS_ERROR_USAGE);
	assert_non_null(strstr(e.text, "no perpetual form"));
	assert_int_equal(
		rcs_arrange(rcs_test_find("SB+rcu+gp", &e), "perpetual", &a, &plan, &e),
		-1);
	assert_int_equal(e.kind, RCS_ERROR_USAGE);
	rcs_test_fill(&test, srcu);
	assert_int_equal(rcs_arrange(&test, "auto", &a, &plan, &e), -1);
	assert_int_equal(e.kind, RCS_ERROR_UNSUPPORTED);
	assert_non_null(strstr(e.text, "synchronize_srcu"));
	rcs_litmus_free(srcu);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_models_decide_what_is_judged),
		cmocka_unit_test(test_a_file_that_contradicts_the_model_is_noticed),
		cmocka_unit_test(test_it_is_known_who_says_so),
		cmocka_unit_test(test_what_a_twin_could_not_show_is_looked_for),
		cmocka_unit_test(test_rcu_is_judged_by_what_it_is_made_of),
		cmocka_unit_test(test_store_buffering_is_known_by_its_shape),
		cmocka_unit_test(test_runners_follow_from_the_test_and_the_cpus),
		cmocka_unit_test(
			test_an_amplifier_by_name_takes_a_runner_that_has_some),
		cmocka_unit_test(test_what_cannot_be_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
