/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tables in boxes of their own, which scroll and never widen the page, and lists of
 * facts. Names, classes and captions are plain text of our own.
 */
#ifndef RCS_REPORT_HTML_BOX_H
#define RCS_REPORT_HTML_BOX_H

#include <stdint.h>
#include <stdio.h>

/* A table with this caption, plain text of our own; heads are open after it. */
void rcs_html_table(FILE *out, const char *class, const char *caption);
/* Its caption ends with a name, which is anybody's. */
void rcs_html_table_of(FILE *out, const char *class, const char *caption,
		       const char *name);

/* A column's head; class "num": of numbers. */
void rcs_html_column(FILE *out, const char *class, const char *name);
void rcs_html_table_body(FILE *out);
void rcs_html_table_end(FILE *out);
void rcs_html_cell_count(FILE *out, uint64_t n);
void rcs_html_cell_duration(FILE *out, uint64_t ns);
void rcs_html_cell_text(FILE *out, const char *text);

/* Begins a row that is called so; the name itself is still to be written. */
void rcs_html_row(FILE *out, const char *name);

/* … and is written, plain. */
void rcs_html_row_named(FILE *out, const char *name);

/* A row of a list of facts: its name, and what it is, up to rcs_html_fact_end(). */
void rcs_html_fact(FILE *out, const char *name);
void rcs_html_fact_end(FILE *out);

/* All of it, unless it is empty. */
void rcs_html_fact_text(FILE *out, const char *name, const char *text);
void rcs_html_fact_count(FILE *out, const char *name, uint64_t n);

#endif
