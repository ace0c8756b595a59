/* SPDX-License-Identifier: BSD-2-Clause */
/* Durations of heavy calls: see samples.h. */
#include "stress/samples.h"

#include <stdlib.h>
#include <string.h>

#include "host/clock.h"

static int ascending(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

uint64_t rcs_samples_quantile(const struct rcs_samples *s, double q)
{
	uint64_t sorted[RCS_SAMPLES_MAX];
	uint32_t count = rcs_samples_count(s);

	if (count == 0)
		return 0;
	memcpy(sorted, s->cycles, count * sizeof(sorted[0]));
	qsort(sorted, count, sizeof(sorted[0]), ascending);
	return sorted[(uint32_t)(q * (count - 1) + 0.5)];
}

struct rcs_quantiles rcs_samples_summary(const struct rcs_samples *s)
{
	struct rcs_quantiles q = {.samples = rcs_samples_count(s)};

	q.p50_ns = rcs_cycles_to_ns(rcs_samples_quantile(s, 0.5));
	q.p99_ns = rcs_cycles_to_ns(rcs_samples_quantile(s, 0.99));
	return q;
}
