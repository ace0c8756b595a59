/* SPDX-License-Identifier: BSD-2-Clause */
/* What the parser refuses: with which words, and at which position. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "litmus/parse.h"

static void refused_bytes(const char *text, size_t size, const char *expected)
{
	struct rcs_error e = {.kind = RCS_ERROR_NONE};
	struct rcs_litmus *test = rcs_litmus_parse("t", text, size, &e);

	if (test != NULL)
		fail_msg("taken, though: %s", expected);
	assert_int_equal(e.kind, RCS_ERROR_USAGE);
	if (strncmp(e.text, expected, strlen(expected)) != 0)
		fail_msg("%s\n   instead of %s", e.text, expected);
	assert_null(strpbrk(e.text, "\n\r\x1b"));
}

static void refused(const char *text, const char *expected)
{
	refused_bytes(text, strlen(text), expected);
}

/* The body of P0, which begins in column 1 of line 3. */
static void body_refused(const char *body, const char *expected)
{
	char text[4096];

	snprintf(text, sizeof(text),
		 "C t\n{ 0:r8=y; 0:r9=1; }\n%s\n"
		 "exists (true)\n",
		 body);
	refused(text, expected);
}

/* One statement, which begins in column 1 of line 4. */
static void statement_refused(const char *statement, const char *expected)
{
	char text[4096];

	snprintf(text, sizeof(text),
		 "C t\n{ 0:r8=y; 0:r9=1; }\nP0(int *x, int *y, int **p, atomic_t *a, "
		 "spinlock_t *s, struct srcu_struct *ss) {\n%s\n}\nexists (true)\n",
		 statement);
	refused(text, expected);
}

/* The end of a file, which begins in column 1 of line 4. */
static void end_refused(const char *end, const char *expected)
{
	char text[4096];

	snprintf(text, sizeof(text),
		 "C t\n{}\nP0(int *x, int **p, spinlock_t *s) { int r0 = 1; int *r1 = "
		 "x; }\n%s",
		 end);
	refused(text, expected);
}

static void init_refused(const char *init, const char *expected)
{
	char text[4096];

	snprintf(text, sizeof(text),
		 "C t\n{ %s }\nP0(int *x, int **p, spinlock_t *s) {}\nexists (true)\n",
		 init);
	refused(text, expected);
}

static void headers(void **state)
{
	(void)state;
	refused("", "t:1:1: a litmus test begins with 'C NAME'");
	refused("X86 SB\n{}", "t:1:1: a litmus test begins with 'C NAME'");
	refused("C", "t:1:2: want the test's name");
	refused("C \n{}", "t:1:3: want the test's name");
	refused("C a b\n", "t:1:5: want the end of the line");
	refused("C \"a\"\n", "t:1:3: '\"' is not allowed here in a test's name");
	refused("C a\"b\n", "t:1:4: '\"' is not allowed here");
	refused("C /b\n", "t:1:3: '/' is not allowed here");
	refused("C a//b\n", "t:1:5: '/' is not allowed here");
	refused("C a/\n", "t:1:3: want the test's name");
	refused("C a/../b\n", "t:1:5: '.' is not allowed here");
	refused("C [b\n", "t:1:3: '[' is not allowed here");
	refused_bytes("C a\0b\n", 6, "t:1:4: '\\x00' is not allowed here");
	refused("C ../b\n", "t:1:3: '.' is not allowed here");
	refused("C a..b\n", "t:1:5: '..' is not allowed");
	refused("C -b\n", "t:1:3: '-' is not allowed here");
	refused("C a\x1b[1m\n", "t:1:4: '\\x1b' is not allowed here");
	refused("C a\xc3\xbc\n", "t:1:4: '\\xc3' is not allowed here");
	refused("C a234567890123456789012345678901234567890123456789012345678901234"
		"5678901234567890123456789012345678901234567890123456789012345678\n",
		"t:1:3: a test's name has 127 bytes at most");
	refused("C a\n\"text\n{}", "t:2:1: this quoted line has no end");
	refused("C a\n\"te\x01xt\"\n{}", "t:2:4: byte 0x01 is not allowed here");
	refused("C a\nCycle=\xff\n{}", "t:2:7: byte 0xff is not allowed here");
	refused("C a\nCycle\n{}", "t:2:1: want '{', not 'Cycle'");
	refused_bytes("C a\n\0{}", 7, "t:2:1: byte 0x00 is not allowed here");
}

