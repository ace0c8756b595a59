/* SPDX-License-Identifier: BSD-2-Clause */
/* The loops of readers: see loops.h. */
#include "stress/bench/loops.h"

#include <ck_pr.h>

#include "host/clock.h"
#include "rcu/read/all.h"
#include "stress/rcu_bench.h"

#define INLINE static inline __attribute__((always_inline))

/* Yardsticks look like flavours. */
INLINE void rcs_read_lock_empty(struct rcs_rcu_thread *self, bool fence)
{
	(void)self;
	(void)fence;
}

INLINE void *rcs_read_empty(struct rcs_rcu_thread *self, void *const *pointer)
{
	(void)self;
	return (void *)(uintptr_t)pointer;
}

INLINE void rcs_read_unlock_empty(struct rcs_rcu_thread *self, bool fence)
{
	(void)self;
	(void)fence;
}

INLINE void rcs_read_lock_stores(struct rcs_rcu_thread *self, bool fence)
{
	struct rcs_bench_word *w = (struct rcs_bench_word *)(void *)self;

	*(volatile unsigned long *)&w->word = 1;
	if (fence)
		ck_pr_fence_memory();
	else
		ck_pr_barrier();
}

INLINE void *rcs_read_stores(struct rcs_rcu_thread *self, void *const *pointer)
{
	(void)self;
	return ck_pr_load_ptr(pointer);
}

INLINE void rcs_read_unlock_stores(struct rcs_rcu_thread *self, bool fence)
{
	struct rcs_bench_word *w = (struct rcs_bench_word *)(void *)self;

	if (fence)
		ck_pr_fence_memory();
	else
		ck_pr_barrier();
	*(volatile unsigned long *)&w->word = 0;
}

/*
 * One shape for all. The counter passes through an empty piece of assembly, so that no
 * two iterations are made one, and what was read through another, so that it is read.
 * Functions begin on a line of their own, lest one loop lie better than another.
 */
#define TIMED(function, name, FOUND)                                                   \
	__attribute__((noinline, aligned(64))) static uint64_t function##_##name(      \
		struct rcs_rcu_thread *self, void *const *pointer, uint64_t sections)  \
	{                                                                              \
		uint64_t from = rcs_cycles();                                          \
                                                                                       \
		for (uint64_t left = sections; left > 0; left--) {                     \
			void *value;                                                   \
                                                                                       \
			rcs_read_lock_##name(self, false);                             \
			value = rcs_read_##name(self, pointer);                        \
			__asm__ __volatile__("" : "+r"(value));                        \
			rcs_read_unlock_##name(self, false);                           \
			FOUND;                                                         \
			__asm__ __volatile__("" : "+r"(left));                         \
		}                                                                      \
		return rcs_cycles() - from;                                            \
	}

#define X(name)                                                                        \
	TIMED(time, name, (void)value)                                                 \
	TIMED(walk, name, pointer = value)                                             \
                                                                                       \
	static void run_##name(const struct rcs_bench_reader *r)                       \
	{                                                                              \
		struct rcs_rcu_thread *self = r->self;                                 \
		uint64_t section = r->section, pause = r->pause;                       \
		bool fence = r->fence, quiesces = r->quiesces;                         \
                                                                                       \
		ck_pr_inc_uint(r->ready);                                              \
		while (ck_pr_load_uint(r->over) == 0) {                                \
			void *value;                                                   \
                                                                                       \
			rcs_read_lock_##name(self, fence);                             \
			value = rcs_read_##name(self, r->pointer);                     \
			__asm__ __volatile__("" : : "r"(value));                       \
			if (section > 0)                                               \
				rcs_spin_until(rcs_cycles() + section);                \
			rcs_read_unlock_##name(self, fence);                           \
			if (quiesces)                                                  \
				self->rcu->flavour->quiescent(self);                   \
			if (pause > 0)                                                 \
				rcs_spin_until(rcs_cycles() + pause);                  \
		}                                                                      \
	}
X(empty)
X(stores)
#include "rcu/list_here.h"
#undef X

const struct rcs_bench_loops rcs_bench_empty_loops = {time_empty, walk_empty,
						      run_empty};
const struct rcs_bench_loops rcs_bench_stores_loops = {time_stores, walk_stores,
						       run_stores};

const struct rcs_bench_loops rcs_bench_loops[RCS_RCU_BENCH_FLAVOURS] = {
#define X(name) [RCS_RCU_BENCH_##name] = {time_##name, walk_##name, run_##name},
#include "rcu/list_here.h"
#undef X
};
