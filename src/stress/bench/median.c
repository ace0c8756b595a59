/* SPDX-License-Identifier: BSD-2-Clause */
/* Medians of rounds: see median.h. */
#include "stress/bench/median.h"

#include <stdlib.h>
#include <string.h>

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Of values that may be put in another order. */
static double median_of(double *value, uint32_t count)
{
	qsort(value, count, sizeof(*value), ascending);
	return count % 2 != 0 ? value[count / 2]
			      : (value[count / 2 - 1] + value[count / 2]) / 2;
}

double rcs_bench_median(const double *value, uint32_t count)
{
	double *sorted = count > 0 ? malloc(count * sizeof(*sorted)) : NULL;
	double median;

	if (sorted == NULL)
		return 0.0;
	memcpy(sorted, value, count * sizeof(*sorted));
	median = median_of(sorted, count);
	free(sorted);
	return median;
}

double rcs_bench_median_ratio(const double *value, const double *base, uint32_t count)
{
	double *ratio = count > 0 ? malloc(count * sizeof(*ratio)) : NULL;
	uint32_t ratios = 0;
	double median;

	if (ratio == NULL)
		return 0.0;
	for (uint32_t i = 0; i < count; i++) {
		if (base[i] > 0.0)
			ratio[ratios++] = value[i] / base[i];
	}
	median = ratios > 0 ? median_of(ratio, ratios) : 0.0;
	free(ratio);
	return median;
}

double rcs_bench_least(const double *value, uint32_t count)
{
	double least = count > 0 ? value[0] : 0.0;

	for (uint32_t i = 1; i < count; i++) {
		if (value[i] < least)
			least = value[i];
	}
	return least;
}
