/* SPDX-License-Identifier: BSD-2-Clause */
/* A fleet's report: groups, findings and how they are folded, and the campaign. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>

#include "report/test/fleet_records.h"

static void near(double a, double b)
{
	if (!(fabs(a - b) <= 1e-9 * fabs(b)))
		fail_msg("%.12g, not %.12g", a, b);
}

/* So many nodes from this number on, each with one cell. */
static void add_nodes(int from, int count, const char *cpu, const char *microcode,
		      const char *kernel, const char *barrier, enum rcs_verdict verdict)
{
	for (int i = 0; i < count; i++)
		(void)made_single(&report, node(from + i, cpu, microcode, kernel),
				  barrier, "t", verdict);
}

static void a_fleet_of_nothing(void **state)
{
	const struct rcs_fleet *f = made_fleet(NULL);

	(void)state;
	assert_int_equal(f->findings, 0);
	assert_int_equal(f->outliers, 0);
	for (int p = 0; p < RCS_FLEET_PARTS; p++)
		assert_int_equal(f->groups[p], 0);
}

static void groups_go_by_what_machines_have_in_common(void **state)
{
	const struct rcs_fleet *f;

	(void)state;
	add_nodes(0, 3, "A", "1", "5", "b", RCS_HOLDS);
	add_nodes(3, 2, "A", "2", "5", "b", RCS_HOLDS);
	add_nodes(5, 1, "A", "2", "6", "b", RCS_INCONCLUSIVE);
	add_nodes(0, 1, "B", "2", "6", "b", RCS_SKIPPED);
	/* The same node again, with another kernel and another barrier. */
	add_nodes(0, 1, "A", "1", "6", "c", RCS_HOLDS);
	f = made_fleet(NULL);
	assert_int_equal(f->groups[RCS_FLEET_ALL], 1);
	assert_int_equal(f->groups[RCS_FLEET_MODELS], 2);
	assert_int_equal(f->groups[RCS_FLEET_MICROCODES], 3);
	assert_int_equal(f->groups[RCS_FLEET_KERNELS], 2);
	assert_int_equal(f->groups[RCS_FLEET_EQUALS], 5);
	assert_int_equal(f->group[RCS_FLEET_ALL]->machines, 7);
	assert_int_equal(f->group[RCS_FLEET_ALL]->runs, 8);
	assert_int_equal(f->group[RCS_FLEET_MODELS][0].machines, 6);
	assert_int_equal(f->group[RCS_FLEET_MODELS][0].runs, 7);
	assert_int_equal(f->group[RCS_FLEET_MODELS][0].undecided, 1);
	assert_int_equal(f->group[RCS_FLEET_MODELS][1].undecided, 1);
	/* Never run there; and skipped. */
	assert_int_equal(f->group[RCS_FLEET_MODELS][1].entry[1].cells, 0);
	assert_string_equal(f->group[RCS_FLEET_MODELS][1].entry[1].barrier, "c");
	assert_int_equal(f->group[RCS_FLEET_MODELS][1].entry[0].cells, 1);
	assert_int_equal(f->group[RCS_FLEET_MODELS][1].entry[0].machines, 0);
	assert_int_equal(f->group[RCS_FLEET_MODELS][0].entry[0].count[RCS_HOLDS], 5);
	assert_int_equal(f->group[RCS_FLEET_MODELS][0].entry[0].holding_machines, 5);
}

