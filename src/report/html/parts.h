/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The parts of a page, in the order in which they stand on it; each writes its own and
 * leaves out what there is nothing to say of. See html.c for what pages are.
 */
#ifndef RCS_REPORT_HTML_PARTS_H
#define RCS_REPORT_HTML_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "report/format.h"

/* A page has bounds, however many runs there are. */
#define RCS_HTML_RUNS_MAX     16   /* that are shown one by one */
#define RCS_HTML_CELLS_MAX    256  /* all cells with everything that is known of them */
#define RCS_HTML_WORST_MAX    100  /* if there are more: so many of the worst */
#define RCS_HTML_KINDS_MAX    64   /* columns of the matrix */
#define RCS_HTML_TESTS_MAX    3000 /* rows of tests, under all barriers together */
#define RCS_HTML_ROWS_MAX     300  /* rows of any other table */
#define RCS_HTML_HORIZONS_MAX 8

struct rcs_html {
	FILE *out;
	const struct rcs_document *document;
	uint64_t cells; /* of all runs */
	bool horizon_only;
	bool every_run;	 /* is shown … */
	bool every_cell; /* … and every cell */
};

/* head.c: verdict of all, its worst cells, and what it was taken from */
void rcs_html_head(const struct rcs_html *h);
/* fleet.c: what is said of a fleet, if it was asked for; -1: no memory */
int rcs_html_fleet(const struct rcs_html *h);
/* verdicts.c: the matrix */
void rcs_html_verdicts(const struct rcs_html *h);
/* tests.c: what stands behind each of its rows */
void rcs_html_tests(const struct rcs_html *h);
/* changes.c: against a baseline; and files that are not in it */
void rcs_html_changes(const struct rcs_html *h);
void rcs_html_refused(const struct rcs_html *h);
/* horizon.c: one for each, or how to have one */
void rcs_html_horizons(const struct rcs_html *h);
/* runs.c: one by one, or listed with the worst cells of all */
void rcs_html_runs(const struct rcs_html *h);
/* legend.c */
void rcs_html_legend(const struct rcs_html *h);

/* machine.c: what a machine is, in a line; and every fact of it, as a list. */
void rcs_html_machine_name(FILE *out, const struct rcs_machine *m);
void rcs_html_machine(FILE *out, const struct rcs_machine *m);

/* latency.c: how long the heavy calls of a run took, of all barriers on one axis. */
void rcs_html_latency(FILE *out, const struct rcs_record_run *run, size_t number);
/* … and of one cell, in numbers. */
void rcs_html_quantiles(FILE *out, const struct rcs_result *r);

/* cell.c: everything that is known of one, folded. `from`: its run, or NULL where it
 * stands under it. */
void rcs_html_cell(const struct rcs_html *h, const struct rcs_record_cell *cell,
		   const struct rcs_record_run *from, size_t run, size_t index);
/* counts.c: its arms, pairs of CPUs */
void rcs_html_arms(FILE *out, const struct rcs_record_cell *cell);
void rcs_html_pairs(FILE *out, const struct rcs_result *r);
/* rounds.c: hits by round; the id is the plot's */
void rcs_html_rounds(FILE *out, const struct rcs_record_cell *cell, const char *id);
/* states.c: final states */
void rcs_html_states(FILE *out, const struct rcs_record_cell *cell);
/* torture.c: of an RCU */
void rcs_html_torture(FILE *out, const struct rcs_torture_result *t);

#endif
