/* SPDX-License-Identifier: BSD-2-Clause */
/* The matrix of runs that are made up. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "report/matrix.h"
#include "report/matrix_names.h"
#include "report/test/test_matrix_records.h"

static struct rcs_report report;
static const struct rcs_machine *a; /* machine of a kind that does not matter */

static int begin(void **state)
{
	(void)state;
	report = (struct rcs_report){.pool = rcs_pool_create()};
	if (report.pool == NULL)
		return -1;
	a = made_machine(&report, "a", "cpu", "Linux 6.1");
	return 0;
}

static int end(void **state)
{
	(void)state;
	rcs_report_release(&report);
	rcs_pool_destroy(report.pool);
	return 0;
}

static const struct rcs_matrix *matrix(void)
{
	const struct rcs_matrix *m = rcs_matrix_of(&report);

	assert_non_null(m);
	return m;
}

static void a_report_of_nothing_has_an_empty_matrix(void **state)
{
	(void)state;
	assert_int_equal(matrix()->kinds, 0);
	assert_int_equal(matrix()->rows, 0);
	assert_int_equal(matrix()->end, RCS_RUN_SKIPPED);
}

static void versions_are_compared_as_numbers(void **state)
{
	(void)state;
	assert_true(rcs_name_compare("Linux 5.9", "Linux 5.10") < 0);
	assert_true(rcs_name_compare("6.1.0-20", "6.1.0-13") > 0);
	assert_true(rcs_name_compare("6.1.0-9", "6.1.0-13") < 0);
	assert_true(rcs_name_compare("6.1", "6.1.1") < 0);
	assert_true(rcs_name_compare("6.01", "6.1") < 0);
	assert_true(rcs_name_compare("6.01", "6.2") < 0);
	assert_true(rcs_name_compare("6.1a", "6.1b") < 0);
	assert_true(rcs_name_compare("99999999999999999999998",
				     "99999999999999999999999") < 0);
	assert_true(rcs_name_compare("b", "a") > 0);
	assert_int_equal(rcs_name_compare("6.1", "6.1"), 0);
}

static void names_have_numbers_in_the_order_of_first_appearance(void **state)
{
	static char text[5000][8];
	struct rcs_names names = {0};

	(void)state;
	assert_int_equal(rcs_name_find(&names, 0, "0"), RCS_NAME_NONE);
	for (uint32_t i = 0; i < 5000; i++) {
		(void)snprintf(text[i], sizeof(text[i]), "%u", (unsigned)i);
		assert_int_equal(rcs_name_number(&names, 0, text[i]), i);
	}
	/* The same text in another context is another name. */
	assert_int_equal(rcs_name_number(&names, 1, "7"), 5000);
	for (uint32_t i = 0; i < 5000; i++)
		assert_int_equal(rcs_name_find(&names, 0, text[i]), i);
	assert_int_equal(rcs_name_find(&names, 0, "5000"), RCS_NAME_NONE);
	rcs_names_free(&names);
}

