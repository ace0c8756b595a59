/* SPDX-License-Identifier: BSD-2-Clause */
/* The caller's functions as a barrier of the engine's, with a record of who is in
 * which. */
#ifndef RCS_CHECK_SIDES_H
#define RCS_CHECK_SIDES_H

#include "check/check.h"

/* Fills check->barrier, and tells the cell of the light side and of the watch. */
void rcs_check_sides(struct rcs_check *check);

/*
 * Has a reader measure how long the light side takes, for the twin's. 0; -1
 * and *e when it did not come back.
 */
int rcs_check_time_light(struct rcs_check *check, struct rcs_error *e);

/*
 * In which place the calling thread is. A thread of the check that is in no other while
 * a round runs is in the light side.
 */
enum rcs_check_place rcs_check_here(const struct rcs_check *check);

/*
 * The cell's watch, asked some 20 times a second: whether a thread has been in one
 * place for longer than it may. Then the result says so and the team is given up.
 */
bool rcs_check_watch(struct rcs_cell *cell);

#endif
