/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The tables of what documents hold: members of structs by the names that they have in
 * JSON. The schema, man/rcustress.schema.json, says the same to others.
 */
#ifndef RCS_REPORT_JSON_TABLES_H
#define RCS_REPORT_JSON_TABLES_H

#include "report/json/field.h"
#include "stress/round_log.h"

extern const struct rcs_json_field rcs_json_machine[]; /* struct rcs_machine */
extern const struct rcs_json_field rcs_json_run[];     /* struct rcs_record_run */
extern const struct rcs_json_field rcs_json_cell[];    /* struct rcs_record_cell */
extern const struct rcs_json_field rcs_json_detail[];  /* struct rcs_record_detail */
extern const struct rcs_json_field rcs_json_result[];  /* struct rcs_result */
extern const struct rcs_json_field rcs_json_torture[]; /* … of its member */
extern const struct rcs_json_field rcs_json_horizon[]; /* struct rcs_record_horizon */
extern const struct rcs_json_field rcs_json_horizon_point[]; /* … of its curve */
extern const struct rcs_json_field rcs_json_cost[]; /* struct rcs_record_cost */

/* "siblings" and so on, by enum rcs_pair: of placements, which are no struct. */
extern const char *const rcs_json_pair_names[];

/* A letter for each arm of a round: 's', 'd', 'a', 'r', by enum rcs_round_arm. */
extern const char rcs_json_arm_letters[RCS_ROUND_ARMS + 1];

#endif
