/* SPDX-License-Identifier: BSD-2-Clause */
/* Pointers, locks and fences of native code, in each variant. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "litmus/test/compiled.h"

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
#elif defined(__s390x__)
	const char *full = "bcr 1"; /* 14,0 or 15,0, by the age of the CPU */
#else
	const char *full = NULL;
#endif
	char folder[] = "/tmp/test_variants-XXXXXX", command[100];

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
		cmocka_unit_test(pointers_are_followed_only_to_locations),
		cmocka_unit_test(locks_lock_and_give_up_when_stopped),
		cmocka_unit_test(variants_have_their_fences),
	};
	int failed;

	/* Nothing of these is for the user's cache. */
	(void)setenv("XDG_CACHE_HOME", "/dev/null/none", 1);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	free(instance.memory);
	return failed;
}
