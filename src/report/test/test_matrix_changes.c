/* SPDX-License-Identifier: BSD-2-Clause */
/* The matrix against a baseline, of runs that are made up. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "report/matrix.h"
#include "report/test/test_matrix_records.h"

static struct rcs_report old, new;
static const struct rcs_machine *a; /* machine of a kind that does not matter */

static int begin(void **state)
{
	(void)state;
	old = (struct rcs_report){.pool = rcs_pool_create()};
	new = (struct rcs_report){.pool = rcs_pool_create()};
	if (old.pool == NULL || new.pool == NULL)
		return -1;
	a = made_machine(&old, "a", "cpu", "Linux 6.1");
	return 0;
}

static int end(void **state)
{
	(void)state;
	rcs_report_release(&old);
	rcs_report_release(&new);
	rcs_pool_destroy(old.pool);
	rcs_pool_destroy(new.pool);
	return 0;
}

static const struct rcs_matrix_changes *changes(void)
{
	const struct rcs_matrix_changes *c = rcs_matrix_changes_of(
		new.pool, rcs_matrix_of(&old), rcs_matrix_of(&new));

	assert_non_null(c);
	return c;
}

static const struct rcs_standing plain,
	known = {.expected = RCS_VERDICT_BIT(RCS_BROKEN)},
	control = {.self_test = true};

static void add(struct rcs_report *report, const char *test, enum rcs_verdict verdict,
		struct rcs_standing standing)
{
	struct rcs_record_cell cell = made_cell("b", test, verdict);

	cell.standing = standing;
	(void)made_run(report, a, 1, &cell);
}

/* What comes of one cell, from one verdict to another. */
static void from_to(enum rcs_verdict before, struct rcs_standing standing_before,
		    enum rcs_verdict after, struct rcs_standing standing_after)
{
	old.runs = new.runs = 0;
	add(&old, "t", before, standing_before);
	add(&new, "t", after, standing_after);
}

static void the_same_is_no_change(void **state)
{
	(void)state;
	from_to(RCS_HOLDS, plain, RCS_HOLDS, plain);
	assert_int_equal(changes()->count, 0);
	assert_int_equal(changes()->same, 1);
	/* A failure that was there before, whether it was known or not. */
	from_to(RCS_BROKEN, plain, RCS_BROKEN, plain);
	assert_int_equal(changes()->count, 0);
	from_to(RCS_BROKEN, known, RCS_BROKEN, plain);
	assert_int_equal(changes()->count, 0);
	assert_int_equal(changes()->worse, 0);
	assert_int_equal(changes()->same, 1);
}

static void is_change(bool worse)
{
	const struct rcs_matrix_changes *c = changes();

	assert_int_equal(c->count, 1);
	assert_int_equal(c->worse, worse);
	assert_int_equal(c->same, 0);
	assert_int_equal(c->change[0].worse, worse);
	assert_string_equal(c->change[0].barrier, "b");
	assert_string_equal(c->change[0].test, "t");
}

static void what_speaks_against_a_run_now_is_worse(void **state)
{
	(void)state;
	from_to(RCS_HOLDS, plain, RCS_BROKEN, plain);
	is_change(true);
	assert_int_equal(changes()->change[0].before->verdict, RCS_HOLDS);
	assert_int_equal(changes()->change[0].after->verdict, RCS_BROKEN);
	from_to(RCS_HOLDS, plain, RCS_INCONCLUSIVE, plain);
	is_change(true);
	from_to(RCS_SKIPPED, plain, RCS_BROKEN, plain);
	is_change(true);
	from_to(RCS_INCONCLUSIVE, plain, RCS_BROKEN, plain);
	is_change(true);
	from_to(RCS_BROKEN, plain, RCS_FAULT, plain);
	is_change(true);
	/* A known failure, or a control, that fails no more as it should. */
	from_to(RCS_BROKEN, known, RCS_HOLDS, known);
	is_change(true);
	from_to(RCS_BROKEN, control, RCS_HOLDS, control);
	is_change(true);
}

static void what_does_not_or_did_before_is_not(void **state)
{
	(void)state;
	from_to(RCS_BROKEN, plain, RCS_HOLDS, plain);
	is_change(false);
	from_to(RCS_BROKEN, plain, RCS_INCONCLUSIVE, plain);
	is_change(false);
	from_to(RCS_HOLDS, plain, RCS_BROKEN, known);
	is_change(false);
	from_to(RCS_INCONCLUSIVE, plain, RCS_SKIPPED, plain);
	is_change(false);
	from_to(RCS_HOLDS, plain, RCS_ALLOWED, plain);
	is_change(false);
}

