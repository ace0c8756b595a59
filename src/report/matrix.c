/* SPDX-License-Identifier: BSD-2-Clause */
/* The matrix of a report: see matrix.h. */
#include "report/matrix.h"

const struct rcs_matrix *rcs_matrix_of(const struct rcs_report *report)
{
	return rcs_pool_get(report->pool, sizeof(struct rcs_matrix));
}

const struct rcs_matrix_changes *rcs_matrix_changes_of(struct rcs_pool *pool,
						       const struct rcs_matrix *before,
						       const struct rcs_matrix *after)
{
	(void)before;
	(void)after;
	return rcs_pool_get(pool, sizeof(struct rcs_matrix_changes));
}
