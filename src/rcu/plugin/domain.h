/* SPDX-License-Identifier: BSD-2-Clause */
/* A plug-in as a flavour, and a domain of it; shared by the files in this folder. */
#ifndef RCS_RCU_PLUGIN_DOMAIN_H
#define RCS_RCU_PLUGIN_DOMAIN_H

#include "rcu/callbacks.h"
#include "rcu/plugin.h"
#include "rcu/registry.h"
#include "rcustress.h"

#define RCS_RCU_PLUGIN_NAME_SIZE 25

struct rcs_rcu_plugin {
	struct rcs_rcu_flavour flavour; /* what others have of it */
	struct rcs_plugin_place place;
	char name[RCS_RCU_PLUGIN_NAME_SIZE];
	char summary[160];
	char left[160];
	bool loaded; /* and `its` is filled */
	struct rcustress_rcu its;
	struct rcs_rcu_plugin *next;
};

/* Loads it into this process, unless it is there. */
int rcs_rcu_plugin_load(struct rcs_rcu_plugin *p, struct rcs_error *e);

/* The one that domains are of: see plugin.h. */
struct rcs_rcu_plugin *rcs_rcu_plugin_current(void);

/* Fills in all functions of its flavour, as far as its abilities go. */
struct rcs_rcu_plugin_has {
	bool word, calls, polls, forks;
};
void rcs_rcu_plugin_functions(struct rcs_rcu_flavour *flavour,
			      const struct rcs_rcu_plugin_has *has);

struct rcs_rcu_plugin_domain {
	struct rcs_rcu rcu;
	const struct rcustress_rcu *its;
	struct rcustress_rcu_options options; /* that it was created with */
	void *domain;			      /* its own */
	struct rcs_rcu_registry registry;
	pthread_mutex_t ground; /* held in its heavy calls, and to change it */
	/*
	 * For flavours that rest on no barrier, in rounds of the control and of the
	 * reference: grace periods are `instead` alone, and so must be those of call()
	 * and of cookies.
	 */
	pthread_mutex_t lock; /* of these grace periods */
	struct rcs_callbacks *callbacks;
	uint64_t begun, over; /* how many */
};

struct rcs_rcu_plugin_thread {
	struct rcs_rcu_member member; /* first */
	const struct rcustress_rcu *its;
	void *self; /* its own */
};

static inline struct rcs_rcu_plugin_domain *
rcs_rcu_plugin_domain_of(struct rcs_rcu *rcu)
{
	return (struct rcs_rcu_plugin_domain *)(void *)rcu;
}

static inline struct rcs_rcu_plugin_thread *
rcs_rcu_plugin_thread_of(struct rcs_rcu_thread *self)
{
	return (struct rcs_rcu_plugin_thread *)(void *)self;
}

/* What the plug-in knows the caller by; NULL: it has not entered. */
static inline void *rcs_rcu_plugin_self(struct rcs_rcu_thread *self)
{
	return self != NULL ? rcs_rcu_plugin_thread_of(self)->self : NULL;
}

/*
 * Grace periods that are `instead` and nothing else: whether they are; and what takes
 * the place of the plug-in's own then.
 */
static inline bool rcs_rcu_plugin_instead(const struct rcs_rcu *rcu)
{
	return rcu->options.ground.instead != NULL &&
	       (rcu->flavour->abilities & RCS_RCU_ON_BARRIER) == 0;
}
int rcs_rcu_plugin_instead_synchronize(struct rcs_rcu *rcu);
uint64_t rcs_rcu_plugin_instead_state(struct rcs_rcu *rcu);
bool rcs_rcu_plugin_instead_poll(struct rcs_rcu *rcu, uint64_t cookie);

#endif
