/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * AST to C. No text of the file reaches the C: identifiers are numbered, constants
 * are printed from numbers, and the source that goes along is that of print.h.
 */
#ifndef RCS_LITMUS_GENERATE_H
#define RCS_LITMUS_GENERATE_H

#include <stdio.h>

#include "host/error.h"
#include "litmus/ast.h"

/*
 * Prints a C file that defines `const struct rcs_native_test symbol`. 0; or -1 and
 * *e (UNSUPPORTED) when the test uses what has no native form yet, named with its
 * position: nothing has been printed then.
 */
int rcs_litmus_generate(const struct rcs_litmus *test, const char *symbol, FILE *out,
			struct rcs_error *e);

/*
 * The same for a test that has no native form: its source, and no code.
 */
int rcs_litmus_generate_source(const struct rcs_litmus *test, const char *symbol,
			       FILE *out, struct rcs_error *e);

/* Whether it would: 0, or -1 and *e. It would not if the test mixes, has SRCU, or has
 * sections of RCU that rcs_litmus_check_sections() refuses. */
int rcs_litmus_generates(const struct rcs_litmus *test, struct rcs_error *e);

#endif
