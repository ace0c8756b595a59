/* SPDX-License-Identifier: BSD-2-Clause */
/* How rare a failure would have shown: see sensitivity.h. */
#include "verdict/sensitivity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void merge_neighbours(struct rcs_rates *rates)
{
	for (uint32_t i = 0; i < RCS_RATES_MAX / 2; i++)
		rates->rate[i] = (rates->rate[2 * i] + rates->rate[2 * i + 1]) / 2;
	rates->count = RCS_RATES_MAX / 2;
	rates->merged++;
}

void rcs_rates_add(struct rcs_rates *rates, uint64_t hits, uint64_t exposed)
{
	double rate = exposed > 0 ? (double)hits / (double)exposed : 0.0;
	uint32_t full = UINT32_C(1) << rates->merged;

	if (rates->pending == 0 || rates->pending == full) {
		if (rates->count == RCS_RATES_MAX) {
			merge_neighbours(rates);
		}
		rates->rate[rates->count++] = rate;
		rates->pending = 1;
		return;
	}
	rates->rate[rates->count - 1] +=
		(rate - rates->rate[rates->count - 1]) / ++rates->pending;
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

double rcs_rates_lower_bound(const struct rcs_rates *rates)
{
	double sorted[RCS_RATES_MAX];
	double m = rates->count;
	double kept, sum = 0.0;

	if (rates->count < 2)
		return 0.0;
	memcpy(sorted, rates->rate, rates->count * sizeof(sorted[0]));
	qsort(sorted, rates->count, sizeof(sorted[0]), ascending);
	kept = m * (1.0 - sqrt(log(20.0) / (2.0 * m)));
	for (uint32_t i = 0; i < rates->count && kept > 0.0; i++) {
		sum += sorted[i] * fmin(1.0, kept);
		kept -= 1.0;
	}
	return sum / m;
}

double rcs_sensitivity(double h, uint64_t exposed, double p)
{
	return h * (double)exposed / log(1.0 / p);
}
