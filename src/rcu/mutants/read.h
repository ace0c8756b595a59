/* SPDX-License-Identifier: BSD-2-Clause */
/* Designs and read sides of the mutants, for inlining: see list.h. */
#ifndef RCS_RCU_MUTANTS_READ_H
#define RCS_RCU_MUTANTS_READ_H

#include "rcu/read/asym.h"

#define X(name, summary, why_not, ...)                                                 \
	static const struct rcs_rcu_design rcs_mutant_design_##name = {.delays = true, \
								       __VA_ARGS__};   \
	RCS_ASYM_READ_SIDE(mutant_##name, &rcs_mutant_design_##name)
#include "rcu/mutants/list.h"
#undef X

#endif
