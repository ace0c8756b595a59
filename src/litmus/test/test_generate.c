/* SPDX-License-Identifier: BSD-2-Clause */
/* The native code of the suite, run without any other thread; and the text of C. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "litmus/generate.h"
#include "litmus/generate/literal.h"
#include "litmus/parse.h"
#include "litmus/suite.h"
#include "litmus/test/instance.h"

static struct rcs_litmus *parse(const char *text)
{
	struct rcs_error e = {0};
	struct rcs_litmus *test =
		rcs_litmus_parse("test.litmus", text, strlen(text), &e);

	if (test == NULL)
		fail_msg("%s", e.text);
	return test;
}

/* Of a text, to be freed. */
static char *generated(const char *text)
{
	struct rcs_litmus *test = parse(text);
	struct rcs_error e = {0};
	char *c = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&c, &size);

	assert_non_null(out);
	if (rcs_litmus_generate(test, "symbol", out, &e) != 0)
		fail_msg("%s", e.text);
	assert_int_equal(fclose(out), 0);
	rcs_litmus_free(test);
	return c;
}

/* What may be seen when threads run one after the other, in this order. */
static void run_in_order(const struct rcs_litmus *test,
			 const struct rcs_native_test *native, const int *order,
			 enum rcs_variant variant)
{
	bool met;

	instance_reset(test);
	for (int i = 0; i < test->threads; i++)
		instance_run(native, order[i], variant);
	assert_int_equal(instance.env.astray, 0);
	assert_true(instance_is_clean(test));
	assert_int_equal(instance.nesting, 0);
	met = instance_meets(test, test->target);
	if (test->filter != RCS_NONE && !instance_meets(test, test->filter))
		return;
	if (test->quantifier == RCS_EXISTS && test->result[RCS_MODEL_SC] == RCS_NEVER &&
	    met)
		fail_msg("%s: seen without concurrency", test->name);
	if (test->result[RCS_MODEL_SC] == RCS_ALWAYS && !met)
		fail_msg("%s: not seen without concurrency", test->name);
}

static void run_in_all_orders(const struct rcs_litmus *test,
			      const struct rcs_native_test *native, int *order,
			      int fixed)
{
	if (fixed == test->threads) {
		for (int v = 0; v < RCS_VARIANTS; v++)
			run_in_order(test, native, order, (enum rcs_variant)v);
		return;
	}
	for (int i = fixed; i < test->threads; i++) {
		int chosen = order[i];

		order[i] = order[fixed];
		order[fixed] = chosen;
		run_in_all_orders(test, native, order, fixed + 1);
		order[fixed] = order[i];
		order[i] = chosen;
	}
}

static void the_suite_is_sequential_when_run_so(void **state)
{
	int run = 0;

	(void)state;
	for (int i = 0; i < rcs_suite_count; i++) {
		const struct rcs_native_test *native = rcs_suite[i].native;
		struct rcs_litmus *test = parse(native->source);
		int order[RCS_LITMUS_THREADS];

		assert_int_equal(native->version, RCS_NATIVE_VERSION);
		assert_int_equal(native->threads, test->threads);
		assert_int_equal(native->code == NULL,
				 rcs_litmus_generates(test, NULL) != 0);
		for (int t = 0; t < test->threads; t++)
			order[t] = t;
		if (native->code != NULL && test->threads <= 4) {
			run_in_all_orders(test, native, order, 0);
			run++;
		}
		rcs_litmus_free(test);
	}
	assert_true(run >= 2);
}

static const struct rcs_native_test *of_suite(const char *file)
{
	for (int i = 0; i < rcs_suite_count; i++) {
		if (strcmp(rcs_suite[i].file, file) == 0)
			return rcs_suite[i].native;
	}
	fail_msg("no %s in the suite", file);
	return NULL;
}

static void the_heavy_side_is_called_unless_stripped(void **state)
{
	const struct rcs_native_test *native = of_suite("SB+barrier+memb.litmus");
	struct rcs_litmus *test = parse(native->source);

	(void)state;
	for (int v = 0; v < RCS_VARIANTS; v++) {
		instance_reset(test);
		instance_run(native, 0, (enum rcs_variant)v);
		assert_int_equal(instance.heavy_calls, 0);
		instance_run(native, 1, (enum rcs_variant)v);
		assert_int_equal(instance.heavy_calls, v != RCS_STRIPPED);
	}
	rcs_litmus_free(test);
}

static void rcu_is_called_unless_stripped(void **state)
{
	const struct rcs_native_test *native = of_suite("RCU+defer-free-nested.litmus");
	struct rcs_litmus *test = parse(native->source);

	(void)state;
	for (int v = 0; v < RCS_VARIANTS; v++) {
		bool fenced = v == RCS_LIGHT_FENCED || v == RCS_FENCED;

		instance_reset(test);
		instance_run(native, 0, (enum rcs_variant)v);
		assert_int_equal(instance.sections, v != RCS_STRIPPED);
		assert_int_equal(instance.fenced, fenced ? 4 : 0);
		assert_int_equal(instance.grace_periods, 0);
		instance_run(native, 1, (enum rcs_variant)v);
		assert_int_equal(instance.grace_periods, v != RCS_STRIPPED);
	}
	rcs_litmus_free(test);
}

static void refused(const char *text, const char *expected)
{
	struct rcs_litmus *test = parse(text);
	struct rcs_error e = {0};
	char *c = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&c, &size);

	assert_int_equal(rcs_litmus_generate(test, "symbol", out, &e), -1);
	(void)fclose(out);
	assert_int_equal(size, 0); /* nothing was printed */
	free(c);
	assert_int_equal(e.kind, RCS_ERROR_UNSUPPORTED);
	assert_string_equal(e.text, expected);
	rcs_litmus_free(test);
}

