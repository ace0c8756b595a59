/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * `rcustress horizon`: for how long stores can be held back on this machine, and which
 * barriers can therefore be judged with which twin. Every delay is a cell in a process
 * of its own, which first picks the amplifier that hits it most often.
 */
#include "cli/command.h"

#include <stdio.h>
#include <string.h>

#include "cli/barrier_list.h"
#include "cli/interrupt.h"
#include "cli/measure.h"
#include "cli/values.h"
#include "host/clock.h"
#include "report/horizon.h"
#include "stress/tests.h"

/* 100 ns to 1 ms, eight steps to the decade. */
static const unsigned step[] = {100, 130, 180, 240, 320, 420, 560, 750};
#define STEPS	(sizeof(step) / sizeof(step[0]))
#define LAST_NS 1000000u

struct horizon {
	struct rcs_team_options team;
	struct rcs_barrier_list barriers;
	struct rcs_amplifier_choice amplifier;
	uint64_t limit_ns;
};

static const struct argp_option options[] = {
	{NULL, 0, NULL, 0, "What is measured:", 1},
	{"barrier", 'b', "LIST", 0,
	 "Barriers whose costs are shown beside (default: every one that is no "
	 "control)",
	 0},
	{"amplify", 'a', "NAME", 0, "Only this amplifier, as flush-self:24", 0},
	{"time", 'T', "LIMIT", 0, "Limit for each delay and barrier (default: 1s)", 0},
	{0},
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct horizon *h = state->input;
	struct rcs_error e;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &h->team;
		break;
	case 'b':
		rcs_barrier_option(state, arg, &h->barriers);
		break;
	case 'a':
		rcs_option_check(state,
				 rcs_amplifier_choice_read(arg, &h->amplifier, &e),
				 "--amplify", arg, &e);
		break;
	case 'T':
		rcs_option_check(state, rcs_value_duration(arg, &h->limit_ns, &e),
				 "--time", arg, &e);
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

static int measure_delay(const struct horizon *o, unsigned delay_ns,
			 struct rcs_horizon *h, struct rcs_error *e)
{
	char barrier[RCS_BARRIER_NAME_SIZE];
	struct rcs_measurement m = {&o->team, RCS_JOB_RATE, RCS_TEST_DEFAULT,
				    barrier,  o->amplifier, o->limit_ns};
	struct rcs_result result;

	(void)snprintf(barrier, sizeof(barrier), "delay:%u", delay_ns);
	if (rcs_measure(&m, &result, e) != 0)
		return -1;
	if (result.subject.rounds == 0)
		return rcs_fail(e, RCS_ERROR_FAULT, "%s",
				result.interrupted ? "interrupted" : result.reason);
	rcs_horizon_add(h, delay_ns, &result);
	rcs_horizon_row(stdout, &h->point[h->count - 1]);
	return 0;
}

static int measure_delays(const struct horizon *o, struct rcs_horizon *h,
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
		if (measure_delay(o, delay_ns, h, e) != 0)
			return rcs_interrupted() ? 0 : -1;
	}
	return 0;
}

static int measure_costs(const struct horizon *o, const struct rcs_horizon *h,
			 struct rcs_error *e)
{
	struct rcs_measurement m = {&o->team, RCS_JOB_LATENCY, RCS_TEST_DEFAULT,
				    NULL,     {"none", 0},     o->limit_ns};

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
static const char *pair_name(const struct horizon *o)
{
	static struct rcs_plan plan;
	struct rcs_error e;

	return rcs_team_plan(&o->team, &plan, &e) == 0
		       ? rcs_pair_name(plan.placement[0].pair)
		       : "";
}

static int run(struct horizon *o, struct rcs_error *e)
{
	static struct rcs_horizon h;

	if (rcs_team_settle(&o->team, 2, e) != 0)
		return -1;
	if (o->team.cpus.count < 2)
		return rcs_fail(e, RCS_ERROR_USAGE,
				"the horizon takes two CPUs, and only one may be used");
	rcs_horizon_head(stdout, pair_name(o));
	if (measure_delays(o, &h, e) != 0)
		return -1;
	if (!rcs_interrupted()) {
		rcs_horizon_plot(stdout, &h);
		if (measure_costs(o, &h, e) != 0)
			return -1;
	}
	rcs_horizon_foot(stdout, &h);
	return 0;
}

/* Every barrier that is no control. */
static void add_uncontrolled(struct rcs_barrier_list *list)
{
	struct rcs_error e;

	for (size_t i = 0; i < rcs_barrier_count; i++) {
		if (!rcs_barriers[i]->control)
			(void)rcs_barrier_list_add(list, rcs_barriers[i]->name, &e);
	}
}

int rcs_command_horizon(int argc, char **argv)
{
	static const struct argp_child children[] = {
		{&rcs_team_argp, 0, NULL, 0},
		{NULL, 0, NULL, 0},
	};
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.doc = "For how long stores can be held back here, and so which "
		       "barriers this machine can judge.",
		.children = children,
	};
	static struct horizon o;
	struct rcs_error e;

	o.limit_ns = 1000000000;
	o.amplifier = RCS_AMPLIFIER_CHOICE_AUTO;
	(void)argp_parse(&argp, argc, argv, 0, NULL, &o);
	if (o.barriers.count == 0)
		add_uncontrolled(&o.barriers);
	rcs_interrupt_catch();
	if (run(&o, &e) != 0) {
		(void)fflush(stdout);
		(void)fprintf(stderr, "rcustress: %s\n", e.text);
		return e.kind == RCS_ERROR_USAGE ? RCS_EXIT_USAGE : RCS_EXIT_FAULT;
	}
	return rcs_interrupted() ? RCS_EXIT_INCONCLUSIVE : 0;
}
