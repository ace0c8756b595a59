/* SPDX-License-Identifier: BSD-2-Clause */
/* Time for cells: see budget.h. */
#include "cli/budget.h"

#define CELL_DEFAULT_NS UINT64_C(10000000000)

static uint64_t least(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

/* No cell is given less of a total; a --time below the floor is the user's wish. */
static uint64_t floor_of(const struct rcs_budget *budget)
{
	return budget->cell_ns > 0 ? least(budget->cell_ns, RCS_BUDGET_FLOOR_NS)
				   : RCS_BUDGET_FLOOR_NS;
}

uint64_t rcs_budget_share(const struct rcs_budget *budget, uint64_t elapsed_ns,
			  size_t cells_left)
{
	uint64_t left, share;

	if (budget->total_ns == 0)
		return budget->cell_ns;
	left = elapsed_ns < budget->total_ns ? budget->total_ns - elapsed_ns : 0;
	share = left / (cells_left > 0 ? cells_left : 1);
	if (share < floor_of(budget))
		share = floor_of(budget);
	return budget->cell_ns > 0 ? least(share, budget->cell_ns) : share;
}

int rcs_budget_settle(struct rcs_budget *budget, size_t cells, struct rcs_error *e)
{
	if (budget->cell_ns == 0 && budget->total_ns == 0)
		budget->cell_ns = CELL_DEFAULT_NS;
	if (budget->total_ns > 0 && budget->total_ns / floor_of(budget) < cells)
		return rcs_fail(
			e, RCS_ERROR_USAGE,
			"--total: %.3g s are too little for %zu cell%s, which take "
			"%.3g s at least",
			(double)budget->total_ns * 1e-9, cells, cells == 1 ? "" : "s",
			(double)floor_of(budget) * 1e-9 * (double)cells);
	return 0;
}
