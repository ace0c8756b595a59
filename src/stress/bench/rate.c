/* SPDX-License-Identifier: BSD-2-Clause */
/* How often callers come through synchronize(), all of them together. */
#include "stress/bench/rig.h"

#include <string.h>

#include "host/clock.h"
#include "stress/bench/median.h"

#define ROUNDS	     100
#define ROUND_MIN_NS UINT64_C(1000000)

static void call_for_a_round(struct rcs_bench_rig *rig, int thread)
{
	struct rcs_bench_subject *s = rig->now;
	struct rcs_bench_tally *tally = &rig->tally[thread];
	int err;

	tally->count = 0;
	tally->begun_ns = rcs_clock_ns();
	do {
		err = s->flavour->synchronize(s->rcu, NULL);
		tally->count += err == 0;
	} while (err == 0 && !rcs_bench_over(rig));
	tally->ended_ns = rcs_clock_ns();
	if (err != 0)
		rcs_fail(&rig->error[thread], RCS_ERROR_FAULT, "it fails: %s",
			 strerror(-err));
}

static int once(struct rcs_bench_rig *rig, struct rcs_bench_subject *s,
		struct rcs_error *e)
{
	uint64_t ns = rig->plan->bench.share_ns / ROUNDS;
	struct rcs_bench_tally all;

	if (rcs_bench_round(rig, s, call_for_a_round,
			    ns > ROUND_MIN_NS ? ns : ROUND_MIN_NS, e) != 0)
		return -1;
	all = rcs_bench_sum(rig);
	rcs_bench_note(rig, s, rcs_bench_per_second(&all), rig->ran);
	return 0;
}

/* Of the rounds in which the reader ran, if there are enough. */
static double median_rate(const struct rcs_bench_subject *s)
{
	double kept[RCS_BENCH_ROUNDS_MAX];
	uint32_t count = 0;

	for (uint32_t i = 0; i < s->rounds; i++) {
		if (s->second[i] >= RCS_BENCH_UNDISTURBED)
			kept[count++] = s->value[i];
	}
	s->row->disturbed = count < RCS_BENCH_FEW && count < s->rounds;
	return s->row->disturbed ? rcs_bench_median(s->value, s->rounds)
				 : rcs_bench_median(kept, count);
}

int rcs_bench_rate(struct rcs_bench_rig *rig, struct rcs_error *e)
{
	if (rcs_bench_rounds(rig, ROUNDS, once, e) != 0)
		return -1;
	for (uint32_t i = 0; i < rig->subjects; i++) {
		struct rcs_bench_subject *s = &rig->subject[i];

		s->row->per_second = median_rate(s);
	}
	return 0;
}
