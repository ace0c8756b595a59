/* SPDX-License-Identifier: BSD-2-Clause */
/* What a domain of asym, and a thread in it, are made of. */
#ifndef RCS_RCU_ASYM_DOMAIN_H
#define RCS_RCU_ASYM_DOMAIN_H

#include <pthread.h>

#include "rcu/asym/word.h"
#include "rcu/rcu.h"

/* Two lines: neighbours are fetched together on x86. */
#define RCS_ASYM_ALIGNED __attribute__((aligned(128)))

struct rcs_asym_thread {
	struct rcs_rcu_thread thread;
	struct rcs_asym_thread *next, **link; /* of those registered, under its lock */
	uint64_t passed; /* the last grace period that need not wait for it */
	uint64_t since;	 /* its number among all that ever registered */
	rcs_asym_word seen; /* a mutant's stale look */
	/* Stored by this thread, loaded by scans. */
	rcs_asym_word word RCS_ASYM_ALIGNED;
	struct rcs_asym *asym;
	rcs_asym_word late; /* a mutant's word that is stored too late */
};

struct rcs_asym {
	struct rcs_rcu rcu;
	struct rcs_callbacks *callbacks;

	/* Copied by readers as they enter; the next, loaded as they leave. */
	rcs_asym_word word RCS_ASYM_ALIGNED;
	unsigned waiting; /* a grace period sleeps until a reader has left */

	/* Numbers of grace periods: begun, and over. */
	uint64_t begun RCS_ASYM_ALIGNED;
	uint64_t over;
	unsigned news;	   /* changes when one is over: slept on by those who share */
	unsigned sharing;  /* threads that sleep on it */
	unsigned departed; /* changes when a reader wakes a grace period */

	pthread_mutex_t running RCS_ASYM_ALIGNED; /* by whoever runs a grace period */
	pthread_mutex_t registry;
	struct rcs_asym_thread *threads; /* the newest first */
	uint64_t registered;		 /* ever */
	pthread_key_t exits;		 /* its destructor lets threads leave */
};

#endif
