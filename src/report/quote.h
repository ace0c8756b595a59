/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Text as a part of other languages. Each takes any bytes; what is no UTF-8 comes out
 * as U+FFFD, and no control character goes to a terminal. Each character is quoted by
 * itself, so text may be written piece by piece.
 */
#ifndef RCS_REPORT_QUOTE_H
#define RCS_REPORT_QUOTE_H

#include <stdint.h>
#include <stdio.h>

/* Writes text, quoted for one language. */
typedef void rcs_quote(FILE *out, const char *text);

/* As it is, on one line: control characters and line ends are blanks. */
rcs_quote rcs_quote_line;
/* The same, but lines stay lines, and tabs tabs. */
rcs_quote rcs_quote_lines;
/* The description of a test point in TAP. */
rcs_quote rcs_quote_tap;
/* Between double quotes in YAML 1.2. */
rcs_quote rcs_quote_yaml;
/* Between tags in XML 1.0 or HTML. Characters that XML cannot hold are U+FFFD. */
rcs_quote rcs_quote_xml;
/* Between quotes in XML 1.0, where line ends and tabs are kept as references. */
rcs_quote rcs_quote_attribute;
/* Within a line, or a cell of a table, of Markdown. */
rcs_quote rcs_quote_markdown;

#define RCS_QUOTE_REPLACEMENT 0xfffdu

/*
 * The character that *text begins with, which is stepped over; the replacement, and
 * one byte, where it is no UTF-8. Not at the end of the text.
 */
uint32_t rcs_quote_next(const char **text);

#endif
