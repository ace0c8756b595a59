/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A cell: one barrier under one test, in a process of its own. This is what runs in
 * that process; supervise.h is the parent's side.
 */
#ifndef RCS_STRESS_CELL_H
#define RCS_STRESS_CELL_H

/*
 * Does what the plan on the board behind `descriptor` says and leaves the result
 * there. Returns the exit status of the process: 0 when there is a result, else one
 * of enum rcs_exit, with a line on standard error.
 */
int rcs_cell_main(int descriptor);

#endif
