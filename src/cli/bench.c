/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * `rcustress bench`: the figures that verdicts rest on. What heavy calls cost, how
 * often a barrier that only takes time is hit, by amplifier and duration (the horizon
 * curve), and how fast bare store buffering is seen. RCU flavours have a file of their
 * own. Every measurement is a cell in a process of its own.
 */
#include "cli/command.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/bench_rcu.h"
#include "cli/interrupt.h"
#include "cli/measure.h"
#include "cli/measure_options.h"
#include "report/bench.h"
#include "stress/amplifier.h"
#include "stress/tests.h"

/* Of the delays that the horizon is looked for in, in nanoseconds. */
static const unsigned delays[] = {500,	 1000,	2000,  4000,  6000,  8000,  10000,
				  12000, 14000, 16000, 20000, 24000, 28000, 32000};
#define DELAYS (sizeof(delays) / sizeof(delays[0]))

struct bench {
	struct rcs_measure_options how;
	struct rcs_bench_rcu rcu;
	bool costs, curve, bare; /* none said, nor RCU: all three */
};

enum { KEY_COSTS = 0x200, KEY_CURVE, KEY_BARE };

static const struct argp_option options[] = {
	{NULL, 0, NULL, 0, "What is measured (default: the first three):", 1},
	{"costs", KEY_COSTS, NULL, 0, "How long heavy calls take, exposed and alone",
	 0},
	{"curve", KEY_CURVE, NULL, 0, "Hits against delay, for each amplifier", 0},
	{"bare", KEY_BARE, NULL, 0,
	 "Bare store buffering, hits and iterations a second", 0},
	{0},
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct bench *b = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &b->how;
		state->child_inputs[1] = &b->rcu;
		break;
	case KEY_COSTS:
		b->costs = true;
		break;
	case KEY_CURVE:
		b->curve = true;
		break;
	case KEY_BARE:
		b->bare = true;
		break;
	case ARGP_KEY_ARG:
		argp_failure(state, argp_err_exit_status, 0,
			     "bench takes no argument, but got '%.60s'", arg);
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

static int bench_costs(const struct bench *b, struct rcs_error *e)
{
	struct rcs_progress_line line = {.shown = rcs_progress_wanted(),
					 .cells = b->how.barriers.count};
	struct rcs_measurement m = {&b->how.team, RCS_JOB_LATENCY, RCS_TEST_DEFAULT,
				    NULL,	  {"none", 0},	   b->how.limit_ns,
				    &line};
	struct rcs_result result;

	rcs_bench_costs_head(stdout);
	for (size_t i = 0; i < b->how.barriers.count && !rcs_interrupted(); i++) {
		m.barrier = b->how.barriers.choice[i].name;
		if (rcs_measure(&m, &result, e) != 0)
			return -1;
		rcs_bench_costs_row(stdout, b->how.barriers.choice[i].name, &result);
	}
	return 0;
}

/*
 * The columns: each amplifier at its usual depth; or the one that was named, at the
 * depth that was named or at each of its usual ones.
 */
static size_t choose_columns(const struct bench *b, struct rcs_bench_column *column)
{
	bool all = strcmp(b->how.amplifier.name, "auto") == 0;
	size_t count = 0;

	for (int kind = 0; kind < RCS_AMPLIFIERS; kind++) {
		const struct rcs_amplifier *a = rcs_amplifiers[kind];

		if (rcs_amplifier_lacks(a) != NULL ||
		    (!all && strcmp(b->how.amplifier.name, a->name) != 0))
			continue;
		for (int d = 0; d < (all ? 1 : RCS_DEPTHS_MAX) && a->depth[d] > 0;
		     d++) {
			unsigned depth = b->how.amplifier.depth;

			column[count++] = (struct rcs_bench_column){
				a->name, depth > 0 ? depth : a->depth[d]};
			if (depth > 0)
				break;
		}
	}
	return count;
}

static int bench_curve(const struct bench *b, struct rcs_error *e)
{
	struct rcs_bench_column column[RCS_AMPLIFIERS * RCS_DEPTHS_MAX];
	size_t columns = choose_columns(b, column);
	struct rcs_bench_horizon horizon = {0};
	struct rcs_measurement m = {&b->how.team, RCS_JOB_RATE, RCS_TEST_DEFAULT,
				    NULL,	  {"", 0},	b->how.limit_ns,
				    NULL}; /* its rows grow */

	rcs_bench_curve_head(stdout, column, columns);
	for (size_t d = 0; d < DELAYS; d++) {
		char barrier[RCS_BARRIER_NAME_SIZE];

		(void)snprintf(barrier, sizeof(barrier), "delay:%u", delays[d]);
		m.barrier = barrier;
		rcs_bench_curve_row(stdout, delays[d]);
		for (size_t c = 0; c < columns; c++) {
			struct rcs_result result;

			if (rcs_interrupted())
				return 0;
			(void)snprintf(m.amplifier.name, sizeof(m.amplifier.name), "%s",
				       column[c].amplifier);
			m.amplifier.depth = column[c].depth;
			if (rcs_measure(&m, &result, e) != 0)
				return -1;
			rcs_bench_curve_cell(stdout, &result);
			rcs_bench_horizon_add(&horizon, &column[c], delays[d], &result);
		}
		rcs_bench_curve_end(stdout);
	}
	rcs_bench_curve_foot(stdout, &horizon);
	return 0;
}

static int bench_bare(const struct bench *b, struct rcs_error *e)
{
	struct rcs_progress_line line = {.shown = rcs_progress_wanted(), .cells = 1};
	struct rcs_team_options pairs = b->how.team;
	struct rcs_measurement m = {&pairs,	 RCS_JOB_RATE,	  "SB", "none",
				    {"none", 0}, b->how.limit_ns, &line};
	struct rcs_result result;

	pairs.writers = pairs.readers = b->how.team.threads / 2;
	if (rcs_measure(&m, &result, e) != 0)
		return -1;
	rcs_bench_bare(stdout, (int)pairs.writers, &result);
	return 0;
}

int rcs_command_bench(int argc, char **argv)
{
	static const struct argp_child children[] = {
		{&rcs_measure_argp, 0, NULL, 0},
		{&rcs_bench_rcu_argp, 0, NULL, 0},
		{NULL, 0, NULL, 0},
	};
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.doc = "Measures what verdicts on this machine rest on, and RCU "
		       "flavours.",
		.children = children,
	};
	static struct bench b;
	struct rcs_error e;

	rcs_measure_options_start(&b.how);
	(void)argp_parse(&argp, argc, argv, 0, NULL, &b);
	rcs_bench_rcu_settle(&b.rcu, &b.how);
	if (!b.costs && !b.curve && !b.bare && !b.rcu.asked)
		b.costs = b.curve = b.bare = true;
	rcs_interrupt_catch();
	if (rcs_measure_options_settle(&b.how, &e) != 0 ||
	    (b.costs && bench_costs(&b, &e) != 0) ||
	    (b.curve && !rcs_interrupted() && bench_curve(&b, &e) != 0) ||
	    (b.bare && !rcs_interrupted() && bench_bare(&b, &e) != 0) ||
	    (b.rcu.asked && !rcs_interrupted() &&
	     rcs_bench_rcu(&b.rcu, &b.how, &e) != 0)) {
		(void)fflush(stdout);
		(void)fprintf(stderr, "rcustress: %s\n", e.text);
		return e.kind == RCS_ERROR_USAGE ? RCS_EXIT_USAGE : RCS_EXIT_FAULT;
	}
	return rcs_interrupted() ? RCS_EXIT_INCONCLUSIVE : 0;
}
