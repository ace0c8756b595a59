/* SPDX-License-Identifier: BSD-2-Clause */
/* The list of formats: see format.h. */
#include "report/format.h"

#include <string.h>

#include "report/formats.h"

const struct rcs_format *const rcs_formats[] = {
	&rcs_format_text,
	&rcs_format_tap,
	&rcs_format_json,
	&rcs_format_junit,
	&rcs_format_html,
	&rcs_format_markdown,
	NULL,
};

const struct rcs_format *rcs_format_find(const char *name, struct rcs_error *e)
{
	for (size_t i = 0; rcs_formats[i] != NULL; i++) {
		if (strcmp(rcs_formats[i]->name, name) == 0)
			return rcs_formats[i];
	}
	(void)rcs_fail(e, RCS_ERROR_USAGE,
		       "no format '%.40s': there are text, tap, json, junit, html and "
		       "markdown",
		       name);
	return NULL;
}
