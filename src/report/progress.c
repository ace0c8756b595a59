/* SPDX-License-Identifier: BSD-2-Clause */
/* The line of progress: see progress.h. */
#include "report/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "host/clock.h"

#define REDRAW_NS   UINT64_C(100000000)
#define COLUMNS_MIN 20
#define SECOND_NS   UINT64_C(1000000000)

/* Parts of the line, in the order of importance. */
enum part {
	PART_COUNT,
	PART_LEFT,
	PART_TEST,
	PART_BARRIER,
	PART_PHASE,
	PART_TIME,
	PART_BOUND,
	PARTS
};

bool rcs_progress_wanted(void)
{
	const char *term = getenv("TERM");

	/* One that can take a line back. */
	return term != NULL && strcmp(term, "dumb") != 0 &&
	       isatty(STDERR_FILENO) == 1 && isatty(STDOUT_FILENO) == 1;
}

/* Of the terminal, whose last column stays free: some go to the next line after it. */
static int columns_of_terminal(void)
{
	struct winsize size;

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col - 1;
	return 79;
}

static uint64_t less(uint64_t from, uint64_t what)
{
	return from > what ? from - what : 0;
}

/* What the cell that runs will still take: by its blocks, or as those before it took.
 * False: nothing is known. */
static bool guess_cell(const struct rcs_progress_line *line,
		       const struct rcs_progress *p, uint64_t elapsed_ns,
		       uint64_t *left_ns)
{
	uint64_t most = less(line->limit_ns, elapsed_ns);
	uint64_t mean = line->timed > 0 ? line->timed_ns / line->timed : 0;

	if (p != NULL && p->phase >= RCS_PHASE_BLOCKS && p->done > 0 && p->needed > 0) {
		double share = (double)p->needed / (double)p->done - 1.0;

		*left_ns = share > 0.0 ? (uint64_t)((double)elapsed_ns * share) : 0;
	} else if (line->timed == 0) {
		return false;
	} else {
		/* One that takes longer than others did may go on to its limit. */
		*left_ns = elapsed_ns < mean ? mean - elapsed_ns : most;
	}
	if (line->limit_ns > 0 && *left_ns > most)
		*left_ns = most;
	return true;
}

/* What the whole run will still take. False: nothing is known but a bound. */
static bool guess_run(const struct rcs_progress_line *line,
		      const struct rcs_progress *p, uint64_t elapsed_ns,
		      uint64_t *left_ns)
{
	size_t after = line->cells > line->done ? line->cells - line->done - 1 : 0;

	if (!guess_cell(line, p, elapsed_ns, left_ns) ||
	    (after > 0 && line->timed == 0))
		return false;
	if (after > 0)
		*left_ns += line->timed_ns / line->timed * after;
	if (line->bound_ns > 0 && *left_ns > less(line->bound_ns, elapsed_ns))
		*left_ns = less(line->bound_ns, elapsed_ns);
	return true;
}

/* Rounded up: "90 s", "3 min", "2.5 h". */
static void print_duration(uint64_t ns, char *text, size_t size)
{
	uint64_t s = (ns + SECOND_NS - 1) / SECOND_NS;

	if (s < 120)
		(void)snprintf(text, size, "%u s", (unsigned)(s > 0 ? s : 1));
	else if (s < 7200)
		(void)snprintf(text, size, "%u min", (unsigned)((s + 59) / 60));
	else
		(void)snprintf(text, size, "%.1f h", (double)s / 3600.0);
}

static void print_left(const struct rcs_progress_line *line,
		       const struct rcs_progress *p, uint64_t elapsed_ns,
		       char (*part)[160])
{
	char bound[24], left[24];
	uint64_t left_ns;
	/* Of one cell, it stands beside its time. */
	bool bounded = line->bound_ns > 0 && line->cells > 1;

	print_duration(less(line->bound_ns, elapsed_ns), bound, sizeof(bound));
	if (guess_run(line, p, elapsed_ns, &left_ns)) {
		print_duration(left_ns, left, sizeof(left));
		(void)snprintf(part[PART_LEFT], sizeof(part[0]), "about %s left", left);
		if (bounded)
			(void)snprintf(part[PART_BOUND], sizeof(part[0]), "at most %s",
				       bound);
	} else if (bounded) {
		(void)snprintf(part[PART_LEFT], sizeof(part[0]), "at most %s left",
			       bound);
	}
}

