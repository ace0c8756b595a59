/* SPDX-License-Identifier: BSD-2-Clause */
/* Medians of rounds. */
#ifndef RCS_STRESS_BENCH_MEDIAN_H
#define RCS_STRESS_BENCH_MEDIAN_H

#include <stdint.h>

/* Of `count` values, which stay as they are; 0 when there are none, or no memory. */
double rcs_bench_median(const double *value, uint32_t count);

/* The median of value[i] / base[i]: what is slow for both in one round drops out. */
double rcs_bench_median_ratio(const double *value, const double *base, uint32_t count);

double rcs_bench_least(const double *value, uint32_t count);

#endif
