/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How long synchronize() takes its one caller, which calls it again and again; and how
 * long the heavy side of the barrier takes that flavours rest on, with the yardstick's
 * readers, which is the least that a grace period over it can take.
 */
#include "stress/bench/rig.h"

#include <stdio.h>
#include <string.h>

#include "host/clock.h"

#define ROUNDS	     50
#define ENOUGH	     RCS_BENCH_FEW * 10 /* samples */
#define ROUND_MIN_NS UINT64_C(200000)
/* The readers have just begun: their lines and those of the caller are cold. */
#define DROPPED	  4
#define PER_ROUND (RCS_SAMPLES_MAX / ROUNDS) /* so that each round weighs the same */

static struct rcs_samples round_samples; /* of the one caller */

static int call_once(struct rcs_bench_rig *rig, const struct rcs_bench_subject *s)
{
	if (s->flavour == NULL)
		return rig->ground.heavy(rig->ground.writer);
	return s->expedited ? s->flavour->synchronize_expedited(s->rcu, NULL)
			    : s->flavour->synchronize(s->rcu, NULL);
}

static void call_for_a_round(struct rcs_bench_rig *rig, int thread)
{
	struct rcs_bench_subject *s = rig->now;
	int err = 0;

	round_samples.added = 0;
	for (int n = -DROPPED; n < PER_ROUND && err == 0; n++) {
		uint64_t from = rcs_cycles();

		err = call_once(rig, s);
		if (rig->counts && n >= 0 && err == 0)
			rcs_samples_add(&round_samples, rcs_cycles() - from);
		if (n >= 0 && rcs_bench_over(rig))
			break;
	}
	if (err != 0)
		rcs_fail(&rig->error[thread], RCS_ERROR_FAULT, "it fails: %s",
			 strerror(-err));
}

static int once(struct rcs_bench_rig *rig, struct rcs_bench_subject *s,
		struct rcs_error *e)
{
	uint64_t ns = rig->plan->bench.share_ns / ROUNDS;

	if (rcs_bench_round(rig, s, call_for_a_round,
			    ns > ROUND_MIN_NS ? ns : ROUND_MIN_NS, e) != 0)
		return -1;
	for (uint32_t i = 0; rig->counts && i < rcs_samples_count(&round_samples); i++)
		rcs_samples_add(rig->ran < RCS_BENCH_UNDISTURBED ? &s->disturbed
								 : &s->samples,
				round_samples.cycles[i]);
	rcs_bench_note(rig, s, 0.0, 0.0);
	return 0;
}

static uint64_t quantile(const struct rcs_samples *samples, double q)
{
	return rcs_cycles_to_ns(rcs_samples_quantile(samples, q));
}

int rcs_bench_grace(struct rcs_bench_rig *rig, struct rcs_error *e)
{
	if (rcs_bench_rounds(rig, ROUNDS, once, e) != 0)
		return -1;
	for (uint32_t i = 0; i < rig->subjects; i++) {
		const struct rcs_bench_subject *s = &rig->subject[i];
		const struct rcs_samples *samples = &s->samples;

		s->row->disturbed = rcs_samples_count(samples) < ENOUGH &&
				    rcs_samples_count(&s->disturbed) > 0;
		if (s->row->disturbed)
			samples = &s->disturbed;
		s->row->samples = rcs_samples_count(samples);
		s->row->p50_ns = quantile(samples, 0.5);
		s->row->p90_ns = quantile(samples, 0.9);
		s->row->p99_ns = quantile(samples, 0.99);
		s->row->most_ns = quantile(samples, 1.0);
	}
	return 0;
}