static void comments(void **state)
{
	(void)state;
	refused("C a (* x\n", "t:1:5: want the end of the line");
	refused("C a\n  (* x (* y *)\n", "t:2:3: this comment has no end");
	refused("C a\n/* x", "t:2:1: this comment has no end");
	refused("C a\n(* \xff *)", "t:2:4: byte 0xff is not UTF-8 text");
	refused("C a\n(* \xc3\xbc\xc0\x80 *)", "t:2:6: byte 0xc0 is not UTF-8 text");
	refused("C a\n// \xed\xa0\x80\n", "t:2:4: byte 0xed is not UTF-8 text");
	refused_bytes("C a\n// \0\n", 9, "t:2:4: byte 0x00 is not UTF-8 text");
	refused("C a\n(*\n * Result: Newer\n *)", "t:3:12: unknown result 'Newer'");
	refused("C a\n(*\n * Result: tos=Never\n *)", "t:3:12: unknown model 'tos'");
	refused("C a\n(* Result: *)", "t:2:11: unknown result ''");
	refused("C a\n(* Result: Nevr *)", "t:2:12: unknown result 'Nevr'");
	refused("C a\n(* Result: lkmm=Nevr *)", "t:2:17: unknown result 'Nevr'");
	refused("C a\n(* Result: lkmm=Maybe *)", "t:2:17: unknown result 'Maybe'");
	refused("C a\n(* Result: lkmm=Never DATARACE *)", "t:2:23: unknown result");
	refused("C a\n(* Result: Never tos=Never *)", "t:2:18: unknown model 'tos'");
	refused("C a\n(* Result: Maybe tso=Nevr *)", "t:2:22: unknown result");
	refused("C a\n(* Result: Never Always *)", "t:2:18: the result for lkmm was");
	refused("C a\n(* Stripped: Maybe *)", "t:2:14: unknown result 'Maybe'");
	refused("C a\n(* Result: Never\nResult: lkmm=Always *)",
		"t:3:9: the result for lkmm was Never before");
	refused("C a\n(* Stripped: lkmm=\x1b *)", "t:2:19: unknown result '\\x1b'");
}

static void inits(void **state)
{
	(void)state;
	init_refused("x=1; x=2;", "t:2:8: 'x' has two initial values");
	init_refused("int x y", "t:2:9: want ';', not 'y'");
	init_refused("int x[2];", "t:2:8: arrays are not supported");
	init_refused("p=&s;", "t:2:5: the address of 's', no int, cannot be a value");
	init_refused("0:r0=s;", "t:2:8: the address of 's', no int, cannot be a value");
	init_refused("s=1;", "t:2:5: 's' cannot hold a number or an address");
	init_refused("s=x;", "t:2:5: 's' cannot hold a number or an address");
	init_refused("x y", "t:2:5: want ';', not 'y'");
	init_refused("x[2];", "t:2:4: arrays are not supported");
	init_refused("void x;", "t:2:3: void is not supported");
	init_refused("volatile int x;", "t:2:3: volatile is not supported");
	init_refused("struct foo x;", "t:2:3: no struct is supported but srcu_struct");
	init_refused("x=2147483648;", "t:2:5: '2147483648' does not fit 32 bits");
	init_refused("x=-2147483649;", "t:2:6: '2147483649' does not fit 32 bits");
	init_refused("x=99999999999999999999999999;",
		     "t:2:5: '99999999999999999999999999' does not fit");
	init_refused("x=0x80000000;", "t:2:5: '0x80000000' does not fit 32 bits");
	init_refused("x=012;", "t:2:5: '012': octal numbers are not supported");
	init_refused("x=1U;", "t:2:5: '1U' is not a number");
	init_refused("1:r0=1;", "t:2:5: there is no thread P1");
	init_refused("int *1:r0;", "t:2:10: there is no thread P1");
	init_refused("16:r0=1;", "t:2:3: a test has 16 threads at most");
	init_refused("0:r0=1; 0:r0=1;", "t:2:13: 'r0' has two initial values");
	init_refused("0:x=1;", "t:3:9: 'x' is a register in the init block");
	init_refused("0:s2=1; s2=4;",
		     "t:2:5: 's2' is a shared variable, but no parameter");
	init_refused("int=1;", "t:2:6: want a shared variable");
	init_refused("READ_ONCE=1;", "t:2:3: want a shared variable");
	init_refused(
		"a234567890123456789012345678901234567890123456789012345678901234=1",
		"t:2:3: a name has 63 bytes at most");
	refused("C a\n{ x=1; ", "t:2:8: the file ends here; want a shared variable");
}

