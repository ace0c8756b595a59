/* SPDX-License-Identifier: BSD-2-Clause */
/* Printed tests are the same when they are parsed again; and what differs, differs. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "litmus/parse.h"
#include "litmus/print.h"

static struct rcs_litmus *parsed(const char *text)
{
	struct rcs_error e = {.kind = RCS_ERROR_NONE};
	struct rcs_litmus *test = rcs_litmus_parse("t", text, strlen(text), &e);

	if (test == NULL)
		fail_msg("%s\n%s", e.text, text);
	return test;
}

static char *printed(const struct rcs_litmus *test)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	rcs_litmus_print(test, out);
	fclose(out);
	return text;
}

/* There and back; and the text is the same from then on. */
static void round_trip(struct rcs_litmus *test)
{
	char *once = printed(test), *twice;
	struct rcs_litmus *again = parsed(once);

	assert_true(rcs_litmus_same(test, again));
	twice = printed(again);
	assert_string_equal(once, twice);
	rcs_litmus_free(again);
	rcs_litmus_free(test);
	free(once);
	free(twice);
}

#define HEAD                                                                           \
	"C t\n{ 0:r8=y; int *p=&x; atomic_t a=3; }\nP0(int *x, int *y, int **p, "      \
	"atomic_t *a, spinlock_t *s, struct srcu_struct *ss) {"
#define TAIL "}\nexists (true)\n"

static const char *const tests[] = {
	HEAD TAIL,
	HEAD
	"r3 = 1; int r0; *r8 = r3; r0 = -(-r3) - - r0; r1 = (1 - (2 - 3)) * 4;" TAIL,
	HEAD "r0 = (1 | 2) & 3 ^ (4 == 5); r1 = !(r0 && !r0) || ~r0 < (r0 << 2);" TAIL,
	HEAD "if (*x) if (*y) smp_mb(); else { } else { if (1) ; smp_rmb(); }" TAIL,
	HEAD "if (*x) ; else if (*y) ; else if (1) barrier();" TAIL,
	HEAD "*x = *y + 1; (*x) = -2147483648; r1 = *p; *r1 = 5; *p = 0; *p = y;" TAIL,
	HEAD
	"atomic_add(*x, a); r1 = atomic_sub_and_test(r2, a); r2 = 1; spin_lock(s); "
	"r4 = srcu_read_lock(ss); srcu_read_unlock(ss, r4); smp_memb();" TAIL,
	/* What mixes numbers and addresses. */
	HEAD
	"r1 = (y + (r2 ^ r2)); r3 = READ_ONCE(*(y + r2)); *(-r1) = p; int r9;" TAIL,
	HEAD "atomic_inc(p); r0 = xchg(x + r1, y); if (p == 5) *x = *(int *)y;" TAIL,
	"C t\n{0:r3=a; a=d; b; c=&f; int *n=5; int i=&c; 1:r1;}P0(int**b,spinlock_t*s,"
	"void**v){r0=xchg(s,1);int**r1=b;}P1(int*b,int*s){int r0;int r0;}exists "
	"(b=5 /\\ 0:r1=b /\\ s=1)",
	"C t\n(* Result: sc=Never *)\n{}P0(){}P1(){int r0;}\nlocations [1:r0]\nfilter "
	"(1:r0=1)\nforall 1:r0=1 /\\ (1:r0=2 /\\ ~(~1:r0!=3 \\/ 1:r0=4)) /\\ true",
	"C t\n{}P0(int*x){int r0;}P1(){int r0;}exists(0:r0=1:r0\\/x!=1:r0/\\x==1);",
	/* Words that must not begin a line, and what could end the comment. */
	"C t\n/* (**) (***x **) *) Result: word word word word word word word word "
	"word word "
	"word1 wo Result: word word word word word word word word word word word "
	"Stripped: "
	"*) ** (* \n more * ( *\n) \xe2\x80\xa6 */\n// x\n{}P0(){}exists true",
	"C t\n// *) **** (((*** )))***) Result: \n{}P0(){}exists true",
	"C t\n(* word word word word word word word word word word word word word word "
	"word Local: see below *)\n{}P0(){}exists true",
};

static void all_kinds(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(tests) / sizeof(tests[0]); i++)
		round_trip(parsed(tests[i]));
}

/* The deepest that is taken has to be taken again. */
static void the_deepest(void **state)
{
	char text[2000] = HEAD "r0 = ", ifs[2000] = HEAD, condition[2000];

	(void)state;
	for (int i = 0; i < 31; i++) {
		strcat(text, i % 2 ? "~" : "(1 + ");
		strcat(ifs, "if (1) ");
	}
	strcat(text, "2");
	for (int i = 0; i < 16; i++)
		strcat(text, ")");
	strcat(text, ";" TAIL);
	round_trip(parsed(text));
	strcat(ifs, "smp_mb();" TAIL);
	round_trip(parsed(ifs));
	strcpy(condition, HEAD "}\nexists ");
	for (int i = 0; i < 31; i++)
		strcat(condition, "~");
	strcat(condition, "x=1");
	round_trip(parsed(condition));
}

