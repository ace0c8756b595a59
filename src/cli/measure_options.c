/* SPDX-License-Identifier: BSD-2-Clause */
/* The options of commands that measure: see measure_options.h. */
#include "cli/measure_options.h"

#include <string.h>

#include "cli/values.h"

#define LIMIT_DEFAULT_NS UINT64_C(1000000000)

static const struct argp_option options[] = {
	{NULL, 0, NULL, 0, "How it is measured:", 2},
	{"barrier", 'b', "LIST", 0,
	 "Barriers whose costs are measured (default: every one that is no control; "
	 "of RCU, membarrier and mprotect)",
	 0},
	{"amplify", 'a', "NAME", 0, "Only this amplifier, as flush-self:24", 0},
	{"time", 'T', "LIMIT", 0, "Limit for each measurement (default: 1s)", 0},
	{0},
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct rcs_measure_options *o = state->input;
	struct rcs_error e;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &o->team;
		break;
	case 'b':
		rcs_barrier_option(state, arg, &o->barriers);
		break;
	case 'a':
		rcs_option_check(state,
				 rcs_amplifier_choice_read(arg, &o->amplifier, &e),
				 "--amplify", arg, &e);
		break;
	case 'T':
		rcs_option_check(state, rcs_value_duration(arg, &o->limit_ns, &e),
				 "--time", arg, &e);
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

static const struct argp_child children[] = {
	{&rcs_team_argp, 0, NULL, 0},
	{NULL, 0, NULL, 0},
};

const struct argp rcs_measure_argp = {
	.options = options,
	.parser = parse,
	.children = children,
};

void rcs_measure_options_start(struct rcs_measure_options *o)
{
	memset(o, 0, sizeof(*o));
	o->limit_ns = LIMIT_DEFAULT_NS;
	o->amplifier = RCS_AMPLIFIER_CHOICE_AUTO;
	o->team.affinity = RCS_AFFINITY_SPREAD;
}

int rcs_measure_options_settle(struct rcs_measure_options *o, struct rcs_error *e)
{
	bool none = o->barriers.count == 0;

	for (size_t i = 0; none && i < rcs_barrier_count; i++) {
		if (!rcs_barriers[i]->control &&
		    rcs_barrier_list_add(&o->barriers, rcs_barriers[i]->name, e) != 0)
			return -1;
	}
	return rcs_team_settle(&o->team, 2, e);
}
