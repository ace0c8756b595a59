/* SPDX-License-Identifier: BSD-2-Clause */
/* For tests of a format: a report for each, and what the format said of it last. */
#ifndef RCS_REPORT_TEST_FORMAT_TEST_H
#define RCS_REPORT_TEST_FORMAT_TEST_H

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "report/format.h"

static char *said; /* freed at the end of the test, or before something else is said */
static struct rcs_report report;

/* Set-up and teardown of each test. */
static int begin(void **state)
{
	(void)state;
	report = (struct rcs_report){.pool = rcs_pool_create()};
	return report.pool == NULL;
}

static int end(void **state)
{
	(void)state;
	free(said);
	said = NULL;
	rcs_report_release(&report);
	rcs_pool_destroy(report.pool);
	return 0;
}

static bool has(const char *part)
{
	return strstr(said, part) != NULL;
}

#endif
