/* SPDX-License-Identifier: BSD-2-Clause */
/* A twin takes its barrier's time, and never less than the median of it. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "host/clock.h"
#include "stress/cell_rig.h"
#include "stress/twin.h"

static struct rcs_samples samples;

static void quantiles_are_of_the_most_recent_samples(void **state)
{
	(void)state;
	memset(&samples, 0, sizeof(samples));
	assert_int_equal(rcs_samples_quantile(&samples, 0.5), 0);
	for (uint64_t i = 0; i < 2 * RCS_SAMPLES_MAX; i++)
		rcs_samples_add(&samples, i);
	assert_int_equal(rcs_samples_count(&samples), RCS_SAMPLES_MAX);
	assert_int_equal(rcs_samples_quantile(&samples, 0.0), RCS_SAMPLES_MAX);
	assert_int_equal(rcs_samples_quantile(&samples, 1.0), 2 * RCS_SAMPLES_MAX - 1);
	/* Somebody pressed Ctrl-Z; the counter ran backwards. */
	rcs_samples_add(&samples, rcs_cycles_from_ns(5000000000));
	rcs_samples_add(&samples, (uint64_t)-100);
	assert_int_equal(rcs_samples_quantile(&samples, 1.0), 2 * RCS_SAMPLES_MAX - 1);
}

/* One sample in three is a call that met nobody: it must not be replayed. */
static void no_call_is_shorter_than_the_median(void **state)
{
	struct rcs_twin_state twin;
	uint64_t usual = rcs_cycles_from_ns(20000), least = UINT64_MAX;

	(void)state;
	memset(&samples, 0, sizeof(samples));
	for (int i = 0; i < 300; i++)
		rcs_samples_add(&samples, i % 3 == 0 ? 10 : usual);
	rcs_twin_ready(&twin, &samples, rcs_samples_quantile(&samples, 0.5), 1);
	for (int i = 0; i < 1000; i++) {
		uint64_t start = rcs_cycles();

		assert_int_equal(rcs_twin_heavy(&twin), 0);
		start = rcs_cycles() - start;
		least = start < least ? start : least;
	}
	assert_true(least >= usual);
}

/* However long it is to wait: else the horizon of an unfenced twin is a fenced one's.
 */
static void a_wait_has_the_fences_of_the_control(void **state)
{
	static struct rcs_plan plan = {.writers = 1, .readers = 1};
	static struct rcs_twin_state twins[2];
	static void *arguments[2] = {&twins[0], &twins[1]};
	static struct rcs_cell cell = {
		.plan = &plan,
		.twin_state = twins,
		.twin_argument = arguments,
	};

	(void)state;
	plan.control = RCS_CONTROL_TWIN;
	assert_ptr_equal(rcs_cell_wait(&cell, 1000).heavy, rcs_twin_heavy);
	plan.control = RCS_CONTROL_UNFENCED_TWIN;
	assert_ptr_equal(rcs_cell_wait(&cell, 1000).heavy, rcs_twin_unfenced);
	assert_int_equal(twins[1].least, rcs_cycles_from_ns(1000));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quantiles_are_of_the_most_recent_samples),
		cmocka_unit_test(no_call_is_shorter_than_the_median),
		cmocka_unit_test(a_wait_has_the_fences_of_the_control),
	};

	return cmocka_run_group_tests_name("twin", tests, NULL, NULL);
}
