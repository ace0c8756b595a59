/* SPDX-License-Identifier: BSD-2-Clause */
/* Colour for terminals: on or off for the whole program, decided once. */
#ifndef RCS_REPORT_STYLE_H
#define RCS_REPORT_STYLE_H

#include <stdbool.h>
#include <stdio.h>

#include "verdict/status.h"

enum rcs_color { RCS_COLOR_AUTO, RCS_COLOR_ALWAYS, RCS_COLOR_NEVER };

/*
 * Whether output to f is coloured: auto means on a terminal, unless NO_COLOR is set
 * to something (no-color.org) or TERM is "dumb". An explicit choice wins over both.
 */
bool rcs_style_wanted(enum rcs_color choice, FILE *f);

/* The escape sequences around a verdict, of a cell or of a run; "" when not coloured.
 */
const char *rcs_style_verdict(enum rcs_verdict verdict, bool colored);
const char *rcs_style_run_end(enum rcs_run_end end, bool colored);
const char *rcs_style_plain(bool colored);

#endif