static void kinds_are_in_order_and_count_machines_and_runs(void **state)
{
	static const char *const cpus[] = {"zen", "zen", "xeon 10", "xeon 9", "zen"};
	static const char *const kernels[] = {"6.1.0-20", "5.10", "6.1", "6.1", "5.9"};
	static const char *const order[] = {"6.1", "6.1", "5.9", "5.10", "6.1.0-20"};
	const struct rcs_matrix *m;
	struct rcs_machine *arm;

	(void)state;
	for (size_t i = 0; i < 5; i++)
		(void)made_single(&report,
				  made_machine(&report, "n", cpus[i], kernels[i]), "b",
				  "t", RCS_HOLDS);
	/* Two more runs of the last kind: on the same node, and on another. */
	(void)made_single(&report, made_machine(&report, "n", "zen", "5.9"), "b", "t",
			  RCS_HOLDS);
	(void)made_single(&report, made_machine(&report, "o", "zen", "5.9"), "b", "t",
			  RCS_HOLDS);
	arm = made_machine(&report, "n", "zen", "5.9");
	(void)snprintf(arm->arch, sizeof(arm->arch), "aarch64");
	(void)made_single(&report, arm, "b", "t", RCS_BROKEN);
	m = matrix();
	assert_int_equal(m->kinds, 6);
	assert_string_equal(m->kind[0].machine->arch, "aarch64");
	assert_string_equal(m->kind[1].machine->cpu, "xeon 9");
	assert_string_equal(m->kind[2].machine->cpu, "xeon 10");
	for (size_t k = 1; k < 6; k++) {
		assert_string_equal(m->kind[k].machine->kernel, order[k - 1]);
		assert_int_equal(m->kind[k].runs, k == 3 ? 3 : 1);
		assert_int_equal(m->kind[k].machines, k == 3 ? 2 : 1);
		assert_int_equal(m->row[0].entry[k].cells, k == 3 ? 3 : 1);
		assert_int_equal(m->row[0].entry[k].verdict, RCS_HOLDS);
	}
	assert_int_equal(m->row[0].entry[0].verdict, RCS_BROKEN);
}

static void emulated_machines_are_kinds_of_their_own(void **state)
{
	struct rcs_machine *m1 = made_machine(&report, "a", "cpu", "Linux 6.1");
	struct rcs_machine *m2 = made_machine(&report, "a", "cpu", "Linux 6.1");

	(void)state;
	m1->emulated = m2->emulated = true;
	(void)snprintf(m1->emulator, sizeof(m1->emulator), "qemu-x86_64");
	(void)made_single(&report, m1, "b", "t", RCS_BROKEN);
	(void)made_single(&report, m2, "b", "t", RCS_BROKEN);
	(void)made_single(&report, a, "b", "t", RCS_HOLDS);
	assert_int_equal(matrix()->kinds, 3);
	assert_false(matrix()->kind[0].machine->emulated);
	assert_int_equal(matrix()->row[0].entry[0].verdict, RCS_HOLDS);
}

static void rows_are_in_the_order_of_first_appearance_and_none_is_last(void **state)
{
	const struct rcs_record_cell first[] = {
		made_cell("z", "T2", RCS_HOLDS),
		made_cell("-", "SB+mbs", RCS_HOLDS),
		made_cell("y", "T1", RCS_HOLDS),
	};
	const struct rcs_record_cell second[] = {
		made_cell("x", "T1", RCS_HOLDS),
		made_cell("z", "T1", RCS_BROKEN),
		made_cell("y", "T1", RCS_HOLDS),
		made_cell("-", "LB+mbs", RCS_HOLDS),
	};
	const struct rcs_matrix *m;

	(void)state;
	(void)made_run(&report, a, 3, first);
	(void)made_run(&report, a, 4, second);
	m = matrix();
	assert_int_equal(m->rows, 4);
	assert_string_equal(m->row[0].barrier, "z");
	assert_string_equal(m->row[1].barrier, "y");
	assert_string_equal(m->row[2].barrier, "x");
	assert_string_equal(m->row[3].barrier, "-");
	assert_int_equal(m->row[0].tests, 2);
	assert_string_equal(m->row[0].test[0].name, "T2");
	assert_int_equal(m->row[0].test[0].entry[0].verdict, RCS_HOLDS);
	assert_string_equal(m->row[0].test[1].name, "T1");
	assert_int_equal(m->row[0].test[1].entry[0].verdict, RCS_BROKEN);
	assert_int_equal(m->row[0].entry[0].verdict, RCS_BROKEN);
	assert_int_equal(m->row[1].tests, 1);
	assert_int_equal(m->row[1].test[0].entry[0].cells, 2);
	assert_int_equal(m->row[2].tests, 1);
	assert_int_equal(m->row[3].tests, 2);
	assert_string_equal(m->row[3].test[1].name, "LB+mbs");
}

