/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The most recent durations of heavy calls, in cycles: what the latency line is made
 * of, and what a twin draws its waits from.
 */
#ifndef RCS_STRESS_SAMPLES_H
#define RCS_STRESS_SAMPLES_H

#include <stdint.h>

#include "host/clock.h"
#include "stress/result.h"

#define RCS_SAMPLES_MAX	  4096
#define RCS_SAMPLE_MAX_NS UINT64_C(1500000000)

/* A ring. All zero to begin with. */
struct rcs_samples {
	uint64_t added; /* ever; the last RCS_SAMPLES_MAX of them are kept */
	uint64_t cycles[RCS_SAMPLES_MAX];
};

/*
 * A duration longer than any barrier's is one during which the process or the machine
 * was stopped, or the counter jumped: it is dropped, lest a twin repeat it.
 */
static inline void rcs_samples_add(struct rcs_samples *s, uint64_t cycles)
{
	if (cycles > rcs_cycles_from_ns(RCS_SAMPLE_MAX_NS))
		return;
	s->cycles[s->added++ % RCS_SAMPLES_MAX] = cycles;
}

static inline uint32_t rcs_samples_count(const struct rcs_samples *s)
{
	return s->added < RCS_SAMPLES_MAX ? (uint32_t)s->added : RCS_SAMPLES_MAX;
}

/* The quantile q (0 to 1) in cycles; 0 when there are no samples. */
uint64_t rcs_samples_quantile(const struct rcs_samples *s, double q);

/* p50 and p99 in nanoseconds. */
struct rcs_quantiles rcs_samples_summary(const struct rcs_samples *s);

#endif
