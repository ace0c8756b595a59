/* SPDX-License-Identifier: BSD-2-Clause */
/* The command line of a run, with argp: see run_options.h. */
#include "cli/run_options.h"

#include <stdio.h>
#include <string.h>

#include "cli/test_name.h"
#include "cli/values.h"
#include "host/machine.h"
#include "stress/arrange.h"

enum {
	KEY_P_MISSED = 0x200,
	KEY_SENSITIVITY,
	KEY_TOTAL,
	KEY_FULL,
	KEY_RCU,
	KEY_RUNNER,
	KEY_KEEP,
	KEY_NO_CONTROL,
	KEY_LIGHT_FENCE,
	KEY_EXPECT,
	KEY_EXPECT_FILE,
	KEY_INCONCLUSIVE,
	KEY_COLOR,
};

static const struct argp_option options[] = {
	{NULL, 0, NULL, 0, "What is judged, and by what:", 1},
	{"barrier", 'b', "LIST", 0,
	 "Barriers under test, with commas between; all, sound, or help to list them "
	 "(default: mprotect); ./FILE.so[:SYMBOL] is one of your own",
	 0},
	{"time", 'T', "LIMIT", 0,
	 "Limit for each cell, as 500ms, 30s or 5m (default: 10s); a verdict ends it "
	 "sooner",
	 0},
	{"total", KEY_TOTAL, "LIMIT", 0,
	 "Limit for the run: each cell has an even share of what is left", 0},
	{"p-missed", KEY_P_MISSED, "P", 0,
	 "HOLDS needs a chance this small that a barrier which does nothing would have "
	 "passed (default: 1e-6)",
	 0},
	{"sensitivity", KEY_SENSITIVITY, "N", 0,
	 "HOLDS needs that one failing call in N would have shown", 0},
	{"full", KEY_FULL, NULL, 0, "Go on to the limit, whatever the verdict", 0},
	{"light-fence", KEY_LIGHT_FENCE, NULL, 0,
	 "Put a full fence into readers, whatever the barrier asks for", 0},
	{"no-control", KEY_NO_CONTROL, NULL, 0,
	 "Run the barrier alone: shows hits, proves nothing", 0},
	{"amplify", 'a', "NAME", 0,
	 "auto, or one of the amplifiers that `rcustress list' shows, with a depth if "
	 "wanted, as flush-self:24",
	 0},
	{"rcu", KEY_RCU, "LIST", 0,
	 "RCU flavours that the test `rcu' tortures, with commas between; all, or help "
	 "to list them (default: asym); ./FILE.so[:SYMBOL] is one of your own",
	 0},
	{"runner", KEY_RUNNER, "NAME", 0,
	 "How tests are run: auto, perpetual (no synchronisation between iterations) "
	 "or "
	 "batched (instances that all threads meet at)",
	 0},
	{"keep", KEY_KEEP, "DIR", 0,
	 "Keep the C that is made of tests from files in this folder", 0},
	{NULL, 0, NULL, 0, "What passes:", 4},
	{"expect", KEY_EXPECT, "LIST", 0,
	 "The verdict that is to come: BARRIER=VERDICT[@ARCH], with commas between; "
	 "several verdicts with / between, as in mprotect=BROKEN/INCONCLUSIVE@aarch64",
	 0},
	{"expect-file", KEY_EXPECT_FILE, "FILE", 0,
	 "The same from a file, one a line; # begins a comment", 0},
	{"inconclusive", KEY_INCONCLUSIVE, "HOW", 0,
	 "fail (exit status 3, the default) or pass (0)", 0},
	{NULL, 0, NULL, 0, "What is said:", 5},
	{"quiet", 'q', NULL, 0, "Verdicts only", 0},
	{"verbose", 'v', NULL, 0, "Every arm and round count", 0},
	{"color", KEY_COLOR, "WHEN", 0, "auto, always or never", 0},
	{0},
};

static int read_inconclusive(const char *text, bool *passes, struct rcs_error *e)
{
	*passes = strcmp(text, "pass") == 0;
	if (!*passes && strcmp(text, "fail") != 0)
		return rcs_fail(e, RCS_ERROR_USAGE, "want fail or pass");
	return 0;
}

