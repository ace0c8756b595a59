/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Two clocks. The cycle counter is read without a system call and without a
 * fence (a fence there would repair the very barrier under test), so it times
 * single heavy calls; CLOCK_MONOTONIC times everything longer.
 */
#ifndef RCS_HOST_CLOCK_H
#define RCS_HOST_CLOCK_H

#include <stdint.h>
#include <time.h>

static inline uint64_t rcs_clock_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* The counter that user space may read; where there is none, nanoseconds. */
static inline uint64_t rcs_cycles(void)
{
#if defined(__x86_64__) || defined(__i386__)
	return __builtin_ia32_rdtsc();
#elif defined(__aarch64__)
	uint64_t value;

	__asm__ __volatile__("mrs %0, cntvct_el0" : "=r"(value));
	return value;
#elif defined(__powerpc64__)
	return __builtin_ppc_get_timebase();
#else
	return rcs_clock_ns();
#endif
}

/*
 * How many counter steps a nanosecond takes. Measured once, over some 10 ms, by
 * the first caller: call it before any thread is started.
 */
double rcs_cycles_per_ns(void);

static inline uint64_t rcs_cycles_from_ns(uint64_t ns)
{
	return (uint64_t)((double)ns * rcs_cycles_per_ns() + 0.5);
}

static inline uint64_t rcs_cycles_to_ns(uint64_t cycles)
{
	return (uint64_t)((double)cycles / rcs_cycles_per_ns() + 0.5);
}

/* Spins until the counter reads `until`. It makes no system call and no fence. */
static inline void rcs_spin_until(uint64_t until)
{
	while ((int64_t)(rcs_cycles() - until) < 0)
		__asm__ __volatile__("" ::: "memory");
}

#endif