static void what_was_not_run_is_worse_if_it_fails(void **state)
{
	static const struct {
		enum rcs_verdict verdict;
		bool worse;
	} cases[] = {
		{RCS_FAULT, true},  {RCS_BROKEN, true},	  {RCS_INCONCLUSIVE, false},
		{RCS_HOLDS, false}, {RCS_SKIPPED, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		old.runs = new.runs = 0;
		add(&old, "other", RCS_HOLDS, plain);
		add(&new, "other", RCS_HOLDS, plain);
		add(&new, "t", cases[i].verdict, plain);
		assert_int_equal(changes()->same, 1);
		assert_int_equal(changes()->count, 1);
		assert_int_equal(changes()->worse, cases[i].worse);
		assert_null(changes()->change[0].before);
	}
}

static void what_held_and_is_not_tested_any_more_is_worse(void **state)
{
	static const struct rcs_standing skipped = {
		.expected = RCS_VERDICT_BIT(RCS_SKIPPED)};

	(void)state;
	from_to(RCS_HOLDS, plain, RCS_SKIPPED, plain);
	is_change(true);
	from_to(RCS_HOLDS, plain, RCS_SKIPPED, skipped);
	is_change(false);
	old.runs = new.runs = 0;
	add(&old, "other", RCS_HOLDS, plain);
	add(&old, "t", RCS_HOLDS, plain);
	add(&new, "other", RCS_HOLDS, plain);
	assert_int_equal(changes()->worse, 1);
	assert_null(changes()->change[0].after);
	assert_string_equal(changes()->change[0].test, "t");
}

static void what_is_not_run_any_more_is_a_change(void **state)
{
	(void)state;
	old.runs = new.runs = 0;
	add(&old, "other", RCS_HOLDS, plain);
	add(&old, "t", RCS_BROKEN, plain);
	add(&new, "other", RCS_HOLDS, plain);
	assert_int_equal(changes()->count, 1);
	assert_int_equal(changes()->worse, 0);
	assert_null(changes()->change[0].after);
	assert_string_equal(changes()->change[0].test, "t");
	assert_string_equal(changes()->change[0].barrier, "b");
}

static void those_for_the_worse_come_first(void **state)
{
	static const char *const tests[] = {"1", "2", "3", "4"};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		enum rcs_verdict verdict = i % 2 == 0 ? RCS_HOLDS : RCS_BROKEN;

		add(&old, tests[i], verdict, plain);
		add(&new, tests[i], verdict == RCS_HOLDS ? RCS_BROKEN : RCS_HOLDS,
		    plain);
	}
	assert_int_equal(changes()->count, 4);
	assert_int_equal(changes()->worse, 2);
	assert_string_equal(changes()->change[0].test, "1");
	assert_string_equal(changes()->change[1].test, "3");
	assert_string_equal(changes()->change[2].test, "2");
	assert_string_equal(changes()->change[3].test, "4");
}

/* Of all kinds of a baseline, which one that with this CPU and kernel is put beside;
 * each has a test of its own that is not run now. */
static const char *beside(const char *cpu, const char *kernel, const char *emulator)
{
	struct rcs_machine *m = made_machine(&new, "n", cpu, kernel);
	const struct rcs_matrix_changes *c;
	const char *found = "";

	m->emulated = emulator[0] != '\0';
	(void)snprintf(m->emulator, sizeof(m->emulator), "%s", emulator);
	new.runs = 0;
	(void)made_single(&new, m, "b", "t", RCS_HOLDS);
	c = changes();
	for (size_t i = 0; i < c->count; i++) {
		if (c->change[i].after == NULL)
			found = c->change[i].test;
	}
	return found;
}

static void a_new_kind_is_put_beside_the_nearest(void **state)
{
	static const char *const kinds[][3] = {
		/* CPU, kernel, emulator */
		{"zen 3", "5.10", ""}, {"zen 3", "6.1", ""},  {"zen 3", "6.6", "qemu"},
		{"zen 3", "6.12", ""}, {"zen 4", "6.12", ""}, {"skylake", "6.1", ""},
	};
	static const char *const names[] = {"0", "1", "2", "3", "4", "5"};

	(void)state;
	for (size_t i = 0; i < 6; i++) {
		struct rcs_machine *m =
			made_machine(&old, "n", kinds[i][0], kinds[i][1]);

		m->emulated = kinds[i][2][0] != '\0';
		(void)snprintf(m->emulator, sizeof(m->emulator), "%s", kinds[i][2]);
		(void)made_single(&old, m, "b", names[i], RCS_HOLDS);
	}
	/* The same; that with the kernel before; with the one after. */
	assert_string_equal(beside("zen 3", "6.1", ""), "1");
	assert_string_equal(beside("zen 3", "6.6", ""), "1");
	assert_string_equal(beside("zen 3", "6.18", ""), "3");
	assert_string_equal(beside("zen 3", "4.19", ""), "0");
	assert_string_equal(beside("zen 4", "6.1", ""), "4");
	/* Another CPU; what is emulated stays among itself. */
	assert_string_equal(beside("zen 5", "6.1", ""), "4");
	assert_string_equal(beside("atom", "6.1", ""), "5");
	assert_string_equal(beside("zen 3", "6.1", "qemu"), "2");
	assert_string_equal(beside("atom", "6.1", "qemu"), "2");
	assert_string_equal(beside("atom", "6.1", "blink"), "");
}

static void another_architecture_is_not_compared(void **state)
{
	struct rcs_machine *arm = made_machine(&new, "n", "cpu", "Linux 6.1");

	(void)state;
	(void)snprintf(arm->arch, sizeof(arm->arch), "aarch64");
	(void)made_single(&old, a, "b", "t", RCS_HOLDS);
	(void)made_single(&new, arm, "b", "t", RCS_HOLDS);
	assert_int_equal(changes()->count, 1);
	assert_int_equal(changes()->same, 0);
	assert_null(changes()->change[0].before);
	assert_string_equal(changes()->change[0].kind->machine->arch, "aarch64");
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(the_same_is_no_change),
		EACH(what_speaks_against_a_run_now_is_worse),
		EACH(what_does_not_or_did_before_is_not),
		EACH(what_was_not_run_is_worse_if_it_fails),
		EACH(what_held_and_is_not_tested_any_more_is_worse),
		EACH(what_is_not_run_any_more_is_a_change),
		EACH(those_for_the_worse_come_first),
		EACH(a_new_kind_is_put_beside_the_nearest),
		EACH(another_architecture_is_not_compared),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
