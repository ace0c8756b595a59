/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * AST to text: a `.litmus` file that, when parsed, gives the same AST again; unless it
 * is among the longest, and too long a file with every statement on its own line.
 */
#ifndef RCS_LITMUS_PRINT_H
#define RCS_LITMUS_PRINT_H

#include <stdbool.h>
#include <stdio.h>

#include "litmus/ast.h"

void rcs_litmus_print(const struct rcs_litmus *test, FILE *out);

/* One condition, as it stands after `exists`: for reports. */
void rcs_litmus_print_condition(const struct rcs_litmus *test, int32_t condition,
				FILE *out);

/* One expression of a thread, as C has it: for reports. */
void rcs_litmus_print_expression(const struct rcs_litmus *test, int32_t thread,
				 int32_t expression, FILE *out);

/* How much of test->about is its first sentence, which is its summary in lists. */
int rcs_litmus_summary(const struct rcs_litmus *test);

/* Whether both say the same; positions do not count. */
bool rcs_litmus_same(const struct rcs_litmus *a, const struct rcs_litmus *b);

#endif
