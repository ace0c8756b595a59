/* SPDX-License-Identifier: BSD-2-Clause */
/* The line of progress: what it says, and what of it where there is little room. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "report/progress.h"

#define S UINT64_C(1000000000)

static char said[512];

/* The second cell of five; the first took 4 s. */
static const struct rcs_progress_line second = {
	.cells = 5,
	.done = 1,
	.timed = 1,
	.timed_ns = 4 * S,
	.barrier = "mprotect",
	.test = "SB+barrier+memb",
	.limit_ns = 60 * S,
	.bound_ns = 4 * 60 * S,
};

/* A quarter of what it needs. */
static const struct rcs_progress quarter = {
	.phase = RCS_PHASE_BLOCKS, .done = 5, .needed = 20};

static void say(const struct rcs_progress_line *line, const struct rcs_progress *p,
		uint64_t elapsed_ns, int columns)
{
	rcs_progress_text(line, p, elapsed_ns, columns, said, sizeof(said));
}

static void parts_go_by_importance_and_none_is_cut(void **state)
{
	/* 2 s for a quarter: 6 s more, and 4 s for each of three cells after it. */
	static const char *const wanted[] = {
		"[2/5] mprotect SB+barrier+memb: block 5 of 20, 2.0 s of at most 60 s, "
		"about 18 s left, at most 4 min",
		"[2/5] mprotect SB+barrier+memb: block 5 of 20, 2.0 s of at most 60 s, "
		"about 18 s left",
		"[2/5] mprotect SB+barrier+memb: block 5 of 20, about 18 s left",
		"[2/5] mprotect SB+barrier+memb: about 18 s left",
		"[2/5] SB+barrier+memb: about 18 s left",
		"[2/5] about 18 s left",
		"[2/5]",
		"",
	};
	size_t next = 0;

	(void)state;
	for (int columns = 200; columns >= 0; columns--) {
		say(&second, &quarter, 2 * S, columns);
		assert_true((int)strlen(said) <= columns);
		if (strcmp(said, wanted[next]) != 0)
			next++;
		assert_true(next < sizeof(wanted) / sizeof(wanted[0]));
		assert_string_equal(said, wanted[next]);
		/* A part is left out when there is no room for it, and not before. */
		if (next > 0 && columns >= 19)
			assert_true(columns < (int)strlen(wanted[next - 1]));
		assert_int_equal(columns < 19, said[0] == '\0');
	}
	assert_string_equal(wanted[next], "");
}

static void only_a_bound_is_said_before_anything_is_known(void **state)
{
	struct rcs_progress_line first = second;
	struct rcs_progress starting = {.phase = RCS_PHASE_START};

	(void)state;
	first.done = 0;
	first.timed = 0;
	first.timed_ns = 0;
	first.bound_ns = 5 * 60 * S;
	say(&first, &starting, 0, 200);
	assert_string_equal(said, "[1/5] mprotect SB+barrier+memb: starting, 0.0 s of "
				  "at most 60 s, at most 5 min left");
	/* What is known of this cell says nothing of the others. */
	say(&first, &quarter, 30 * S, 40);
	assert_string_equal(said, "[1/5] at most 5 min left");
	/* Of a single cell the bound stands there already. */
	first.cells = 1;
	first.bound_ns = 60 * S;
	starting.phase = RCS_PHASE_CALIBRATE;
	say(&first, &starting, S, 200);
	assert_string_equal(said, "[1/1] mprotect SB+barrier+memb: calibrating, 1.0 s "
				  "of at most 60 s");
	say(&first, &quarter, 3 * S, 200);
	assert_string_equal(said, "[1/1] mprotect SB+barrier+memb: block 5 of 20, 3.0 "
				  "s of at most 60 s, about 9 s left");
}

static void the_estimate_goes_by_cells_that_have_ended(void **state)
{
	struct rcs_progress_line line = second;
	struct rcs_progress starting = {.phase = RCS_PHASE_START};

	(void)state;
	/* 4 s each, as the first took. */
	say(&line, &starting, S, 24);
	assert_string_equal(said, "[2/5] about 15 s left");
	/* It took longer than that: it may go on to its limit. */
	say(&line, &starting, 10 * S, 24);
	assert_string_equal(said, "[2/5] about 62 s left");
	/* Never more than what it may take, however slow its blocks. */
	say(&line, &quarter, 59 * S, 24);
	assert_string_equal(said, "[2/5] about 13 s left");
	line.bound_ns = 62 * S;
	say(&line, &quarter, 59 * S, 24);
	assert_string_equal(said, "[2/5] about 3 s left");
}

static void durations_are_rounded_up(void **state)
{
	static const struct {
		uint64_t ns;
		const char *wanted;
	} cases[] = {
		{0, "at most 1 s left"},	  {S + 1, "at most 2 s left"},
		{119 * S, "at most 119 s left"},  {120 * S, "at most 2 min left"},
		{121 * S, "at most 3 min left"},  {7199 * S, "at most 120 min left"},
		{9000 * S, "at most 2.5 h left"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct rcs_progress_line line = {.cells = 2, .bound_ns = cases[i].ns};

		say(&line, NULL, 0, 40);
		if (cases[i].ns == 0)
			assert_string_equal(said, "[1/2]");
		else
			assert_string_equal(said + 6, cases[i].wanted);
	}
}

static void what_is_not_known_is_left_out(void **state)
{
	struct rcs_progress_line line = {.cells = 9, .test = "MP"};

	(void)state;
	say(&line, NULL, 0, 79);
	assert_string_equal(said, "[1/9] MP");
	line.done = 3;
	line.timed = 3;
	line.timed_ns = 6 * S;
	say(&line, NULL, 0, 79);
	assert_string_equal(said, "[4/9] MP: about 12 s left");
}

static void names_are_not_cut_within_a_character(void **state)
{
	struct rcs_progress_line line = {.cells = 1,
					 .test = "caf\303\251-\346\226\207"};
	static const char whole[] = "[1/1] caf\303\251-\346\226\207";

	(void)state;
	line.barrier = "a barrier";
	say(&line, NULL, 0, 23); /* 13 columns and 10 for the barrier */
	assert_string_equal(said, "[1/1] a barrier caf\303\251-\346\226\207");
	say(&line, NULL, 0, 22);
	assert_string_equal(said, whole);
	line.test = "\346\226\207\346\226\207\346\226\207\346\226\207\346\226\207"
		    "\346\226\207\346\226\207";
	say(&line, NULL, 0, 20); /* two columns each */
	assert_string_equal(line.test, said + 6);
	say(&line, NULL, 0, 19);
	assert_string_equal(said, "[1/1]");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_go_by_importance_and_none_is_cut),
		cmocka_unit_test(only_a_bound_is_said_before_anything_is_known),
		cmocka_unit_test(the_estimate_goes_by_cells_that_have_ended),
		cmocka_unit_test(durations_are_rounded_up),
		cmocka_unit_test(what_is_not_known_is_left_out),
		cmocka_unit_test(names_are_not_cut_within_a_character),
	};

	return cmocka_run_group_tests_name("progress", tests, NULL, NULL);
}
