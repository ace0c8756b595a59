/* SPDX-License-Identifier: BSD-2-Clause */
/* The flavour that a plan names. */
#include <string.h>

#include "rcu/mutants/mutants.h"
#include "stress/torture/torture.h"

#define MUTANT "mutant:"

extern const struct rcs_rcu_flavour rcs_rcu_asym, rcs_rcu_asym_two, rcs_rcu_asym_parity;

static const struct rcs_rcu_flavour *by_name(const char *name, struct rcs_error *e)
{
	const struct rcs_rcu_flavour *const all[] = {&rcs_rcu_asym, &rcs_rcu_asym_two,
						     &rcs_rcu_asym_parity};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		if (strcmp(all[i]->name, name) == 0)
			return all[i];
	}
	(void)rcs_fail(e, RCS_ERROR_USAGE, "there is no RCU '%.60s'", name);
	return NULL;
}

static const struct rcs_rcu_flavour *find(const char *name, struct rcs_error *e)
{
	const struct rcs_rcu_mutant *mutant;

	if (strncmp(name, MUTANT, strlen(MUTANT)) != 0)
		return by_name(name, e);
	mutant = rcs_rcu_mutant_find(name + strlen(MUTANT), e);
	return mutant != NULL ? mutant->flavour : NULL;
}

struct rcs_runner *rcs_torture_create(struct rcs_team *team,
				      const struct rcs_plan *plan, rcs_tick *tick,
				      void *tick_argument, struct rcs_error *e)
{
	const struct rcs_rcu_flavour *flavour = find(plan->rcu, e);

	return flavour != NULL ? rcs_torture_create_for(team, plan, flavour, tick,
							tick_argument, e)
			       : NULL;
}
