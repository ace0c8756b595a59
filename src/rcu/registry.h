/* SPDX-License-Identifier: BSD-2-Clause */
/* The threads of a domain, of flavours that have nothing of their own to say on it. */
#ifndef RCS_RCU_REGISTRY_H
#define RCS_RCU_REGISTRY_H

#include <pthread.h>

#include "rcu/rcu.h"

/* What such a flavour's struct of a thread begins with. */
struct rcs_rcu_member {
	struct rcs_rcu_thread thread;
	struct rcs_rcu_member *next, **link; /* under the lock */
};

struct rcs_rcu_registry {
	pthread_mutex_t lock;
	struct rcs_rcu_member *members; /* the newest first */
};

void rcs_rcu_registry_init(struct rcs_rcu_registry *registry);
/* Frees those who never left as well. */
void rcs_rcu_registry_destroy(struct rcs_rcu_registry *registry);

/*
 * Room for the calling thread, of that size and alignment, all zero but for what every
 * thread has. It is not in the list before rcs_rcu_registry_add(). NULL and *e
 * (RESOURCE).
 */
void *rcs_rcu_registry_new(struct rcs_rcu *rcu, size_t size, size_t alignment,
			   const char *name, struct rcs_error *e);
void rcs_rcu_registry_add(struct rcs_rcu_registry *registry,
			  struct rcs_rcu_member *member);
/* Takes it out of the list; the caller frees it. */
void rcs_rcu_registry_remove(struct rcs_rcu_registry *registry,
			     struct rcs_rcu_member *member);

/*
 * In a child of fork(), with the lock held: it has the calling thread alone, which may
 * be NULL. The others are freed.
 */
void rcs_rcu_registry_outlive(struct rcs_rcu_registry *registry,
			      struct rcs_rcu_thread *self);

/* Of flavours that need not be told: quiescent(), offline(), online(). */
void rcs_rcu_nothing(struct rcs_rcu_thread *self);

#endif
