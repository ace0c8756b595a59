/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Plug-ins of a plan, on their way from the program that plans, which knows them by
 * name, to a cell's process, which loads them; and what is told of one that crashes or
 * hangs there.
 */
#ifndef RCS_STRESS_PLUGINS_H
#define RCS_STRESS_PLUGINS_H

#include "stress/board.h"

/* Where those that the plan names are, for the cell: the plan's places are set. */
void rcs_plugins_place(struct rcs_plan *plan);

/*
 * In the cell, before anything else is done: makes them known by their names, and
 * leaves word on the board should they crash. 0, or -1 and *e.
 */
int rcs_plugins_open(struct rcs_board *board, struct rcs_error *e);

/*
 * From the cell's ticks, at any rate: looks whether a thread is in a plug-in's function
 * and does not come back from it. Then the result is FAULT, which says which, and the
 * process ends. Not of functions that wait for others, such as synchronize(): those
 * have a watch of their own.
 */
void rcs_plugins_watch(struct rcs_board *board);

/* Adds to a reason what a thread is in, if one has not come back from a plug-in. */
void rcs_plugins_blame(const struct rcs_board *board, char *reason, size_t size);

/*
 * The result is FAULT, for this reason; but one that is BROKEN, and has its witness,
 * stays so, with the reason as a note: what happened later does not take that back.
 */
void rcs_plugins_fault(struct rcs_result *result, const char *reason);

/* What a process that was killed was in: ", in heavy() of a plug-in"; or empty. */
void rcs_plugins_where(const struct rcs_board *board, char *text, size_t size);

#endif
