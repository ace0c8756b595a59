/* SPDX-License-Identifier: BSD-2-Clause */
/* The mutants as flavours: see mutants.h. */
#include "rcu/mutants/mutants.h"

#include <string.h>

#include "rcu/asym/instance.h"
#include "rcu/mutants/read.h"

#define X(name_, summary_, why_not_, ...)                                              \
	extern const struct rcs_rcu_flavour rcs_rcu_mutant_##name_;                    \
	RCS_ASYM_FLAVOUR(mutant_##name_, &rcs_mutant_design_##name_,                   \
			 .name = "mutant:" #name_, .summary = summary_);
#include "rcu/mutants/list.h"
#undef X

const struct rcs_rcu_mutant rcs_rcu_mutants[] = {
#define X(name_, summary_, why_not_, ...)                                              \
	{#name_, summary_, why_not_, &rcs_rcu_mutant_##name_},
#include "rcu/mutants/list.h"
#undef X
};

const size_t rcs_rcu_mutant_count =
	sizeof(rcs_rcu_mutants) / sizeof(rcs_rcu_mutants[0]);

const struct rcs_rcu_mutant *rcs_rcu_mutant_find(const char *name, struct rcs_error *e)
{
	for (size_t i = 0; i < rcs_rcu_mutant_count; i++) {
		if (strcmp(rcs_rcu_mutants[i].name, name) == 0)
			return &rcs_rcu_mutants[i];
	}
	(void)rcs_fail(e, RCS_ERROR_USAGE, "there is no mutant '%.60s'", name);
	return NULL;
}
