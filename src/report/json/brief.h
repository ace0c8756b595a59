/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Leaves the details of cells out of the text of a document before it is parsed: nine
 * tenths of it, which a report of thousands of runs has no use for. What is left out
 * must be made of brackets that pair, strings, and characters that JSON has outside of
 * them.
 */
#ifndef RCS_REPORT_JSON_BRIEF_H
#define RCS_REPORT_JSON_BRIEF_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Puts null in the place of what stands behind each "details": key, in the text itself.
 * true and the new *size; false if what is there cannot be JSON: then the text is of no
 * more use.
 */
bool rcs_json_shorten(char *text, size_t *size);

#endif
