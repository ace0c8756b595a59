/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Cells that run in another program: those of flavours that this one only knows of
 * (struct rcs_rcu_flavour, `program`).
 */
#ifndef RCS_STRESS_COMPANION_H
#define RCS_STRESS_COMPANION_H

#include <stdbool.h>
#include <stddef.h>

#include "stress/plan.h"
#include "stress/result.h"

/*
 * The path of the program that the plan needs, if any of its flavours is in another
 * than this; else, and where that program is not to be found, the empty string: in
 * this program such a flavour cannot be had, and says why.
 */
void rcs_companion_of(const struct rcs_plan *plan, char *path, size_t size);

/*
 * Whether a companion, if there is a path, ended with this status because it could not
 * begin; then *result says so: SKIPPED, or FAULT if it is of another build. For
 * processes that gave no sign of life and left no result.
 */
bool rcs_companion_refused(const char *path, int status, struct rcs_result *result);

#endif
