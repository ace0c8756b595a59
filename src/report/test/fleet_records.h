/* SPDX-License-Identifier: BSD-2-Clause */
/* A fleet that is made up, for tests of its report. */
#ifndef RCS_REPORT_TEST_FLEET_RECORDS_H
#define RCS_REPORT_TEST_FLEET_RECORDS_H

#include "report/fleet.h"
#include "report/test/test_matrix_records.h"

static struct rcs_report report;

static int begin(void **state)
{
	(void)state;
	report = (struct rcs_report){.pool = rcs_pool_create()};
	return report.pool == NULL ? -1 : 0;
}

static int end(void **state)
{
	(void)state;
	rcs_report_release(&report);
	rcs_pool_destroy(report.pool);
	return 0;
}

/* Node N of a CPU, microcode and kernel. */
static inline struct rcs_machine *node(int number, const char *cpu,
				       const char *microcode, const char *kernel)
{
	char name[16];
	struct rcs_machine *m;

	(void)snprintf(name, sizeof(name), "n%d", number);
	m = made_machine(&report, name, cpu, kernel);
	(void)snprintf(m->microcode, sizeof(m->microcode), "%s", microcode);
	return m;
}

static inline const struct rcs_fleet *made_fleet(struct rcs_fleet_inventory *inventory)
{
	const struct rcs_fleet *fleet = rcs_fleet_of(&report, inventory);

	assert_non_null(fleet);
	return fleet;
}

#endif
