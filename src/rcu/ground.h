/* SPDX-License-Identifier: BSD-2-Clause */
/* Flavours without a barrier to swap can be put on other ground all the same. */
#ifndef RCS_RCU_GROUND_H
#define RCS_RCU_GROUND_H

#include <pthread.h>

#include "rcu/rcu.h"

/*
 * Whether a grace period is to be ground.instead and nothing else; then it was made,
 * one at a time, and *result is what came of it.
 */
static inline bool rcs_rcu_instead(struct rcs_rcu *rcu, pthread_mutex_t *lock,
				   int *result)
{
	const struct rcs_rcu_ground *ground = &rcu->options.ground;

	if (ground->instead == NULL)
		return false;
	pthread_mutex_lock(lock);
	*result = ground->instead(ground->argument);
	pthread_mutex_unlock(lock);
	return true;
}

#endif
