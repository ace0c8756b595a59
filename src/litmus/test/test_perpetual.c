/* SPDX-License-Identifier: BSD-2-Clause */
/* Which tests have a perpetual form, and what its loops store and log. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "litmus/parse.h"
#include "litmus/perpetual.h"
#include "litmus/suite.h"

#define BEGIN "C T\n{}\nP0(int *x, int *y)\n{\n\tint r0;\n\tint r1;\n"
#define END   "\n}\nexists (0:r0=0)\n"

static struct rcs_perpetual p;

static void look_at(const char *text)
{
	struct rcs_error e = {0};
	struct rcs_litmus *test =
		rcs_litmus_parse("test.litmus", text, strlen(text), &e);

	if (test == NULL)
		fail_msg("%s", e.text);
	rcs_perpetual_of(test, &p);
	rcs_litmus_free(test);
}

static void what_has_none_is_told_why(void **state)
{
	static const struct {
		const char *text, *why;
	} cases[] = {
		{BEGIN "if (READ_ONCE(*x)) WRITE_ONCE(*y, 1);" END, "P0 has an if"},
		{BEGIN "r0 = READ_ONCE(*x); r1 = r0 + 1;" END, "P0 calculates"},
		{BEGIN "r0 = READ_ONCE(*x); WRITE_ONCE(*y, r0);" END,
		 "P0 stores no constant to 'y'"},
		{BEGIN "r0 = xchg(x, 1);" END, "P0 uses xchg"},
		{BEGIN "r0 = READ_ONCE(*x); r0 = READ_ONCE(*y);" END,
		 "P0 loads into 'r0' twice"},
		{BEGIN "r0 = READ_ONCE(*x); WRITE_ONCE(*y, 0);" END,
		 "'y' is 0 already when that is stored"},
		{BEGIN "r0 = READ_ONCE(*x); WRITE_ONCE(*y, 2); WRITE_ONCE(*y, 2);" END,
		 "2 is stored to 'y' twice"},
		{BEGIN "r1 = READ_ONCE(*x);" END,
		 "the condition asks for 0:r0, not loaded"},
		{BEGIN "r0 = READ_ONCE(*x);\n}\nexists (0:r0=3)\n",
		 "the condition asks for a value that 'x' never has"},
		{BEGIN "r0 = READ_ONCE(*x);\n}\nexists (x=0)\n",
		 "the condition asks what 'x' is at the end"},
		{BEGIN "r0 = READ_ONCE(*x);\n}\nexists (0:r0=0:r0)\n",
		 "the condition compares what two places hold"},
		{BEGIN "r0 = READ_ONCE(*x);\n}\nlocations [0:r1; y]\nexists (0:r0=0)\n",
		 "it shows what 'y' is at the end"},
		{BEGIN "r0 = READ_ONCE(*x); WRITE_ONCE(*y, 1);\n}\n"
		       "P1(int *y)\n{\n\tWRITE_ONCE(*y, 2);" END,
		 "P0 and P1 both store to 'y'"},
		{"C T\n{ int *q = x; }\nP0(int *x, int **q)\n{\n\tint *r1;\n\tint r0;\n"
		 "\tr1 = READ_ONCE(*q); r0 = READ_ONCE(*r1);" END,
		 "'q' is no int"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		look_at(cases[i].text);
		assert_false(p.possible);
		assert_string_equal(p.why_not, cases[i].why);
	}
}

static void stores_are_numbered_by_location(void **state)
{
	unsigned numbers = 0, stores = 0;

	(void)state;
	look_at(BEGIN "WRITE_ONCE(*x, 1); WRITE_ONCE(*y, 7); smp_mb();"
		      "smp_store_release(x, -3); r0 = READ_ONCE(*y);" END);
	assert_string_equal(p.why_not, "");
	assert_true(p.possible);
	assert_int_equal(p.location[0].writer, 0);
	assert_int_equal(p.location[0].stores, 2);
	assert_int_equal(p.location[1].stores, 1);
	assert_int_equal(p.loaded[0][0], 1);
	assert_int_equal(p.loaded[0][1], RCS_NONE);
	for (int i = 0; i < RCS_LITMUS_NODES; i++) {
		numbers += p.store[i];
		stores += p.store[i] != 0;
	}
	assert_int_equal(stores, 3);
	assert_int_equal(numbers, 1 + 1 + 2);
}

/* A thread's loop, of the suite. */
struct rig {
	char cells[RCS_LITMUS_LOCATIONS][RCS_NATIVE_STRIDE];
	char *location[RCS_LITMUS_LOCATIONS];
	uint32_t logs[RCS_LITMUS_REGISTERS][101];
	uint32_t *log[RCS_LITMUS_REGISTERS];
	unsigned stop, calls;
	struct rcs_native_env env;
	struct rcs_native_run run;
} __attribute__((aligned(256)));

