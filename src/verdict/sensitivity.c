/* SPDX-License-Identifier: BSD-2-Clause */
/* How rare a failure would have shown: see sensitivity.h. */
#include "verdict/sensitivity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void merge_neighbours(struct rcs_power *power)
{
	for (uint32_t i = 0; i < RCS_POWER_MAX / 2; i++)
		power->hits[i] = (power->hits[2 * i] + power->hits[2 * i + 1]) / 2;
	power->count = RCS_POWER_MAX / 2;
	power->merged++;
}

void rcs_power_add(struct rcs_power *power, uint64_t control_hit,
		   uint64_t control_exposed, uint64_t subject_exposed)
{
	double hits = control_exposed > 0
			      ? (double)control_hit * (double)subject_exposed /
					(double)control_exposed
			      : 0.0;
	uint32_t full = UINT32_C(1) << power->merged;

	power->blocks++;
	if (power->pending == 0 || power->pending == full) {
		if (power->count == RCS_POWER_MAX)
			merge_neighbours(power);
		power->hits[power->count++] = hits;
		power->pending = 1;
		return;
	}
	power->hits[power->count - 1] +=
		(hits - power->hits[power->count - 1]) / ++power->pending;
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

double rcs_power_lower_bound(const struct rcs_power *power)
{
	double sorted[RCS_POWER_MAX];
	double m = power->count;
	double kept, sum = 0.0;

	if (power->count < 2)
		return 0.0;
	memcpy(sorted, power->hits, power->count * sizeof(sorted[0]));
	qsort(sorted, power->count, sizeof(sorted[0]), ascending);
	kept = m * (1.0 - sqrt(log(20.0) / (2.0 * m)));
	for (uint32_t i = 0; i < power->count && kept > 0.0; i++) {
		sum += sorted[i] * fmin(1.0, kept);
		kept -= 1.0;
	}
	return sum / m * (double)power->blocks;
}

double rcs_sensitivity(const struct rcs_power *power, double p)
{
	return rcs_power_lower_bound(power) / log(1.0 / p);
}
