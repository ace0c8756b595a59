/* SPDX-License-Identifier: BSD-2-Clause */
/* Colour for terminals: see style.h. */
#include "report/style.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool rcs_style_wanted(enum rcs_color choice, FILE *f)
{
	const char *no_color = getenv("NO_COLOR");
	const char *term = getenv("TERM");

	if (choice != RCS_COLOR_AUTO)
		return choice == RCS_COLOR_ALWAYS;
	if (no_color != NULL && *no_color != '\0')
		return false;
	if (term == NULL || strcmp(term, "dumb") == 0)
		return false;
	return isatty(fileno(f)) == 1;
}

const char *rcs_style_verdict(enum rcs_verdict verdict, bool colored)
{
	if (!colored)
		return "";
	switch (verdict) {
	case RCS_HOLDS:
		return "\033[1;32m";
	case RCS_BROKEN:
	case RCS_FAULT:
		return "\033[1;31m";
	case RCS_INCONCLUSIVE:
		return "\033[1;33m";
	case RCS_SKIPPED:
	case RCS_ALLOWED:
		return "\033[1m";
	}
	return "";
}

const char *rcs_style_plain(bool colored)
{
	return colored ? "\033[0m" : "";
}
