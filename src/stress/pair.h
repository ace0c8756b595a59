/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What lies between the CPU of a writer and that of a reader. How long a store takes
 * to become visible, and how an interrupt gets there, depends on it: a barrier may
 * hold between two cores and fail between siblings that share a store buffer's core.
 */
#ifndef RCS_STRESS_PAIR_H
#define RCS_STRESS_PAIR_H

#include "host/topology.h"

enum rcs_pair {
	RCS_PAIR_UNBOUND,  /* a thread of the two is not bound */
	RCS_PAIR_SAME,	   /* one CPU */
	RCS_PAIR_SIBLINGS, /* SMT siblings: CPUs of one core */
	RCS_PAIR_CACHE,	   /* cores that share a last-level cache */
	RCS_PAIR_PACKAGE,  /* cores of one package, with caches of their own */
	RCS_PAIR_REMOTE,   /* different packages */
	RCS_PAIR_OTHER,	   /* different CPUs; their seats are not known */
	RCS_PAIRS,
};

/* The kind of pair that two seats are. */
enum rcs_pair rcs_pair_of(const struct rcs_seat *a, const struct rcs_seat *b);

/* In words: "SMT siblings", "cores of one cache". */
const char *rcs_pair_name(enum rcs_pair pair);

#endif
