/* SPDX-License-Identifier: BSD-2-Clause */
/* For the unit tests: a text of a test, compiled at run time, to run in an instance. */
#ifndef RCS_LITMUS_TEST_COMPILED_H
#define RCS_LITMUS_TEST_COMPILED_H

#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "litmus/compile.h"
#include "litmus/compile/compiler.h"
#include "litmus/parse.h"
#include "litmus/test/instance.h"

/* One test with code of its own, at a time. */
static struct rcs_litmus *test;
static const struct rcs_native_test *native;
static struct rcs_native_object *object;
static void *handle;
static const char *kept; /* folder for its C, or NULL */

static inline void compile(const char *text)
{
	struct rcs_error e = {0};

	test = rcs_litmus_parse("t", text, strlen(text), &e);
	if (test == NULL)
		fail_msg("%s\n%s", e.text, text);
	object = rcs_native_compile(test, kept, &e);
	if (object == NULL)
		fail_msg("%s", e.text);
	native = rcs_native_open(rcs_native_object_path(object), &handle, &e);
	if (native == NULL)
		fail_msg("%s", e.text);
}

static inline void drop(void)
{
	rcs_native_close(handle);
	rcs_native_object_free(object);
	rcs_litmus_free(test);
}

static inline bool no_compiler(void)
{
	struct rcs_compiler compiler;
	struct rcs_error e = {0};

	return rcs_compiler_find(&compiler, "this", &e) != 0;
}

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif
