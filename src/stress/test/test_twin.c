/* SPDX-License-Identifier: BSD-2-Clause */
/* A twin takes its barrier's time, and never less than the median of it. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "host/clock.h"
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quantiles_are_of_the_most_recent_samples),
		cmocka_unit_test(no_call_is_shorter_than_the_median),
	};

	return cmocka_run_group_tests_name("twin", tests, NULL, NULL);
}
