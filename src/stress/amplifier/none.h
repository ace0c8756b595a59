/* SPDX-License-Identifier: BSD-2-Clause */
/* No amplifier: what a plain litmus loop does. */
#ifndef RCS_STRESS_AMPLIFIER_NONE_H
#define RCS_STRESS_AMPLIFIER_NONE_H

#include "stress/amplifier.h"

static inline void rcs_amplify_none(struct rcs_amplify *a, rcs_seq old)
{
	(void)a;
	(void)old;
}

#ifdef RCS_AMPLIFIER_DESCRIPTORS
static const struct rcs_amplifier rcs_amplifier_none = {
	.name = "none",
	.summary = "nothing before the store, as in a plain litmus loop",
	.depth = {1},
};
#endif

#endif
