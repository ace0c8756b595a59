/* SPDX-License-Identifier: BSD-2-Clause */
/* Any text as a string literal of C. */
#ifndef RCS_LITMUS_LITERAL_H
#define RCS_LITMUS_LITERAL_H

#include <stdio.h>

/* Prints it, a line of text a line; what is not plain is printed as its number. */
void rcs_literal_print(const char *text, FILE *out);

#endif
