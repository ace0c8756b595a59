/* SPDX-License-Identifier: BSD-2-Clause */
/* What the two halves of the printer know of each other. Private to this folder. */
#ifndef RCS_LITMUS_PRINTER_H
#define RCS_LITMUS_PRINTER_H

#include <stdio.h>

#include "litmus/ast.h"

/* print_body.c: the statements from there on, `depth` tabs from the left. */
void rcs_print_block(const struct rcs_litmus *test, int32_t thread, int32_t statement,
		     int depth, FILE *out);

#endif
