/* SPDX-License-Identifier: BSD-2-Clause */
/* Domains of asym and the threads in them: created, registered, ended, forked. */
#ifndef RCS_RCU_ASYM_REGISTRY_H
#define RCS_RCU_ASYM_REGISTRY_H

#include "rcu/asym/domain.h"

/* As in struct rcs_rcu_flavour. `d` must outlive the domain. */
struct rcs_rcu *rcs_asym_create(const struct rcs_rcu_flavour *flavour,
				const struct rcs_rcu_options *options,
				const struct rcs_rcu_design *d, struct rcs_error *e);
void rcs_asym_destroy(struct rcs_rcu *rcu);
void rcs_asym_stand_on(struct rcs_rcu *rcu, const struct rcs_rcu_ground *ground);
struct rcs_rcu_thread *rcs_asym_enter(struct rcs_rcu *rcu, const char *name,
				      struct rcs_error *e);
void rcs_asym_leave(struct rcs_rcu_thread *self);
void *rcs_asym_word_of(struct rcs_rcu_thread *self);
void rcs_asym_call(struct rcs_rcu *rcu, struct rcs_rcu_thread *self,
		   struct rcs_rcu_head *head, rcs_rcu_callback *function);
int rcs_asym_barrier(struct rcs_rcu *rcu, struct rcs_rcu_thread *self);
void rcs_asym_before_fork(struct rcs_rcu *rcu, struct rcs_rcu_thread *self);
void rcs_asym_after_fork_parent(struct rcs_rcu *rcu);
void rcs_asym_after_fork_child(struct rcs_rcu *rcu, struct rcs_rcu_thread *self);
/* Of flavours that wait for sections: there is nothing to be told. */
void rcs_asym_nothing(struct rcs_rcu_thread *self);

#endif
