/* SPDX-License-Identifier: BSD-2-Clause */
/* Domains over liburcu: see library.h. */
#include "rcu/urcu/library.h"

#include <stdlib.h>

#include "rcu/callbacks.h"
#include "rcu/ground.h"
#include "rcu/tsan.h"

static struct rcs_urcu *urcu_of(struct rcs_rcu *rcu)
{
	return (struct rcs_urcu *)(void *)rcu;
}

struct rcs_rcu *rcs_urcu_create(const struct rcs_rcu_flavour *flavour,
				struct rcs_urcu_library *library,
				const struct rcs_rcu_options *options,
				struct rcs_error *e)
{
	static const struct rcs_rcu_design honest;
	struct rcs_urcu *urcu;

	if (__atomic_exchange_n(&library->taken, 1, __ATOMIC_ACQUIRE) != 0) {
		rcs_fail(e, RCS_ERROR_RESOURCE,
			 "there is a domain of %s already, and liburcu has but one",
			 flavour->name);
		return NULL;
	}
	urcu = calloc(1, sizeof(*urcu));
	if (urcu == NULL) {
		rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for an RCU domain");
		__atomic_store_n(&library->taken, 0, __ATOMIC_RELEASE);
		return NULL;
	}
	urcu->rcu.flavour = flavour;
	urcu->rcu.options = *options;
	urcu->library = library;
	pthread_mutex_init(&urcu->instead, NULL);
	rcs_rcu_registry_init(&urcu->registry);
	urcu->callbacks = rcs_callbacks_create(&urcu->rcu, &honest, e);
	if (urcu->callbacks == NULL) {
		rcs_urcu_destroy(&urcu->rcu);
		return NULL;
	}
	return &urcu->rcu;
}

void rcs_urcu_destroy(struct rcs_rcu *rcu)
{
	struct rcs_urcu *urcu = urcu_of(rcu);

	rcs_callbacks_destroy(urcu->callbacks);
	rcs_rcu_registry_destroy(&urcu->registry);
	pthread_mutex_destroy(&urcu->instead);
	__atomic_store_n(&urcu->library->taken, 0, __ATOMIC_RELEASE);
	free(urcu);
}

void rcs_urcu_stand_on(struct rcs_rcu *rcu, const struct rcs_rcu_ground *ground)
{
	pthread_mutex_lock(&urcu_of(rcu)->instead);
	rcu->options.ground = *ground;
	pthread_mutex_unlock(&urcu_of(rcu)->instead);
}

struct rcs_rcu_thread *rcs_urcu_enter(struct rcs_rcu *rcu, const char *name,
				      struct rcs_error *e)
{
	struct rcs_rcu_member *member = rcs_rcu_registry_new(
		rcu, sizeof(*member), __alignof__(*member), name, e);

	if (member == NULL)
		return NULL;
	rcs_rcu_registry_add(&urcu_of(rcu)->registry, member);
	urcu_of(rcu)->library->functions->register_thread();
	return &member->thread;
}

void rcs_urcu_leave(struct rcs_rcu_thread *self)
{
	struct rcs_rcu_member *member = (struct rcs_rcu_member *)(void *)self;
	struct rcs_urcu *urcu = urcu_of(self->rcu);

	rcs_callbacks_leave(urcu->callbacks, self);
	urcu->library->functions->unregister_thread();
	rcs_rcu_registry_remove(&urcu->registry, member);
	free(member);
}

int rcs_urcu_synchronize(struct rcs_rcu *rcu, struct rcs_rcu_thread *self)
{
	int result = 0;

	(void)self;
	if (rcs_rcu_instead(rcu, &urcu_of(rcu)->instead, &result))
		return result;
	RCS_TSAN_RELEASE(rcu);
	urcu_of(rcu)->library->functions->update_synchronize_rcu();
	RCS_TSAN_ACQUIRE(rcu);
	return 0;
}

void rcs_urcu_call(struct rcs_rcu *rcu, struct rcs_rcu_thread *self,
		   struct rcs_rcu_head *head, rcs_rcu_callback *function)
{
	rcs_callbacks_call(urcu_of(rcu)->callbacks, self, head, function);
}

int rcs_urcu_barrier(struct rcs_rcu *rcu, struct rcs_rcu_thread *self)
{
	const struct rcu_flavor_struct *functions = urcu_of(rcu)->library->functions;
	/* Of qsbr, a thread that is online is in a section as the library sees it. */
	bool online = self != NULL &&
		      (rcu->flavour->abilities & RCS_RCU_QUIESCES) != 0 &&
		      functions->read_ongoing() != 0;
	int error;

	if (online)
		functions->thread_offline();
	error = rcs_callbacks_barrier(urcu_of(rcu)->callbacks, self);
	if (online)
		functions->thread_online();
	return error;
}
