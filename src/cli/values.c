/* SPDX-License-Identifier: BSD-2-Clause */
/* Reading the values of options: see values.h. */
#include "cli/values.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define WEEK_NS (7.0 * 24 * 3600 * 1e9)

struct unit {
	const char *name;
	double factor;
};

/* A number that starts with a digit or a point: no sign, no "inf", no "nan". */
static bool read_number(const char *text, double *number, const char **rest)
{
	char *end;

	if (!isdigit((unsigned char)text[0]) && text[0] != '.')
		return false;
	if (text[0] == '0' && (text[1] == 'x' || text[1] == 'X'))
		return false;
	errno = 0;
	*number = strtod(text, &end);
	*rest = end;
	return end != text && errno == 0 && isfinite(*number);
}

static bool apply_unit(const struct unit *units, const char *name, double *number)
{
	for (; units->name != NULL; units++) {
		if (strcasecmp(units->name, name) == 0) {
			*number *= units->factor;
			return true;
		}
	}
	return false;
}

int rcs_value_duration(const char *text, uint64_t *ns, struct rcs_error *e)
{
	static const struct unit units[] = {{"", 1e9},	   {"ns", 1},	  {"us", 1e3},
					    {"ms", 1e6},   {"s", 1e9},	  {"m", 60e9},
					    {"min", 60e9}, {"h", 3600e9}, {NULL, 0}};
	double number;
	const char *rest;

	if (!read_number(text, &number, &rest) || !apply_unit(units, rest, &number) ||
	    number < 1.0 || number > WEEK_NS)
		return rcs_fail(
			e, RCS_ERROR_USAGE,
			"want a duration such as 500ms, 30s or 5m, at most a week");
	*ns = (uint64_t)number;
	return 0;
}

int rcs_value_size(const char *text, uint64_t *bytes, struct rcs_error *e)
{
	static const struct unit units[] = {
		{"", 1},	 {"B", 1},	  {"K", 0x1p10},   {"KB", 0x1p10},
		{"KiB", 0x1p10}, {"M", 0x1p20},	  {"MB", 0x1p20},  {"MiB", 0x1p20},
		{"G", 0x1p30},	 {"GB", 0x1p30},  {"GiB", 0x1p30}, {"T", 0x1p40},
		{"TB", 0x1p40},	 {"TiB", 0x1p40}, {NULL, 0}};
	double number;
	const char *rest;

	if (!read_number(text, &number, &rest) || !apply_unit(units, rest, &number) ||
	    number < 0x1p16 || number > 0x1p46)
		return rcs_fail(e, RCS_ERROR_USAGE,
				"want a size such as 64M or 1G, at least 64K");
	*bytes = (uint64_t)number;
	return 0;
}

int rcs_value_count(const char *text, uint64_t least, uint64_t most, uint64_t *value,
		    struct rcs_error *e)
{
	unsigned long long number = 0;
	char *end = NULL;

	errno = 0;
	if (isdigit((unsigned char)text[0]))
		number =
			strtoull(text, &end, strncasecmp(text, "0x", 2) == 0 ? 16 : 10);
	if (end == NULL || *end != '\0' || errno != 0 || number < least ||
	    number > most)
		return rcs_fail(e, RCS_ERROR_USAGE,
				"want a whole number from %" PRIu64 " to %" PRIu64,
				least, most);
	*value = number;
	return 0;
}

int rcs_value_real(const char *text, double least, double most, double *value,
		   struct rcs_error *e)
{
	double number;
	const char *rest;

	if (!read_number(text, &number, &rest) || *rest != '\0' || number < least ||
	    number > most)
		return rcs_fail(e, RCS_ERROR_USAGE, "want a number from %g to %g",
				least, most);
	*value = number;
	return 0;
}

int rcs_value_color(const char *text, enum rcs_color *color, struct rcs_error *e)
{
	if (strcmp(text, "auto") == 0)
		*color = RCS_COLOR_AUTO;
	else if (strcmp(text, "always") == 0)
		*color = RCS_COLOR_ALWAYS;
	else if (strcmp(text, "never") == 0)
		*color = RCS_COLOR_NEVER;
	else
		return rcs_fail(e, RCS_ERROR_USAGE, "want auto, always or never");
	return 0;
}
