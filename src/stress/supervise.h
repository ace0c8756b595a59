/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The parent's side of a cell: starts its process afresh (a membarrier registration
 * is inherited and cannot be undone, so only a new process tells the truth), watches
 * it, and takes its result, also when it crashes or hangs.
 */
#ifndef RCS_STRESS_SUPERVISE_H
#define RCS_STRESS_SUPERVISE_H

#include <stdbool.h>
#include <stdint.h>

#include "host/error.h"
#include "stress/board.h"

struct rcs_watcher {
	/* Called some fifty times a second while the cell runs; may be NULL. */
	void (*progress)(const struct rcs_progress *progress, uint64_t elapsed_ns,
			 void *argument);
	void *argument;
	/* Whether the user wants an end: the cell is asked for what it has. */
	bool (*interrupted)(void);
};

/*
 * Runs the plan in a process of its own. 0 and *result, whose verdict is FAULT if
 * that process was killed, crashed or hung; -1 and *e if none could be started, or
 * if the plan cannot be carried out as the user wants it (USAGE). Its rounds go into
 * *log, unless that is NULL.
 */
int rcs_supervise(const struct rcs_plan *plan, const struct rcs_watcher *watcher,
		  struct rcs_result *result, struct rcs_round_log *log,
		  struct rcs_error *e);

/* The word of the command line that makes the program a cell. */
#define RCS_CELL_COMMAND "__cell"

#endif