static void the_rarest_comes_first(void **state)
{
	const struct rcs_fleet *f;

	(void)state;
	add_nodes(0, 20, "A", "1", "5", "b", RCS_HOLDS);
	add_nodes(20, 2, "A", "1", "5", "b", RCS_BROKEN);
	add_nodes(100, 50, "B", "1", "5", "b", RCS_HOLDS);
	add_nodes(150, 1, "B", "1", "5", "b", RCS_BROKEN);
	add_nodes(200, 1, "C", "1", "5", "b", RCS_HOLDS);
	add_nodes(201, 1, "C", "1", "5", "b", RCS_BROKEN);
	add_nodes(300, 1, "D", "1", "5", "b", RCS_FAULT);
	f = made_fleet(NULL);
	assert_int_equal(f->findings, 5);
	for (size_t i = 0; i < 5; i++) {
		static const struct {
			const char *name;
			size_t machines, of;
			bool outlier;
		} want[] = {{"n300", 1, 1, false},
			    {"n150", 1, 51, true},
			    {"n201", 1, 2, false},
			    {"n20", 2, 22, true},
			    {"n21", 2, 22, true}};
		const struct rcs_fleet_finding *one = &f->finding[i];

		assert_string_equal(one->run->machine->name, want[i].name);
		assert_true(one->alone);
		assert_int_equal(one->machines, want[i].machines);
		assert_int_equal(one->of, want[i].of);
		assert_int_equal(one->outlier, want[i].outlier);
	}
}

static void what_most_of_a_group_have_is_one_finding(void **state)
{
	struct rcs_record_cell both[] = {made_cell("b", "t", RCS_BROKEN),
					 made_cell("b", "u", RCS_BROKEN)};
	const struct rcs_fleet *f;

	(void)state;
	/* A model, in two tests, but for a machine which could not tell. */
	for (int i = 0; i < 9; i++)
		(void)made_run(&report, node(i, "A", i < 5 ? "1" : "2", "5"), 2, both);
	add_nodes(9, 1, "A", "1", "6", "b", RCS_INCONCLUSIVE);
	/* A microcode. */
	add_nodes(100, 2, "B", "1", "5", "b", RCS_BROKEN);
	add_nodes(102, 8, "B", "2", "5", "b", RCS_HOLDS);
	/* Many among equals, though few of them. */
	add_nodes(200, 4, "C", "1", "5", "b", RCS_BROKEN);
	add_nodes(204, 90, "C", "1", "5", "b", RCS_HOLDS);
	/* Another barrier on one kernel, of two models. */
	add_nodes(300, 3, "B", "2", "7", "k", RCS_BROKEN);
	add_nodes(303, 3, "C", "1", "7", "k", RCS_BROKEN);
	add_nodes(306, 9, "C", "1", "5", "k", RCS_HOLDS);
	f = made_fleet(NULL);
	assert_int_equal(f->findings, 4);
	assert_int_equal(f->finding[0].scope, RCS_FLEET_MICROCODES);
	assert_int_equal(f->finding[0].machines, 2);
	assert_int_equal(f->finding[0].of, 2);
	assert_int_equal(f->finding[1].scope, RCS_FLEET_EQUALS);
	assert_int_equal(f->finding[1].machines, 4);
	assert_int_equal(f->finding[1].of, 94);
	assert_int_equal(f->finding[1].names, 3);
	assert_string_equal(f->finding[1].name[2], "n202");
	assert_int_equal(f->finding[2].scope, RCS_FLEET_KERNELS);
	assert_int_equal(f->finding[2].machines, 6);
	assert_int_equal(f->finding[3].scope, RCS_FLEET_MODELS);
	assert_int_equal(f->finding[3].machines, 9);
	assert_int_equal(f->finding[3].of, 10);
	assert_int_equal(f->finding[3].tests, 2);
	for (size_t i = 0; i < 4; i++)
		assert_false(f->finding[i].alone);
}

/* Two models have one kernel. All machines of one are bad, and one of the other. */
static void a_bad_machine_is_not_lost_among_those_of_its_kernel(void **state)
{
	const struct rcs_fleet *f;

	(void)state;
	add_nodes(0, 19, "A", "1", "5", "b", RCS_HOLDS);
	add_nodes(19, 1, "A", "1", "5", "b", RCS_BROKEN);
	add_nodes(0, 20, "B", "1", "5", "b", RCS_BROKEN);
	f = made_fleet(NULL);
	assert_int_equal(f->findings, 2);
	assert_true(f->finding[0].alone);
	assert_string_equal(f->finding[0].run->machine->name, "n19");
	assert_int_equal(f->finding[1].scope, RCS_FLEET_MODELS);
	assert_int_equal(f->finding[1].machines, 20);
}

