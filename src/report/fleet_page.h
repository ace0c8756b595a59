/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What formats for people say of a fleet: sections of lines and tables, the same in
 * each. Texts are as machines and files have them; who writes them has to quote them.
 */
#ifndef RCS_REPORT_FLEET_PAGE_H
#define RCS_REPORT_FLEET_PAGE_H

#include <stdio.h>

#include "report/fleet.h"

struct rcs_fleet_line {
	bool detail;	      /* of the line before */
	const char *word;     /* a verdict that it begins with; empty: none */
	enum rcs_run_end end; /* what the word comes to */
	const char *text;
};

struct rcs_fleet_section {
	const char *title; /* our own */
	size_t lines;
	const struct rcs_fleet_line *line;
	/* A table, if there are columns; lines stand above it. */
	size_t columns,
		names; /* the first so many columns are text, the others numbers */
	size_t rows;
	const char *const *head; /* our own */
	const char *const *cell; /* row by row */
	const char *note;	 /* below it, our own; empty: none */
};

#define RCS_FLEET_SECTIONS 8

struct rcs_fleet_page {
	size_t sections;
	struct rcs_fleet_section section[RCS_FLEET_SECTIONS];
};

/* Not verbosely, so many lines of a kind, or rows of a table. */
#define RCS_FLEET_LINES_MAX 20
#define RCS_FLEET_ROWS_MAX  40

/*
 * In the report's pool. Quietly (-1) only what speaks against the fleet; verbosely (1)
 * everything. NULL when there is no memory.
 */
const struct rcs_fleet_page *rcs_fleet_page_of(const struct rcs_report *report,
					       const struct rcs_fleet *fleet,
					       int verbosity);

#endif
