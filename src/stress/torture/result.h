/* SPDX-License-Identifier: BSD-2-Clause */
/* What torturing an RCU found out, beside hits: plain data, as the rest of a result. */
#ifndef RCS_STRESS_TORTURE_RESULT_H
#define RCS_STRESS_TORTURE_RESULT_H

#include <stdint.h>

#include "rcu/rcu.h"

/* What is looked for. Each is a promise of RCU; one that is broken is a violation. */
enum rcs_torture_check {
	RCS_TORTURE_STAMP,     /* a grace period within a section that came before */
	RCS_TORTURE_EARLY,     /* a callback, likewise */
	RCS_TORTURE_PIPE,      /* a section holds what was freed */
	RCS_TORTURE_SEQUENCE,  /* … and used again */
	RCS_TORTURE_CANARY,    /* … and overwritten */
	RCS_TORTURE_CHECKSUM,  /* a section sees an object that is not whole */
	RCS_TORTURE_PROTECTED, /* a section touches memory that is gone */
	RCS_TORTURE_ORDER,     /* callbacks in another order than they were given in */
	RCS_TORTURE_TWICE,     /* a callback that nobody had given, or not again */
	RCS_TORTURE_NEVER,     /* a callback that is not invoked */
	RCS_TORTURE_BARRIER,   /* barrier() is over, a callback from before it is not */
	RCS_TORTURE_POLL,      /* a cookie that grace periods do not make come true */
	RCS_TORTURE_CHILD,     /* a child of fork() that does not get along */
	RCS_TORTURE_STUCK,     /* grace periods do not end, though readers leave */
	RCS_TORTURE_CHECKS
};

/* Ways to wait for a grace period. */
enum rcs_torture_way {
	RCS_TORTURE_SYNCHRONIZE,
	RCS_TORTURE_EXPEDITED,
	RCS_TORTURE_POLLED,
	RCS_TORTURE_COND,
	RCS_TORTURE_CALLED,
	RCS_TORTURE_WAYS
};

/* Rounds of a cell, by what grace periods rested on. */
enum rcs_torture_arm {
	RCS_TORTURE_SUBJECT,
	RCS_TORTURE_CONTROL,
	RCS_TORTURE_REFERENCE,
	RCS_TORTURE_ARMS
};

#define RCS_TORTURE_PIPE_MAX 10

struct rcs_torture_result {
	char flavour[RCS_RCU_NAME_SIZE]; /* empty: no RCU was tortured */
	uint64_t sections;		 /* of readers */
	uint64_t periods[RCS_TORTURE_WAYS];
	uint64_t queued, invoked; /* callbacks */
	uint64_t longest_ns;	  /* of the grace periods that were waited for */
	/*
	 * How often an object was held, of the subject, by how many grace periods it
	 * had been removed when the section ended; from 2 on it was free.
	 */
	uint64_t pipe[RCS_TORTURE_PIPE_MAX + 1];
	uint64_t violations[RCS_TORTURE_ARMS][RCS_TORTURE_CHECKS];
};

/* In one word, and in words. */
const char *rcs_torture_check_name(enum rcs_torture_check check);
const char *rcs_torture_check_meaning(enum rcs_torture_check check);
const char *rcs_torture_way_name(enum rcs_torture_way way);

#endif
