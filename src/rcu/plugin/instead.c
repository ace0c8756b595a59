/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Grace periods of a plug-in's flavour in rounds in which they are not its own:
 * counted, for cookies. Number n begins when `begun` becomes n, and is over when `over`
 * does.
 */
#include "rcu/plugin/domain.h"

int rcs_rcu_plugin_instead_synchronize(struct rcs_rcu *rcu)
{
	struct rcs_rcu_plugin_domain *d = rcs_rcu_plugin_domain_of(rcu);
	const struct rcs_rcu_ground *ground = &rcu->options.ground;
	uint64_t number;
	int error;

	(void)pthread_mutex_lock(&d->lock);
	/* With the exchange a full barrier: pairs with that in instead_state(). */
	number = __atomic_add_fetch(&d->begun, 1, __ATOMIC_SEQ_CST);
	error = ground->instead(ground->argument);
	/* Pairs with the load in instead_poll(). */
	if (error == 0)
		__atomic_store_n(&d->over, number, __ATOMIC_SEQ_CST);
	(void)pthread_mutex_unlock(&d->lock);
	return error;
}

uint64_t rcs_rcu_plugin_instead_state(struct rcs_rcu *rcu)
{
	/* Pairs with instead_synchronize(): what came before is before the next. */
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	return __atomic_load_n(&rcs_rcu_plugin_domain_of(rcu)->begun,
			       __ATOMIC_SEQ_CST) +
	       1;
}

bool rcs_rcu_plugin_instead_poll(struct rcs_rcu *rcu, uint64_t cookie)
{
	return __atomic_load_n(&rcs_rcu_plugin_domain_of(rcu)->over,
			       __ATOMIC_SEQ_CST) >= cookie;
}
