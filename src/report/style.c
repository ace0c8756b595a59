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

#define GOOD   "\033[1;32m"
#define BAD    "\033[1;31m"
#define UNSURE "\033[1;33m"
#define BOLD   "\033[1m"

const char *rcs_style_verdict(enum rcs_verdict verdict, bool colored)
{
	if (!colored)
		return "";
	switch (verdict) {
	case RCS_HOLDS:
		return GOOD;
	case RCS_BROKEN:
	case RCS_FAULT:
		return BAD;
	case RCS_INCONCLUSIVE:
		return UNSURE;
	case RCS_SKIPPED:
	case RCS_ALLOWED:
		return BOLD;
	}
	return "";
}

const char *rcs_style_run_end(enum rcs_run_end end, bool colored)
{
	if (!colored)
		return "";
	switch (end) {
	case RCS_RUN_HOLDS:
	case RCS_RUN_AS_EXPECTED:
		return GOOD;
	case RCS_RUN_FAULT:
	case RCS_RUN_BROKEN:
	case RCS_RUN_UNEXPECTED:
		return BAD;
	case RCS_RUN_INCONCLUSIVE:
		return UNSURE;
	case RCS_RUN_SKIPPED:
	case RCS_RUN_ALLOWED:
		return BOLD;
	}
	return "";
}

const char *rcs_style_plain(bool colored)
{
	return colored ? "\033[0m" : "";
}
