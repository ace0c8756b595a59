/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The options that say what a run may take of the machine: threads, CPUs, memory,
 * seed. An argp child of every command that runs cells.
 */
#ifndef RCS_CLI_TEAM_OPTIONS_H
#define RCS_CLI_TEAM_OPTIONS_H

#include <argp.h>

#include "host/cpus.h"
#include "stress/placement.h"

struct rcs_team_options {
	uint64_t threads, readers, writers; /* 0: not said */
	bool threads_given, split_given;    /* readers or writers were said */
	struct rcs_cpus cpus;		    /* count 0: not said */
	enum rcs_affinity affinity;
	uint64_t memory; /* 0: not said */
	uint64_t seed;
	bool seed_given;
};

/* Its input is a struct rcs_team_options. */
extern const struct argp rcs_team_argp;

/*
 * Settles what was not said: default_threads threads (0: as many as CPUs, at least
 * 2), one writer, all CPUs, a seed. Binds this process to the CPUs that were asked
 * for. 0, or -1 and *e when that cannot be.
 */
int rcs_team_settle(struct rcs_team_options *o, uint64_t default_threads,
		    struct rcs_error *e);

/*
 * Fills threads, placements, memory and seed of a plan from settled options; the
 * plan's amplifier must be set before. 0; -1 and *e when it cannot be, which
 * rcs_team_settle() has ruled out.
 */
int rcs_team_plan(const struct rcs_team_options *o, struct rcs_plan *plan,
		  struct rcs_error *e);

/*
 * The same threads, settled, for the torture of an RCU: unless readers or writers were
 * said, a quarter of them are updaters, from `updaters` to 8, and never more than half.
 */
struct rcs_team_options rcs_team_of_rcu(const struct rcs_team_options *o,
					uint64_t updaters);

/*
 * For argp parsers: ends the program with status 2 and "rcustress: --option 'value':
 * what is allowed" if failed is not 0.
 */
void rcs_option_check(struct argp_state *state, int failed, const char *option,
		      const char *value, const struct rcs_error *e);

#endif
