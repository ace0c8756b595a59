/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tests of the kernel's model as tables: what the threads do, in words that are one
 * primitive each, and what is to come of it.
 */
#ifndef RCS_MODEL_TEST_LKMM_ROW_H
#define RCS_MODEL_TEST_LKMM_ROW_H

#include "model/prove.h"

#define R(to, from)	     #to " = READ_ONCE(*" #from "); "
#define W(to, value)	     "WRITE_ONCE(*" #to ", " #value "); "
#define ACQUIRE(to, from)    #to " = smp_load_acquire(" #from "); "
#define RELEASE(to, v)	     "smp_store_release(" #to ", " #v "); "
#define IF(r, then)	     "if (" #r ") { " then "} "
#define RMW(r, call)	     #r " = " call "; "
#define CALL(call)	     call "; "
#define PLAIN(statement)     statement "; "
#define MB		     "smp_mb(); "
#define RMB		     "smp_rmb(); "
#define WMB		     "smp_wmb(); "
#define LOCK(l)		     "spin_lock(" #l "); "
#define UNLOCK(l)	     "spin_unlock(" #l "); "
#define GP		     "synchronize_rcu(); "
#define BEGIN		     "rcu_read_lock(); "
#define END		     "rcu_read_unlock(); "
#define SGP(domain)	     "synchronize_srcu(" #domain "); "
#define SBEGIN(r, domain)    #r " = srcu_read_lock(" #domain "); "
#define SEND(r, domain)	     "srcu_read_unlock(" #domain ", " #r "); "
#define SECTION(inside)	     BEGIN inside END
#define SRCU(domain, inside) SBEGIN(r9, domain) inside SEND(r9, domain)
#define AND		     " /\\ "

#define RACE RCS_FLAG_DATA_RACE

struct rcs_lkmm_row {
	const char *name;
	char expected; /* N: never, S: sometimes, A: always */
	const char *thread[4];
	const char *target;
	unsigned int flags;
	uint64_t allowed; /* executions; 0: not said */
	const char *filter;
	bool deadlock;
};

/* Fails the test if a row is not as it says. All threads have these parameters. */
void rcs_compare_rows(const struct rcs_lkmm_row *rows, size_t count,
		      const char *parameters, const char *initial);
#define COMPARE(rows)                                                                  \
	rcs_compare_rows(rows, sizeof(rows) / sizeof((rows)[0]), PARAMETERS, INITIAL)

#endif
