/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the flavours of liburcu share: each is a table of functions there (struct
 * rcu_flavor_struct), and one domain here, since its state is the library's.
 *
 * Callbacks are those of callbacks.h over the library's synchronize_rcu(): its
 * call_rcu() wants a larger struct rcu_head in every object than the contract has.
 * (Version 0.13 has no polled grace periods.)
 */
#ifndef RCS_RCU_URCU_LIBRARY_H
#define RCS_RCU_URCU_LIBRARY_H

#include "rcu/urcu/inline.h"

#include <urcu/urcu-bp.h>

#include "rcu/registry.h"
#include "rcu/urcu/about.h"

struct rcs_urcu_library {
	const struct rcu_flavor_struct *functions;
	unsigned taken; /* by a domain */
};

struct rcs_urcu {
	struct rcs_rcu rcu;
	struct rcs_urcu_library *library;
	struct rcs_callbacks *callbacks;
	struct rcs_rcu_registry registry;
	pthread_mutex_t instead; /* one such call at a time */
};

struct rcs_rcu *rcs_urcu_create(const struct rcs_rcu_flavour *flavour,
				struct rcs_urcu_library *library,
				const struct rcs_rcu_options *options,
				struct rcs_error *e);

/* As in struct rcs_rcu_flavour. */
void rcs_urcu_destroy(struct rcs_rcu *rcu);
void rcs_urcu_stand_on(struct rcs_rcu *rcu, const struct rcs_rcu_ground *ground);
struct rcs_rcu_thread *rcs_urcu_enter(struct rcs_rcu *rcu, const char *name,
				      struct rcs_error *e);
void rcs_urcu_leave(struct rcs_rcu_thread *self);
int rcs_urcu_synchronize(struct rcs_rcu *rcu, struct rcs_rcu_thread *self);
void rcs_urcu_call(struct rcs_rcu *rcu, struct rcs_rcu_thread *self,
		   struct rcs_rcu_head *head, rcs_rcu_callback *function);
int rcs_urcu_barrier(struct rcs_rcu *rcu, struct rcs_rcu_thread *self);

/*
 * RCS_URCU_FLAVOUR(NAME, …) is the descriptor rcs_rcu_urcu_NAME, over the library's
 * table urcu_NAME_flavor and the read side in read/urcu_NAME.h. about.h has what is
 * said of it, and what follows fills in the rest.
 */
#define RCS_URCU_FLAVOUR(NAME, ...)                                                    \
	extern const struct rcs_rcu_flavour rcs_rcu_urcu_##NAME;                       \
	static struct rcs_urcu_library library = {&urcu_##NAME##_flavor, 0};           \
	static struct rcs_rcu *create(const struct rcs_rcu_options *options,           \
				      struct rcs_error *e)                             \
	{                                                                              \
		return rcs_urcu_create(&rcs_rcu_urcu_##NAME, &library, options, e);    \
	}                                                                              \
	static void read_lock(struct rcs_rcu_thread *self)                             \
	{                                                                              \
		rcs_read_lock_urcu_##NAME(self, false);                                \
	}                                                                              \
	static void read_unlock(struct rcs_rcu_thread *self)                           \
	{                                                                              \
		rcs_read_unlock_urcu_##NAME(self, false);                              \
	}                                                                              \
	const struct rcs_rcu_flavour rcs_rcu_urcu_##NAME = {                           \
		RCS_RCU_ABOUT_urcu_##NAME,                                             \
		.create = create,                                                      \
		.destroy = rcs_urcu_destroy,                                           \
		.stand_on = rcs_urcu_stand_on,                                         \
		.enter = rcs_urcu_enter,                                               \
		.leave = rcs_urcu_leave,                                               \
		.read_lock = read_lock,                                                \
		.read_unlock = read_unlock,                                            \
		.synchronize = rcs_urcu_synchronize,                                   \
		.synchronize_expedited = rcs_urcu_synchronize,                         \
		.call = rcs_urcu_call,                                                 \
		.barrier = rcs_urcu_barrier,                                           \
		__VA_ARGS__}

#endif
