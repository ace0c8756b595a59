/* SPDX-License-Identifier: BSD-2-Clause */
/* What a domain of asym, and a thread in it, are made of. */
#ifndef RCS_RCU_ASYM_DOMAIN_H
#define RCS_RCU_ASYM_DOMAIN_H

#include <pthread.h>

#include "rcu/asym/word.h"
#include "rcu/callbacks.h"
#include "rcu/rcu.h"

/* Two lines: neighbours are fetched together on x86. */
#define RCS_ASYM_ALIGNED __attribute__((aligned(128)))

struct rcs_asym_thread {
	struct rcs_rcu_thread thread;
	struct rcs_asym_thread *next, **link; /* of those registered, under its lock */
	uint64_t passed;    /* the last scan that it was found not to be waited for */
	int exits;	    /* times that its end was put off */
	uint64_t since;	    /* its number among all that ever registered */
	rcs_asym_word seen; /* a mutant's look before the heavy barrier */
	struct rcs_asym *asym;
	rcs_asym_word late; /* a mutant's word that is stored too late */
	/*
	 * All that the read side touches is on this line. The word is stored by this
	 * thread and loaded by scans; the others are stored by grace periods. A copy of
	 * the domain's word for each thread costs a grace period one store more, and
	 * readers one load of an address less. (Nothing stands behind them in the line:
	 * amplifiers store there.)
	 */
	rcs_asym_word word RCS_ASYM_ALIGNED;
	rcs_asym_word now;     /* the domain's word, to be copied as it enters */
	rcs_asym_word waiting; /* a grace period sleeps until this thread leaves */
};

struct rcs_asym {
	struct rcs_rcu rcu;
	struct rcs_callbacks *callbacks;
	const struct rcs_rcu_design *design; /* for what is not worth inlining */

	rcs_asym_word word; /* what each thread has as `now` */

	/* Numbers of grace periods, which may wrap: the last that began, and is over.
	 */
	unsigned long begun RCS_ASYM_ALIGNED;
	unsigned long over;
	/* By the lowest bit of the number that a thread waits for: see share.h. */
	unsigned news[2];
	unsigned sleeping[2];
	unsigned shared;   /* the last grace period was */
	unsigned hurry;	   /* grace periods until others are waited for again */
	unsigned departed; /* changes when a reader wakes a grace period */

	/* Held by whoever runs a grace period. */
	pthread_mutex_t running RCS_ASYM_ALIGNED;
	/* Held, for a moment at a time, by whoever goes through the list. */
	pthread_mutex_t registry;
	struct rcs_asym_thread *threads; /* the newest first */
	uint64_t registered;		 /* ever */
	uint64_t known;			 /* when the last scan ended: for a mutant */
	uint64_t scans;			 /* so far */
	pthread_key_t exits;		 /* its destructor lets threads leave */
};

#endif
