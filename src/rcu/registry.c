/* SPDX-License-Identifier: BSD-2-Clause */
/* Plain lists of threads: see registry.h. */
#include "rcu/registry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

void rcs_rcu_registry_init(struct rcs_rcu_registry *registry)
{
	registry->members = NULL;
	pthread_mutex_init(&registry->lock, NULL);
}

void rcs_rcu_registry_destroy(struct rcs_rcu_registry *registry)
{
	while (registry->members != NULL) {
		struct rcs_rcu_member *member = registry->members;

		registry->members = member->next;
		free(member);
	}
	pthread_mutex_destroy(&registry->lock);
}

void *rcs_rcu_registry_new(struct rcs_rcu *rcu, size_t size, size_t alignment,
			   const char *name, struct rcs_error *e)
{
	struct rcs_rcu_thread *thread = aligned_alloc(
		alignment, (size + alignment - 1) / alignment * alignment);

	if (thread == NULL) {
		rcs_fail(e, RCS_ERROR_RESOURCE, "no memory to register thread '%.15s'",
			 name);
		return NULL;
	}
	memset(thread, 0, size);
	thread->rcu = rcu;
	thread->tid = (pid_t)syscall(SYS_gettid);
	(void)snprintf(thread->name, sizeof(thread->name), "%s", name);
	return thread;
}

void rcs_rcu_registry_add(struct rcs_rcu_registry *registry,
			  struct rcs_rcu_member *member)
{
	pthread_mutex_lock(&registry->lock);
	member->next = registry->members;
	member->link = &registry->members;
	if (member->next != NULL)
		member->next->link = &member->next;
	registry->members = member;
	pthread_mutex_unlock(&registry->lock);
}

void rcs_rcu_registry_remove(struct rcs_rcu_registry *registry,
			     struct rcs_rcu_member *member)
{
	pthread_mutex_lock(&registry->lock);
	*member->link = member->next;
	if (member->next != NULL)
		member->next->link = member->link;
	pthread_mutex_unlock(&registry->lock);
}

void rcs_rcu_registry_outlive(struct rcs_rcu_registry *registry,
			      struct rcs_rcu_thread *self)
{
	struct rcs_rcu_member *member = registry->members, *next;

	registry->members = NULL;
	for (; member != NULL; member = next) {
		next = member->next;
		if (&member->thread != self) {
			free(member);
			continue;
		}
		self->tid = (pid_t)syscall(SYS_gettid);
		member->next = NULL;
		member->link = &registry->members;
		registry->members = member;
	}
}

void rcs_rcu_nothing(struct rcs_rcu_thread *self)
{
	(void)self;
}
