/* SPDX-License-Identifier: BSD-2-Clause */
/* What a domain of qsbr, and a thread in it, are made of. */
#ifndef RCS_RCU_QSBR_DOMAIN_H
#define RCS_RCU_QSBR_DOMAIN_H

#include "rcu/callbacks.h"
#include "rcu/registry.h"

/* Two lines: neighbours are fetched together on x86. */
#define RCS_QSBR_ALIGNED __attribute__((aligned(128)))

/* Offline; every other value of a word is odd. */
#define RCS_QSBR_OFFLINE 0UL

struct rcs_qsbr_thread {
	struct rcs_rcu_member member;
	struct rcs_qsbr *qsbr;
	/* The number that it announced last. Stored by this thread, loaded by scans. */
	unsigned long word RCS_QSBR_ALIGNED;
};

struct rcs_qsbr {
	struct rcs_rcu rcu;
	struct rcs_callbacks *callbacks;
	struct rcs_rcu_registry registry;

	unsigned long number RCS_QSBR_ALIGNED; /* to be announced: odd, steps by two */
	unsigned waiting; /* a grace period sleeps until a thread has announced it */

	/* Grace periods, counted: these may wrap. */
	unsigned long begun RCS_QSBR_ALIGNED;
	unsigned long over;
	unsigned departed;	 /* changes when a thread wakes a grace period */
	pthread_mutex_t running; /* held by whoever runs one */
};

#endif
