/* SPDX-License-Identifier: BSD-2-Clause */
/* The formats themselves, for the list of them in format.c. */
#ifndef RCS_REPORT_FORMATS_H
#define RCS_REPORT_FORMATS_H

#include "report/format.h"

extern const struct rcs_format rcs_format_text; /* matrix_text.c */
extern const struct rcs_format rcs_format_tap;
extern const struct rcs_format rcs_format_json;
extern const struct rcs_format rcs_format_junit;
extern const struct rcs_format rcs_format_html;
extern const struct rcs_format rcs_format_markdown;

#endif
