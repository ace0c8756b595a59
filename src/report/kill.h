/* SPDX-License-Identifier: BSD-2-Clause */
/* The report of `rcustress mutants`: which mutants of the RCU the torture has killed.
 */
#ifndef RCS_REPORT_KILL_H
#define RCS_REPORT_KILL_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#define RCS_KILL_RUNS_MAX 99

/* What the runs of one mutant came to. */
struct rcs_kill {
	const char *name;
	const char *summary;
	const char *why_not; /* it may survive, because …; else NULL */
	int runs;	     /* that were made, … */
	int killed;	     /* … and that ended in a violation */
	uint64_t kill_ns[RCS_KILL_RUNS_MAX]; /* of those, until the violation */
	char check[24];			     /* the one that failed, in the first run */
	char witness[320];		     /* what it saw */
};

/* How mutants stand, all in all. */
struct rcs_kill_sum {
	int mutants;
	int killed;   /* in every run */
	int excused;  /* survived some run, as why_not says they may */
	int survived; /* and should not have */
	uint64_t worst_median_ns, longest_ns;
};

/* The median of its kills; 0 if there is none. Puts kill_ns in order. */
uint64_t rcs_kill_median(struct rcs_kill *kill);

void rcs_kill_head(FILE *out);
/* A line, as soon as a mutant is through; adds it to the sum. witness: show it. */
void rcs_kill_row(FILE *out, struct rcs_kill *kill, bool witness,
		  struct rcs_kill_sum *sum);
/* The RCU without a lie, tortured for so long: `kill` holds its violations, if any. */
void rcs_kill_sound(FILE *out, const struct rcs_kill *kill, uint64_t time_ns,
		    uint64_t grace_periods);
void rcs_kill_foot(FILE *out, const struct rcs_kill_sum *sum);

#endif