static struct rig rig;

static void count_heavy(struct rcs_native_env *env)
{
	(void)env;
	rig.calls++;
}

static void stop_at_7(void *argument, uint32_t n)
{
	assert_ptr_equal(argument, &rig);
	if (n == 7)
		rig.stop = 1;
}

static void rig_up(uint32_t iterations)
{
	memset(&rig, 0, sizeof(rig));
	for (int l = 0; l < RCS_LITMUS_LOCATIONS; l++)
		rig.location[l] = rig.cells[l];
	for (int r = 0; r < RCS_LITMUS_REGISTERS; r++)
		rig.log[r] = rig.logs[r];
	rig.env = (struct rcs_native_env){.heavy = count_heavy, .stop = &rig.stop};
	rig.run = (struct rcs_native_run){
		.env = &rig.env,
		.location = rig.location,
		.log = rig.log,
		.iterations = iterations,
	};
}

static uint32_t in_cell(int32_t location)
{
	return *(uint32_t *)(void *)rig.location[location];
}

/* Each thread on its own: it stores numbers that go on, and finds what it stored last,
 * or what is there. */
static void check_loop(const struct rcs_litmus *test, int t, rcs_native_loop *loop)
{
	rig_up(100);
	for (int32_t l = 0; l < test->locations; l++)
		memcpy(rig.location[l], &(uint32_t){1000}, 4);
	loop(&rig.run);
	assert_int_equal(rig.run.done, 100);
	for (int32_t l = 0; l < test->locations; l++)
		assert_int_equal(in_cell(l),
				 p.location[l].writer == t
					 ? (uint32_t)p.location[l].stores * 100
					 : 1000);
	for (int32_t r = 0; r < test->thread[t].registers; r++) {
		int32_t l = p.loaded[t][r];

		assert_int_equal(rig.logs[r][0], 0);
		for (uint32_t n = 2; l != RCS_NONE && n <= 100; n++) {
			uint32_t k = (uint32_t)p.location[l].stores;

			if (p.location[l].writer != t)
				assert_int_equal(rig.logs[r][n], 1000);
			else
				assert_in_range(rig.logs[r][n], k * (n - 1), k * n);
		}
	}
}

static void loops_store_and_log_numbers(void **state)
{
	int loops = 0;

	(void)state;
	for (int i = 0; i < rcs_suite_count; i++) {
		const struct rcs_native_test *native = rcs_suite[i].native;
		struct rcs_litmus *test =
			rcs_litmus_parse(rcs_suite[i].file, native->source,
					 strlen(native->source), NULL);

		assert_non_null(test);
		rcs_perpetual_of(test, &p);
		for (int t = 0; native->code != NULL && t < test->threads; t++) {
			for (int v = 0; v < RCS_VARIANTS; v++) {
				rcs_native_loop *loop = native->code[t].loop[v];

				assert_int_equal(loop != NULL, p.possible);
				if (loop != NULL)
					check_loop(test, t, loop);
				loops += loop != NULL;
			}
		}
		rcs_litmus_free(test);
	}
	assert_true(loops >= 16);
}

static void a_loop_stops_when_told(void **state)
{
	const struct rcs_native_test *native = NULL;

	(void)state;
	for (int i = 0; i < rcs_suite_count; i++) {
		if (strcmp(rcs_suite[i].file, "SB+barrier+memb.litmus") == 0)
			native = rcs_suite[i].native;
	}
	assert_non_null(native);
	rig_up(100);
	rig.run.before = stop_at_7;
	rig.run.before_argument = &rig;
	native->code[1].loop[RCS_AS_WRITTEN](&rig.run);
	/* The iteration it was raised in is made; the next is not. */
	assert_int_equal(rig.run.done, 7);
	assert_int_equal(rig.calls, 7);
	native->code[1].loop[RCS_AS_WRITTEN](&rig.run);
	assert_int_equal(rig.run.done, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_has_none_is_told_why),
		cmocka_unit_test(stores_are_numbered_by_location),
		cmocka_unit_test(loops_store_and_log_numbers),
		cmocka_unit_test(a_loop_stops_when_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