static void srcu_is_refused_by_name(void **state)
{
	(void)state;
	refused("C R\n{}\nP0(int *x, struct srcu_struct *ss)\n{\n"
		"\tr0 = srcu_read_lock(ss);\n\tWRITE_ONCE(*x, 1);\n"
		"\tsrcu_read_unlock(ss, r0);\n}\nexists (x=1)\n",
		"R:5:7: srcu_read_lock: SRCU can be proved, but not run");
}

static void rcu_is_what_the_runner_gives(void **state)
{
	char *c = generated("C R\n{}\nP0(int *x)\n{\n\trcu_read_lock();\n"
			    "\tWRITE_ONCE(*x, 1);\n\trcu_read_unlock();\n"
			    "\tsynchronize_rcu();\n}\nexists (x=1)\n");

	(void)state;
	assert_non_null(strstr(c, "\trcs_rcu_lock(v, env);\n"));
	assert_non_null(strstr(c, "\trcs_rcu_unlock(v, env);\n"));
	assert_non_null(strstr(c, "\trcs_rcu_synchronize(v, env);\n"));
	free(c);
	/* Instances follow each other: nothing of one may be left for the next. */
	refused("C R\n{}\nP0(int *x)\n{\n\trcu_read_lock();\n"
		"\tWRITE_ONCE(*x, 1);\n}\nexists (x=1)\n",
		"R:5:2: rcu_read_lock: the section does not end in this block");
}

static void mixed_types_are_refused_with_their_place(void **state)
{
	(void)state;
	refused("C M\n{ x=y; }\nP0(int *x)\n{\n\tr0 = READ_ONCE(*x);\n"
		"\tr1 = READ_ONCE(*r0);\n}\nexists (0:r1=1)\n",
		"M:2:5: 'x' is an int and begins as an address: it can be proved, but "
		"not run");
	refused("C M\n{}\nP0(int *x, int *y)\n{\n\tr0 = READ_ONCE(*x);\n"
		"\tWRITE_ONCE(*(y + (r0 ^ r0)), 1);\n}\nexists (0:r0=1)\n",
		"M:6:15: '+' is given an address: it can be proved, but not run");
}

/* What no lock primitive takes, and a register that begins as 0. */
static void a_lock_that_is_an_int_runs(void **state)
{
	char *c = generated("C L\n{}\nP0(spinlock_t *s)\n{\n"
			    "\tr0 = xchg_acquire(s, 1);\n\tr1 = r0 == r7;\n"
			    "\tsmp_store_release(s, 0);\n}\nexists (0:r0=1 /\\ s=0)\n");

	(void)state;
	assert_non_null(
		strstr(c, "rcs_exchange(v, RCS_ACQUIRE, rcs_cell(l0, RCS_INT)"));
	free(c);
}

static void no_name_of_a_file_reaches_the_code(void **state)
{
	char *c = generated("C a+b.c-d\n\n(* an \"about\" \\n */ with ?\?/ things, "
			    "#define, $(rm) and */\n"
			    " *)\n\n{}\n\n"
			    "P0(int *system, int *l0)\n{\n\tint t1;\n\tint once_0;\n"
			    "\tt1 = READ_ONCE(*system);\n\tonce_0 = READ_ONCE(*l0);\n"
			    "}\nexists (0:t1=0)\n");
	char *source = strstr(c, ".source =");

	(void)state;
	assert_non_null(source);
	/* In the source, as text, quoted; and nowhere else. */
	assert_non_null(strstr(source, "system"));
	assert_non_null(strstr(source, "\\042about\\042 \\134n */"));
	assert_null(strstr(source, "??"));
	*source = '\0';
	assert_null(strstr(c, "system"));
	assert_null(strstr(c, "about"));
	assert_null(strstr(c, "int t1"));
	assert_null(strstr(c, "a+b"));
	free(c);
}

static void every_byte_survives_in_a_literal(void **state)
{
	char text[256], *literal = NULL;
	size_t size = 0, n = 0;
	FILE *out = open_memstream(&literal, &size);

	(void)state;
	for (int i = 0; i < 255; i++)
		text[i] = (char)(i + 1);
	text[255] = '\0';
	rcs_literal_print(text, out);
	(void)fclose(out);
	/* Between its quotes there is none, and no backslash but before numbers and
	 * n. */
	assert_true(literal[0] == '"' && literal[size - 1] == '"');
	for (size_t i = 1; i + 1 < size; n++) {
		unsigned char byte = (unsigned char)literal[i];

		assert_true(byte >= ' ' && byte <= '~' && byte != '"' && byte != '?');
		if (byte != '\\') {
			i++;
		} else if (literal[i + 1] == 'n') {
			byte = '\n';
			i += 2 + strlen("\"\n\t\"");
		} else {
			byte = (unsigned char)((literal[i + 1] - '0') * 64 +
					       (literal[i + 2] - '0') * 8 +
					       literal[i + 3] - '0');
			i += 4;
		}
		assert_int_equal(byte, (unsigned char)text[n]);
	}
	assert_int_equal(n, 255);
	free(literal);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_suite_is_sequential_when_run_so),
		cmocka_unit_test(the_heavy_side_is_called_unless_stripped),
		cmocka_unit_test(rcu_is_called_unless_stripped),
		cmocka_unit_test(srcu_is_refused_by_name),
		cmocka_unit_test(rcu_is_what_the_runner_gives),
		cmocka_unit_test(mixed_types_are_refused_with_their_place),
		cmocka_unit_test(a_lock_that_is_an_int_runs),
		cmocka_unit_test(no_name_of_a_file_reaches_the_code),
		cmocka_unit_test(every_byte_survives_in_a_literal),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	free(instance.memory);
	return failed;
}
