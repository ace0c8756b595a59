/* SPDX-License-Identifier: BSD-2-Clause */
/* Which final states of a test a cell reports, of all that it has counted. */
#ifndef RCS_STRESS_CELL_STATES_H
#define RCS_STRESS_CELL_STATES_H

#include "stress/cell_rig.h"

/*
 * Puts what subject and control rounds have counted into the result: the target's
 * states, then the most frequent, as many as there is room for.
 */
void rcs_cell_report_states(struct rcs_cell *cell);

#endif
