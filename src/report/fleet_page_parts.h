/* SPDX-License-Identifier: BSD-2-Clause */
/* A page while it is made: for fleet_page.c and fleet_tables.c. */
#ifndef RCS_REPORT_FLEET_PAGE_PARTS_H
#define RCS_REPORT_FLEET_PAGE_PARTS_H

#include "report/fleet_page.h"

struct rcs_fleet_paging {
	const struct rcs_report *report;
	const struct rcs_fleet *fleet;
	int verbosity;
	struct rcs_fleet_page *page;
	bool failed; /* there was no memory */
	/* The text that is being written. */
	FILE *out;
	char *text;
	size_t size;
};

/* Where to write a text; NULL when there is no memory. And what was written. */
FILE *rcs_fleet_text_begin(struct rcs_fleet_paging *p);
const char *rcs_fleet_text_end(struct rcs_fleet_paging *p);

struct rcs_fleet_section *rcs_fleet_section_add(struct rcs_fleet_paging *p,
						const char *title);

/* Room for lines; NULL when there is no memory. */
struct rcs_fleet_line *rcs_fleet_lines_get(struct rcs_fleet_paging *p, size_t lines);

/* fleet_tables.c */
void rcs_fleet_put_groups(struct rcs_fleet_paging *p, enum rcs_fleet_part part,
			  const char *title);
void rcs_fleet_put_campaign(struct rcs_fleet_paging *p);

#endif
