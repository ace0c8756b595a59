/* SPDX-License-Identifier: BSD-2-Clause */
/* What a test's text says of its accesses, and what it cannot say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "stress/footprint.h"
#include "stress/test/text_test.h"

static struct rcs_footprint by_thread[RCS_LITMUS_THREADS];

/* x is location 0, y is 1, p is 2. */
#define BEGIN "C t\n{int x=0; int y=0; int *p=x;}\n"
#define END   "exists (x=0)\n"

static void look_at(const char *text, bool x_alone, bool y_alone)
{
	struct rcs_litmus *test = parsed(text);

	rcs_footprint_of(test, by_thread);
	assert_int_equal(rcs_footprint_single_writer(test, by_thread, 0), x_alone);
	assert_int_equal(rcs_footprint_single_writer(test, by_thread, 1), y_alone);
	rcs_litmus_free(test);
}

static void what_is_named_is_told(void **state)
{
	(void)state;
	look_at(BEGIN "P0(int *x, int *y) { int r0; WRITE_ONCE(*y, 1); smp_memb();\n"
		      "  r0 = READ_ONCE(*x); }\n"
		      "P1(int *x) { int r0; barrier(); r0 = xchg(x, 1); }\n"
		      "P2(int *x) { WRITE_ONCE(*x, 2); }\n" END,
		false, true);
	assert_int_equal(by_thread[0].loads, 1);
	assert_int_equal(by_thread[0].stores, 2);
	assert_int_equal(by_thread[0].first_store, 1);
	assert_int_equal(by_thread[0].heavy, 1);
	assert_int_equal(by_thread[1].loads, 1);
	assert_int_equal(by_thread[1].stores, 1);
	assert_int_equal(by_thread[1].light, 1);
}

/* The sides of RCU are those of the barrier under it. */
static void rcu_has_sides(void **state)
{
	(void)state;
	look_at(BEGIN "P0(int *x) { rcu_read_lock(); WRITE_ONCE(*x, 1);\n"
		      "  rcu_read_unlock(); }\n"
		      "P1(int *y) { synchronize_rcu(); WRITE_ONCE(*y, 1);\n"
		      "  rcu_read_lock(); rcu_read_unlock(); }\n" END,
		true, true);
	assert_int_equal(by_thread[0].heavy, 0);
	assert_int_equal(by_thread[0].light, 1);
	assert_true(by_thread[0].enters_first);
	assert_int_equal(by_thread[1].heavy, 1);
	assert_int_equal(by_thread[1].light, 1);
	assert_false(by_thread[1].enters_first);
}

static void who_follows_a_register_may_store_anywhere(void **state)
{
	(void)state;
	/* One that only loads there stores nowhere. */
	look_at(BEGIN "P0(int *x, int *y) { WRITE_ONCE(*x, 1); WRITE_ONCE(*y, 1); }\n"
		      "P1(int **p) { int *r0; int r1; r0 = READ_ONCE(*p);\n"
		      "  r1 = READ_ONCE(*r0); }\n" END,
		true, true);
	look_at(BEGIN "P0(int *x, int *y) { WRITE_ONCE(*x, 1); WRITE_ONCE(*y, 1); }\n"
		      "P1(int **p) { int *r0; r0 = READ_ONCE(*p);\n"
		      "  WRITE_ONCE(*r0, 2); }\n" END,
		false, false);
	/* Of itself alone. */
	look_at(BEGIN "P0(int *x, int **p) { int *r0; r0 = READ_ONCE(*p);\n"
		      "  WRITE_ONCE(*r0, 2); WRITE_ONCE(*x, 1); }\n"
		      "P1(int *y) { int r0; r0 = READ_ONCE(*y); }\n" END,
		true, true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_named_is_told),
		cmocka_unit_test(rcu_has_sides),
		cmocka_unit_test(who_follows_a_register_may_store_anywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
