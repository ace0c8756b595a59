/* SPDX-License-Identifier: BSD-2-Clause */
/* Values of options, good and bad, and the nearest word. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "cli/barrier_list.h"
#include "cli/suggest.h"
#include "cli/values.h"

static void durations_have_units(void **state)
{
	static const struct {
		const char *text;
		uint64_t ns;
	} good[] = {{"500ms", 500000000},  {"30s", 30000000000}, {"5m", 300000000000},
		    {"1h", 3600000000000}, {"1.5s", 1500000000}, {"2", 2000000000},
		    {"10us", 10000},	   {"100ns", 100},	 {"1min", 60000000000}};
	static const char *const bad[] = {"",	   "s",	    "-1s", "0",	  "0s",
					  "1 s",   "1x",    "inf", "nan", "0x10",
					  "1e400", "9999h", "1ss"};
	struct rcs_error e;
	uint64_t ns;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_int_equal(rcs_value_duration(good[i].text, &ns, &e), 0);
		assert_true(ns == good[i].ns);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(rcs_value_duration(bad[i], &ns, &e), -1);
}

static void sizes_have_units(void **state)
{
	static const char *const bad[] = {"",	"1",	"65535", "-1M",
					  "1Q", "1e99", "64 M"};
	struct rcs_error e;
	uint64_t bytes;

	(void)state;
	assert_int_equal(rcs_value_size("64M", &bytes, &e), 0);
	assert_true(bytes == 64 << 20);
	assert_int_equal(rcs_value_size("1.5GiB", &bytes, &e), 0);
	assert_true(bytes == UINT64_C(3) << 29);
	assert_int_equal(rcs_value_size("65536", &bytes, &e), 0);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(rcs_value_size(bad[i], &bytes, &e), -1);
}

static void counts_and_reals_keep_to_their_range(void **state)
{
	struct rcs_error e;
	uint64_t n;
	double x;

	(void)state;
	assert_int_equal(rcs_value_count("32", 2, 4096, &n, &e), 0);
	assert_int_equal(rcs_value_count("0xff", 2, 4096, &n, &e), 0);
	assert_true(n == 255);
	assert_int_equal(rcs_value_count("1", 2, 4096, &n, &e), -1);
	assert_non_null(strstr(e.text, "from 2 to 4096"));
	assert_int_equal(rcs_value_count("-5", 0, UINT64_MAX, &n, &e), -1);
	assert_int_equal(
		rcs_value_count("99999999999999999999999", 0, UINT64_MAX, &n, &e), -1);
	assert_int_equal(rcs_value_real("1e-6", 1e-60, 0.5, &x, &e), 0);
	assert_int_equal(rcs_value_real("0.6", 1e-60, 0.5, &x, &e), -1);
	assert_int_equal(rcs_value_real("0", 1e-60, 0.5, &x, &e), -1);
}

static const char *nearest(const char *word)
{
	static const char *const words[] = {"mprotect", "mprotect-none", "membarrier",
					    "fence", "none"};
	struct rcs_suggestion s = {0};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		rcs_suggest(&s, word, words[i]);
	return s.best;
}

static void the_nearest_word_is_suggested(void **state)
{
	(void)state;
	assert_string_equal(nearest("mprotct"), "mprotect");
	assert_string_equal(nearest("mrpotect"), "mprotect");
	assert_string_equal(nearest("membarier"), "membarrier");
	assert_string_equal(nearest("nnoe"), "none");
	assert_string_equal(nearest("FENCE"), "fence");
	assert_null(nearest("-"));
	assert_null(nearest("zzzzzz"));
	assert_null(
		nearest("a-word-that-is-far-too-long-to-be-any-of-those-that-there-are-"
			"in-this-list"));
}

static void lists_of_barriers_are_read(void **state)
{
	static struct rcs_barrier_list list;
	struct rcs_error e;

	(void)state;
	assert_int_equal(rcs_barrier_list_add(&list, "none,delay:7,none", &e), 0);
	assert_int_equal(list.count, 2);
	assert_string_equal(list.choice[1].name, "delay:7");
	assert_int_equal(rcs_barrier_list_add(&list, "all", &e), 0);
	/* What was named by itself is judged; what came with all is a self-test. */
	assert_false(list.self_test[0]);
	for (size_t i = 2; i < list.count; i++)
		assert_int_equal(list.self_test[i], list.choice[i].barrier->control);
	assert_int_equal(rcs_barrier_list_add(&list, "mprotct", &e), -1);
	assert_non_null(strstr(e.text, "did you mean 'mprotect'?"));
	assert_int_equal(rcs_barrier_list_add(&list, "mprotect,,none", &e), -1);
	assert_int_equal(rcs_barrier_list_add(&list, "", &e), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(durations_have_units),
		cmocka_unit_test(sizes_have_units),
		cmocka_unit_test(counts_and_reals_keep_to_their_range),
		cmocka_unit_test(the_nearest_word_is_suggested),
		cmocka_unit_test(lists_of_barriers_are_read),
	};

	return cmocka_run_group_tests_name("values", tests, NULL, NULL);
}
