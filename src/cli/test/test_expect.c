/* SPDX-License-Identifier: BSD-2-Clause */
/* Expectations: how they are read, which of them applies, and what is refused. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/expect.h"
#include "verdict/status.h"

#define HOLDS	     RCS_VERDICT_BIT(RCS_HOLDS)
#define BROKEN	     RCS_VERDICT_BIT(RCS_BROKEN)
#define INCONCLUSIVE RCS_VERDICT_BIT(RCS_INCONCLUSIVE)
#define SKIPPED	     RCS_VERDICT_BIT(RCS_SKIPPED)

static struct rcs_expect_list list;
static struct rcs_error error;

static int clear(void **state)
{
	(void)state;
	memset(&list, 0, sizeof(list));
	return 0;
}

static void add(const char *text)
{
	if (rcs_expect_add_list(&list, text, &error) != 0)
		fail_msg("%s: %s", text, error.text);
}

static void refused(const char *text, const char *why)
{
	size_t count = list.count;

	assert_int_equal(rcs_expect_add_list(&list, text, &error), -1);
	assert_int_equal(error.kind, RCS_ERROR_USAGE);
	if (strstr(error.text, why) == NULL)
		fail_msg("%s: '%s' does not say '%s'", text, error.text, why);
	assert_int_equal(list.count, count);
}

/* What becomes of a file with these bytes. */
static int add_bytes(const char *bytes, size_t size)
{
	static char path[] = "/tmp/expect-XXXXXX";
	int descriptor, result;

	strcpy(path, "/tmp/expect-XXXXXX");
	descriptor = mkstemp(path);
	assert_true(descriptor >= 0);
	assert_int_equal(write(descriptor, bytes, size), size);
	(void)close(descriptor);
	result = rcs_expect_add_file(&list, path, &error);
	(void)unlink(path);
	return result;
}

static int add_text(const char *text)
{
	return add_bytes(text, strlen(text));
}

static void says(const char *why)
{
	assert_int_equal(error.kind, RCS_ERROR_USAGE);
	if (strstr(error.text, why) == NULL)
		fail_msg("'%s' does not say '%s'", error.text, why);
}

static void verdicts_are_read_in_any_case(void **state)
{
	(void)state;
	add("mprotect=holds,fence=BROKEN/Inconclusive,none=SKIPPED");
	assert_int_equal(rcs_expect_of(&list, "mprotect", "x86_64"), HOLDS);
	assert_int_equal(rcs_expect_of(&list, "fence", "x86_64"),
			 BROKEN | INCONCLUSIVE);
	assert_int_equal(rcs_expect_of(&list, "none", "x86_64"), SKIPPED);
	assert_int_equal(rcs_expect_of(&list, "membarrier", "x86_64"), 0);
}

static void blanks_around_the_parts_do_not_matter(void **state)
{
	(void)state;
	add(" mprotect = BROKEN / SKIPPED @ aarch64 , none=BROKEN");
	assert_int_equal(rcs_expect_of(&list, "mprotect", "aarch64"), BROKEN | SKIPPED);
	assert_int_equal(rcs_expect_of(&list, "none", "aarch64"), BROKEN);
}

static void a_barrier_gets_its_default_parameter(void **state)
{
	(void)state;
	add("delay=BROKEN,delay:7=INCONCLUSIVE");
	assert_int_equal(rcs_expect_of(&list, "delay:3000", "x86_64"), BROKEN);
	assert_int_equal(rcs_expect_of(&list, "delay:7", "x86_64"), INCONCLUSIVE);
}

static void an_architecture_wins_over_none(void **state)
{
	(void)state;
	add("mprotect=BROKEN@aarch64,mprotect=HOLDS,fence=HOLDS,fence=BROKEN@s390x");
	assert_int_equal(rcs_expect_of(&list, "mprotect", "aarch64"), BROKEN);
	assert_int_equal(rcs_expect_of(&list, "mprotect", "x86_64"), HOLDS);
	assert_int_equal(rcs_expect_of(&list, "fence", "s390x"), BROKEN);
	assert_int_equal(rcs_expect_of(&list, "fence", "x86_64"), HOLDS);
}

