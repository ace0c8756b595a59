/* SPDX-License-Identifier: BSD-2-Clause */
/* For ci/formats.bats: `write-sample FORMAT WHICH` writes a report that is made up. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/formats.h"
#include "report/test/sample.h"

/* Wherever a string may stand. */
static struct rcs_record_run hostile(struct rcs_record_cell *cell)
{
	static struct rcs_record_option option = {rcs_sample_hostile,
						  rcs_sample_hostile};
	static struct rcs_machine machine;
	struct rcs_record_run run;

	machine = rcs_sample_x86;
	(void)memcpy(machine.cpu, rcs_sample_hostile, sizeof(machine.cpu) - 1);
	(void)memcpy(machine.name, rcs_sample_hostile, sizeof(machine.name) - 1);
	*cell = rcs_sample_cell(RCS_BROKEN);
	cell->barrier = cell->test = cell->rcu = cell->reason = cell->proviso =
		cell->witness = cell->amplifier = rcs_sample_hostile;
	run = rcs_sample_run(cell, 1);
	run.file = run.command = run.version = run.begun = run.cpus = run.topology =
		rcs_sample_hostile;
	run.option = &option;
	run.options = 1;
	run.machine = &machine;
	return run;
}

int main(int argc, char **argv)
{
	struct rcs_report report = {.pool = rcs_pool_create()};
	struct rcs_record_run run = *rcs_sample_run_of_each(), more;
	struct rcs_record_cell one = rcs_sample_cell(RCS_HOLDS), two;
	const struct rcs_format *format;
	struct rcs_error e;
	char *text;
	int failed = 0;

	if (argc != 3 || report.pool == NULL)
		return 2;
	format = rcs_format_find(argv[1], &e);
	if (format == NULL)
		return 2;
	if (strcmp(argv[2], "good") == 0)
		run = rcs_sample_run(&one, 1);
	else if (strcmp(argv[2], "tolerated") == 0)
		rcs_sample_tolerate(&run);
	else if (strcmp(argv[2], "interrupted") == 0)
		run.interrupted = true;
	failed |= rcs_report_add_run(&report, &run);
	if (strcmp(argv[2], "merged") == 0) {
		more = hostile(&two);
		failed |= rcs_report_add_run(&report, &more);
		failed |= rcs_report_add_horizon(&report, rcs_sample_horizon());
		failed |= rcs_report_refuse(&report, rcs_sample_hostile,
					    rcs_sample_hostile);
	}
	if (failed != 0)
		return 2;
	text = rcs_sample_written(format, &report);
	(void)fputs(text, stdout);
	free(text);
	rcs_report_release(&report);
	rcs_pool_destroy(report.pool);
	return 0;
}
