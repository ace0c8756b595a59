/* SPDX-License-Identifier: BSD-2-Clause */
/* Final states: which is the target, which the filter drops, and how they are named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "stress/histogram.h"
#include "stress/test/text_test.h"

#define BODY                                                                           \
	"P0(int *x, int **p) { int r0; r0 = READ_ONCE(*x); WRITE_ONCE(*x, 1); }\n"     \
	"P1(int *x, int **p, int *y) { int *r1; r1 = READ_ONCE(*p); }\n"

static struct rcs_histogram h;

static struct rcs_litmus *start(const char *text)
{
	struct rcs_litmus *test = parsed(text);
	struct rcs_error e;

	assert_int_equal(rcs_histogram_start(&h, test, &e), 0);
	return test;
}

static int64_t address(const struct rcs_litmus *test, const char *name)
{
	int32_t l = 0;

	while (strcmp(test->location[l].name, name) != 0)
		l++;
	return RCS_ADDRESS_VALUE(l);
}

static const struct rcs_state *find(int64_t a, int64_t b, int64_t c)
{
	const int64_t value[RCS_OBSERVED_MAX] = {a, b, c};

	return rcs_histogram_find(&h, value);
}

static void test_the_target_is_where_the_condition_holds(void **state)
{
	struct rcs_litmus *test =
		start("C a\n{p=x;}\n" BODY "exists (0:r0=1 /\\ ~(x=2 \\/ 1:r1=y))\n");

	(void)state;
	assert_int_equal(h.observed, 3);
	assert_true(find(1, 1, address(test, "x"))->target);
	assert_false(find(1, 1, address(test, "y"))->target);
	assert_false(find(1, 2, address(test, "x"))->target);
	assert_false(find(0, 1, address(test, "x"))->target);
	rcs_litmus_free(test);
}

static void test_an_address_is_no_number(void **state)
{
	struct rcs_litmus *test = start("C a\n{p=x;}\n" BODY "exists (1:r1=x)\n");

	(void)state;
	assert_true(find(address(test, "x"), 0, 0)->target);
	assert_false(find(address(test, "x") - RCS_ADDRESS_VALUE(0), 0, 0)->target);
	assert_false(find(address(test, "y"), 0, 0)->target);
	rcs_litmus_free(test);
}

static void test_two_places_are_compared(void **state)
{
	struct rcs_litmus *test =
		start("C a\n{p=x;}\n" BODY "exists (x=0:r0 /\\ p!=1:r1)\n");

	(void)state;
	assert_int_equal(h.observed, 4);
	for (int64_t r1 = 0; r1 < 2; r1++) {
		const int64_t value[RCS_OBSERVED_MAX] = {5, 5, 1, r1};
		const int64_t other[RCS_OBSERVED_MAX] = {5, 4, 1, r1};

		assert_true(rcs_histogram_find(&h, value)->target == (r1 != 1));
		assert_false(rcs_histogram_find(&h, other)->target);
	}
	rcs_litmus_free(test);
}

static void test_forall_is_missed_where_it_fails(void **state)
{
	struct rcs_litmus *test = start("C a\n{}\n" BODY "forall (0:r0=0)\n");

	(void)state;
	assert_false(find(0, 0, 0)->target);
	assert_true(find(1, 0, 0)->target);
	rcs_litmus_free(test);
}

static void test_not_exists_means_the_same_target(void **state)
{
	struct rcs_litmus *test = start("C a\n{}\n" BODY "~exists (0:r0=1)\n");

	(void)state;
	assert_true(find(1, 0, 0)->target);
	assert_false(find(0, 0, 0)->target);
	rcs_litmus_free(test);
}

static void test_the_filter_drops_what_fails_it(void **state)
{
	struct rcs_litmus *test =
		start("C a\n{}\n" BODY "filter (0:r0!=7)\nexists (0:r0=1)\n");

	(void)state;
	assert_false(find(1, 0, 0)->filtered);
	assert_true(find(7, 0, 0)->filtered);
	rcs_litmus_free(test);
}

static void test_states_are_named_as_conditions_are(void **state)
{
	struct rcs_litmus *test = start(
		"C a\n{p=x;}\n" BODY "locations [x;]\nexists (0:r0=-1 /\\ 1:r1=x)\n");
	const struct rcs_state *found;
	char label[80];

	(void)state;
	found = find(-1, address(test, "x"), 3);
	rcs_histogram_label(&h, found, label, sizeof(label));
	assert_string_equal(label, "0:r0=-1; 1:r1=x; x=3;");
	rcs_histogram_label(&h, find(0, 0, 0), label, 9);
	assert_string_equal(label, "0:r0=0; ");
	rcs_litmus_free(test);
}

static void test_one_state_is_found_again_and_many_do_not_overflow(void **state)
{
	struct rcs_litmus *test = start("C a\n{}\n" BODY "exists (0:r0=1)\n");

	(void)state;
	for (int64_t n = 0; n < 2 * RCS_STATES_MAX; n++) {
		int64_t value[RCS_OBSERVED_MAX] = {n};

		rcs_histogram_find(&h, value)->count++;
	}
	assert_int_equal(h.states, RCS_STATES_MAX);
	assert_int_equal(h.other.count, RCS_STATES_MAX);
	assert_int_equal(find(17, 0, 0)->count, 1);
	assert_ptr_equal(find(17, 0, 0), find(17, 0, 0));
	rcs_litmus_free(test);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_target_is_where_the_condition_holds),
		cmocka_unit_test(test_an_address_is_no_number),
		cmocka_unit_test(test_two_places_are_compared),
		cmocka_unit_test(test_forall_is_missed_where_it_fails),
		cmocka_unit_test(test_not_exists_means_the_same_target),
		cmocka_unit_test(test_the_filter_drops_what_fails_it),
		cmocka_unit_test(test_states_are_named_as_conditions_are),
		cmocka_unit_test(
			test_one_state_is_found_again_and_many_do_not_overflow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
