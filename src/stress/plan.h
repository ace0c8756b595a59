/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What one cell is to do. Plain data without pointers: the parent fills it, and it
 * reaches the cell's process through shared memory.
 */
#ifndef RCS_STRESS_PLAN_H
#define RCS_STRESS_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "barrier/barrier.h"
#include "host/plugin.h"
#include "litmus/ast.h"
#include "rcu/rcu.h"
#include "stress/pair.h"
#include "stress/prospect.h"
#include "stress/rcu_bench.h"

#define RCS_THREADS_MAX	    4096
#define RCS_ANTAGONISTS_MAX 4
#define RCS_PLACEMENTS_MAX  12
#define RCS_WORD_SIZE	    32 /* names of amplifiers */
#define RCS_PATH_SIZE	    4096

enum rcs_job {
	RCS_JOB_VERDICT,   /* blocks of rounds until there is a verdict */
	RCS_JOB_LATENCY,   /* how long the heavy side takes, alone and exposed */
	RCS_JOB_RATE,	   /* how often the subject is hit, for a while */
	RCS_JOB_KILL,	   /* rounds of the subject until it is hit: of an RCU */
	RCS_JOB_RCU_BENCH, /* how fast RCU flavours are: see rcu_bench.h */
};

enum rcs_runner_id {
	RCS_RUNNER_SB,	      /* see sb.h, … */
	RCS_RUNNER_PERPETUAL, /* … perpetual.h, … */
	RCS_RUNNER_BATCHED,   /* … batched.h, … */
	RCS_RUNNER_RCU,	      /* … torture/torture.h */
};

/* One way to seat all threads; a cell goes from one to the next, block by block. */
struct rcs_placement {
	enum rcs_pair pair; /* what writer 0 and reader 0 are to each other */
	/* CPU of each thread, writers first, then readers, antagonists; -1: not bound.
	 */
	int cpu[RCS_THREADS_MAX + RCS_ANTAGONISTS_MAX];
	uint8_t pair_of[RCS_THREADS_MAX]; /* enum rcs_pair of reader and its writer */
};

/* What may befall an RCU under torture, or-ed together. */
enum rcs_torture_feature {
	RCS_TORTURE_SLEEP = 1 << 0,   /* readers yield and sleep, in sections too */
	RCS_TORTURE_DELAYS = 1 << 1,  /* the build with delay points, if there is one */
	RCS_TORTURE_CALLS = 1 << 2,   /* call() and barrier() */
	RCS_TORTURE_POLLS = 1 << 3,   /* polled grace periods */
	RCS_TORTURE_STUTTER = 1 << 4, /* all pause now and then, and start at once */
	RCS_TORTURE_SHUFFLE = 1 << 5, /* readers change CPUs within sections */
	RCS_TORTURE_CHURN = 1 << 6,   /* threads come and go */
	RCS_TORTURE_HANDLERS = 1 << 7, /* signal handlers read */
	RCS_TORTURE_FORK = 1 << 8,     /* children read and wait */
	RCS_TORTURE_LOOKS = 1 << 9, /* updaters look, and do nothing, till others did */
	RCS_TORTURE_PROTECT = 1 << 10,	/* pages of freed objects are taken away */
	RCS_TORTURE_LIST = 1 << 11,	/* readers go along lists */
	RCS_TORTURE_TABLE = 1 << 12,	/* … and look into hash tables */
	RCS_TORTURE_PRIORITY = 1 << 13, /* readers have a lower one for a while */
};

/* How an RCU is tortured. All zero: with everything that its flavour allows. */
struct rcs_torture_options {
	uint32_t without; /* of enum rcs_torture_feature, or-ed together */
	bool near_wrap;	  /* counters begin where they will soon wrap */
	bool per_cpu;	  /* a callback worker for each CPU */
	/* Ticks of 50 ms without the end of a grace period that are too many; 0: 10 s.
	 */
	uint32_t stuck_ticks;
};

struct rcs_plan {
	enum rcs_job job;
	char test[RCS_LITMUS_TEST_SIZE];
	char object[RCS_PATH_SIZE]; /* with its native code; empty: of the suite */
	enum rcs_runner_id runner;
	char rcu[RCS_RCU_NAME_SIZE]; /* flavour to torture; empty: a litmus test */
	bool own_barrier; /* that flavour rests on none: its grace periods are judged */
	struct rcs_torture_options torture;
	bool judged;	/* its target must be forbidden; else it is counted */
	bool has_heavy; /* the test has a heavy side, which the barrier is put in */
	struct rcs_prospect prospect; /* what this machine's model says of the target */
	bool all_call;	/* any thread may make heavy calls: hits are looked for, no more
			 */
	bool histogram; /* report final states */
	char barrier[RCS_BARRIER_NAME_SIZE]; /* with its parameter */
	bool light_fence; /* readers have a full fence, whatever the barrier asks for */
	/* Where it and the flavour are, if they are plug-ins; set by who supervises. */
	char barrier_plugin[RCS_PLUGIN_TEXT_SIZE];
	char rcu_plugin[RCS_PLUGIN_TEXT_SIZE];
	int writers;
	int readers;
	int groups;	 /* of threads that run instances of the test side by side */
	int antagonists; /* threads that take lines away from readers */
	int cpus_used;	 /* how many different CPUs readers and writers may run on */
	int cpus_spare;	 /* and how many are left beside those */
	int placements;
	struct rcs_placement placement[RCS_PLACEMENTS_MAX];
	uint64_t limit_ns;
	double p_target;
	double sensitivity; /* 0: none asked for */
	bool full;	    /* go on to the limit whatever the verdict */
	bool no_control;
	char amplifier[RCS_WORD_SIZE]; /* "auto" or a name */
	unsigned depth;		       /* of that amplifier; 0: its usual one */
	uint64_t memory;	       /* bytes for logs and arena together */
	uint64_t seed;
	struct rcs_rcu_bench_plan bench; /* of that job */
};

/* Threads that may make heavy calls: the first so many. */
static inline int rcs_plan_callers(const struct rcs_plan *plan)
{
	return plan->all_call ? plan->writers + plan->readers : plan->writers;
}

/* Whether no two heavy calls are under way at the same time. */
static inline bool rcs_plan_calls_alone(const struct rcs_plan *plan)
{
	return plan->runner == RCS_RUNNER_RCU ? !plan->own_barrier : plan->writers == 1;
}

#endif