static void the_suite(void **state)
{
	char pattern[4096];
	int tested = 0;
	glob_t g;

	(void)state;
	/* Where meson says that it is. */
	snprintf(pattern, sizeof(pattern), "%s/*.litmus", getenv("RCS_TEST_LITMUS"));
	assert_int_equal(glob(pattern, 0, NULL, &g), 0);
	for (size_t i = 0; i < g.gl_pathc; i++) {
		struct rcs_error e = {.kind = RCS_ERROR_NONE};
		struct rcs_litmus *test = rcs_litmus_read(g.gl_pathv[i], &e);

		if (test == NULL)
			fail_msg("%s", e.text);
		round_trip(test);
		tested++;
	}
	assert_true(tested >= 2);
	globfree(&g);
}

static void the_exact_text(void **state)
{
	struct rcs_litmus *test =
		parsed("C t\n/* One. */ /* Result: Never "
		       "*/\n{0:r1=y;}P0(int*x,int**p){*r1=1;int r0=*x;"
		       "if(r0)smp_mb();else{}}exists((0:r0=1)/\\p!=x)");
	char *text = printed(test);

	(void)state;
	assert_string_equal(
		text, "C t\n\n(*\n * One.\n *\n * Result: lkmm=Never\n *)\n\n{\n"
		      "\tint y = 0;\n\tint x = 0;\n\tint *p;\n\t0:r1 = y;\n}\n\n"
		      "P0(int *x, int **p)\n{\n\tint r0;\n\n\t*r1 = 1;\n\tr0 = *x;\n"
		      "\tif (r0) {\n\t\tsmp_mb();\n\t}\n}\n\n"
		      "exists (0:r0=1 /\\ p!=x)\n");
	free(text);
	rcs_litmus_free(test);
}

static void differences(void **state)
{
	static const char *const different[] = {
		"C t\n{}P0(int*x){*x=1;}exists(x=1)",
		"C u\n{}P0(int*x){*x=1;}exists(x=1)",
		"C t\n{int y;}P0(int*x){*x=1;}exists(x=1)",
		"C t\n{x=1}P0(int*x){*x=1;}exists(x=1)",
		"C t\n{}P0(atomic_t*x){*x=1;}exists(x=1)",
		"C t\n{}P0(int*x){*x=2;}exists(x=1)",
		"C t\n{}P0(int*x){WRITE_ONCE(*x,1);}exists(x=1)",
		"C t\n{}P0(int*x){*x=1;int r0;}exists(x=1)",
		"C t\n{}P0(int*x){*x=1;}P1(){}exists(x=1)",
		"C t\n{}P0(int*x){*x=1;}exists(x=2)",
		"C t\n{}P0(int*x){*x=1;}exists(x!=1)",
		"C t\n{}P0(int*x){*x=1;}forall(x=1)",
		"C t\n{}P0(int*x){*x=1;int r0;int r1;}exists(x=0:r0)",
		"C t\n{}P0(int*x){*x=1;int r0;int r1;}exists(x!=0:r0)",
		"C t\n{}P0(int*x){*x=1;int r0;int r1;}exists(x=0:r1)",
		"C t\n{}P0(int*x){*x=1;}locations[x]exists(x=1)",
		"C t\n{}P0(int*x){*x=1;}filter(true)exists(x=1)",
		"C t\n(*a*){}P0(int*x){*x=1;}exists(x=1)",
		"C t\n(*Result: Never*){}P0(int*x){*x=1;}exists(x=1)",
		"C t\n{}P0(int*x){if(1)*x=1;}exists(x=1)",
		"C t\n{}P0(int*x){*x=x;}exists(x=1)",
	};
	size_t n = sizeof(different) / sizeof(different[0]);

	(void)state;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < n; k++) {
			struct rcs_litmus *a = parsed(different[i]),
					  *b = parsed(different[k]);

			assert_true(rcs_litmus_same(a, b) == (i == k));
			rcs_litmus_free(a);
			rcs_litmus_free(b);
		}
}

int main(void)
{
	const struct CMUnitTest list[] = {
		cmocka_unit_test(all_kinds),   cmocka_unit_test(the_deepest),
		cmocka_unit_test(the_suite),   cmocka_unit_test(the_exact_text),
		cmocka_unit_test(differences),
	};

	return cmocka_run_group_tests_name("print", list, NULL, NULL);
}
