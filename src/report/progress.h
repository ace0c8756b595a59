/* SPDX-License-Identifier: BSD-2-Clause */
/* One line on the terminal that says how far a cell is, and goes away afterwards. */
#ifndef RCS_REPORT_PROGRESS_H
#define RCS_REPORT_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "stress/board.h"

struct rcs_progress_line {
	bool shown;	 /* there is a terminal to show it on */
	int cell, cells; /* this one, from 1, of so many */
	const char *barrier, *test;
	uint64_t limit_ns;
	uint64_t last_ns; /* when it was last drawn; 0 at first */
};

/* Whether standard error and standard output are both terminals. */
bool rcs_progress_wanted(void);

/* A watcher's progress function; its argument is a struct rcs_progress_line. */
void rcs_progress_draw(const struct rcs_progress *progress, uint64_t elapsed_ns,
		       void *line);

void rcs_progress_clear(const struct rcs_progress_line *line);

#endif
