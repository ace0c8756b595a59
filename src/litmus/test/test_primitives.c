/* SPDX-License-Identifier: BSD-2-Clause */
/* What each primitive does to memory and gives, compiled from small tests. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "litmus/test/compiled.h"

/* A call on location x, what it gives, and what x is then. */
struct effect {
	const char *call; /* %s: the location, or none */
	int32_t before, gives, after;
};

#define NOTHING 0x5eed /* given: it gives nothing */

static const struct effect effects[] = {
	{"READ_ONCE(*%s)", -7, -7, -7},
	{"*%s", 9, 9, 9},
	{"smp_load_acquire(%s)", INT32_MIN, INT32_MIN, INT32_MIN},
	{"rcu_dereference(*%s)", 4, 4, 4},
	{"atomic_read(%s)", 5, 5, 5},
	{"WRITE_ONCE(*%s, -1)", 3, NOTHING, -1},
	{"smp_store_release(%s, 2147483647)", 3, NOTHING, INT32_MAX},
	{"smp_store_mb(*%s, 8)", 3, NOTHING, 8},
	{"atomic_set(%s, 8)", 3, NOTHING, 8},
	{"atomic_add(5, %s)", INT32_MAX, NOTHING, INT32_MIN + 4},
	{"atomic_sub(5, %s)", INT32_MIN, NOTHING, INT32_MAX - 4},
	{"atomic_sub(-2147483648, %s)", 0, NOTHING, INT32_MIN},
	{"atomic_inc(%s)", -1, NOTHING, 0},
	{"atomic_dec(%s)", 0, NOTHING, -1},
	{"atomic_and(12, %s)", 10, NOTHING, 8},
	{"atomic_or(12, %s)", 10, NOTHING, 14},
	{"atomic_xor(12, %s)", 10, NOTHING, 6},
	{"atomic_andnot(12, %s)", 10, NOTHING, 2},
	{"atomic_sub_and_test(5, %s)", 5, 1, 0},
	{"atomic_sub_and_test(5, %s)", 6, 0, 1},
	{"atomic_dec_and_test(%s)", 1, 1, 0},
	{"atomic_dec_and_test(%s)", 0, 0, -1},
	{"atomic_inc_and_test(%s)", -1, 1, 0},
	{"atomic_inc_and_test(%s)", 1, 0, 2},
	{"atomic_add_negative(-5, %s)", 4, 1, -1},
	{"atomic_add_negative(-5, %s)", 5, 0, 0},
	{"atomic_add_unless(%s, 3, 7)", 6, 1, 9},
	{"atomic_add_unless(%s, 3, 7)", 7, 0, 7},
};

/* The same in each of four strengths; ~ stands for that of the name. */
static const struct effect strong_effects[] = {
	{"xchg~(%s, 7)", -3, -3, 7},
	{"cmpxchg~(%s, 3, 7)", 3, 3, 7},
	{"cmpxchg~(%s, 3, 7)", 4, 4, 4},
	{"cmpxchg~(%s, -3, 7)", -3, -3, 7},
	{"atomic_xchg~(%s, 7)", 3, 3, 7},
	{"atomic_cmpxchg~(%s, 3, 7)", 3, 3, 7},
	{"atomic_fetch_add~(5, %s)", INT32_MAX, INT32_MAX, INT32_MIN + 4},
	{"atomic_add_return~(5, %s)", INT32_MAX, INT32_MIN + 4, INT32_MIN + 4},
	{"atomic_fetch_sub~(5, %s)", 3, 3, -2},
	{"atomic_sub_return~(5, %s)", 3, -2, -2},
	{"atomic_fetch_inc~(%s)", 3, 3, 4},
	{"atomic_inc_return~(%s)", 3, 4, 4},
	{"atomic_fetch_dec~(%s)", 3, 3, 2},
	{"atomic_dec_return~(%s)", 3, 2, 2},
	{"atomic_fetch_and~(12, %s)", -6, -6, 8},
	{"atomic_fetch_or~(12, %s)", 10, 10, 14},
	{"atomic_fetch_xor~(-1, %s)", 10, 10, -11},
	{"atomic_fetch_andnot~(12, %s)", 10, 10, 2},
};