/* Nor are those of a microcode taken for those of the model, though they are most of
 * it. */
static void what_a_microcode_does_is_not_the_models(void **state)
{
	const struct rcs_fleet *f;

	(void)state;
	add_nodes(0, 60, "A", "1", "5", "b", RCS_BROKEN);
	add_nodes(60, 39, "A", "2", "5", "b", RCS_HOLDS);
	f = made_fleet(NULL);
	assert_int_equal(f->findings, 1);
	assert_int_equal(f->finding->scope, RCS_FLEET_MICROCODES);
	add_nodes(99, 1, "A", "2", "5", "b", RCS_BROKEN);
	f = made_fleet(NULL);
	assert_int_equal(f->findings, 2);
	assert_string_equal(f->finding[0].run->machine->name, "n99");
	assert_true(f->finding[0].outlier);
	assert_int_equal(f->finding[1].machines, 60);
}

/* One kernel of a model, whatever the microcode. */
static void a_kernel_of_one_model_is_one_finding(void **state)
{
	const struct rcs_fleet *f;

	(void)state;
	add_nodes(0, 9, "A", "1", "5", "b", RCS_HOLDS);
	add_nodes(10, 9, "A", "2", "5", "b", RCS_HOLDS);
	add_nodes(20, 3, "A", "1", "6", "b", RCS_BROKEN);
	add_nodes(30, 3, "A", "2", "6", "b", RCS_BROKEN);
	add_nodes(40, 30, "B", "1", "6", "b", RCS_HOLDS);
	f = made_fleet(NULL);
	assert_int_equal(f->findings, 1);
	assert_int_equal(f->finding->scope, RCS_FLEET_RELEASES);
	assert_int_equal(f->finding->machines, 6);
	assert_int_equal(f->finding->of, 6);
}

static void what_was_expected_speaks_against_nobody(void **state)
{
	struct rcs_record_cell cell = made_cell("none", "t", RCS_BROKEN);
	const struct rcs_fleet *f;
	const struct rcs_fleet_entry *e;

	(void)state;
	cell.standing.expected = RCS_VERDICT_BIT(RCS_BROKEN);
	(void)made_run(&report, node(0, "A", "", "5"), 1, &cell);
	cell.standing = (struct rcs_standing){.self_test = true};
	(void)made_run(&report, node(1, "A", "", "5"), 1, &cell);
	f = made_fleet(NULL);
	e = f->group[RCS_FLEET_ALL]->entry;
	assert_int_equal(f->findings, 0);
	assert_int_equal(e->known, 2);
	assert_int_equal(e->bad, 0);
	/* They tell nothing of any barrier. */
	assert_int_equal(f->group[RCS_FLEET_ALL]->undecided, 2);
	/* Not as expected is another thing. */
	cell.standing = (struct rcs_standing){.expected = RCS_VERDICT_BIT(RCS_HOLDS)};
	cell.verdict = RCS_SKIPPED;
	(void)made_run(&report, node(2, "A", "", "5"), 1, &cell);
	f = made_fleet(NULL);
	assert_int_equal(f->findings, 1);
	assert_int_equal(f->finding->weight, RCS_RUN_UNEXPECTED);
}

/* A HOLDS with so many blocks, and "one in n" at this target. */
static void add_holding(int number, int blocks, double sensitivity,
			const struct rcs_record_option *target)
{
	struct rcs_record_cell cell = made_cell("b", "t", RCS_HOLDS);
	struct rcs_record_run *run;

	cell.p_missed = ldexp(1.0, -blocks);
	cell.sensitivity = sensitivity;
	run = made_run(&report, node(number, "A", "1", "5"), 1, &cell);
	run->options = target != NULL;
	run->option = target;
}

