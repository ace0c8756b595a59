/* SPDX-License-Identifier: BSD-2-Clause */
/* The command line of a run. */
#ifndef RCS_CLI_RUN_OPTIONS_H
#define RCS_CLI_RUN_OPTIONS_H

#include "cli/amplifier_choice.h"
#include "cli/barrier_list.h"
#include "cli/budget.h"
#include "cli/expect.h"
#include "cli/flavour_list.h"
#include "cli/output_options.h"
#include "cli/team_options.h"
#include "cli/test_list.h"
#include "report/style.h"

#define RCS_EXPECT_SAID_MAX 64

struct rcs_run_options {
	struct rcs_team_options team;
	struct rcs_barrier_list barriers;
	struct rcs_test_list tests;
	struct rcs_flavour_list flavours; /* to be tortured, where `rcu' is a test */
	const char *runner;		  /* name, or RCS_RUNNER_AUTO */
	const char *keep; /* folder for generated C; NULL: it is not kept */
	struct rcs_budget time;
	double p_target;
	double sensitivity;
	bool full;
	bool no_control;
	bool light_fence; /* readers have one, whatever the barrier asks for */
	bool inconclusive_passes;
	/* What --expect and --expect-file were given, read when all barriers are known.
	 */
	struct {
		bool file;
		const char *text;
	} expect_said[RCS_EXPECT_SAID_MAX];
	size_t expect_said_count;
	struct rcs_expect_list expect;
	/* Of it, what applies here: the verdicts of barriers.choice[] that pass. */
	unsigned expected[RCS_BARRIER_LIST_MAX];
	struct rcs_amplifier_choice amplifier;
	int verbosity;
	enum rcs_color color;
	struct rcs_output_options output;
};

/*
 * Reads argv into *o, with defaults for what is not said. Ends the program on --help
 * and its kin, and with status 2 and a message on anything malformed.
 */
void rcs_run_options_read(int argc, char **argv, struct rcs_run_options *o);

/* What a run has cells of: a test, or the torture of an RCU flavour. */
struct rcs_run_item {
	const struct rcs_test *test;	       /* or NULL, and … */
	const struct rcs_rcu_flavour *flavour; /* … this */
};

/* Those of a run, in their order. */
size_t rcs_run_items(const struct rcs_run_options *o);
struct rcs_run_item rcs_run_item_at(const struct rcs_run_options *o, size_t place);

/* Whether it has a cell with each barrier, and not a single one. */
bool rcs_run_by_barrier(const struct rcs_run_item *item);

/* How many cells the run has. */
size_t rcs_run_cells(const struct rcs_run_options *o);

#endif
