/* SPDX-License-Identifier: BSD-2-Clause */
/* Documents that are made up, for tests of pages. All memory is the pool's. */
#ifndef RCS_REPORT_TEST_SAMPLE_HTML_H
#define RCS_REPORT_TEST_SAMPLE_HTML_H

#include "report/format.h"

struct sample {
	struct rcs_pool *pool;
	struct rcs_report report;
	struct rcs_document document;
};

/* Every character of control, what means something to HTML, and what is no UTF-8. */
extern const char sample_hostile[];

/* One run of 29 cells with all details, and a horizon. */
void sample_one(struct sample *s);

/* So many runs on as many kinds of machine, 29 cells each, hostile names, refused
 * files, a baseline. */
void sample_many(struct sample *s, size_t runs, size_t kinds, bool detailed);

/* Of all runs of a report, folded as reports have it. */
const struct rcs_matrix *sample_matrix(const struct rcs_report *report);

void sample_free(struct sample *s);

#endif