static void one_broken_among_thousands_is_broken(void **state)
{
	struct rcs_record_run *run = NULL;
	const struct rcs_matrix *m;

	(void)state;
	for (size_t i = 0; i < 10000; i++) {
		struct rcs_record_run *made = made_single(
			&report, a, "b", "t", i == 5000 ? RCS_BROKEN : RCS_HOLDS);

		run = i == 5000 ? made : run;
	}
	m = matrix();
	assert_int_equal(m->row[0].entry[0].verdict, RCS_BROKEN);
	assert_int_equal(m->row[0].entry[0].cells, 10000);
	assert_int_equal(m->row[0].entry[0].count[RCS_HOLDS], 9999);
	assert_int_equal(m->row[0].entry[0].count[RCS_BROKEN], 1);
	assert_ptr_equal(m->row[0].entry[0].worst_run, run);
	assert_ptr_equal(m->row[0].entry[0].worst, run->cell);
	assert_int_equal(m->end, RCS_RUN_BROKEN);
}

/* A verdict, and what it was measured by. */
struct given {
	enum rcs_verdict verdict;
	struct rcs_standing standing;
};

#define EXPECTED(verdicts)                                                             \
	{                                                                              \
		.expected = (verdicts)                                                 \
	}
#define BIT(verdict) RCS_VERDICT_BIT(RCS_##verdict)

/* What stands for two verdicts, whichever comes first: the first of them. */
static void the_first_goes_before_the_second(const struct given *first,
					     const struct given *second)
{
	for (int turn = 0; turn < 2; turn++) {
		struct rcs_record_cell cell[2] = {
			made_cell("b", "t", first->verdict),
			made_cell("b", "t", second->verdict),
		};
		const struct rcs_matrix_entry *entry;

		cell[0].standing = first->standing;
		cell[1].standing = second->standing;
		if (turn == 1) {
			struct rcs_record_cell swap = cell[0];

			cell[0] = cell[1];
			cell[1] = swap;
		}
		report.runs = 0;
		(void)made_run(&report, a, 2, cell);
		entry = &matrix()->row[0].entry[0];
		assert_int_equal(entry->verdict, first->verdict);
		assert_memory_equal(&entry->standing, &first->standing,
				    sizeof(entry->standing));
		assert_ptr_equal(entry->worst, &report.run[0]->cell[turn]);
	}
}

static void what_speaks_against_a_run_stands_for_the_rest(void **state)
{
	/* In the order that is wanted; each before all that follow. */
	static const struct given order[] = {
		{RCS_FAULT, {0}},
		{RCS_BROKEN, {0}},
		/* Another was expected: a known failure that is none any more. */
		{RCS_HOLDS, EXPECTED(BIT(BROKEN))},
		{RCS_SKIPPED, EXPECTED(BIT(HOLDS))},
		{RCS_INCONCLUSIVE, {0}},
		/* A control that was not caught. */
		{RCS_HOLDS, {.self_test = true}},
		/* Nothing speaks against a run from here on. */
		{RCS_BROKEN, EXPECTED(BIT(BROKEN))},
		{RCS_INCONCLUSIVE, EXPECTED(BIT(INCONCLUSIVE) | BIT(HOLDS))},
		{RCS_HOLDS, {0}},
		{RCS_ALLOWED, {0}},
		{RCS_SKIPPED, {0}},
	};
	static const struct given control = {RCS_BROKEN, {.self_test = true}};
	size_t count = sizeof(order) / sizeof(order[0]);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		for (size_t j = i + 1; j < count; j++)
			the_first_goes_before_the_second(&order[i], &order[j]);
	}
	/* That of a control is like one that was expected. */
	for (size_t i = 0; i < 6; i++)
		the_first_goes_before_the_second(&order[i], &control);
	for (size_t i = 7; i < count; i++)
		the_first_goes_before_the_second(&control, &order[i]);
}