size_t rcs_run_items(const struct rcs_run_options *o)
{
	return o->tests.count + (o->tests.rcu ? o->flavours.count : 0);
}

struct rcs_run_item rcs_run_item_at(const struct rcs_run_options *o, size_t place)
{
	if (place < o->tests.count)
		return (struct rcs_run_item){.test = &o->tests.test[place]};
	return (struct rcs_run_item){
		.flavour = o->flavours.flavour[place - o->tests.count],
	};
}

bool rcs_run_by_barrier(const struct rcs_run_item *item)
{
	if (item->test == NULL)
		return item->flavour->abilities & RCS_RCU_ON_BARRIER;
	return item->test->has_heavy && item->test->runs &&
	       rcs_test_claim(item->test) != RCS_CLAIM_NOWHERE;
}

size_t rcs_run_cells(const struct rcs_run_options *o)
{
	size_t cells = 0;

	for (size_t i = 0; i < rcs_run_items(o); i++) {
		struct rcs_run_item item = rcs_run_item_at(o, i);

		cells += rcs_run_by_barrier(&item) ? o->barriers.count : 1;
	}
	return cells;
}

static int read_runner(const char *text, const char **runner, struct rcs_error *e)
{
	static const char *const names[] = {RCS_RUNNER_AUTO, "perpetual", "batched"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(text, names[i]) != 0)
			continue;
		*runner = names[i];
		return 0;
	}
	return rcs_fail(e, RCS_ERROR_USAGE, "want auto, perpetual or batched");
}

/* What is expected on this machine of the barriers that the run tests. */
static int settle_expected(struct rcs_run_options *o, struct rcs_error *e)
{
	static const struct rcs_barrier_list none;
	const struct rcs_barrier_list *tested = &none;
	struct rcs_machine machine;

	for (size_t i = 0; i < rcs_run_items(o); i++) {
		struct rcs_run_item item = rcs_run_item_at(o, i);

		if (rcs_run_by_barrier(&item))
			tested = &o->barriers;
	}
	rcs_machine_read(&machine);
	for (size_t b = 0; b < tested->count; b++)
		o->expected[b] =
			rcs_expect_of(&o->expect, tested->choice[b].name, machine.arch);
	return rcs_expect_check(&o->expect, tested, machine.arch, e);
}

/* It may name a plug-in that only comes later. */
static void keep_expected(struct argp_state *state, bool file, const char *text)
{
	struct rcs_run_options *o = state->input;

	if (o->expect_said_count == RCS_EXPECT_SAID_MAX) {
		argp_failure(state, argp_err_exit_status, 0,
			     "more than %d times --expect and --expect-file",
			     RCS_EXPECT_SAID_MAX);
		return;
	}
	o->expect_said[o->expect_said_count].file = file;
	o->expect_said[o->expect_said_count++].text = text;
}

static void read_expected(struct argp_state *state)
{
	struct rcs_run_options *o = state->input;

	for (size_t i = 0; i < o->expect_said_count; i++) {
		if (o->expect_said[i].file)
			rcs_expect_file_option(state, o->expect_said[i].text,
					       &o->expect);
		else
			rcs_expect_option(state, o->expect_said[i].text, &o->expect);
	}
}

/* When all has been read: defaults, and what cannot be together. */
static void settle(struct argp_state *state, struct rcs_run_options *o)
{
	struct rcs_error e;

	if (o->flavours.count > 0 && o->tests.count > 0 && !o->tests.rcu)
		argp_failure(state, argp_err_exit_status, 0,
			     "--rcu: none of the tests is `" RCS_TEST_RCU
			     "', which tortures RCU flavours; name it as well");
	if (o->barriers.count == 0)
		(void)rcs_barrier_list_add(&o->barriers, "mprotect", &e);
	if (o->flavours.count == 0)
		(void)rcs_flavour_list_add(&o->flavours, "asym", &e);
	read_expected(state);
	if ((o->tests.count == 0 && !o->tests.rcu &&
	     rcs_test_list_default(&o->tests, &e) != 0) ||
	    rcs_budget_settle(&o->time, rcs_run_cells(o), &e) != 0 ||
	    settle_expected(o, &e) != 0)
		argp_failure(state, argp_err_exit_status, 0, "%s", e.text);
}

