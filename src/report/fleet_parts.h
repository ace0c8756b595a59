/* SPDX-License-Identifier: BSD-2-Clause */
/* What the parts of a fleet's report share while it is made: see fleet.h. */
#ifndef RCS_REPORT_FLEET_PARTS_H
#define RCS_REPORT_FLEET_PARTS_H

#include "report/fleet.h"

/* Where a run belongs. */
struct rcs_fleet_place {
	uint32_t group[RCS_FLEET_PARTS];
	uint32_t machine[RCS_FLEET_PARTS]; /* numbered over all groups of the part */
};

/* A cell, with the numbers of what it is sorted by. */
struct rcs_fleet_seen {
	const struct rcs_record_cell *cell;
	const struct rcs_record_run *run;
	uint32_t place;	  /* of its run */
	uint32_t barrier; /* in the order of the matrix' rows: "-" may be anywhere */
	uint32_t test;	  /* of that barrier; numbered over all of them */
};

struct rcs_fleet_making {
	const struct rcs_report *report;
	struct rcs_fleet *fleet;
	struct rcs_fleet_place *place; /* by run */
	size_t cells;
	struct rcs_fleet_seen *seen; /* in the order of runs */
	uint32_t barriers, tests, machines[RCS_FLEET_PARTS];
	const char **barrier; /* names */
	struct rcs_fleet_group *group[RCS_FLEET_PARTS];
	struct rcs_fleet_entry *entry[RCS_FLEET_PARTS]; /* group by group */
};

/* Verdict of a cell by itself. */
enum rcs_run_end rcs_fleet_weight(const struct rcs_record_cell *cell);

/* fleet_count.c: groups and their entries. */
int rcs_fleet_count(struct rcs_fleet_making *m);
/* fleet_findings.c */
int rcs_fleet_find(struct rcs_fleet_making *m);
/* fleet_outliers.c */
int rcs_fleet_compare(struct rcs_fleet_making *m);
/* fleet_inventory.c */
int rcs_fleet_take_stock(const struct rcs_report *report,
			 struct rcs_fleet_inventory *inventory);

#endif