static void another_architecture_is_ignored(void **state)
{
	(void)state;
	add("mprotect=BROKEN@aarch64");
	assert_int_equal(rcs_expect_of(&list, "mprotect", "x86_64"), 0);
}

static void architectures_have_aliases(void **state)
{
	(void)state;
	add("mprotect=BROKEN@arm64,fence=HOLDS@AMD64,none=BROKEN@a-new-one");
	assert_int_equal(rcs_expect_of(&list, "mprotect", "aarch64"), BROKEN);
	assert_int_equal(rcs_expect_of(&list, "fence", "x86_64"), HOLDS);
	assert_int_equal(rcs_expect_of(&list, "none", "a-new-one"), BROKEN);
	refused("mprotect=HOLDS@aarch46", "did you mean 'aarch64'?");
	refused("mprotect=HOLDS@", "want an architecture");
	refused("mprotect=HOLDS@x86 64", "want an architecture");
	refused("mprotect=HOLDS@x86_64@x86_64", "want an architecture");
	refused("mprotect=HOLDS@a-name-of-more-than-thirty-one-bytes", "want an arch");
}

static void malformed_expectations_are_refused(void **state)
{
	(void)state;
	refused("", "want BARRIER=VERDICT[@ARCH]");
	refused("mprotect", "want BARRIER=VERDICT[@ARCH]");
	refused("=HOLDS", "want BARRIER=VERDICT[@ARCH]");
	refused("mprotect@aarch64=HOLDS", "want BARRIER=VERDICT[@ARCH]");
	refused("mprotect=", "want HOLDS, BROKEN, INCONCLUSIVE or SKIPPED");
	refused("mprotect=HOLDS/", "want HOLDS, BROKEN, INCONCLUSIVE or SKIPPED");
	refused("mprotect=HOLDS=BROKEN", "want HOLDS, BROKEN, INCONCLUSIVE or SKIPPED");
	refused("mprotect=BROKN", "did you mean 'BROKEN'?");
	refused("mprotect=inconclusiv", "did you mean 'INCONCLUSIVE'?");
	/* Neither can be expected of a barrier. */
	refused("mprotect=FAULT", "want HOLDS, BROKEN, INCONCLUSIVE or SKIPPED");
	refused("mprotect=ALLOWED", "want HOLDS, BROKEN, INCONCLUSIVE or SKIPPED");
	refused("mprotct=HOLDS", "did you mean 'mprotect'?");
	refused("zzzzzz=HOLDS", "--barrier help lists them");
	refused("delay:soon=BROKEN", "nanoseconds");
	refused("sound=HOLDS", "stands for several");
}

static void contradictions_are_refused(void **state)
{
	(void)state;
	add("mprotect=HOLDS,mprotect=BROKEN@aarch64,delay=BROKEN");
	add("mprotect=holds"); /* once more is none */
	assert_int_equal(list.count, 3);
	refused("mprotect=BROKEN", "contradicts --expect, which says HOLDS");
	refused("mprotect=HOLDS/BROKEN", "contradicts --expect, which says HOLDS");
	refused("mprotect=HOLDS@arm64", "mprotect=HOLDS@aarch64 contradicts");
	refused("delay:3000=HOLDS", "contradicts");
	assert_int_equal(add_text("\nmprotect=SKIPPED\n"), -1);
	says(":2: mprotect=SKIPPED contradicts --expect");
}

static void too_long_and_too_many_are_refused(void **state)
{
	char text[1200];

	(void)state;
	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	refused(text, "characters at most");
	text[RCS_EXPECT_TEXT_MAX + 1] = '\0';
	refused(text, "characters at most");
	text[RCS_EXPECT_TEXT_MAX] = '\0';
	refused(text, "want BARRIER=VERDICT[@ARCH]");
	for (int i = 0; i < RCS_EXPECT_MAX; i++) {
		(void)snprintf(text, sizeof(text), "delay:%d=BROKEN", i);
		add(text);
	}
	refused("none=BROKEN", "more than 512 expectations");
	add("delay:0=BROKEN"); /* there already */
}

