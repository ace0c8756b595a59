/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Read-side critical sections of a test, as far as its text tells. What is proved may
 * be anything; what is run, or spelt out, must be such that grace periods end.
 */
#ifndef RCS_LITMUS_SECTIONS_H
#define RCS_LITMUS_SECTIONS_H

#include <stdbool.h>

#include "host/error.h"
#include "litmus/ast.h"

/*
 * Whether each section of RCU ends in the block that it begins in, and holds no grace
 * period: 0; or -1 and *e (UNSUPPORTED), with the first place where it does not.
 */
int rcs_litmus_check_sections(const struct rcs_litmus *test, struct rcs_error *e);

/* Whether a thread does that (RCS_ACTION_RCU_LOCK, _UNLOCK or _SYNC) anywhere. */
bool rcs_litmus_does(const struct rcs_litmus *test, int32_t thread,
		     enum rcs_action action);

/* Whether any thread has a section of RCU or a grace period; those of SRCU are not
 * meant. */
bool rcs_litmus_has_rcu(const struct rcs_litmus *test);

/* What a statement that is a call does; RCS_NONE for any other. */
int rcs_litmus_action(const struct rcs_litmus *test, int32_t statement);

#endif
