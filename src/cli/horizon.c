/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * `rcustress horizon`: for how long stores can be held back on this machine, and which
 * barriers can therefore be judged with which twin. Every delay is a cell in a process
 * of its own, which first picks the amplifier that hits it most often.
 */
#include "cli/command.h"

#include <stdio.h>

#include "cli/interrupt.h"
#include "cli/measure.h"
#include "cli/measure_options.h"
#include "report/horizon.h"
#include "stress/tests.h"

/* 100 ns to 1 ms, eight steps to the decade. */
static const unsigned step[] = {100, 130, 180, 240, 320, 420, 560, 750};
#define STEPS	(sizeof(step) / sizeof(step[0]))
#define LAST_NS 1000000u
#define DECADES 4 /* below the last, which is alone in its own */

static error_t parse(int key, char *arg, struct argp_state *state)
{
	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = state->input;
		break;
	case ARGP_KEY_ARG:
		argp_failure(state, argp_err_exit_status, 0,
			     "horizon takes no argument, but got '%.60s'", arg);
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

static int measure_delay(const struct rcs_measure_options *o, unsigned delay_ns,
			 struct rcs_progress_line *line, struct rcs_horizon *h,
			 struct rcs_error *e)
{
	char barrier[RCS_BARRIER_NAME_SIZE];
	struct rcs_measurement m = {&o->team, RCS_JOB_RATE, RCS_TEST_DEFAULT,
				    barrier,  o->amplifier, o->limit_ns,
				    line};
	struct rcs_result result;

	(void)snprintf(barrier, sizeof(barrier), "delay:%u", delay_ns);
	if (rcs_measure(&m, &result, e) != 0)
		return -1;
	if (result.interrupted)
		return 0;
	if (result.reason[0] != '\0')
		return rcs_fail(e, RCS_ERROR_FAULT, "%s", result.reason);
	rcs_horizon_add(h, delay_ns, &result);
	rcs_horizon_row(stdout, &h->point[h->count - 1]);
	return 0;
}

static int measure_delays(const struct rcs_measure_options *o,
			  struct rcs_progress_line *line, struct rcs_horizon *h,
			  struct rcs_error *e)
{
	unsigned factor = 1;

	for (size_t s = 0; !rcs_interrupted(); s++) {
		unsigned delay_ns;

		if (s == STEPS) {
			s = 0;
			factor *= 10;
		}
		delay_ns = step[s] * factor;
		if (delay_ns > LAST_NS)
			break;
		if (measure_delay(o, delay_ns, line, h, e) != 0)
			return -1;
	}
	return 0;
}

static int measure_costs(const struct rcs_measure_options *o,
			 struct rcs_progress_line *line, const struct rcs_horizon *h,
			 struct rcs_error *e)
{
	struct rcs_measurement m = {&o->team, RCS_JOB_LATENCY, RCS_TEST_DEFAULT,
				    NULL,     {"none", 0},     o->limit_ns,
				    line};

	for (size_t i = 0; i < o->barriers.count && !rcs_interrupted(); i++) {
		struct rcs_result result;

		m.barrier = o->barriers.choice[i].name;
		if (rcs_measure(&m, &result, e) != 0)
			return -1;
		rcs_horizon_cost(stdout, h, m.barrier, &result);
	}
	return 0;
}

/* The kind of pair that the first placement seats writer and reader on. */
static const char *pair_name(const struct rcs_measure_options *o)
{
	static struct rcs_plan plan;
	struct rcs_error e;

	return rcs_team_plan(&o->team, &plan, &e) == 0
		       ? rcs_pair_name(plan.placement[0].pair)
		       : "";
}

static int run(struct rcs_measure_options *o, struct rcs_error *e)
{
	static struct rcs_horizon h;
	struct rcs_progress_line line = {.shown = rcs_progress_wanted()};

	if (rcs_measure_options_settle(o, e) != 0)
		return -1;
	if (o->team.cpus.count < 2)
		return rcs_fail(e, RCS_ERROR_USAGE,
				"the horizon takes two CPUs, and only one may be used");
	line.cells = DECADES * STEPS + 1 + o->barriers.count;
	rcs_horizon_head(stdout, pair_name(o));
	if (measure_delays(o, &line, &h, e) != 0)
		return -1;
	if (!rcs_interrupted()) {
		rcs_horizon_plot(stdout, &h);
		if (measure_costs(o, &line, &h, e) != 0)
			return -1;
	}
	if (rcs_interrupted())
		(void)printf("interrupted: delays up to %.0f us were measured\n",
			     h.count > 0 ? (double)h.point[h.count - 1].delay_ns / 1e3
					 : 0.0);
	else
		rcs_horizon_foot(stdout, &h);
	return 0;
}

int rcs_command_horizon(int argc, char **argv)
{
	static const struct argp_child children[] = {
		{&rcs_measure_argp, 0, NULL, 0},
		{NULL, 0, NULL, 0},
	};
	static const struct argp argp = {
		.parser = parse,
		.doc = "For how long stores can be held back here, and so which "
		       "barriers this machine can judge.",
		.children = children,
	};
	static struct rcs_measure_options o;
	struct rcs_error e;

	rcs_measure_options_start(&o);
	(void)argp_parse(&argp, argc, argv, 0, NULL, &o);
	rcs_interrupt_catch();
	if (run(&o, &e) != 0) {
		(void)fflush(stdout);
		(void)fprintf(stderr, "rcustress: %s\n", e.text);
		return e.kind == RCS_ERROR_USAGE ? RCS_EXIT_USAGE : RCS_EXIT_FAULT;
	}
	return rcs_interrupted() ? RCS_EXIT_INCONCLUSIVE : 0;
}
