/* SPDX-License-Identifier: BSD-2-Clause */
/* Mutants of asym: flavours that lie, for the torture to find out. See list.h. */
#ifndef RCS_RCU_MUTANTS_H
#define RCS_RCU_MUTANTS_H

#include "rcu/rcu.h"

struct rcs_rcu_mutant {
	const char *name;
	const char *summary;
	const char *why_not; /* no run here can show it, because …; else NULL */
	const struct rcs_rcu_flavour *flavour; /* its name is mutant:NAME */
};

/* By place in list.h. */
extern const struct rcs_rcu_mutant rcs_rcu_mutants[];
extern const size_t rcs_rcu_mutant_count;

/* By name, without "mutant:". NULL and *e (usage) when there is none. */
const struct rcs_rcu_mutant *rcs_rcu_mutant_find(const char *name, struct rcs_error *e);

#endif