/* What passes, and what is said. */
static error_t parse_said(int key, char *arg, struct argp_state *state)
{
	struct rcs_run_options *o = state->input;
	struct rcs_error e;

	switch (key) {
	case KEY_EXPECT:
		keep_expected(state, false, arg);
		break;
	case KEY_EXPECT_FILE:
		keep_expected(state, true, arg);
		break;
	case KEY_INCONCLUSIVE:
		rcs_option_check(state,
				 read_inconclusive(arg, &o->inconclusive_passes, &e),
				 "--inconclusive", arg, &e);
		break;
	case 'q':
		o->verbosity = -1;
		break;
	case 'v':
		o->verbosity = 1;
		break;
	case KEY_COLOR:
		rcs_option_check(state, rcs_value_color(arg, &o->color, &e), "--color",
				 arg, &e);
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

/* What is judged, and the tests. */
static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct rcs_run_options *o = state->input;
	struct rcs_error e;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &o->team;
		state->child_inputs[1] = &o->output;
		break;
	case 'b':
		rcs_barrier_option(state, arg, &o->barriers);
		break;
	case 'T':
		rcs_option_check(state, rcs_value_duration(arg, &o->time.cell_ns, &e),
				 "--time", arg, &e);
		break;
	case KEY_TOTAL:
		rcs_option_check(state, rcs_value_duration(arg, &o->time.total_ns, &e),
				 "--total", arg, &e);
		break;
	case KEY_P_MISSED:
		rcs_option_check(state,
				 rcs_value_real(arg, 1e-60, 0.5, &o->p_target, &e),
				 "--p-missed", arg, &e);
		break;
	case KEY_SENSITIVITY:
		rcs_option_check(state,
				 rcs_value_real(arg, 1, 1e15, &o->sensitivity, &e),
				 "--sensitivity", arg, &e);
		break;
	case KEY_FULL:
		o->full = true;
		break;
	case KEY_NO_CONTROL:
		o->no_control = true;
		break;
	case KEY_LIGHT_FENCE:
		o->light_fence = true;
		break;
	case KEY_RCU:
		rcs_flavour_option(state, "--rcu", arg, &o->flavours);
		break;
	case KEY_RUNNER:
		rcs_option_check(state, read_runner(arg, &o->runner, &e), "--runner",
				 arg, &e);
		break;
	case KEY_KEEP:
		o->keep = arg;
		break;
	case 'a':
		rcs_option_check(state,
				 rcs_amplifier_choice_read(arg, &o->amplifier, &e),
				 "--amplify", arg, &e);
		break;
	case ARGP_KEY_ARG:
		rcs_test_option(state, arg, &o->tests);
		break;
	case ARGP_KEY_END:
		settle(state, o);
		break;
	default:
		return parse_said(key, arg, state);
	}
	return 0;
}

void rcs_run_options_read(int argc, char **argv, struct rcs_run_options *o)
{
	static const struct argp_child children[] = {
		{&rcs_team_argp, 0, NULL, 0},
		{&rcs_output_argp, 0, NULL, 0},
		{NULL, 0, NULL, 0},
	};
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.args_doc =
			"[TEST|FILE|DIR|rcu...]\nlist [OPTION...]\nprove [OPTION...] "
			"[TEST|FILE|DIR...]\nhorizon [OPTION...]\nbench "
			"[OPTION...]\nmutants [OPTION...] [MUTANT...]\nreport "
			"[OPTION...] "
			"FILE|DIR|-...",
		.doc = "Does this barrier order memory across CPUs, or does it not?\v"
		       "Exit status: 0 it holds, or all is as expected; 1 BROKEN, or "
		       "not what was expected; 2 usage; 3 INCONCLUSIVE; 4 the "
		       "machine or the program failed; 77 nothing was judged. See "
		       "rcustress(1) for how a run decides and what a verdict is "
		       "worth.",
		.children = children,
	};

	memset(o, 0, sizeof(*o));
	o->p_target = 1e-6;
	o->runner = RCS_RUNNER_AUTO;
	o->amplifier = RCS_AMPLIFIER_CHOICE_AUTO;
	(void)argp_parse(&argp, argc, argv, 0, NULL, o);
}
