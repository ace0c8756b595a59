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
#include <unistd.h>

#include "litmus/compile.h"
#include "litmus/compiler.h"
#include "litmus/parse.h"
#include "litmus/test/instance.h"

/* One test with code of its own, at a time. */
static struct rcs_litmus *test;
static const struct rcs_native_test *native;
static struct rcs_native_object *object;
static void *handle;
static const char *kept; /* folder for its C, or NULL */

static void compile(const char *text)
{
	struct rcs_error e = {0};

	test = rcs_litmus_parse("t", text, strlen(text), &e);
	if (test == NULL)
		fail_msg("%s\n%s", e.text, text);
	object = rcs_native_compile(test, kept, &e);
	if (object == NULL)
		fail_msg("%s", e.text);
	native = rcs_native_open(rcs_native_object_path(object), &handle, &e);
	if (native == NULL)
		fail_msg("%s", e.text);
}

static void drop(void)
{
	rcs_native_close(handle);
	rcs_native_object_free(object);
	rcs_litmus_free(test);
}

static bool no_compiler(void)
{
	struct rcs_compiler compiler;
	struct rcs_error e = {0};

	return rcs_compiler_find(&compiler, "this", &e) != 0;
}

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

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

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

static void pointers_are_followed_only_to_locations(void **state)
{
	/* From the instance: before, within a cell, between cells, behind, a cell that
	 * is no int, and one far away. */
	static const intptr_t bad[] = {-RCS_NATIVE_STRIDE,
				       RCS_NATIVE_STRIDE + 1,
				       RCS_NATIVE_STRIDE + 4,
				       3 * RCS_NATIVE_STRIDE,
				       0,
				       INTPTR_MAX / 2};

	(void)state;
	if (no_compiler())
		skip();
	compile("C F\n{ int *p = &x; int x = 5; int y = 6; 1:r9 = &y; }\n"
		"P0(int **p)\n{\n\tint *r0;\n\tint r1;\n\tint r2;\n\tr0 = "
		"READ_ONCE(*p);\n"
		"\tr1 = READ_ONCE(*r0);\n\tWRITE_ONCE(*r0, 7);\n"
		"\tr2 = atomic_inc_return(r0);\n\t*r0 = r2 + 1;\n}\n"
		"P1(int **p, int *x)\n{\n\tint *r9;\n\tint *r1;\n"
		"\tr1 = xchg(p, r9);\n}\n"
		"P2(int *x, int *y)\n{\n}\nexists (0:r1=5)\n");
	for (int v = 0; v < RCS_VARIANTS; v++) {
		instance_reset(test);
		instance_run(native, 0, (enum rcs_variant)v);
		assert_int_equal(instance.env.astray, 0);
		assert_int_equal(instance.registers[0][1], 5);
		assert_int_equal(instance.registers[0][2], 8);
		assert_int_equal(held(test, 1), 9);
		/* The other thread changes where it points to. */
		instance_run(native, 1, (enum rcs_variant)v);
		assert_int_equal(instance.registers[1][1], (intptr_t)cell_of(1));
		instance_run(native, 0, (enum rcs_variant)v);
		assert_int_equal(instance.registers[0][1], 6);
	}
	for (size_t i = 0; i < COUNT(bad); i++) {
		intptr_t address;

		instance_reset(test);
		address = (intptr_t)((uintptr_t)instance.base + (uintptr_t)bad[i]);
		*(intptr_t *)(void *)cell_of(0) = address;
		instance_run(native, 0, RCS_AS_WRITTEN);
		assert_int_equal(instance.env.astray, 1);
		assert_int_equal(instance.registers[0][1], 0);
		assert_int_equal(held(test, 0), address);
		assert_int_equal(held(test, 1), 5);
		assert_int_equal(held(test, 2), 6);
		assert_true(instance_is_clean(test));
	}
	drop();
}

