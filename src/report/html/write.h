/* SPDX-License-Identifier: BSD-2-Clause */
/* Text and numbers as HTML has them. Everything that a page says goes through here. */
#ifndef RCS_REPORT_HTML_WRITE_H
#define RCS_REPORT_HTML_WRITE_H

#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* Markup of our own, as it stands. */
static inline void rcs_html_put(FILE *out, const char *markup)
{
	(void)fputs(markup, out);
}

/*
 * Text of anybody's, fit for elements and for attributes in double quotes. Characters
 * of control are shown by their pictures, what is no UTF-8 or would turn the line
 * around by U+FFFD, and of what is very long the rest by an ellipsis.
 */
void rcs_html_text(FILE *out, const char *text);

/* At most so many characters of it, the last an ellipsis if there are more. */
void rcs_html_text_cut(FILE *out, const char *text, size_t characters);

/* Lines and tabs remain what they are: for <pre>. */
void rcs_html_lines(FILE *out, const char *text);

/* "13,762" */
void rcs_html_count(FILE *out, uint64_t n);

/* "1 cell", "13,762 cells" */
void rcs_html_number_of(FILE *out, uint64_t n, const char *singular);

/* "276 of 552" */
void rcs_html_hits(FILE *out, uint64_t hits, uint64_t of);

/* "180 ns", "1.7 µs", "63.3 ms", "2.10 s", "12 min 5 s" */
void rcs_html_duration(FILE *out, uint64_t ns);

/* "9.5e-07", or "1", as other reports have it. */
void rcs_html_probability(FILE *out, double p);

/* A share as "12.5 %", and small ones as "0.0042 %". */
void rcs_html_share(FILE *out, double share);

/* "15.6 GiB" */
void rcs_html_bytes(FILE *out, uint64_t bytes);

/* Whether it has the form of one. */
bool rcs_html_is_when(const char *utc);

/* "2026-11-23T11:31:32Z" as a time that people read; anything else as it stands. */
void rcs_html_when(FILE *out, const char *utc);

#endif
