/* SPDX-License-Identifier: BSD-2-Clause */
/* The read side of asym_two, for inlining: leaving is a plain store. */
#ifndef RCS_RCU_READ_ASYM_TWO_H
#define RCS_RCU_READ_ASYM_TWO_H

#include "rcu/read/asym.h"

static const struct rcs_rcu_design rcs_asym_two_design = {
	.two_heavy = true,
};

RCS_ASYM_READ_SIDE(asym_two, &rcs_asym_two_design)

#endif
