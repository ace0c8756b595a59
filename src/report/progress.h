/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One line on the terminal that says how far a run is, and goes away afterwards: the
 * cell, what it does, and how long all of it may still take.
 */
#ifndef RCS_REPORT_PROGRESS_H
#define RCS_REPORT_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stress/board.h"

/* Of a run. Begins as {.shown = …, .cells = …}. */
struct rcs_progress_line {
	bool shown; /* there is a terminal to show it on */
	size_t cells;
	size_t done;	   /* cells that have ended, … */
	size_t timed;	   /* … those of them that took their time, … */
	uint64_t timed_ns; /* … and how much */

	/* The cell that runs, as rcs_progress_begin() was told. */
	const char *barrier, *test; /* NULL: it has none */
	uint64_t limit_ns;	    /* of it; 0: it has none */
	uint64_t bound_ns;	    /* of it and of all that come after; 0: not known */
	uint64_t begun_ns;
	uint64_t last_ns; /* of the clock, when it was last drawn; 0: not yet */
};

/* Whether standard error and standard output are both a terminal that is not dumb. */
bool rcs_progress_wanted(void);

/* A cell begins. The names are kept. */
void rcs_progress_begin(struct rcs_progress_line *line, const char *barrier,
			const char *test, uint64_t limit_ns, uint64_t bound_ns);

/* A watcher's progress function; its argument is a struct rcs_progress_line. */
void rcs_progress_draw(const struct rcs_progress *progress, uint64_t elapsed_ns,
		       void *line);

/* It has ended, and the line goes away. */
void rcs_progress_end(struct rcs_progress_line *line);

/*
 * The line, in at most so many columns: as many parts of it as there is room for, the
 * most important first, and none that is cut. Empty where there is room for nothing
 * useful. No progress is known where that is NULL.
 */
void rcs_progress_text(const struct rcs_progress_line *line,
		       const struct rcs_progress *progress, uint64_t elapsed_ns,
		       int columns, char *text, size_t size);

#endif
