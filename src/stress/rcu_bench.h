/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One measurement of RCU flavours side by side: what is measured, and what came out.
 * Plain data without pointers, as it goes through shared memory.
 */
#ifndef RCS_STRESS_RCU_BENCH_H
#define RCS_STRESS_RCU_BENCH_H

#include <stdbool.h>
#include <stdint.h>

#include "rcu/rcu.h"

/* Places in rcu/list.h, and in rcs_rcu_flavours[]. */
enum rcs_rcu_bench_place {
#define X(name) RCS_RCU_BENCH_##name,
#include "rcu/list.h"
#undef X
	RCS_RCU_BENCH_FLAVOURS
};

/* So many that what is shared does not depend on what the program was built with. */
#define RCS_RCU_BENCH_FLAVOURS_MAX 16
_Static_assert(RCS_RCU_BENCH_FLAVOURS <= RCS_RCU_BENCH_FLAVOURS_MAX,
	       "no place for so many flavours");

/* Each flavour twice (synchronize() and its expedited form), and two yardsticks. */
#define RCS_RCU_BENCH_ROWS_OF(flavours) (2 * (flavours) + 2)
#define RCS_RCU_BENCH_ROWS		RCS_RCU_BENCH_ROWS_OF(RCS_RCU_BENCH_FLAVOURS)
#define RCS_RCU_BENCH_ROWS_MAX		RCS_RCU_BENCH_ROWS_OF(RCS_RCU_BENCH_FLAVOURS_MAX)
#define RCS_RCU_BENCH_NAME_SIZE		(RCS_RCU_NAME_SIZE + 16)

enum rcs_rcu_bench_kind {
	RCS_RCU_BENCH_READ,	 /* how long a section takes its reader */
	RCS_RCU_BENCH_GRACE,	 /* how long synchronize() takes its caller */
	RCS_RCU_BENCH_RATE,	 /* how often callers come through synchronize() */
	RCS_RCU_BENCH_CALLBACKS, /* how often producers call(), and it is done */
};

/* The plan's writers are callers or producers; its readers read all the while. */
struct rcs_rcu_bench_plan {
	enum rcs_rcu_bench_kind kind;
	bool wanted[RCS_RCU_BENCH_FLAVOURS_MAX]; /* by place */
	uint64_t section_ns; /* how long a reader's section takes; 0: no longer than
				it must */
	uint64_t pause_ns;   /* how long a reader stays out of sections after each */
	uint64_t share_ns;   /* of the limit: for each row */
};

/* Rows that others are held against. */
#define RCS_RCU_BENCH_EMPTY  "empty loop"
#define RCS_RCU_BENCH_STORES "two stores, a load"
#define RCS_RCU_BENCH_MEMB   "urcu-memb"
#define RCS_RCU_BENCH_HEAVY  "heavy call"
#define RCS_RCU_BENCH_NATIVE "liburcu's call_rcu()"

/* A flavour or a yardstick. What its kind does not measure is 0. */
struct rcs_rcu_bench_row {
	char name[RCS_RCU_BENCH_NAME_SIZE];
	bool yardstick;
	/* GRACE, RATE: other programs had the reader's CPU in (nearly) all rounds; a
	 * barrier has nobody to interrupt then. Else such rounds do not count. */
	bool disturbed;
	char reason[160]; /* why there is nothing, or not all */
	uint32_t rounds;  /* that count */
	uint32_t samples; /* of the durations; 0: none */
	double least_ns;  /* READ: the best round, per section */
	double median_ns; /* READ: of all rounds, per section */
	double to_stores; /* READ: medians of this row's time over that of two stores
			     and a load, … */
	double to_memb;	  /* … and of urcu_memb; 0: not there */
	double walk_ns;	  /* READ: the same where each section waits for the load of
			     the one before it */
	double walk_to_stores, walk_to_memb;
	uint64_t p50_ns; /* GRACE: durations of a call, … */
	uint64_t p90_ns;
	uint64_t p99_ns;
	uint64_t most_ns;
	double per_second; /* RATE: calls that came back, of all callers together;
			      CALLBACKS: those given; medians of rounds */
	double invoked;	   /* CALLBACKS: those run, a second, until the last one was */
};

struct rcs_rcu_bench {
	uint32_t rows;
	struct rcs_rcu_bench_row row[RCS_RCU_BENCH_ROWS_MAX];
};

#endif
