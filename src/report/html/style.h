/* SPDX-License-Identifier: BSD-2-Clause */
/* style.css, and what a Content-Security-Policy allows it by: both made by embed.py. */
#ifndef RCS_REPORT_HTML_STYLE_H
#define RCS_REPORT_HTML_STYLE_H

extern const char rcs_html_style[];
extern const char rcs_html_style_hash[]; /* "sha256-…" */

#endif
