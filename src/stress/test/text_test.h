/* SPDX-License-Identifier: BSD-2-Clause */
/* A litmus test from a text, for unit tests; cmocka.h comes first. */
#ifndef RCS_STRESS_TEST_TEXT_TEST_H
#define RCS_STRESS_TEST_TEXT_TEST_H

#include <string.h>

#include "litmus/parse.h"

static inline struct rcs_litmus *parsed(const char *text)
{
	struct rcs_error e = {0};
	struct rcs_litmus *test = rcs_litmus_parse("text", text, strlen(text), &e);

	if (test == NULL)
		fail_msg("%s", e.text);
	return test;
}

#endif
