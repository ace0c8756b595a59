/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How long a section takes its reader: enter, dereference, leave, with nobody else
 * about. Rounds are shorter than a scheduler's turn, so that other programs disturb
 * few of them, and the median is of those that they did not.
 */
#include "stress/bench/rig.h"

#include "host/clock.h"
#include "stress/bench/median.h"

#define ROUNDS	     400
#define ROUND_MIN_NS UINT64_C(20000)
/* To warm up, and to find out how many sections a round has. */
#define TRY_SECTIONS 2000

typedef uint64_t timed(struct rcs_rcu_thread *self, void *const *pointer,
		       uint64_t sections);

/* Nanoseconds per section, over half of the round. */
static double time_loop(const struct rcs_bench_rig *rig, struct rcs_rcu_thread *self,
			timed *loop)
{
	double half = (double)rcs_cycles_from_ns(rig->round_ns / 2);
	double tried = (double)loop(self, &rig->pointer, TRY_SECTIONS);
	uint64_t sections =
		1 + (uint64_t)(half * TRY_SECTIONS / (tried > 1.0 ? tried : 1.0));

	return (double)loop(self, &rig->pointer, sections) / rcs_cycles_per_ns() /
	       (double)sections;
}

static void read_for_a_round(struct rcs_bench_rig *rig, int thread)
{
	struct rcs_bench_subject *s = rig->now;
	struct rcs_rcu_thread *self = rcs_bench_enter(rig, thread);
	double each, walked;

	if (self == NULL)
		return;
	each = time_loop(rig, self, s->loops->time);
	walked = time_loop(rig, self, s->loops->walk);
	rcs_bench_leave(self);
	rcs_bench_note(rig, s, each, walked);
}

static int once(struct rcs_bench_rig *rig, struct rcs_bench_subject *s,
		struct rcs_error *e)
{
	uint64_t ns = rig->plan->bench.share_ns / ROUNDS;

	return rcs_bench_round(rig, s, read_for_a_round,
			       ns > ROUND_MIN_NS ? ns : ROUND_MIN_NS, e);
}

static uint32_t least(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

int rcs_bench_read(struct rcs_bench_rig *rig, struct rcs_error *e)
{
	const struct rcs_bench_subject *stores =
		rcs_bench_subject(rig, RCS_RCU_BENCH_STORES);
	const struct rcs_bench_subject *memb =
		rcs_bench_subject(rig, RCS_RCU_BENCH_MEMB);

	if (rcs_bench_rounds(rig, ROUNDS, once, e) != 0)
		return -1;
	for (uint32_t i = 0; i < rig->subjects; i++) {
		const struct rcs_bench_subject *s = &rig->subject[i];
		uint32_t both = least(s->rounds, stores->rounds);

		s->row->least_ns = rcs_bench_least(s->value, s->rounds);
		s->row->median_ns = rcs_bench_median(s->value, s->rounds);
		s->row->walk_ns = rcs_bench_median(s->second, s->rounds);
		s->row->to_stores =
			rcs_bench_median_ratio(s->value, stores->value, both);
		s->row->walk_to_stores =
			rcs_bench_median_ratio(s->second, stores->second, both);
		if (memb == NULL)
			continue;
		both = least(s->rounds, memb->rounds);
		s->row->to_memb = rcs_bench_median_ratio(s->value, memb->value, both);
		s->row->walk_to_memb =
			rcs_bench_median_ratio(s->second, memb->second, both);
	}
	return 0;
}
