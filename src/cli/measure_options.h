/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The options that `bench` and `horizon` share: what is measured, for how long, and
 * what it may take of the machine. An argp child of both.
 */
#ifndef RCS_CLI_MEASURE_OPTIONS_H
#define RCS_CLI_MEASURE_OPTIONS_H

#include <argp.h>

#include "cli/amplifier_choice.h"
#include "cli/barrier_list.h"
#include "cli/team_options.h"

struct rcs_measure_options {
	struct rcs_team_options team;
	struct rcs_barrier_list barriers;
	struct rcs_amplifier_choice amplifier;
	uint64_t limit_ns; /* for each measurement */
};

/* Its input is a struct rcs_measure_options. */
extern const struct argp rcs_measure_argp;

/*
 * What they are when nobody says: to begin with. Threads are spread, since one
 * measurement is of one placement, and siblings may share what is measured.
 */
void rcs_measure_options_start(struct rcs_measure_options *o);

/*
 * Settles what was not said: two threads, and every barrier that is no control.
 * 0, or -1 and *e.
 */
int rcs_measure_options_settle(struct rcs_measure_options *o, struct rcs_error *e);

#endif
