/* SPDX-License-Identifier: BSD-2-Clause */
/* The horizon, what it lets a machine judge, and its plot, from made-up points. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "report/horizon.h"

static struct rcs_horizon horizon;

static void add(uint64_t delay_ns, uint64_t hit_rounds, uint64_t hits)
{
	struct rcs_result r = {.amplifier = "made-up", .depth = 8};

	r.subject = (struct rcs_arm_total){.rounds = 20,
					   .hit_rounds = hit_rounds,
					   .exposed = 100000,
					   .hits = hits,
					   .time_ns = 1000000000};
	rcs_horizon_add(&horizon, delay_ns, &r);
}

static int start(void **state)
{
	(void)state;
	memset(&horizon, 0, sizeof(horizon));
	return 0;
}

static void the_horizon_is_the_longest_delay_with_half_of_its_rounds_hit(void **state)
{
	(void)state;
	assert_null(rcs_horizon_of(&horizon));
	add(100, 20, 90000);
	add(1000, 10, 20);
	add(10000, 9, 30); /* more hits, but fewer rounds */
	assert_int_equal(rcs_horizon_of(&horizon)->delay_ns, 1000);
	add(100000, 10, 10); /* beyond one that fell short: still the longest */
	assert_int_equal(rcs_horizon_of(&horizon)->delay_ns, 100000);
}

static void no_round_is_no_half(void **state)
{
	struct rcs_result nothing = {.filled = true};

	(void)state;
	rcs_horizon_add(&horizon, 100, &nothing);
	assert_null(rcs_horizon_of(&horizon));
}

static struct rcs_result costs(uint64_t alone_ns, uint64_t exposed_ns,
			       double interrupts)
{
	struct rcs_result r = {.alone = {.samples = 100, .p50_ns = alone_ns},
			       .exposed = {.samples = 100, .p50_ns = exposed_ns}};

	r.subject.rounds = 1;
	r.mechanism.readable = true;
	r.mechanism.per_exposed = interrupts;
	return r;
}

static void a_twin_can_be_hit_up_to_the_horizon(void **state)
{
	struct rcs_result quick = costs(500, 9000, 1.0), slow = costs(3000, 20000, 2.0),
			  silent = costs(500, 9000, 0.0),
			  hopeless = costs(8000000, 8000000, 0.0);

	(void)state;
	assert_true(rcs_horizon_twins(10000, &quick).delay);
	assert_true(rcs_horizon_twins(10000, &quick).absent);
	assert_false(rcs_horizon_twins(10000, &slow).delay);
	assert_true(rcs_horizon_twins(10000, &slow).absent);
	/* Nobody is interrupted: "no interrupt was sent" would be no news. */
	assert_false(rcs_horizon_twins(10000, &silent).absent);
	assert_false(rcs_horizon_twins(10000, &hopeless).delay);
	assert_false(rcs_horizon_twins(0, &quick).delay);
}

static char *printed(void (*print)(FILE *out))
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	print(out);
	fclose(out);
	return text;
}

static void plot(FILE *out)
{
	rcs_horizon_plot(out, &horizon);
}

static void cost_of_a_slow_one(FILE *out)
{
	struct rcs_result slow = costs(10000, 250000, 0.0);

	rcs_horizon_cost(out, &horizon, "slow", &slow);
}

static void the_plot_marks_shares_the_horizon_and_costs(void **state)
{
	char *text, *line;

	(void)state;
	add(100, 20, 100000);
	add(1000, 20, 10000);
	add(10000, 20, 1000);
	add(100000, 2, 0);
	text = printed(plot);
	assert_non_null(strstr(text, "100 % |* : \n"));
	assert_non_null(strstr(text, " 10 % | *: \n"));
	assert_non_null(strstr(text, "  1 % |  * \n"));
	assert_non_null(strstr(text, "+----\n"));
	free(text);
	text = printed(cost_of_a_slow_one);
	line = strstr(text, "  ae  none: 25 x too slow\n");
	assert_non_null(line);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(
			the_horizon_is_the_longest_delay_with_half_of_its_rounds_hit,
			start),
		cmocka_unit_test_setup(no_round_is_no_half, start),
		cmocka_unit_test_setup(a_twin_can_be_hit_up_to_the_horizon, start),
		cmocka_unit_test_setup(the_plot_marks_shares_the_horizon_and_costs,
				       start),
	};

	return cmocka_run_group_tests_name("horizon", tests, NULL, NULL);
}
