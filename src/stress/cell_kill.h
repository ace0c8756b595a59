/* SPDX-License-Identifier: BSD-2-Clause */
/* The job of killing an RCU: its first violation ends it. */
#ifndef RCS_STRESS_CELL_KILL_H
#define RCS_STRESS_CELL_KILL_H

#include "stress/cell_rig.h"

/*
 * Rounds of the subject, with another amplifier and other seats each time, until it is
 * hit or time is up. result->witness.after_ns says when it was. 0, or -1 and *e.
 */
int rcs_cell_kill(struct rcs_cell *cell, struct rcs_error *e);

#endif
