/* SPDX-License-Identifier: BSD-2-Clause */
/* The command line of `rcustress prove`, with argp: see prove_options.h. */
#include "cli/prove_options.h"

#include <argp.h>
#include <stdio.h>
#include <string.h>

#include "cli/suggest.h"
#include "cli/team_options.h"
#include "cli/values.h"
#include "verdict/verdict.h"

#define SECONDS_DEFAULT 60.0

enum { KEY_WITNESS = 0x200, KEY_DOT, KEY_STATES, KEY_EXECUTIONS, KEY_COLOR };

static const struct argp_option options[] = {
	{NULL, 0, NULL, 0, "What is asked:", 1},
	{"model", 'm', "LIST", 0,
	 "Memory models, with commas between: lkmm, sc, tso, armv8, riscv, power, host "
	 "(that of this machine) or all (default: " RCS_MODELS_DEFAULT ")",
	 0},
	{"barrier", 'b', "WHICH", 0,
	 "What smp_memb() is: ideal (the default), none (nothing) or local-fence (a "
	 "full fence of its caller alone)",
	 0},
	{"time", 'T', "LIMIT", 0, "Give up on a test after this time (default: 60s)",
	 0},
	{"executions", KEY_EXECUTIONS, "N", 0,
	 "Give up on a test after this many candidate executions (default: no limit)",
	 0},
	{NULL, 0, NULL, 0, "What is said:", 2},
	{"states", KEY_STATES, NULL, 0,
	 "The final states, and which models allow each, also of several tests", 0},
	{"witness", KEY_WITNESS, NULL, 0,
	 "How a test ends so, step by step, for each model that allows it", 0},
	{"dot", KEY_DOT, "FILE", 0,
	 "Write a graph of one such execution for Graphviz; - is standard output, and "
	 "the report then goes to standard error",
	 0},
	{"quiet", 'q', NULL, 0,
	 "Only tests with an answer that is not as expected, without one, or with a "
	 "flag",
	 0},
	{"color", KEY_COLOR, "WHEN", 0, "auto, always or never", 0},
	{0},
};

static const struct {
	const char *name;
	enum rcs_prove_barrier barrier;
} barriers[] = {
	{"ideal", RCS_PROVE_IDEAL},
	{"none", RCS_PROVE_NONE},
	{"local-fence", RCS_PROVE_LOCAL},
};

static int read_barrier(const char *text, enum rcs_prove_barrier *barrier,
			struct rcs_error *e)
{
	struct rcs_suggestion near = {0};

	for (size_t i = 0; i < sizeof(barriers) / sizeof(barriers[0]); i++) {
		if (strcmp(text, barriers[i].name) == 0) {
			*barrier = barriers[i].barrier;
			return 0;
		}
		rcs_suggest(&near, text, barriers[i].name);
	}
	return rcs_fail(e, RCS_ERROR_USAGE, "want ideal, none or local-fence%s%s%s",
			near.best != NULL ? "; did you mean '" : "",
			near.best != NULL ? near.best : "",
			near.best != NULL ? "'?" : "");
}

static int read_time(const char *text, double *seconds, struct rcs_error *e)
{
	uint64_t ns;

	if (rcs_value_duration(text, &ns, e) != 0)
		return -1;
	*seconds = (double)ns * 1e-9;
	return 0;
}

static void stop(struct argp_state *state, const struct rcs_error *e)
{
	argp_failure(state,
		     e->kind == RCS_ERROR_USAGE ? argp_err_exit_status : RCS_EXIT_FAULT,
		     0, "%s", e->text);
}

/* When all has been read: defaults, and what cannot be. */
static void settle(struct argp_state *state, struct rcs_prove_request *r)
{
	struct rcs_error e;
	size_t tests;

	if (r->models.models == 0 && !r->models.no_host)
		(void)rcs_model_list_add(&r->models, RCS_MODELS_DEFAULT, &e);
	if (r->models.no_host)
		(void)fprintf(stderr, "rcustress: there is no memory model of this "
				      "machine\n");
	if (r->models.models == 0) {
		(void)rcs_fail(&e, RCS_ERROR_USAGE, "--model: no model is left to ask");
		stop(state, &e);
	}
	for (int i = 0; i < r->models.models; i++)
		r->options.models |= 1u << r->models.model[i];
	if (r->tests.count == 0 && r->tests.unreadable == 0 &&
	    rcs_prove_list_suite(&r->tests, &e) != 0)
		stop(state, &e);
	r->options.witness = r->story || r->dot != NULL;
	tests = r->tests.count + (size_t)r->tests.unreadable;
	if (r->dot != NULL && tests != 1) {
		(void)rcs_fail(&e, RCS_ERROR_USAGE,
			       "--dot is of one test, and these are %zu", tests);
		stop(state, &e);
	}
}

static error_t parse_said(int key, char *arg, struct argp_state *state)
{
	struct rcs_prove_request *r = state->input;
	struct rcs_error e;

	switch (key) {
	case KEY_STATES:
		r->states = true;
		break;
	case KEY_WITNESS:
		r->story = true;
		break;
	case KEY_DOT:
		r->dot = arg;
		break;
	case 'q':
		r->quiet = true;
		break;
	case KEY_COLOR:
		rcs_option_check(state, rcs_value_color(arg, &r->color, &e), "--color",
				 arg, &e);
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct rcs_prove_request *r = state->input;
	struct rcs_error e;

	switch (key) {
	case 'm':
		rcs_option_check(state, rcs_model_list_add(&r->models, arg, &e),
				 "--model", arg, &e);
		break;
	case 'b':
		rcs_option_check(state, read_barrier(arg, &r->options.barrier, &e),
				 "--barrier", arg, &e);
		break;
	case 'T':
		rcs_option_check(state, read_time(arg, &r->options.seconds, &e),
				 "--time", arg, &e);
		break;
	case KEY_EXECUTIONS:
		rcs_option_check(state,
				 rcs_value_count(arg, 1, UINT64_C(1000000000000000),
						 &r->options.executions, &e),
				 "--executions", arg, &e);
		break;
	case ARGP_KEY_ARG:
		if (rcs_prove_list_add(&r->tests, arg, &e) != 0)
			stop(state, &e);
		break;
	case ARGP_KEY_END:
		settle(state, r);
		break;
	default:
		return parse_said(key, arg, state);
	}
	return 0;
}

void rcs_prove_options_read(int argc, char **argv, struct rcs_prove_request *request)
{
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.args_doc = "[TEST|FILE|DIR...]",
		.doc = "Shows what memory models allow: looks at every execution of a "
		       "litmus test, by default of every test of the suite.\v"
		       "Exit status: 0 all answers are as the files of the tests say; "
		       "1 one is not; 2 usage, or a test that is not understood; 3 it "
		       "gave up on one; 4 the machine or the program failed. See "
		       "rcustress(1).",
	};

	memset(request, 0, sizeof(*request));
	request->options.seconds = SECONDS_DEFAULT;
	(void)argp_parse(&argp, argc, argv, 0, NULL, request);
}