static void a_file_has_one_a_line_and_comments(void **state)
{
	(void)state;
	assert_int_equal(add_text("# known here\n\n  mprotect=HOLDS  # since 2.6\r\n"
				  "\tnone = broken\n#\nfence=HOLDS"),
			 0);
	assert_int_equal(list.count, 3);
	assert_int_equal(rcs_expect_of(&list, "mprotect", "x86_64"), HOLDS);
	assert_int_equal(rcs_expect_of(&list, "none", "x86_64"), BROKEN);
	assert_int_equal(rcs_expect_of(&list, "fence", "x86_64"), HOLDS);
	assert_int_equal(add_text(""), 0);
}

static void a_bad_line_is_named(void **state)
{
	char text[1200];

	(void)state;
	assert_int_equal(add_text("none=BROKEN\nmprotct=HOLDS\n"), -1);
	says(":2: there is no barrier 'mprotct'; did you mean 'mprotect'?");
	assert_int_equal(add_text("\n\nnone=BROKEN,fence=HOLDS\n"), -1);
	says(":3: want one expectation a line");
	memset(text, '#', sizeof(text));
	text[1001] = '\0';
	assert_int_equal(add_text(text), -1);
	says(":1: a line has 1000 characters at most");
	text[1000] = '\0';
	assert_int_equal(add_text(text), 0);
}

static void what_is_no_text_is_refused(void **state)
{
	(void)state;
	assert_int_equal(add_bytes("none=BROKEN\n\0\n", 14), -1);
	says(":2: this is no text");
	assert_int_equal(add_text("# \033[2J\n"), -1);
	says(":1: this is no text");
	assert_int_equal(rcs_expect_add_file(&list, "/", &error), -1);
	says("/: cannot read: Is a directory");
	assert_int_equal(rcs_expect_add_file(&list, "/no/such", &error), -1);
	says("/no/such: cannot open: No such file or directory");
	assert_int_equal(rcs_expect_add_file(&list, "/dev/zero", &error), -1);
	says("/dev/zero:1: this is no text");
}

static void the_command_line_is_about_what_is_tested(void **state)
{
	static struct rcs_barrier_list tested;

	(void)state;
	assert_int_equal(rcs_barrier_list_add(&tested, "none,delay", &error), 0);
	add("delay=BROKEN,fence=HOLDS@aarch64");
	assert_int_equal(add_text("mprotect=HOLDS\nmembarrier=HOLDS\n"), 0);
	/* Another architecture, and a file that other runs share, do not count. */
	assert_int_equal(rcs_expect_check(&list, &tested, "x86_64", &error), 0);
	assert_int_equal(rcs_expect_check(&list, &tested, "aarch64", &error), -1);
	says("--expect: this run does not test 'fence', but none, delay:3000");
	/* Said in both places, it is said on the command line. */
	add("mprotect=HOLDS");
	assert_int_equal(rcs_expect_check(&list, &tested, "x86_64", &error), -1);
	says("this run does not test 'mprotect'");
}

#define TEST(f) cmocka_unit_test_setup(f, clear)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(verdicts_are_read_in_any_case),
		TEST(blanks_around_the_parts_do_not_matter),
		TEST(a_barrier_gets_its_default_parameter),
		TEST(an_architecture_wins_over_none),
		TEST(another_architecture_is_ignored),
		TEST(architectures_have_aliases),
		TEST(malformed_expectations_are_refused),
		TEST(contradictions_are_refused),
		TEST(too_long_and_too_many_are_refused),
		TEST(a_file_has_one_a_line_and_comments),
		TEST(a_bad_line_is_named),
		TEST(what_is_no_text_is_refused),
		TEST(the_command_line_is_about_what_is_tested),
	};

	return cmocka_run_group_tests_name("expect", tests, NULL, NULL);
}
