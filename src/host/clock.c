/* SPDX-License-Identifier: BSD-2-Clause */
/* The rate of the cycle counter, measured against CLOCK_MONOTONIC: see clock.h. */
#include "host/clock.h"

#define MEASURE_NS 10000000u

double rcs_cycles_per_ns(void)
{
	static double rate;

	if (rate == 0.0) {
		uint64_t ns = rcs_clock_ns();
		uint64_t cycles = rcs_cycles();
		uint64_t passed;

		do
			passed = rcs_clock_ns() - ns;
		while (passed < MEASURE_NS);
		rate = (double)(rcs_cycles() - cycles) / (double)passed;
	}
	return rate;
}
