/* SPDX-License-Identifier: BSD-2-Clause */
/* A file of what a fleet is to have: `rcustress report --inventory`. */
#ifndef RCS_CLI_REPORT_INVENTORY_H
#define RCS_CLI_REPORT_INVENTORY_H

#include <stdio.h>

#include "host/error.h"
#include "report/fleet.h"
#include "report/pool.h"

/*
 * Adds what a file has, one a line: "node NAME", "cpu MODEL", "microcode REVISION" or
 * "kernel RELEASE"; the name goes to the end of the line. What stands behind a # at the
 * beginning or after a blank is a comment. Names are the pool's. 0, or -1 and *e, which
 * names file and line.
 */
int rcs_inventory_read(struct rcs_fleet_inventory *inventory, struct rcs_pool *pool,
		       const char *path, struct rcs_error *e);

/* Frees what is not the pool's. */
void rcs_inventory_free(struct rcs_fleet_inventory *inventory);

#endif
