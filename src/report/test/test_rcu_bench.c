/* SPDX-License-Identifier: BSD-2-Clause */
/* The tables of `rcustress bench --rcu`, from made-up results. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/rcu_bench.h"

static struct rcs_rcu_bench bench;
static char *text;
static size_t size;

static struct rcs_rcu_bench_row *add(const char *name)
{
	struct rcs_rcu_bench_row *row = &bench.row[bench.rows++];

	(void)snprintf(row->name, sizeof(row->name), "%s", name);
	row->rounds = 8;
	return row;
}

static int start(void **state)
{
	(void)state;
	memset(&bench, 0, sizeof(bench));
	return 0;
}

static int end(void **state)
{
	(void)state;
	free(text);
	text = NULL;
	return 0;
}

static FILE *open_text(void)
{
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	return out;
}

static void close_text(FILE *out)
{
	assert_int_equal(fclose(out), 0);
}

static void has(const char *row)
{
	if (strstr(text, row) == NULL)
		fail_msg("no '%s' in:\n%s", row, text);
}

static void lines_are_100_columns_at_most(void)
{
	for (const char *at = text; *at != '\0';) {
		size_t length = strcspn(at, "\n");

		assert_in_range(length, 0, 100);
		at += length + (at[length] == '\n');
	}
}

static void grace_periods_are_held_against_heavy_and_memb(void **state)
{
	FILE *out = open_text();
	struct rcs_rcu_bench_row *row = add(RCS_RCU_BENCH_HEAVY);

	(void)state;
	row->p50_ns = 10000;
	row = add("asym");
	row->p50_ns = 12000;
	row->p90_ns = 13000;
	row->p99_ns = 14000;
	row->most_ns = 1500000;
	row = add(RCS_RCU_BENCH_MEMB);
	row->p50_ns = 24000;
	rcs_rcu_bench_grace_table(out, "membarrier", "one reader, short sections",
				  &bench);
	close_text(out);
	has("us a call, over membarrier, one reader, short sections\n");
	has("  asym                      12.00     13.00     14.00   1500.00     1.20x "
	    "        0.50x\n");
	lines_are_100_columns_at_most();
}

static void a_star_says_that_other_programs_had_the_cpu(void **state)
{
	static struct rcs_rcu_bench_column column[1];
	FILE *out = open_text();
	struct rcs_rcu_bench_row *row = add("asym");

	(void)state;
	row->p50_ns = 12000;
	row->per_second = 4711;
	row->disturbed = true;
	rcs_rcu_bench_grace_table(out, "membarrier", "one reader", &bench);
	column[0].bench = bench;
	rcs_rcu_bench_rate_table(out, "mprotect", "callers x readers", column, 1);
	close_text(out);
	has("*    12.00");
	has("*     4711");
	has("\n  * other programs had");
}

static void without_a_base_there_is_no_ratio(void **state)
{
	FILE *out = open_text();
	struct rcs_rcu_bench_row *row = add("asym");

	(void)state;
	row->p50_ns = 12000;
	rcs_rcu_bench_grace_table(out, "membarrier", "no reader", &bench);
	close_text(out);
	has("12.00      0.00      0.00      0.00         -             -\n");
}

static void what_was_not_measured_has_its_row_and_says_why(void **state)
{
	FILE *out = open_text();
	struct rcs_rcu_bench_row *row = add("asym");

	(void)state;
	row->rounds = 0;
	(void)snprintf(row->reason, sizeof(row->reason), "no such thing here");
	add("qsbr")->rounds = 0;
	rcs_rcu_bench_read_table(out, &bench);
	rcs_rcu_bench_callbacks_table(out, "membarrier", 4, &bench);
	close_text(out);
	has("  asym                   not measured: no such thing here\n");
	has("  qsbr                   not measured\n");
	has("membarrier, 4 producers;");
}

static void rates_have_a_column_for_each_measurement(void **state)
{
	static struct rcs_rcu_bench_column column[4];
	FILE *out = open_text();

	(void)state;
	add(RCS_RCU_BENCH_MEMB)->per_second = 1000;
	add("asym")->per_second = 2500;
	for (int c = 0; c < 4; c++) {
		column[c].bench = bench;
		(void)snprintf(column[c].head, sizeof(column[c].head), "%dx1", 1 << c);
	}
	/* The last one was interrupted before it came to asym. */
	column[3].bench.row[1].rounds = 0;
	rcs_rcu_bench_rate_table(out, "mprotect", "callers x readers", column, 4);
	close_text(out);
	has("               8x1\n");
	has("      2500   2.50x      2500   2.50x         -       -\n");
	lines_are_100_columns_at_most();
}

static void callbacks_have_two_rates(void **state)
{
	FILE *out = open_text();
	struct rcs_rcu_bench_row *row = add("asym");

	(void)state;
	row->per_second = 12345678;
	row->invoked = 10000000;
	row = add(RCS_RCU_BENCH_MEMB);
	row->per_second = 12345678;
	row->invoked = 5000000;
	rcs_rcu_bench_callbacks_table(out, "membarrier", 1, &bench);
	close_text(out);
	has("membarrier, 1 producer;");
	has("     12345678   1.00x     10000000   2.00x\n");
	lines_are_100_columns_at_most();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			grace_periods_are_held_against_heavy_and_memb, start, end),
		cmocka_unit_test_setup_teardown(
			a_star_says_that_other_programs_had_the_cpu, start, end),
		cmocka_unit_test_setup_teardown(without_a_base_there_is_no_ratio, start,
						end),
		cmocka_unit_test_setup_teardown(
			what_was_not_measured_has_its_row_and_says_why, start, end),
		cmocka_unit_test_setup_teardown(
			rates_have_a_column_for_each_measurement, start, end),
		cmocka_unit_test_setup_teardown(callbacks_have_two_rates, start, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