static void the_campaign_adds_up(void **state)
{
	static const struct rcs_record_option six = {"p-missed", "1e-06"};
	static const struct rcs_record_option three = {"p-missed", "0.001"};
	static const struct rcs_record_option nonsense = {"p-missed", "7"};
	const struct rcs_fleet_entry *e;

	(void)state;
	add_holding(0, 20, 100.0, &six);
	add_holding(0, 20, 300.0, &six); /* twice on one machine */
	add_holding(1, 25, 40.0, &three);
	add_holding(2, 10, 0.0, &six); /* states none */
	add_holding(3, 30, 900.0, NULL);
	add_holding(4, 30, 900.0, &nonsense);
	(void)made_single(&report, node(5, "A", "1", "5"), "b", "t", RCS_INCONCLUSIVE);
	e = made_fleet(NULL)->group[RCS_FLEET_MODELS]->entry;
	assert_int_equal(e->holding_machines, 5);
	assert_int_equal(e->holding.count, 6);
	near(e->log2_p_joint, -135.0);
	/* The first has 40 blocks in all, the third is the weakest. */
	near(e->p_weakest, 0x1p-10);
	near(e->holding.p_any_missed, 0x1p-19 + 0x1p-25 + 0x1p-10 + 0x1p-29);
	/* Of three bounds one may be wrong: the largest is left out. 40 at 1e-3 are 20.
	 */
	near(e->sensitivity, 120.0);
	near(e->hits, 120.0 * 13.8155105579643);
	/* 1 - 0.05^(1/5) = 0.450719 */
	near(e->bad_share, (1.0 - pow(0.05, 0.2)) / (1.0 - 0x1p-10));
	/* One that was hit ends it, and is none that holds. */
	(void)made_single(&report, node(0, "A", "1", "5"), "b", "t", RCS_BROKEN);
	e = made_fleet(NULL)->group[RCS_FLEET_MODELS]->entry;
	assert_true(e->hit);
	assert_int_equal(e->bad, 1);
	assert_int_equal(e->holding_machines, 4);
	assert_true(e->sensitivity == 0.0);
	assert_true(e->bad_share == 1.0);
}

static void an_inventory_says_what_was_never_seen(void **state)
{
	struct rcs_fleet_item item[] = {
		{.kind = RCS_FLEET_NODE, .name = "n0"},
		{.kind = RCS_FLEET_NODE, .name = "n1"},
		{.kind = RCS_FLEET_NODE, .name = "n2"},
		{.kind = RCS_FLEET_CPU, .name = "A"},
		{.kind = RCS_FLEET_CPU, .name = "n0"},
		{.kind = RCS_FLEET_MICROCODE, .name = "0x1"},
		{.kind = RCS_FLEET_KERNEL, .name = "6.1"},
		{.kind = RCS_FLEET_KERNEL, .name = "Linux 6.1"},
		{.kind = RCS_FLEET_KERNEL, .name = "6.2"},
	};
	struct rcs_fleet_inventory in = {sizeof(item) / sizeof(item[0]), item};
	const char *seen = "110101110", *decided = "100101110";

	(void)state;
	add_nodes(0, 1, "A", "0x1", "Linux 6.1", "b", RCS_HOLDS);
	add_nodes(1, 1, "A", "0x1", "Linux 6.1", "b", RCS_INCONCLUSIVE);
	assert_ptr_equal(made_fleet(&in)->inventory, &in);
	for (size_t i = 0; i < in.items; i++) {
		assert_int_equal(item[i].seen, seen[i] == '1');
		assert_int_equal(item[i].decided, decided[i] == '1');
	}
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(a_fleet_of_nothing),
		EACH(groups_go_by_what_machines_have_in_common),
		EACH(the_rarest_comes_first),
		EACH(what_most_of_a_group_have_is_one_finding),
		EACH(a_bad_machine_is_not_lost_among_those_of_its_kernel),
		EACH(what_a_microcode_does_is_not_the_models),
		EACH(a_kernel_of_one_model_is_one_finding),
		EACH(what_was_expected_speaks_against_nobody),
		EACH(the_campaign_adds_up),
		EACH(an_inventory_says_what_was_never_seen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
