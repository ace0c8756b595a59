/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The course of a cell: with which twin its blocks are run, and, for each way to seat
 * the threads, with which amplifier and how long a round is. It is set from durations
 * and calibration, and set again when it turns out not to lead to a verdict in time.
 */
#ifndef RCS_STRESS_COURSE_H
#define RCS_STRESS_COURSE_H

#include "stress/cell_rig.h"

/*
 * Measures durations in every placement and chooses. A twin of which too little is
 * known would wait for too short a time, and be hit for nothing: such a site gets no
 * rounds (its `round` is 0). 0, or -1 and *e.
 */
int rcs_course_set(struct rcs_cell *cell, struct rcs_error *e);

/* The next placement after `last` that has rounds; -1 if none has. */
int rcs_course_next(const struct rcs_cell *cell, int last);

/*
 * After a block here, that took so long: longer rounds, if the control was not hit.
 * Never within a block, whose two rounds must be alike.
 */
void rcs_course_adapt(struct rcs_cell *cell, bool control_hit);

/*
 * Whether to set the course anew: the weather has changed, or this one will not get
 * there in time. Not more often than every tenth of the time, and blocks get twice
 * what it takes.
 */
bool rcs_course_lost(const struct rcs_cell *cell, bool control_hit);

#endif