static void threads(void **state)
{
	(void)state;
	refused("C a\n{}\n", "t:3:1: the file ends here; want P0");
	refused("C a\n{}\nexists (true)",
		"t:3:1: want P0, the first thread, not 'exists'");
	body_refused("P1() {}", "t:3:1: want P0 here, not 'P1'");
	body_refused("P0() {} P2() {}", "t:3:9: want P1 here, not 'P2'");
	body_refused("P0() {} P0() {}", "t:3:9: want P1 here, not 'P0'");
	body_refused("P00() {}", "t:3:1: want P0 here, not 'P00'");
	body_refused("P4294967296() {}", "t:3:1: want P0 here, not 'P4294967296'");
	body_refused("P0(int x) {}", "t:3:8: a parameter is the address of a shared");
	body_refused("P0(volatile int *x) {}", "t:3:4: volatile is not supported");
	body_refused("P0(unsigned *x) {}", "t:3:4: unsigned is not supported");
	body_refused("P0(x) {}", "t:3:4: want a parameter's type, not 'x'");
	body_refused("P0(int *x, int *x) {}", "t:3:17: 'x' is a parameter already");
	body_refused("P0(int *x[]) {}", "t:3:10: arrays are not supported");
	body_refused("P0(int *x) {", "t:4:1: want an expression, not 'exists'");
	refused("C a\n{}\nP0() {", "t:3:7: the file ends here; want an expression");
	body_refused("P0() { z = 1; } P1(int *z) {}",
		     "t:3:8: 'z' is a shared variable, but no parameter of P0");
}

static void statements(void **state)
{
	(void)state;
	statement_refused("while (1) {}", "t:4:1: loops are not supported");
	statement_refused("for (;;) {}", "t:4:1: loops are not supported");
	statement_refused("do {} while (1);", "t:4:1: loops are not supported");
	statement_refused("goto end;", "t:4:1: goto is not supported");
	statement_refused("switch (r9) {}", "t:4:1: switch is not supported");
	statement_refused("return;", "t:4:1: return is not supported");
	statement_refused("#ifdef A", "t:4:1: preprocessor lines are not supported");
	statement_refused("asm(\"\");", "t:4:1: assembly is not supported");
	statement_refused("r9++;", "t:4:3: ++ is not supported");
	statement_refused("--r9;", "t:4:1: -- is not supported");
	statement_refused("r9 += 1;", "t:4:4: compound assignment is not supported");
	statement_refused("r9 <<= 1;", "t:4:4: compound assignment is not supported");
	statement_refused("int r0[2];", "t:4:7: arrays are not supported");
	statement_refused("spinlock_t r0;", "t:4:1: a register is an int or a pointer");
	statement_refused("int x;", "t:4:5: 'x' is a parameter already");
	statement_refused("int r0; int *r0;",
			  "t:4:14: 'r0' is declared twice, with different types");
	statement_refused(
		"int r0 = 1; if (r9) { int r0 = 2; }",
		"t:4:27: 'r0' is declared twice, in blocks within each other");
	statement_refused(
		"{ int r0 = 1; } int r0;",
		"t:4:21: 'r0' is declared twice, in blocks within each other");
	statement_refused("r0 = 1; int *r0;",
			  "t:4:14: 'r0' is declared behind its first use");
	statement_refused("if (r9) void *r0;", "t:4:9: a declaration here needs");
	statement_refused("x = 1;",
			  "t:4:1: 'x' is a shared variable: write *x = value");
	statement_refused("r0 = r1 = 1;", "t:4:9: an assignment in an expression");
	statement_refused("if (r9 = 1) {}", "t:4:8: an assignment in an expression");
	statement_refused("*x = *y = 1;", "t:4:9: an assignment in an expression");
	statement_refused("r9;", "t:4:1: this statement does nothing");
	statement_refused("if (r9) int r0;", "t:4:9: a declaration here needs braces");
	statement_refused("else {}", "t:4:1: want an expression, not 'else'");
	statement_refused("int r0 = 1", "t:5:1: want ';', not '}'");
	statement_refused("r0 = 1 @", "t:4:8: want ';', not '@'");
	statement_refused("r0 = \x80;", "t:4:6: byte 0x80 is not allowed here");
	statement_refused("READ_ONCE = 1;", "t:4:1: want a register, not 'READ_ONCE'");
}

