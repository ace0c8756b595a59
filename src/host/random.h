/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A small seeded generator (splitmix64, Steele, Lea and Flood, OOPSLA 2014): one
 * word of state, so that every thread and every purpose can have a stream of its
 * own. Inlined, because amplifiers draw from it between the reader's stores.
 */
#ifndef RCS_HOST_RANDOM_H
#define RCS_HOST_RANDOM_H

#include <stdint.h>

struct rcs_random {
	uint64_t state;
};

static inline uint64_t rcs_random_next(struct rcs_random *r)
{
	uint64_t z = r->state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

/* Evenly from 0 to below, which must not be 0 (its bias is below 2^-32 here). */
static inline uint64_t rcs_random_below(struct rcs_random *r, uint32_t below)
{
	return ((rcs_random_next(r) >> 32) * below) >> 32;
}

/* A stream of its own for purpose number `stream` of a seed. */
static inline struct rcs_random rcs_random_stream(uint64_t seed, uint64_t stream)
{
	struct rcs_random r = {seed ^ (stream * UINT64_C(0xd1342543de82ef95))};

	(void)rcs_random_next(&r);
	return r;
}

#endif
