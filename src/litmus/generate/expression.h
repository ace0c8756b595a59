/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Expressions as C. The accesses of one are statements of their own, each into a
 * variable, in the order of the file: C itself does not order operands.
 */
#ifndef RCS_LITMUS_GENERATE_EXPRESSION_H
#define RCS_LITMUS_GENERATE_EXPRESSION_H

#include <stdio.h>

#include "litmus/ast.h"

/* Prints the calls inside an expression, itself included, as statements. */
void rcs_generate_calls(const struct rcs_litmus *test, int32_t expression, int depth,
			FILE *out);

/* Prints what has its value once its calls were made. */
void rcs_generate_value(const struct rcs_litmus *test, int32_t expression, FILE *out);

void rcs_generate_indent(int depth, FILE *out);

#endif
