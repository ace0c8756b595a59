/* SPDX-License-Identifier: BSD-2-Clause */
/* The memory that amplifiers work on, beside the lines of the test itself. */
#ifndef RCS_STRESS_AMPLIFIER_MEMORY_H
#define RCS_STRESS_AMPLIFIER_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

#include "host/error.h"
#include "stress/amplifier.h"
#include "stress/team.h"

/* All zero: none. */
struct rcs_amplifier_memory {
	char *contended; /* RCS_CONTENDED_PAGES pages; the runner's own to place */
	char *arena;	 /* cold memory: NULL until an amplifier needs it */
	size_t arena_size;
	size_t arena_filled; /* so many bytes are in place */
};

/* Whether memory is left for amplifiers that need cold memory. */
bool rcs_amplifier_memory_cold(const struct rcs_amplifier_memory *m);

/*
 * Readies what that amplifier needs. 0, or -1 and *e. Cold memory is not all in place
 * when stop said true meanwhile; the next call goes on.
 */
int rcs_amplifier_memory_need(struct rcs_amplifier_memory *m,
			      enum rcs_amplifier_kind kind, rcs_tick *stop,
			      void *argument, struct rcs_error *e);

/* Tells a reader's amplifier where it is. */
void rcs_amplifier_memory_tell(const struct rcs_amplifier_memory *m,
			       struct rcs_amplify *amplify);

/* Gives the cold memory back. */
void rcs_amplifier_memory_release(struct rcs_amplifier_memory *m);

/*
 * An antagonist's part of a round: takes contended lines away from readers for as
 * long as any of them reads, if that amplifier needs it.
 */
void rcs_amplifier_antagonize(const struct rcs_amplifier_memory *m,
			      enum rcs_amplifier_kind kind, const unsigned *reading);

#endif
