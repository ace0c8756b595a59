/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reading the logs of the perpetual form of a test (litmus/perpetual.h).
 *
 * A frame is one iteration of each thread, not the same for all. It ends in a final
 * state of the test when each load saw what it would have seen there:
 *
 *	register = constant of the a-th store	it loaded just that store of the other
 *						thread's iteration in the frame (rf);
 *	register = initial value		it loaded something older than the first
 *						store of that iteration (fr).
 *
 * So a frame is a genuine instance of the test, with other iterations in between that
 * can only add to what is ordered: a state that a model forbids is forbidden in it.
 * (PerpLE, Melissaris et al., MICRO 2020, takes "that store or a newer one" for rf,
 * which would not do where a dependency orders one iteration's accesses only.)
 *
 * What iterations load only grows, so each condition says "this iteration is at least
 * so late, given how late that one is", and the least frame that satisfies them all is
 * found by moving iterations on until nothing moves. From there the search goes on with
 * the next iteration of one thread, the pivot, and nothing ever moves back: linear in
 * the length of the logs.
 */
#ifndef RCS_STRESS_FRAMES_H
#define RCS_STRESS_FRAMES_H

#include <stdbool.h>
#include <stdint.h>

#include "litmus/perpetual.h"
#include "stress/histogram.h"

/* What one register must have loaded. */
struct rcs_frame_edge {
	int32_t reader;	 /* thread whose register it is */
	int32_t log;	 /* that register */
	int32_t writer;	 /* thread that stores to the location */
	uint32_t stores; /* k */
	uint32_t store;	 /* a: loaded exactly k * (n - 1) + a; 0: less than the first */
};

struct rcs_frame_pattern {
	bool impossible; /* a register = a value that nobody stores */
	int edges;
	struct rcs_frame_edge edge[RCS_OBSERVED_MAX];
	int pivot; /* thread */
};

/* The loads of a thread in program order: register and location. */
struct rcs_frame_loads {
	int count;
	int32_t log[RCS_LITMUS_REGISTERS];
	int32_t location[RCS_LITMUS_REGISTERS];
};

/* What was logged: log[thread][register][n], n from 1 to done[thread]. */
struct rcs_frame_logs {
	uint32_t *const *log[RCS_LITMUS_THREADS];
	uint32_t done[RCS_LITMUS_THREADS];
};

/* A frame: an iteration by thread. */
struct rcs_frame {
	uint32_t n[RCS_LITMUS_THREADS];
};

/* The pattern of a final state of the test: values as in histogram.h. */
void rcs_frame_pattern_of(const struct rcs_litmus *test, const struct rcs_perpetual *p,
			  const struct rcs_histogram *items, const int64_t *value,
			  struct rcs_frame_pattern *pattern);

/* The loads of that thread. */
void rcs_frame_loads_of(const struct rcs_litmus *test, const struct rcs_perpetual *p,
			int32_t thread, struct rcs_frame_loads *loads);

/*
 * Whether what a thread loaded from each location only grew, as it must on every
 * machine with coherent caches, and as the search below relies on. If not, *at is the
 * iteration and *location where it fell.
 */
bool rcs_frames_coherent(const struct rcs_frame_loads *loads, uint32_t *const *log,
			 uint32_t done, uint32_t *at, int32_t *location);

/* Takes the thread with the fewest iterations, of those that the pattern names. */
void rcs_frame_pivot(struct rcs_frame_pattern *pattern,
		     const struct rcs_frame_logs *logs);

/*
 * How many iterations of the pivot are part of a frame that matches; and *first, when
 * there is one.
 */
uint64_t rcs_frames_count(const struct rcs_frame_pattern *pattern, int threads,
			  const struct rcs_frame_logs *logs, struct rcs_frame *first);

#endif
