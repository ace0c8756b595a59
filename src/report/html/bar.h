/* SPDX-License-Identifier: BSD-2-Clause */
/* A bar beside a number in a table. */
#ifndef RCS_REPORT_HTML_BAR_H
#define RCS_REPORT_HTML_BAR_H

#include <stdint.h>
#include <stdio.h>

/* As long as its logarithm has it, that of the most being as long as can be. It says
 * nothing that the number does not. */
void rcs_html_bar(FILE *out, uint64_t count, uint64_t most);

#endif
