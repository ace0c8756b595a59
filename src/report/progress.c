/* SPDX-License-Identifier: BSD-2-Clause */
/* The line of progress: see progress.h. */
#include "report/progress.h"

#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define REDRAW_NS UINT64_C(100000000)

bool rcs_progress_wanted(void)
{
	return isatty(STDERR_FILENO) == 1 && isatty(STDOUT_FILENO) == 1;
}

static int width(void)
{
	struct winsize size;

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1)
		return size.ws_col - 1;
	return 79;
}

void rcs_progress_draw(const struct rcs_progress *progress, uint64_t elapsed_ns,
		       void *argument)
{
	struct rcs_progress_line *line = argument;
	char text[256], blocks[64] = "starting";

	if (!line->shown ||
	    (line->last_ns > 0 && elapsed_ns < line->last_ns + REDRAW_NS))
		return;
	line->last_ns = elapsed_ns;
	if (progress->phase == RCS_PHASE_CALIBRATE)
		(void)snprintf(blocks, sizeof(blocks), "calibrating");
	else if (progress->phase >= RCS_PHASE_BLOCKS)
		(void)snprintf(blocks, sizeof(blocks), "block %u of %u", progress->done,
			       progress->needed);
	(void)snprintf(text, sizeof(text),
		       "[%d/%d] %s %s: %s, %.1f s of at most %.0f s", line->cell,
		       line->cells, line->barrier, line->test, blocks,
		       (double)elapsed_ns / 1e9, (double)line->limit_ns / 1e9);
	(void)fprintf(stderr, "\r\033[K%.*s", width(), text);
	(void)fflush(stderr);
}

void rcs_progress_clear(const struct rcs_progress_line *line)
{
	if (line->shown && line->last_ns > 0)
		(void)fprintf(stderr, "\r\033[K");
}