static void locks_lock_and_give_up_when_stopped(void **state)
{
	(void)state;
	if (no_compiler())
		skip();
	compile("C L\n{}\nP0(spinlock_t *s)\n{\n\tint r0;\n\tint r1;\n\tint r2;\n\tint "
		"r3;\n"
		"\tr0 = spin_is_locked(s);\n\tspin_lock(s);\n\tr1 = spin_is_locked(s);"
		"\n\tr2 = spin_trylock(s);\n\tspin_unlock(s);\n"
		"\tr3 = spin_trylock(s);\n}\nexists (0:r0=0)\n");
	instance_reset(test);
	instance_run(native, 0, RCS_AS_WRITTEN);
	assert_int_equal(instance.registers[0][0], 0);
	assert_int_equal(instance.registers[0][1], 1);
	assert_int_equal(instance.registers[0][2], 0);
	assert_int_equal(instance.registers[0][3], 1);
	/* It is locked now, and nobody unlocks it. */
	instance.stop = 1;
	instance_run(native, 0, RCS_AS_WRITTEN);
	assert_int_equal(instance.registers[0][0], 1);
	drop();
}

/* How often an instruction stands in the code of P0's `once` of a variant. */
static int count_in_assembly(const char *folder, const char *variant,
			     const char *instruction)
{
	char command[300], line[400], label[100];
	bool inside = false;
	int count = 0;
	FILE *in;

	(void)snprintf(command, sizeof(command), "cd %s && cc -O2 -S -o - F.c", folder);
	(void)snprintf(label, sizeof(label), "once_0_%s:", variant);
	in = popen(command, "r");
	assert_non_null(in);
	while (fgets(line, sizeof(line), in) != NULL) {
		if (strncmp(line, label, strlen(label)) == 0)
			inside = true;
		else if (strstr(line, ".size") != NULL)
			inside = false;
		count += inside && strstr(line, instruction) != NULL;
	}
	assert_int_equal(pclose(in), 0);
	return count;
}

static void variants_have_their_fences(void **state)
{
#if defined(__x86_64__) || defined(__i386__)
	const char *full = "addl $0,-4(";
#elif defined(__aarch64__) || defined(__arm__)
	const char *full = "dmb ish\n";
#elif defined(__riscv)
	const char *full = "fence rw,rw";
#elif defined(__powerpc__)
	const char *full = "\tsync";
#else
	const char *full = NULL;
#endif
	char folder[] = "/tmp/test_primitives-XXXXXX", command[100];

	(void)state;
	if (no_compiler() || full == NULL)
		skip();
	kept = mkdtemp(folder);
	assert_non_null(kept);
	compile("C F\n{}\nP0(int *x, int *y)\n{\n\tint r0;\n\tWRITE_ONCE(*x, 1);\n"
		"\tbarrier();\n\tr0 = READ_ONCE(*y);\n\tsmp_mb();\n"
		"\tWRITE_ONCE(*x, 2);\n}\nexists (0:r0=0)\n");
	drop();
	kept = NULL;
	assert_int_equal(count_in_assembly(folder, "as_written", full), 1);
	assert_int_equal(count_in_assembly(folder, "light_fenced", full), 2);
	assert_int_equal(count_in_assembly(folder, "stripped", full), 0);
	/* Before and after each of three accesses, and its own. */
	assert_int_equal(count_in_assembly(folder, "fenced", full), 5);
	(void)snprintf(command, sizeof(command), "rm -rf %s", folder);
	assert_int_equal(system(command), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(primitives_do_what_they_say),
		cmocka_unit_test(ints_wrap_around),
		cmocka_unit_test(pointers_are_followed_only_to_locations),
		cmocka_unit_test(locks_lock_and_give_up_when_stopped),
		cmocka_unit_test(variants_have_their_fences),
	};
	int failed;

	/* Nothing of these is for the user's cache. */
	(void)setenv("XDG_CACHE_HOME", "/nonesuch", 1);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	free(instance.memory);
	return failed;
}
