/* SPDX-License-Identifier: BSD-2-Clause */
/* Warming up: it calls, it keeps the others running, and says when it cannot. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "stress/warm_up.h"

static int counts(void *writer)
{
	++*(uint64_t *)writer;
	return 0;
}

static int fails(void *writer)
{
	(void)writer;
	return -EPERM;
}

/* As many seats as it takes, though this machine may have fewer CPUs. */
static struct rcs_cpus seats(int count)
{
	struct rcs_cpus here, cpus = {.count = count};
	struct rcs_error e;

	assert_int_equal(rcs_cpus_available(&here, &e), 0);
	for (int i = 0; i < count; i++)
		cpus.id[i] = here.id[i % here.count];
	return cpus;
}

static void it_calls_while_others_run(void **state)
{
	const struct rcs_barrier barrier = {.name = "counts", .heavy = counts};
	struct rcs_cpus cpus = seats(4);
	uint64_t seen = 0, calls = 0;
	struct rcs_error e;

	(void)state;
	/* On a busy machine the thread that calls may not get its turn at once. */
	for (uint64_t ns = 20000000; calls == 0 && ns < UINT64_C(20000000000); ns *= 10)
		assert_int_equal(rcs_warm_up(&barrier, &seen, &cpus, ns, &calls, &e),
				 0);
	assert_true(calls > 0);
	assert_int_equal(calls, seen);
}

static void it_needs_four_cpus(void **state)
{
	const struct rcs_barrier barrier = {.name = "counts", .heavy = counts};
	struct rcs_cpus cpus = seats(3);
	uint64_t seen = 0, calls;
	struct rcs_error e;

	(void)state;
	assert_int_equal(rcs_warm_up(&barrier, &seen, &cpus, 20000000, &calls, &e), -1);
	assert_int_equal(e.kind, RCS_ERROR_UNSUPPORTED);
	assert_int_equal(seen, 0);
}

static void a_call_that_fails_ends_it(void **state)
{
	const struct rcs_barrier barrier = {.name = "fails", .heavy = fails};
	struct rcs_cpus cpus = seats(4);
	uint64_t calls;
	struct rcs_error e;

	(void)state;
	assert_int_equal(
		rcs_warm_up(&barrier, NULL, &cpus, UINT64_C(3600000000000), &calls, &e),
		-1);
	assert_int_equal(e.kind, RCS_ERROR_FAULT);
	assert_int_equal(calls, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_calls_while_others_run),
		cmocka_unit_test(it_needs_four_cpus),
		cmocka_unit_test(a_call_that_fails_ends_it),
	};

	return cmocka_run_group_tests_name("warm up", tests, NULL, NULL);
}
