/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The report of `rcustress horizon`: hits against delay as a table and as a plot for
 * terminals, and below it, on the same axis, what barriers cost.
 */
#ifndef RCS_REPORT_HORIZON_H
#define RCS_REPORT_HORIZON_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "stress/result.h"

#define RCS_HORIZON_POINTS_MAX 64

/* A barrier that waits for delay_ns and does nothing else. */
struct rcs_horizon_point {
	uint64_t delay_ns;
	uint64_t rounds, hit_rounds;
	uint64_t hits, exposed, time_ns;
	char amplifier[RCS_WORD_SIZE]; /* the one that hit most often */
	unsigned depth;
};

/* Delays ascend. */
struct rcs_horizon {
	size_t count;
	struct rcs_horizon_point point[RCS_HORIZON_POINTS_MAX];
};

/* Adds what a measurement of that delay gave. */
void rcs_horizon_add(struct rcs_horizon *h, uint64_t delay_ns,
		     const struct rcs_result *r);

/*
 * The horizon: the longest delay of which at least half of the rounds were hit; NULL
 * if there is none.
 */
const struct rcs_horizon_point *rcs_horizon_of(const struct rcs_horizon *h);

/* Which twins of a barrier with these costs can be hit, given that horizon. */
struct rcs_horizon_twins {
	bool delay;
	bool absent; /* and interrupts show that it may stand in */
};
struct rcs_horizon_twins rcs_horizon_twins(uint64_t horizon_ns,
					   const struct rcs_result *costs);

void rcs_horizon_head(FILE *out, const char *pair);
/* One line of the table, as soon as it is known. */
void rcs_horizon_row(FILE *out, const struct rcs_horizon_point *p);
void rcs_horizon_plot(FILE *out, const struct rcs_horizon *h);
/* A barrier's costs, on the axis of the plot above. */
void rcs_horizon_cost(FILE *out, const struct rcs_horizon *h, const char *barrier,
		      const struct rcs_result *costs);
void rcs_horizon_foot(FILE *out, const struct rcs_horizon *h);

#endif
