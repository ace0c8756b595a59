/* SPDX-License-Identifier: BSD-2-Clause */
/* Records that are made up, for the tests of formats. */
#ifndef RCS_REPORT_TEST_SAMPLE_H
#define RCS_REPORT_TEST_SAMPLE_H

#include "report/format.h"

/* Every byte but the first, twice; broken UTF-8, and what markup is made of. */
extern const char rcs_sample_hostile[];

extern const struct rcs_machine rcs_sample_x86, rcs_sample_arm; /* arm: emulated */

/* A judged cell of that verdict, with what belongs to it: counts, reason, witness. */
struct rcs_record_cell rcs_sample_cell(enum rcs_verdict verdict);

/* A run of these cells on the x86-64 machine, which ends as they do. */
struct rcs_record_run rcs_sample_run(const struct rcs_record_cell *cells, size_t count);

/* With --inconclusive pass. */
void rcs_sample_tolerate(struct rcs_record_run *run);

/* Ten cells, each of which is taken in another way. */
#define RCS_SAMPLE_CELLS 10
const struct rcs_record_run *rcs_sample_run_of_each(void);

/* A horizon of 512 ns. */
const struct rcs_record_horizon *rcs_sample_horizon(void);

/*
 * The matrix of a report, in which each run is a kind of machine of its own. In the
 * report's pool.
 */
const struct rcs_matrix *rcs_sample_matrix(const struct rcs_report *report);

/* What a format writes of it, with its matrix; to be freed. */
char *rcs_sample_written(const struct rcs_format *format,
			 const struct rcs_report *report);

#endif
