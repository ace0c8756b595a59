/* SPDX-License-Identifier: BSD-2-Clause */
/* The read side of asym_parity, for inlining: it is that of asym. */
#ifndef RCS_RCU_READ_ASYM_PARITY_H
#define RCS_RCU_READ_ASYM_PARITY_H

#include "rcu/read/asym.h"

static const struct rcs_rcu_design rcs_asym_parity_design = {
	.counting = RCS_RCU_PARITY,
};

RCS_ASYM_READ_SIDE(asym_parity, &rcs_asym_parity_design)

#endif