/* The call with its location and strength put in. */
static void print_effect(const struct effect *effect, const char *strength, size_t i,
			 FILE *out)
{
	if (effect->gives != NOTHING)
		(void)fprintf(out, "\tr%zu = ", i);
	for (const char *c = effect->call; *c != '\0'; c++) {
		if (*c == '~')
			(void)fputs(strength, out);
		else if (*c == '%')
			c += fprintf(out, "x%zu", i) > 0; /* and its s */
		else
			(void)fputc(*c, out);
	}
	(void)fputs(";\n", out);
}

static void check_effects(const struct effect *effect, size_t count,
			  const char *strength)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	(void)fputs("C E\n{", out);
	for (size_t i = 0; i < count; i++)
		(void)fprintf(out, " x%zu = %d;", i, effect[i].before);
	(void)fputs(" }\nP0(", out);
	for (size_t i = 0; i < count; i++)
		(void)fprintf(out, "%sint *x%zu", i == 0 ? "" : ", ", i);
	(void)fputs(")\n{\n", out);
	for (size_t i = 0; i < count; i++)
		(void)fprintf(out, "\tint r%zu;\n", i);
	for (size_t i = 0; i < count; i++)
		print_effect(&effect[i], strength, i, out);
	(void)fputs("}\nexists (x0=0)\n", out);
	assert_int_equal(fclose(out), 0);
	compile(text);
	for (int v = 0; v < RCS_VARIANTS; v++) {
		instance_reset(test);
		instance_run(native, 0, (enum rcs_variant)v);
		assert_true(instance_is_clean(test));
		for (size_t i = 0; i < count; i++) {
			intptr_t gives = effect[i].gives;

			if (instance.registers[0][i] != (gives == NOTHING ? 0 : gives))
				fail_msg("%s%s gives %ld", effect[i].call, strength,
					 (long)instance.registers[0][i]);
			if (held(test, (int32_t)i) != effect[i].after)
				fail_msg("%s%s leaves %ld", effect[i].call, strength,
					 (long)held(test, (int32_t)i));
		}
	}
	drop();
	free(text);
}

static void primitives_do_what_they_say(void **state)
{
	static const char *const strengths[] = {"", "_relaxed", "_acquire", "_release"};

	(void)state;
	if (no_compiler())
		skip();
	check_effects(effects, COUNT(effects), "");
	for (size_t i = 0; i < COUNT(strengths); i++)
		check_effects(strong_effects, COUNT(strong_effects), strengths[i]);
}

static void ints_wrap_around(void **state)
{
	static const struct {
		const char *formula;
		int32_t value;
	} cases[] = {
		{"a + b", INT32_MIN},	 {"0 - c", INT32_MIN},
		{"-c", INT32_MIN},	 {"a * a", 1},
		{"b << 31", INT32_MIN},	 {"b << 33", 2},
		{"c >> 31", -1},	 {"c >> -1", -1},
		{"~a", INT32_MIN},	 {"!a", 0},
		{"!(a - a)", 1},	 {"a > c", 1},
		{"a <= c", 0},		 {"a < b || b == 1", 1},
		{"a != b && b != 1", 0}, {"(a ^ c) == -1", 1},
		{"(a & 6) | 8", 14},
	};
	char text[2048] = "C I\n{ 0:a = 2147483647; 0:b = 1; 0:c = -2147483648; }\n"
			  "P0(int *x)\n{\n\tint a;\n\tint b;\n\tint c;\n";

	(void)state;
	if (no_compiler())
		skip();
	for (size_t i = 0; i < COUNT(cases); i++)
		(void)snprintf(text + strlen(text), sizeof(text) - strlen(text),
			       "\tint r%zu = %s;\n", i, cases[i].formula);
	(void)strcat(text, "}\nexists (0:r0=0)\n");
	compile(text);
	instance_reset(test);
	instance_run(native, 0, RCS_AS_WRITTEN);
	for (size_t i = 0; i < COUNT(cases); i++) {
		if (instance.registers[0][3 + i] != cases[i].value)
			fail_msg("%s is %ld", cases[i].formula,
				 (long)instance.registers[0][3 + i]);
	}
	drop();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(primitives_do_what_they_say),
		cmocka_unit_test(ints_wrap_around),
	};
	int failed;

	/* Nothing of these is for the user's cache. */
	(void)setenv("XDG_CACHE_HOME", "/dev/null/none", 1);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	free(instance.memory);
	return failed;
}
