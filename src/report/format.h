/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The formats that reports are written in. Each is one file of its name, and a row of
 * the list in format.c.
 */
#ifndef RCS_REPORT_FORMAT_H
#define RCS_REPORT_FORMAT_H

#include <stdio.h>

#include "host/error.h"
#include "report/fleet.h"
#include "report/matrix.h"
#include "report/record.h"

/* What there is to write: a report, and what was made of it. */
struct rcs_document {
	const struct rcs_report *report;
	const struct rcs_matrix *matrix; /* of all its runs */
	const struct rcs_matrix_changes
		*changes;	       /* against a baseline; NULL: none was given */
	const struct rcs_fleet *fleet; /* NULL: it was not asked for */
	bool colored;		       /* for text */
	int verbosity;		       /* -1, 0, 1: for text and markdown */
};

struct rcs_format {
	const char *name;    /* "junit" */
	const char *summary; /* a line for `rcustress list --formats` */
	/* Writes all of it to out. 0, or -1 and *e; errors of out itself are left to
	 * whoever closes it. */
	int (*write)(const struct rcs_document *document, FILE *out,
		     struct rcs_error *e);
};

/* text, tap, json, junit, html, markdown; ends with NULL. */
extern const struct rcs_format *const rcs_formats[];

/* NULL and *e (usage), which lists them, if there is none of that name. */
const struct rcs_format *rcs_format_find(const char *name, struct rcs_error *e);

#endif
