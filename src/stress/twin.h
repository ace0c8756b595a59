/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The twin of a barrier: takes as long as the barrier took, and does nothing remotely.
 *
 * How long that is, is measured with readers that run but have no amplifier. With
 * one, a barrier that orders memory takes longer: it waits for the very stores that
 * the amplifier holds back. A twin that waited for them as well would be no barrier
 * that "waited, but ordered nothing"; it would have ordered them, by waiting.
 *
 * Each call waits for a duration drawn from the barrier's own calls, but never less
 * than their median. Short calls among the samples may be ones that met no running
 * reader, and replayed against a running one they would invent hits. Never shorter
 * also means never hit more often than a barrier that does nothing would be, which
 * is what the sign test asks of a control. For the same reason a twin is not shorter
 * than the newest calls, should the machine have grown slower; nor, where the barrier
 * interrupts nobody and so waits for nobody's stores, than its amplified calls.
 */
#ifndef RCS_STRESS_TWIN_H
#define RCS_STRESS_TWIN_H

#include "host/random.h"
#include "stress/samples.h"

/* One for each writer: written before a round, then only that writer's. */
struct rcs_twin_state {
	const struct rcs_samples *samples; /* not added to while a round runs */
	uint64_t least;			   /* cycles */
	struct rcs_random random;
};

/*
 * Readies a twin for a round over the samples as they are now; no call is shorter
 * than `least`, in cycles.
 */
void rcs_twin_ready(struct rcs_twin_state *twin, const struct rcs_samples *samples,
		    uint64_t least, uint64_t seed);

/* The heavy side; its argument is a struct rcs_twin_state. Always 0. */
int rcs_twin_heavy(void *writer);

/*
 * The light side of a twin, where the subject's is called: it is called as well, and
 * waits for as many cycles as the subject's takes, *(uint64_t *)cycles, without a
 * fence. Were it shorter, a subject that does nothing would be hit less often than its
 * twin.
 */
void rcs_twin_light(void *cycles);

#endif
