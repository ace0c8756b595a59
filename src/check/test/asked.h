/* SPDX-License-Identifier: BSD-2-Clause */
/* What tests of checks ask, and how. */
#ifndef RCS_CHECK_TEST_ASKED_H
#define RCS_CHECK_TEST_ASKED_H

#include <stdbool.h>

#include "rcustress-check.h"

/* Of the last check. */
extern struct rcustress_check_result result;

/* What runs this is an emulator; known once find_out() was called, before all tests. */
extern bool emulated;
int find_out(void **state);

/* A check of that heavy side, with time enough; and a result that is empty. */
struct rcustress_check check_of(int (*heavy)(void *));

/* Runs it, and prints what came of it. */
enum rcustress_verdict verdict_of(const struct rcustress_check *check);

/* Of what an emulator does, and on one CPU, there is no verdict to rely on. */
bool tells(void);

/* Heavy sides that do nothing, at once and in 3 us; and a light side that does. */
int nothing(void *unused);
int spin(void *unused);
void empty(void *unused);

#endif
