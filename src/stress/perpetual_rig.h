/* SPDX-License-Identifier: BSD-2-Clause */
/* What the perpetual runner is made of; shared by the files named perpetual*.c. */
#ifndef RCS_STRESS_PERPETUAL_RIG_H
#define RCS_STRESS_PERPETUAL_RIG_H

#include "stress/frames.h"
#include "stress/perpetual.h"

/* One thread of the team. */
struct rcs_perpetual_side {
	struct rcs_native_env env;
	struct rcs_native_run run;
	rcs_native_loop *loop;
	unsigned *here; /* threads of its group that have arrived */
	uint32_t *log[RCS_LITMUS_REGISTERS];
} __attribute__((aligned(128)));

struct rcs_perpetual_runner {
	struct rcs_runner runner;
	const struct rcs_litmus *test;
	const struct rcs_native_test *native;
	struct rcs_perpetual form;
	int groups, threads; /* of a group */
	bool crowded;	     /* more threads than CPUs */
	uint32_t iterations; /* room for */
	struct rcs_histogram states;
	struct rcs_frame_pattern *pattern; /* by state */
	struct rcs_frame_loads loads[RCS_LITMUS_THREADS];
	struct rcs_perpetual_side *side; /* by thread of the team */
	char **location;		 /* [group][location] */
	char *lines, *logs;
	size_t lines_size, logs_size;
	const struct rcs_round *round;
	uint64_t deadline_ns;
	unsigned stop __attribute__((aligned(128)));
};

/* Threads of a test are dealt out to writers and readers in the order of the team. */
static inline int rcs_perpetual_thread(const struct rcs_perpetual_runner *p, int group,
				       int thread)
{
	int writers = p->runner.writers / p->groups;
	int readers = p->runner.readers / p->groups;

	return thread < writers
		       ? group * writers + thread
		       : p->runner.writers + group * readers + (thread - writers);
}

/* rcs_runner_kind.destroy. */
void rcs_perpetual_destroy(struct rcs_runner *runner);

extern const struct rcs_runner_kind rcs_perpetual_kind;

#endif
