/* SPDX-License-Identifier: BSD-2-Clause */
/* The functions of a generated file: one thread of a test, in either form. */
#ifndef RCS_LITMUS_GENERATE_THREAD_H
#define RCS_LITMUS_GENERATE_THREAD_H

#include <stdio.h>

#include "litmus/ast.h"
#include "litmus/perpetual.h"

/* The C of native/primitives.h for that ordering of an access, or that fence. */
const char *rcs_generate_order(enum rcs_ordering ordering);
void rcs_generate_fence(enum rcs_ordering ordering, FILE *out);

/* once_T(v, env, base, registers): an instance's part, see rcs_native_once. */
void rcs_generate_once(const struct rcs_litmus *test, int thread, FILE *out);

/* loop_T(v, run): the perpetual form, see rcs_native_loop. */
void rcs_generate_loop(const struct rcs_litmus *test, const struct rcs_perpetual *p,
		       int thread, FILE *out);

#endif
