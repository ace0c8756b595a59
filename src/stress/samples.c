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

const double rcs_quantile_at[RCS_QUANTILES] = {0,    0.01, 0.05, 0.1,  0.25, 0.5,
					       0.75, 0.9,  0.95, 0.99, 1};

/* Ascending, into sorted[RCS_SAMPLES_MAX]; how many there are. */
static uint32_t sort(const struct rcs_samples *s, uint64_t *sorted)
{
	uint32_t count = rcs_samples_count(s);

	memcpy(sorted, s->cycles, count * sizeof(sorted[0]));
	qsort(sorted, count, sizeof(sorted[0]), ascending);
	return count;
}

static uint64_t pick(const uint64_t *sorted, uint32_t count, double q)
{
	return sorted[(uint32_t)(q * (count - 1) + 0.5)];
}

uint64_t rcs_samples_quantile(const struct rcs_samples *s, double q)
{
	uint64_t sorted[RCS_SAMPLES_MAX];
	uint32_t count = sort(s, sorted);

	return count > 0 ? pick(sorted, count, q) : 0;
}

struct rcs_quantiles rcs_samples_summary(const struct rcs_samples *s)
{
	uint64_t sorted[RCS_SAMPLES_MAX];
	struct rcs_quantiles q = {.samples = sort(s, sorted)};

	if (q.samples == 0)
		return q;
	q.p50_ns = rcs_cycles_to_ns(pick(sorted, q.samples, 0.5));
	q.p99_ns = rcs_cycles_to_ns(pick(sorted, q.samples, 0.99));
	for (int i = 0; i < RCS_QUANTILES; i++)
		q.at_ns[i] =
			rcs_cycles_to_ns(pick(sorted, q.samples, rcs_quantile_at[i]));
	return q;
}