static void print_parts(const struct rcs_progress_line *line,
			const struct rcs_progress *p, uint64_t elapsed_ns,
			char (*part)[160])
{
	static const size_t size = sizeof(part[0]);
	double elapsed = (double)elapsed_ns / 1e9;

	(void)snprintf(part[PART_COUNT], size, "[%zu/%zu]", line->done + 1,
		       line->cells);
	if (line->test != NULL)
		(void)snprintf(part[PART_TEST], size, "%s", line->test);
	if (line->barrier != NULL)
		(void)snprintf(part[PART_BARRIER], size, "%s", line->barrier);
	if (p != NULL && p->phase == RCS_PHASE_START)
		(void)snprintf(part[PART_PHASE], size, "starting");
	else if (p != NULL && p->phase == RCS_PHASE_CALIBRATE)
		(void)snprintf(part[PART_PHASE], size, "calibrating");
	else if (p != NULL && p->needed > 0)
		(void)snprintf(part[PART_PHASE], size, "block %u of %u", p->done,
			       p->needed);
	if (line->limit_ns > 0)
		(void)snprintf(part[PART_TIME], size, "%.1f s of at most %.0f s",
			       elapsed, (double)line->limit_ns / 1e9);
	print_left(line, p, elapsed_ns, part);
}

/* At least the columns that it takes: a character that may be wide counts as two. */
static int columns_of(const char *text)
{
	int columns = 0;

	for (const unsigned char *at = (const unsigned char *)text; *at != '\0'; at++) {
		if ((*at & 0xc0) != 0x80)
			columns += *at >= 0xe1 ? 2 : 1;
	}
	return columns;
}

/* "[1/9] barrier test: phase, time, left, bound" of those that are shown. */
static void join(char (*part)[160], int shown, char *text, size_t size)
{
	static const enum part order[PARTS] = {PART_COUNT, PART_BARRIER, PART_TEST,
					       PART_PHASE, PART_TIME,	 PART_LEFT,
					       PART_BOUND};
	bool named = false, listed = false;
	size_t used = 0;

	text[0] = '\0';
	for (int i = 0; i < PARTS && used < size; i++) {
		bool name = order[i] == PART_BARRIER || order[i] == PART_TEST;
		const char *between = " ";
		int n;

		if ((int)order[i] >= shown || part[order[i]][0] == '\0')
			continue;
		if (order[i] == PART_COUNT)
			between = "";
		else if (!name)
			between = listed ? ", " : named ? ": " : " ";
		n = snprintf(text + used, size - used, "%s%s", between, part[order[i]]);
		used += n > 0 ? (size_t)n : 0;
		named = named || name;
		listed = listed || (!name && order[i] != PART_COUNT);
	}
}

void rcs_progress_text(const struct rcs_progress_line *line,
		       const struct rcs_progress *progress, uint64_t elapsed_ns,
		       int columns, char *text, size_t size)
{
	char part[PARTS][160] = {{0}};
	char whole[PARTS * sizeof(part[0])];

	text[0] = '\0';
	if (columns < COLUMNS_MIN - 1)
		return;
	print_parts(line, progress, elapsed_ns, part);
	for (int shown = PARTS; shown > 0; shown--) {
		join(part, shown, whole, sizeof(whole));
		if (columns_of(whole) <= columns && strlen(whole) < size) {
			memcpy(text, whole, strlen(whole) + 1);
			return;
		}
	}
}

void rcs_progress_begin(struct rcs_progress_line *line, const char *barrier,
			const char *test, uint64_t limit_ns, uint64_t bound_ns)
{
	line->barrier = barrier;
	line->test = test;
	line->limit_ns = limit_ns;
	line->bound_ns = bound_ns;
	line->begun_ns = rcs_clock_ns();
	line->last_ns = 0;
}

void rcs_progress_draw(const struct rcs_progress *progress, uint64_t elapsed_ns,
		       void *argument)
{
	struct rcs_progress_line *line = argument;
	uint64_t now = rcs_clock_ns();
	char text[512];

	if (!line->shown || (line->last_ns > 0 && now < line->last_ns + REDRAW_NS))
		return;
	line->last_ns = now;
	rcs_progress_text(line, progress, elapsed_ns, columns_of_terminal(), text,
			  sizeof(text));
	if (text[0] == '\0')
		return;
	(void)fprintf(stderr, "\r\033[K%s", text);
	(void)fflush(stderr);
}

void rcs_progress_end(struct rcs_progress_line *line)
{
	if (line->shown && line->last_ns > 0)
		(void)fprintf(stderr, "\r\033[K");
	line->timed++;
	line->timed_ns += rcs_clock_ns() - line->begun_ns;
	line->done++;
	line->last_ns = 0;
}
