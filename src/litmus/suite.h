/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The tests that are built in: all of litmus/, as data and, but for those that the
 * program cannot run, as native code. The array is made at build time (tool.c).
 */
#ifndef RCS_LITMUS_SUITE_H
#define RCS_LITMUS_SUITE_H

#include "litmus/native/native.h"

struct rcs_suite_entry {
	const char *file; /* its name, as "SB.litmus" */
	const char *name; /* the test's, which is the same without the end */
	/* Its code is NULL when rcs_litmus_generates() refuses the test. */
	const struct rcs_native_test *native;
};

/* In the order of their files' names. */
extern const struct rcs_suite_entry rcs_suite[];
extern const int rcs_suite_count;

#endif
