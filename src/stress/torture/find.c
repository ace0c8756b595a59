/* SPDX-License-Identifier: BSD-2-Clause */
/* The flavour that a plan names. */
#include <string.h>

#include "rcu/mutants/mutants.h"
#include "stress/torture/torture.h"

#define MUTANT "mutant:"

static const struct rcs_rcu_flavour *find(const char *name, struct rcs_error *e)
{
	const struct rcs_rcu_mutant *mutant;

	if (strncmp(name, MUTANT, strlen(MUTANT)) != 0)
		return rcs_rcu_find(name, e);
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
