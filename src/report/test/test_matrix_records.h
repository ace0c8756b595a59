/* SPDX-License-Identifier: BSD-2-Clause */
/* Runs that are made up, for tests of the matrix. */
#ifndef RCS_REPORT_TEST_MATRIX_RECORDS_H
#define RCS_REPORT_TEST_MATRIX_RECORDS_H

#include <stdio.h>
#include <string.h>

#include "report/matrix.h"

/* A machine of x86_64 with this node name, CPU and kernel. */
static inline struct rcs_machine *made_machine(struct rcs_report *report,
					       const char *name, const char *cpu,
					       const char *kernel)
{
	struct rcs_machine *m = rcs_pool_get(report->pool, sizeof(*m));

	assert_non_null(m);
	(void)snprintf(m->arch, sizeof(m->arch), "x86_64");
	(void)snprintf(m->name, sizeof(m->name), "%s", name);
	(void)snprintf(m->cpu, sizeof(m->cpu), "%s", cpu);
	(void)snprintf(m->kernel, sizeof(m->kernel), "%s", kernel);
	return m;
}

/* A cell with this verdict; what it is measured by, and what else, the test sets. */
static inline struct rcs_record_cell made_cell(const char *barrier, const char *test,
					       enum rcs_verdict verdict)
{
	return (struct rcs_record_cell){
		.barrier = barrier,
		.test = test,
		.rcu = "",
		.runner = "sb",
		.verdict = verdict,
		.judged = true,
		.has_heavy = true,
		.reason = "",
		.proviso = "",
		.witness = "",
		.p_missed = verdict == RCS_HOLDS ? 0x1p-20 : 1.0,
		.amplifier = "",
		.interrupts = -1.0,
	};
}

/* A run with copies of these cells. */
static inline struct rcs_record_run *made_run(struct rcs_report *report,
					      const struct rcs_machine *machine,
					      size_t cells,
					      const struct rcs_record_cell *cell)
{
	struct rcs_record_run *run = rcs_pool_get(report->pool, sizeof(*run));
	struct rcs_record_cell *copy =
		rcs_pool_get(report->pool, cells * sizeof(*copy) + 1);

	assert_non_null(run);
	assert_non_null(copy);
	memcpy(copy, cell, cells * sizeof(*copy));
	*run = (struct rcs_record_run){
		.file = "",
		.version = "0.1.0",
		.begun = "2026-11-23T11:31:32Z",
		.command = "rcustress",
		.machine = machine,
		.topology = "",
		.cpus = "0-1",
		.cells = cells,
		.cell = copy,
	};
	assert_int_equal(rcs_report_add_run(report, run), 0);
	return run;
}

/* A run of one cell. */
static inline struct rcs_record_run *made_single(struct rcs_report *report,
						 const struct rcs_machine *machine,
						 const char *barrier, const char *test,
						 enum rcs_verdict verdict)
{
	struct rcs_record_cell cell = made_cell(barrier, test, verdict);

	return made_run(report, machine, 1, &cell);
}

#endif
