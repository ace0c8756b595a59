/* SPDX-License-Identifier: BSD-2-Clause */
/* A report in Markdown as it is being written: the parts that have files of their own.
 */
#ifndef RCS_REPORT_MARKDOWN_H
#define RCS_REPORT_MARKDOWN_H

#include <stdio.h>

#include "report/format.h"

/* How much is said of single cells. */
enum rcs_markdown_detail {
	RCS_MARKDOWN_ALL,
	RCS_MARKDOWN_BAD,  /* of those that did not pass */
	RCS_MARKDOWN_NONE, /* of none */
};

struct rcs_markdown {
	FILE *out;
	const struct rcs_document *document;
	enum rcs_markdown_detail detail;
};

/* "1: x86_64", as the table of machines has the one of that run. */
void rcs_markdown_machine(const struct rcs_markdown *m,
			  const struct rcs_machine *machine);

/* The cells of each barrier, folded; those with bad news are open. */
void rcs_markdown_cells(const struct rcs_markdown *m);

/* In place of the matrix and of cells, of a fleet. 0, or -1 when there is no memory. */
int rcs_markdown_fleet(const struct rcs_markdown *m);

/* Whether that verdict, taken so, is bad news. */
bool rcs_markdown_is_bad(enum rcs_verdict verdict, const struct rcs_standing *standing);

#endif
