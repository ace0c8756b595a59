/* SPDX-License-Identifier: BSD-2-Clause */
/* A fleet's report in JSON, all of it: see "fleet" in man/rcustress.schema.json. */
#ifndef RCS_REPORT_JSON_FLEET_H
#define RCS_REPORT_JSON_FLEET_H

#include <jansson.h>

#include "report/fleet.h"

/* NULL when there is no memory. */
json_t *rcs_json_fleet(const struct rcs_fleet *fleet);

#endif
