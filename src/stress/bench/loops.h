/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What readers run in measurements: each flavour's read side inlined into loops of its
 * own; and what they are held against.
 */
#ifndef RCS_STRESS_BENCH_LOOPS_H
#define RCS_STRESS_BENCH_LOOPS_H

#include <stdbool.h>
#include <stdint.h>

#include "rcu/rcu.h"

/* A thread of a yardstick, which is in no domain. */
struct rcs_bench_word {
	struct rcs_rcu_thread thread;
	unsigned long word __attribute__((aligned(128)));
	char rest[128 - sizeof(unsigned long)]; /* of two lines that are its own */
};

struct rcs_bench_reader {
	struct rcs_rcu_thread *self;
	void *const *pointer;
	unsigned *ready;  /* goes up by one once it reads */
	unsigned *over;	  /* not 0: it is to end */
	bool fence;	  /* the light side is a full fence */
	bool quiesces;	  /* is to be quiescent after each section */
	uint64_t section; /* cycles that it stays in each; 0: no longer than it must */
	uint64_t pause;	  /* cycles that it stays out of sections after each */
};

struct rcs_bench_loops {
	/*
	 * So many sections, the light side a compiler barrier; cycles for all. Every
	 * section dereferences `pointer`; or it begins with that, and each then
	 * dereferences what the one before it found, as in a walk along a list.
	 */
	uint64_t (*time)(struct rcs_rcu_thread *self, void *const *pointer,
			 uint64_t sections);
	uint64_t (*walk)(struct rcs_rcu_thread *self, void *const *pointer,
			 uint64_t sections);
	/* Sections until it is over. */
	void (*run)(const struct rcs_bench_reader *r);
};

/* By place in rcu/list.h; empty for flavours of other programs. */
extern const struct rcs_bench_loops rcs_bench_loops[];

/* Of threads in a struct rcs_bench_word: a loop around nothing; and one around two
 * plain stores to that word with a load between, kept in order by the compiler. */
extern const struct rcs_bench_loops rcs_bench_empty_loops;
extern const struct rcs_bench_loops rcs_bench_stores_loops;

#endif