static void expectations_are_counted(void **state)
{
	struct rcs_record_cell cell[] = {
		made_cell("b", "t", RCS_BROKEN), made_cell("b", "t", RCS_HOLDS),
		made_cell("b", "t", RCS_HOLDS),	 made_cell("b", "t", RCS_BROKEN),
		made_cell("b", "t", RCS_HOLDS),	 made_cell("b", "t", RCS_HOLDS),
	};
	const struct rcs_matrix_entry *entry;

	(void)state;
	cell[0].standing.expected = BIT(BROKEN);
	cell[1].standing.expected = BIT(BROKEN); /* unexpected */
	cell[2].standing.expected = BIT(HOLDS);
	cell[2].sensitivity = 300;
	cell[3].standing.self_test = true;
	cell[4].standing.self_test = true; /* not caught, and so in no family */
	cell[5].sensitivity = 200;
	(void)made_run(&report, a, 6, cell);
	entry = &matrix()->row[0].entry[0];
	assert_int_equal(entry->expected, 2);
	assert_int_equal(entry->unexpected, 1);
	assert_int_equal(entry->self_tests, 1);
	assert_int_equal(entry->holding.count, 2);
	assert_true(entry->holding.p_any_missed == 0x1p-19);
	assert_true(entry->sensitivity_least == 200.0);
	assert_int_equal(entry->count[RCS_HOLDS], 4);
}

static void the_end_is_that_of_all_cells(void **state)
{
	struct rcs_record_run *run;

	(void)state;
	(void)made_single(&report, a, "b", "t", RCS_SKIPPED);
	assert_int_equal(matrix()->end, RCS_RUN_SKIPPED);
	(void)made_single(&report, a, "b", "t", RCS_HOLDS);
	assert_int_equal(matrix()->end, RCS_RUN_HOLDS);
	assert_false(matrix()->interrupted);
	run = made_single(&report, a, "b", "t", RCS_HOLDS);
	run->interrupted = true;
	assert_int_equal(matrix()->end, RCS_RUN_INCONCLUSIVE);
	assert_true(matrix()->interrupted);
	(void)made_single(&report, a, "c", "t", RCS_BROKEN);
	assert_int_equal(matrix()->end, RCS_RUN_BROKEN);
	assert_true(matrix()->interrupted);
	(void)made_single(&report, a, "b", "t", RCS_FAULT);
	assert_int_equal(matrix()->end, RCS_RUN_FAULT);
}

static void as_many_kinds_as_runs_have_a_column_each(void **state)
{
	const struct rcs_matrix *m;

	(void)state;
	for (int i = 0; i < 2000; i++) {
		char kernel[16];

		(void)snprintf(kernel, sizeof(kernel), "6.%d", (i * 7) % 2000);
		(void)made_single(&report, made_machine(&report, "n", "cpu", kernel),
				  "b", "t",
				  (i * 7) % 2000 == 9 ? RCS_BROKEN : RCS_HOLDS);
	}
	m = matrix();
	assert_int_equal(m->kinds, 2000);
	for (size_t k = 0; k < 2000; k++)
		assert_int_equal(m->row[0].entry[k].verdict,
				 k == 9 ? RCS_BROKEN : RCS_HOLDS);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(a_report_of_nothing_has_an_empty_matrix),
		EACH(versions_are_compared_as_numbers),
		EACH(names_have_numbers_in_the_order_of_first_appearance),
		EACH(kinds_are_in_order_and_count_machines_and_runs),
		EACH(emulated_machines_are_kinds_of_their_own),
		EACH(rows_are_in_the_order_of_first_appearance_and_none_is_last),
		EACH(one_broken_among_thousands_is_broken),
		EACH(what_speaks_against_a_run_stands_for_the_rest),
		EACH(expectations_are_counted),
		EACH(the_end_is_that_of_all_cells),
		EACH(as_many_kinds_as_runs_have_a_column_each),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
