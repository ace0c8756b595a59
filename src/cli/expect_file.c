/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A file of expectations, line by line: rcs_expect_add_file() of expect.h. What is
 * no text is refused before it is looked at, and never printed.
 */
#include "cli/expect.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#define LINE_MAX_BYTES 1000 /* comments included */
#define LINES_MAX      100000

enum reading { LINE, END, TOO_LONG, NO_TEXT, FAILED };

/* One line without its end, NUL-terminated. Nothing is kept beyond it. */
static enum reading read_line(FILE *f, char *line, size_t size)
{
	size_t length = 0;
	int c;

	while ((c = getc(f)) != EOF && c != '\n') {
		if (iscntrl(c) && c != '\t' && c != '\r')
			return NO_TEXT;
		if (length + 1 == size)
			return TOO_LONG;
		line[length++] = (char)c;
	}
	line[length] = '\0';
	if (ferror(f))
		return FAILED;
	return c == EOF && length == 0 ? END : LINE;
}

/* The error with its place before it. */
static int fail_at(const struct rcs_expect_place *place, const char *text,
		   struct rcs_error *e)
{
	return rcs_fail(e, RCS_ERROR_USAGE, "%.120s:%u: %s", place->file, place->line,
			text);
}

static int add_line(struct rcs_expect_list *list, char *line,
		    struct rcs_expect_place place, struct rcs_error *e)
{
	struct rcs_error why;

	line[strcspn(line, "#")] = '\0';
	if (line[strspn(line, " \t\r")] == '\0')
		return 0;
	if (strchr(line, ',') != NULL)
		return fail_at(&place, "want one expectation a line, without commas",
			       e);
	if (rcs_expect_add(list, line, place, &why) != 0)
		return fail_at(&place, why.text, e);
	return 0;
}

static int add_lines(struct rcs_expect_list *list, FILE *f, const char *path,
		     struct rcs_error *e)
{
	struct rcs_expect_place place = {path, 0};
	char line[LINE_MAX_BYTES + 1];

	for (;;) {
		place.line++;
		if (place.line > LINES_MAX)
			return fail_at(&place, "a file has 100000 lines at most", e);
		switch (read_line(f, line, sizeof(line))) {
		case LINE:
			if (add_line(list, line, place, e) != 0)
				return -1;
			break;
		case END:
			return 0;
		case TOO_LONG:
			return fail_at(&place, "a line has 1000 characters at most", e);
		case NO_TEXT:
			return fail_at(&place,
				       "this is no text: it has control "
				       "characters or NUL bytes",
				       e);
		case FAILED:
			return rcs_fail(e, RCS_ERROR_USAGE, "%.120s: cannot read: %s",
					path, strerror(errno));
		}
	}
}

int rcs_expect_add_file(struct rcs_expect_list *list, const char *path,
			struct rcs_error *e)
{
	FILE *f = fopen(path, "re");
	int failed;

	if (f == NULL)
		return rcs_fail(e, RCS_ERROR_USAGE, "%.120s: cannot open: %s", path,
				strerror(errno));
	failed = add_lines(list, f, path, e);
	(void)fclose(f);
	return failed;
}