static void expressions(void **state)
{
	(void)state;
	statement_refused("r0 = 1 / 2;", "t:4:8: division is not supported");
	statement_refused("r0 = 1 % 2;", "t:4:8: division is not supported");
	statement_refused("r0 = r9 ? 1 : 2;", "t:4:9: ?: is not supported");
	statement_refused("r0 = x[0];", "t:4:7: arrays are not supported");
	statement_refused("r0 = x->f;", "t:4:7: struct members are not supported");
	statement_refused("r0 = r9.f;", "t:4:8: struct members are not supported");
	statement_refused("r0 = (atomic_t)r9;", "t:4:6: no casts are supported but");
	statement_refused("r0 = (char)r9;", "t:4:7: char is not supported");
	statement_refused("r0 = (void)r9;", "t:4:7: void is not supported");
	statement_refused("r0 = (int *r9);", "t:4:12: want ')', not 'r9'");
	statement_refused("r0 = sizeof(r9);", "t:4:6: sizeof is not supported");
	statement_refused("r0 = &r9;", "t:4:7: only shared variables have an address");
	statement_refused("r0 = &q;", "t:4:7: only shared variables have an address");
	statement_refused("r0 = &5;", "t:4:7: want an expression, not '5'");
	statement_refused("r0 = foo(1);", "t:4:6: unknown primitive 'foo'");
	statement_refused("r0 = ACCESS_ONCE(*x);",
			  "t:4:6: unknown primitive 'ACCESS_ONCE'"
			  ": use READ_ONCE or WRITE_ONCE");
	statement_refused(
		"r0 = READ_ONCE(*z);",
		"t:4:17: unknown shared variable 'z': P0 has no such parameter");
	statement_refused("r0 = READ_ONCE(x);",
			  "t:4:16: READ_ONCE takes a variable, not "
			  "its address: write *x");
	statement_refused("WRITE_ONCE(x, 1);",
			  "t:4:12: WRITE_ONCE takes a variable, not");
	statement_refused("r0 = xchg(*x, 1);",
			  "t:4:11: xchg takes an address: write it");
	statement_refused("r0 = READ_ONCE(*5);", "t:4:17: want a shared variable");
	statement_refused("r0 = READ_ONCE(5);", "t:4:16: want '*', not '5'");
	statement_refused("r0 = **p;", "t:4:7: put this address into a register first");
	statement_refused("r0 = smp_mb();", "t:4:6: smp_mb gives no value");
	statement_refused("r0 = 1 + atomic_inc(a);",
			  "t:4:10: atomic_inc gives no value");
	statement_refused("smp_mb(1);", "t:4:8: want ')', not '1'");
	statement_refused("WRITE_ONCE(*x);", "t:4:14: want ',', not ')'");
	statement_refused("r0 = *x + *y;", "t:4:9: two accesses in one expression");
	statement_refused("r0 = cmpxchg(x, *x, *y);", "t:4:6: two accesses in one");
	statement_refused("*x = *y + *x;", "t:4:9: two accesses in one expression");
	statement_refused("r0 = r9 && *x;",
			  "t:4:9: && decides whether an access is made");
	statement_refused("WRITE_ONCE(*p, s);",
			  "t:4:16: the address of 's', no int, cannot "
			  "be a value");
	statement_refused("spin_lock(x);", "t:4:11: spin_lock works on a spinlock_t, "
					   "which 'x' is not");
	statement_refused("spin_lock(r8);", "t:4:11: spin_lock works on a spinlock_t");
	statement_refused("spin_lock(s);\nr0 = READ_ONCE(*s);",
			  "t:5:17: 's' is used as an int here, but as a spinlock_t in "
			  "line 4");
	statement_refused("*ss = 1;\nsynchronize_srcu(ss);",
			  "t:5:18: 'ss' is used as a srcu_struct here, but as an int");
	statement_refused("spin_unlock(s); r0 = (s == x);",
			  "t:4:23: the address of 's', no int, cannot be a value");
	statement_refused("*(x + *y) = 1;", "t:4:5: want a shared variable, or a");
	statement_refused("synchronize_srcu(s);", "t:4:18: synchronize_srcu works on");
	statement_refused("r0 = 2147483648;",
			  "t:4:6: '2147483648' does not fit 32 bits");
	statement_refused("r0 = -(2147483648);", "t:4:8: '2147483648' does not fit");
	statement_refused("r0 = (1;", "t:4:8: want ')', not ';'");
	statement_refused("r0 = ;", "t:4:6: want an expression, not ';'");
}

