/* SPDX-License-Identifier: BSD-2-Clause */
/* Shares of a time budget. No clock is asked: elapsed time is an argument. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "cli/budget.h"

#define S UINT64_C(1000000000)

static void without_a_total_each_cell_has_its_own_limit(void **state)
{
	struct rcs_budget budget = {.cell_ns = 7 * S};

	(void)state;
	assert_true(rcs_budget_share(&budget, 0, 4) == 7 * S);
	assert_true(rcs_budget_share(&budget, 1000 * S, 1) == 7 * S);
}

static void each_cell_may_take_an_even_share(void **state)
{
	struct rcs_budget budget = {.total_ns = 60 * S};

	(void)state;
	assert_true(rcs_budget_share(&budget, 0, 4) == 15 * S);
	assert_true(rcs_budget_share(&budget, 15 * S, 3) == 15 * S);
	assert_true(rcs_budget_share(&budget, 45 * S, 1) == 15 * S);
}

static void what_an_early_verdict_saves_goes_to_later_cells(void **state)
{
	struct rcs_budget budget = {.total_ns = 60 * S};

	(void)state;
	assert_true(rcs_budget_share(&budget, 0 * S, 3) == 20 * S);
	assert_true(rcs_budget_share(&budget, 2 * S, 2) == 29 * S);
	assert_true(rcs_budget_share(&budget, 3 * S, 1) == 57 * S);
}

static void the_smaller_of_share_and_limit_counts(void **state)
{
	struct rcs_budget budget = {.cell_ns = 20 * S, .total_ns = 60 * S};

	(void)state;
	assert_true(rcs_budget_share(&budget, 0, 4) == 15 * S);
	assert_true(rcs_budget_share(&budget, 0, 2) == 20 * S);
}

static void no_share_is_below_the_floor(void **state)
{
	struct rcs_budget budget = {.total_ns = 60 * S};

	(void)state;
	assert_true(rcs_budget_share(&budget, 60 * S, 3) == RCS_BUDGET_FLOOR_NS);
	assert_true(rcs_budget_share(&budget, 61 * S, 3) == RCS_BUDGET_FLOOR_NS);
	assert_true(rcs_budget_share(&budget, 60 * S - 1, 1) == RCS_BUDGET_FLOOR_NS);
	assert_true(rcs_budget_share(&budget, 0, 0) == 60 * S);
	/* A limit below it was asked for, and is kept to. */
	budget.cell_ns = RCS_BUDGET_FLOOR_NS / 2;
	assert_true(rcs_budget_share(&budget, 61 * S, 3) == RCS_BUDGET_FLOOR_NS / 2);
}

static void shares_never_add_up_to_more_than_the_total(void **state)
{
	struct rcs_budget budget = {.total_ns = 61 * S + 1};
	uint64_t elapsed_ns = 0;

	(void)state;
	for (size_t left = 7; left > 0; left--)
		elapsed_ns += rcs_budget_share(&budget, elapsed_ns, left);
	assert_true(elapsed_ns == budget.total_ns);
}

static void ten_seconds_a_cell_is_the_default(void **state)
{
	struct rcs_budget nothing = {0}, total = {.total_ns = 60 * S};
	struct rcs_error e;

	(void)state;
	assert_int_equal(rcs_budget_settle(&nothing, 3, &e), 0);
	assert_true(rcs_budget_share(&nothing, 0, 3) == 10 * S);
	/* … and does not apply where a total decides. */
	assert_int_equal(rcs_budget_settle(&total, 3, &e), 0);
	assert_true(rcs_budget_share(&total, 0, 3) == 20 * S);
}

static void a_total_that_is_too_small_is_refused(void **state)
{
	struct rcs_budget enough = {.total_ns = 3 * RCS_BUDGET_FLOOR_NS};
	struct rcs_budget little = {.total_ns = 3 * RCS_BUDGET_FLOOR_NS - 1};
	struct rcs_budget brief = {.cell_ns = 1000, .total_ns = 3000};
	struct rcs_error e;

	(void)state;
	assert_int_equal(rcs_budget_settle(&enough, 3, &e), 0);
	assert_int_equal(rcs_budget_settle(&little, 3, &e), -1);
	assert_int_equal(e.kind, RCS_ERROR_USAGE);
	assert_non_null(strstr(e.text, "too little for 3 cells"));
	assert_int_equal(rcs_budget_settle(&little, 2, &e), 0);
	assert_int_equal(rcs_budget_settle(&brief, 3, &e), 0);
	assert_int_equal(rcs_budget_settle(&brief, 4, &e), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_total_each_cell_has_its_own_limit),
		cmocka_unit_test(each_cell_may_take_an_even_share),
		cmocka_unit_test(what_an_early_verdict_saves_goes_to_later_cells),
		cmocka_unit_test(the_smaller_of_share_and_limit_counts),
		cmocka_unit_test(no_share_is_below_the_floor),
		cmocka_unit_test(shares_never_add_up_to_more_than_the_total),
		cmocka_unit_test(ten_seconds_a_cell_is_the_default),
		cmocka_unit_test(a_total_that_is_too_small_is_refused),
	};

	return cmocka_run_group_tests_name("budget", tests, NULL, NULL);
}
