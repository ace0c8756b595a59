/* SPDX-License-Identifier: BSD-2-Clause */
/* A file of what a fleet is to have, line by line: see report_inventory.h. */
#include "cli/report_inventory.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define LINES_MAX 10000000

/* Where the file is being read. */
struct place {
	const char *path;
	unsigned line;
};

static int fail_at(const struct place *at, const char *why, struct rcs_error *e)
{
	return rcs_fail(e, RCS_ERROR_USAGE, "%.120s:%u: %s", at->path, at->line, why);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* Ends it before a comment, and before the blanks at its end. */
static void cut(char *line)
{
	size_t length;

	for (char *at = line; *at != '\0'; at++) {
		if (*at == '#' && (at == line || is_blank(at[-1])))
			*at = '\0';
		if (*at == '\0')
			break;
	}
	length = strlen(line);
	while (length > 0 && is_blank(line[length - 1]))
		line[--length] = '\0';
}

static bool is_text(const char *line, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (iscntrl((unsigned char)line[i]) && !is_blank(line[i]))
			return false;
	}
	return true;
}

static int add(struct rcs_fleet_inventory *in, struct rcs_pool *pool,
	       enum rcs_fleet_item_kind kind, const char *name, struct rcs_error *e)
{
	const char *kept = rcs_pool_string(pool, name);

	if (kept != NULL && (in->items & (in->items - 1)) == 0) {
		struct rcs_fleet_item *more = realloc(
			in->item, (in->items == 0 ? 1 : 2 * in->items) * sizeof(*more));

		if (more == NULL)
			kept = NULL;
		else
			in->item = more;
	}
	if (kept == NULL)
		return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for the inventory");
	in->item[in->items++] = (struct rcs_fleet_item){.kind = kind, .name = kept};
	return 0;
}

static int add_line(struct rcs_fleet_inventory *in, struct rcs_pool *pool, char *line,
		    const struct place *at, struct rcs_error *e)
{
	size_t length;

	cut(line);
	while (is_blank(*line))
		line++;
	if (*line == '\0')
		return 0;
	length = strcspn(line, " \t");
	for (int k = 0; k < RCS_FLEET_ITEM_KINDS; k++) {
		const char *word = rcs_fleet_item_names[k];
		const char *name = line + length + strspn(line + length, " \t");

		if (length != strlen(word) || strncmp(line, word, length) != 0)
			continue;
		if (*name == '\0')
			return fail_at(at, "there is no name behind this word", e);
		return add(in, pool, (enum rcs_fleet_item_kind)k, name, e);
	}
	return fail_at(at,
		       "want 'node NAME', 'cpu MODEL', 'microcode REVISION' or "
		       "'kernel RELEASE'",
		       e);
}

static int read_lines(struct rcs_fleet_inventory *in, struct rcs_pool *pool, FILE *file,
		      const char *path, struct rcs_error *e)
{
	struct place at = {path, 0};
	char *line = NULL;
	size_t size = 0;
	ssize_t length;
	int failed = 0;

	while (failed == 0 && (length = getline(&line, &size, file)) >= 0) {
		at.line++;
		if (length > 0 && line[length - 1] == '\n')
			line[--length] = '\0';
		if (at.line > LINES_MAX)
			failed = fail_at(&at, "no fleet is so large", e);
		else if (!is_text(line, (size_t)length))
			failed = fail_at(&at,
					 "this is no text: it has control characters "
					 "or NUL bytes",
					 e);
		else
			failed = add_line(in, pool, line, &at, e);
	}
	free(line);
	if (failed == 0 && ferror(file))
		return rcs_fail(e, RCS_ERROR_USAGE, "%.120s: cannot be read: %s", path,
				strerror(errno));
	return failed;
}

int rcs_inventory_read(struct rcs_fleet_inventory *inventory, struct rcs_pool *pool,
		       const char *path, struct rcs_error *e)
{
	FILE *file = fopen(path, "re");
	int failed;

	if (file == NULL)
		return rcs_fail(e, RCS_ERROR_USAGE, "%.120s: cannot be read: %s", path,
				strerror(errno));
	failed = read_lines(inventory, pool, file, path, e);
	(void)fclose(file);
	return failed;
}

void rcs_inventory_free(struct rcs_fleet_inventory *inventory)
{
	free(inventory->item);
	*inventory = (struct rcs_fleet_inventory){0};
}
