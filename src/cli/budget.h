/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How long each cell of a run may take, from --time and --total. Cells that know
 * their verdict early leave time to those after them, which may need it.
 */
#ifndef RCS_CLI_BUDGET_H
#define RCS_CLI_BUDGET_H

#include <stddef.h>
#include <stdint.h>

#include "host/error.h"

/* In less than this no cell gets anywhere, so none is given less of a total. */
#define RCS_BUDGET_FLOOR_NS UINT64_C(100000000)

struct rcs_budget {
	uint64_t cell_ns;  /* for each cell, at most; 0: not said */
	uint64_t total_ns; /* for the run; 0: not said */
};

/*
 * The limit of the next cell: an even share of what is left of the total, but the
 * floor at least, and never above what one cell may take.
 */
uint64_t rcs_budget_share(const struct rcs_budget *budget, uint64_t elapsed_ns,
			  size_t cells_left);

/*
 * Settles what was not said: with neither, 10 seconds for each cell. -1 and *e
 * (usage) when the total does not give so many cells their floor.
 */
int rcs_budget_settle(struct rcs_budget *budget, size_t cells, struct rcs_error *e);

#endif
