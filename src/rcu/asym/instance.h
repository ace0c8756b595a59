/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * RCS_ASYM_FLAVOUR(NAME, DESIGN, …) makes a flavour rcs_rcu_NAME of the templates, with
 * that constant design folded in. What follows fills in its descriptor.
 */
#ifndef RCS_RCU_ASYM_INSTANCE_H
#define RCS_RCU_ASYM_INSTANCE_H

#include "rcu/asym/grace.h"
#include "rcu/asym/registry.h"

#define RCS_ASYM_OF(RCU) ((struct rcs_asym *)(void *)(RCU))

#define RCS_ASYM_FLAVOUR(NAME, DESIGN, ...)                                            \
	static struct rcs_rcu *create_##NAME(const struct rcs_rcu_options *options,    \
					     struct rcs_error *e)                      \
	{                                                                              \
		return rcs_asym_create(&rcs_rcu_##NAME, options, (DESIGN), e);         \
	}                                                                              \
	static void lock_##NAME(struct rcs_rcu_thread *self)                           \
	{                                                                              \
		rcs_asym_lock(self, false, (DESIGN));                                  \
	}                                                                              \
	static void unlock_##NAME(struct rcs_rcu_thread *self)                         \
	{                                                                              \
		rcs_asym_unlock(self, false, (DESIGN));                                \
	}                                                                              \
	/* Once, for all who call it: the templates in it are large. */                \
	static __attribute__((noinline)) int until_##NAME(                             \
		struct rcs_rcu *rcu, unsigned long required, bool spins)               \
	{                                                                              \
		return rcs_asym_synchronize_until(RCS_ASYM_OF(rcu), required, spins,   \
						  (DESIGN));                           \
	}                                                                              \
	static int synchronize_##NAME(struct rcs_rcu *rcu,                             \
				      struct rcs_rcu_thread *self)                     \
	{                                                                              \
		(void)self;                                                            \
		return until_##NAME(                                                   \
			rcu, rcs_asym_required(RCS_ASYM_OF(rcu), (DESIGN)), false);    \
	}                                                                              \
	static int expedite_##NAME(struct rcs_rcu *rcu, struct rcs_rcu_thread *self)   \
	{                                                                              \
		(void)self;                                                            \
		return until_##NAME(                                                   \
			rcu, rcs_asym_required(RCS_ASYM_OF(rcu), (DESIGN)), true);     \
	}                                                                              \
	static uint64_t get_state_##NAME(struct rcs_rcu *rcu)                          \
	{                                                                              \
		return rcs_asym_required(RCS_ASYM_OF(rcu), (DESIGN));                  \
	}                                                                              \
	static uint64_t start_poll_##NAME(struct rcs_rcu *rcu,                         \
					  struct rcs_rcu_thread *self)                 \
	{                                                                              \
		uint64_t cookie = rcs_asym_required(RCS_ASYM_OF(rcu), (DESIGN));       \
                                                                                       \
		(void)self;                                                            \
		if (!(DESIGN)->start_idle)                                             \
			rcs_callbacks_kick(RCS_ASYM_OF(rcu)->callbacks);               \
		return cookie;                                                         \
	}                                                                              \
	static bool poll_##NAME(struct rcs_rcu *rcu, uint64_t cookie)                  \
	{                                                                              \
		return rcs_asym_poll(RCS_ASYM_OF(rcu), cookie, (DESIGN));              \
	}                                                                              \
	static int cond_synchronize_##NAME(                                            \
		struct rcs_rcu *rcu, struct rcs_rcu_thread *self, uint64_t cookie)     \
	{                                                                              \
		(void)self;                                                            \
		if (rcs_asym_poll(RCS_ASYM_OF(rcu), cookie, (DESIGN)))                 \
			return 0;                                                      \
		return until_##NAME(rcu, (unsigned long)cookie, false);                \
	}                                                                              \
	const struct rcs_rcu_flavour rcs_rcu_##NAME = {                                \
		.abilities = RCS_RCU_ON_BARRIER | RCS_RCU_IN_HANDLERS |                \
			     RCS_RCU_FORKS | RCS_RCU_FORGIVES_EXIT |                   \
			     RCS_RCU_TELLS_STALLS,                                     \
		.create = create_##NAME,                                               \
		.destroy = rcs_asym_destroy,                                           \
		.stand_on = rcs_asym_stand_on,                                         \
		.enter = rcs_asym_enter,                                               \
		.leave = rcs_asym_leave,                                               \
		.read_lock = lock_##NAME,                                              \
		.read_unlock = unlock_##NAME,                                          \
		.quiescent = rcs_asym_nothing,                                         \
		.offline = rcs_asym_nothing,                                           \
		.online = rcs_asym_nothing,                                            \
		.word = rcs_asym_word_of,                                              \
		.synchronize = synchronize_##NAME,                                     \
		.synchronize_expedited = expedite_##NAME,                              \
		.call = rcs_asym_call,                                                 \
		.barrier = rcs_asym_barrier,                                           \
		.get_state = get_state_##NAME,                                         \
		.start_poll = start_poll_##NAME,                                       \
		.poll = poll_##NAME,                                                   \
		.cond_synchronize = cond_synchronize_##NAME,                           \
		.before_fork = rcs_asym_before_fork,                                   \
		.after_fork_parent = rcs_asym_after_fork_parent,                       \
		.after_fork_child = rcs_asym_after_fork_child,                         \
		__VA_ARGS__}

#endif