static void conclusions(void **state)
{
	(void)state;
	end_refused("", "t:4:1: the file ends here; want exists, ~exists or forall");
	end_refused("exists", "t:4:7: the file ends here");
	end_refused("exist (0:r0=1)",
		    "t:4:1: want exists, ~exists or forall, not 'exist'");
	end_refused("exists (0:r7=1)", "t:4:11: P0 has no register 'r7'");
	end_refused("exists (1:r0=1)", "t:4:9: there is no thread P1");
	end_refused("exists (99999:r0=1)", "t:4:9: there is no thread P99999");
	end_refused("exists (z=1)", "t:4:9: unknown shared variable 'z'");
	end_refused("exists (s=1)", "t:4:9: 's' has no value to look at");
	end_refused("exists (x=0:r7)", "t:4:13: P0 has no register 'r7'");
	end_refused("exists (x=1:r0)", "t:4:11: there is no thread P1");
	end_refused("exists (x=0:x)", "t:4:13: P0 has no register 'x'");
	end_refused("exists (x=1:)", "t:4:11: there is no thread P1");
	end_refused("exists (x=1);;", "t:4:14: want the end of the file, not ';'");
	end_refused("exists (x=1;)", "t:4:12: want ')', not ';'");
	end_refused("exists (x=1 => x=2)", "t:4:13: implication is not supported");
	end_refused("exists (x=1 && x=2)", "t:4:13: want ')', not '&&'");
	end_refused("exists (p=s)", "t:4:11: the address of 's', no int, cannot be");
	end_refused("exists (p=z)", "t:4:11: unknown shared variable 'z'");
	end_refused("exists (x=1", "t:4:12: the file ends here; want ')'");
	end_refused("locations [x y]\nexists (x=1)", "t:4:14: want ';', not 'y'");
	end_refused("exists (x=1)\nC b\n{}\n", "t:5:1: a second test in the file");
	end_refused("exists (x=1)\nP1() {}",
		    "t:5:1: want the end of the file, not 'P1'");
	end_refused("exists (x=1)\n\x7f", "t:5:1: byte 0x7f is not allowed here");
}

/* text, n times, behind and before the others. */
static char *repeated(const char *before, const char *text, int n, const char *behind)
{
	size_t length = strlen(text);
	char *all = malloc(strlen(before) + (size_t)n * length + strlen(behind) + 1),
	     *at;

	assert_non_null(all);
	at = stpcpy(all, before);
	for (int i = 0; i < n; i++)
		at = stpcpy(at, text);
	strcpy(at, behind);
	return all;
}

static void repeated_refused(const char *before, const char *text, int n,
			     const char *expected)
{
	char *all = repeated(before, text, n, "");

	refused(all, expected);
	free(all);
}

