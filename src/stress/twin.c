/* SPDX-License-Identifier: BSD-2-Clause */
/* The twin of a barrier: see twin.h. */
#include "stress/twin.h"

#include <ck_pr.h>

#include "host/clock.h"

void rcs_twin_ready(struct rcs_twin_state *twin, const struct rcs_samples *samples,
		    uint64_t least, uint64_t seed)
{
	twin->samples = samples;
	twin->least = least;
	twin->random = rcs_random_stream(seed, 0x7819);
}

/* When a call that begins now is over. */
static uint64_t end_of_call(struct rcs_twin_state *twin)
{
	uint64_t start = rcs_cycles();
	uint32_t count = rcs_samples_count(twin->samples);
	uint64_t wait = twin->least;

	if (count > 0) {
		uint64_t drawn =
			twin->samples->cycles[rcs_random_below(&twin->random, count)];

		if (drawn > wait)
			wait = drawn;
	}
	/* Both ends of a duration are cut to whole steps of the counter. */
	return start + wait + 2;
}

int rcs_twin_heavy(void *writer)
{
	uint64_t end = end_of_call(writer);

	/*
	 * A system call leaves its caller's store buffer empty, so the twin does too.
	 * In control rounds neither fence has a partner, which is the point; in
	 * reference rounds both pair with the full fence of every reader.
	 */
	ck_pr_fence_memory();
	rcs_spin_until(end);
	ck_pr_fence_memory();
	return 0;
}

void rcs_twin_light(void *cycles)
{
	uint64_t wait = *(const uint64_t *)cycles;

	if (wait > 0)
		rcs_spin_until(rcs_cycles() + wait);
}