static void depth_and_length(void **state)
{
	(void)state;
	repeated_refused("C t\n{}\nP0() {\n", "{", 10000,
			 "t:4:33: nested deeper than 32");
	repeated_refused("C t\n{}\nP0() {\nr0 = ", "(", 10000, "t:4:38: nested deeper");
	repeated_refused("C t\n{}\nP0() {\nr0 = ", "- ", 10000,
			 "t:4:70: nested deeper");
	repeated_refused("C t\n{}\nP0() {\nr0 = 1", "+1", 10000,
			 "t:4:69: nested deeper");
	repeated_refused("C t\n{}\nP0() {\n", "if (1) ", 5000,
			 "t:4:225: nested deeper");
	repeated_refused("C t\n{}\nP0() {\n", "if(1){}else ", 5000,
			 "t:4:385: nested deeper");
	repeated_refused("C t\n{}\nP0() {}\nexists ", "(", 10000,
			 "t:4:41: nested deeper");
	repeated_refused("C t\n{}\nP0() {}\nexists ", "~", 10000,
			 "t:4:41: nested deeper");
	repeated_refused("C t\n{}\nP0() {\n", "smp_mb();", 3000,
			 "t:4:18433: the test is");
	repeated_refused("C t\n", "(* ", 10000, "t:2:1: this comment has no end");
}

static void sizes(void **state)
{
	char *all = repeated("C t\n", " ", RCS_LITMUS_SIZE_MAX - 4, "");

	(void)state;
	refused(all, "t:2:65533: the file ends here");
	free(all);
	all = repeated("C t\n", " ", RCS_LITMUS_SIZE_MAX - 3, "");
	refused(all, "t: a test has 65536 bytes at most");
	free(all);
	all = repeated("", "\xde\xad\n{(", 1 << 18, "");
	refused(all, "t: a test has 65536 bytes at most");
	free(all);
}

static void file_refused(const char *path, const char *expected)
{
	struct rcs_error e = {.kind = RCS_ERROR_NONE};

	assert_null(rcs_litmus_read(path, &e));
	assert_int_equal(e.kind, RCS_ERROR_USAGE);
	assert_non_null(strstr(e.text, expected));
	assert_null(strpbrk(e.text, "\n\x1b"));
}

static void files(void **state)
{
	char folder[] = "/tmp/rcs-test-XXXXXX", path[64];

	(void)state;
	assert_non_null(mkdtemp(folder));
	file_refused(folder, ": a directory, not a file");
	file_refused("/dev/zero", "/dev/zero: a device or pipe, not a file");
	snprintf(path, sizeof(path), "%s/\x1b[1m\n", folder);
	file_refused(path, "/?[1m?: cannot open: No such file");
	snprintf(path, sizeof(path), "%s/pipe", folder);
	assert_int_equal(mkfifo(path, 0600), 0);
	file_refused(path, "/pipe: a device or pipe, not a file");
	unlink(path);
	if (geteuid() != 0) {
		close(open(path, O_CREAT | O_WRONLY, 0));
		file_refused(path, ": cannot open: Permission denied");
		unlink(path);
	}
	rmdir(folder);
}

/* The fuzzer's seeds. */
static void broken_files(void **state)
{
	char pattern[4096];
	glob_t g;

	(void)state;
	/* Where meson says that the suite is. */
	snprintf(pattern, sizeof(pattern), "%s/../src/litmus/test/broken/*.litmus",
		 getenv("RCS_TEST_LITMUS"));
	assert_int_equal(glob(pattern, 0, NULL, &g), 0);
	for (size_t i = 0; i < g.gl_pathc; i++)
		file_refused(g.gl_pathv[i], ".litmus:");
	assert_true(g.gl_pathc >= 10);
	globfree(&g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headers),	cmocka_unit_test(comments),
		cmocka_unit_test(inits),	cmocka_unit_test(threads),
		cmocka_unit_test(statements),	cmocka_unit_test(expressions),
		cmocka_unit_test(conclusions),	cmocka_unit_test(depth_and_length),
		cmocka_unit_test(sizes),	cmocka_unit_test(files),
		cmocka_unit_test(broken_files),
	};

	return cmocka_run_group_tests_name("refuse", tests, NULL, NULL);
}
