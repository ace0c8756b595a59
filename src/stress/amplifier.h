/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Amplifiers: what a reader does just before its store, so that the store stays in
 * the store buffer for microseconds instead of tens of nanoseconds. A heavy barrier
 * that orders nothing takes microseconds itself; without an amplifier the reader's
 * store would have drained by then, and the barrier would seem to work.
 *
 * Each amplifier is one header in amplifier/ with one inline function, compiled into
 * a reader's loop of its own, and one line in amplifier/list.h.
 */
#ifndef RCS_STRESS_AMPLIFIER_H
#define RCS_STRESS_AMPLIFIER_H

#include <stdbool.h>
#include <stddef.h>

#include "host/flush.h"
#include "host/random.h"
#include "stress/sequence.h"

#define RCS_DEPTHS_MAX 4

/* What an amplifier works with; one for each reader. */
struct rcs_amplify {
	rcs_seq *own;	/* the word the reader will store to next */
	unsigned depth; /* how many times over */
	char *arena;	/* cold memory for those that need it */
	size_t pages;	/* of 4096 bytes in it that one may start in */
	struct rcs_random random;
};

struct rcs_amplifier {
	const char *name;
	const char *summary;
	bool works_here;   /* the architecture has what it needs */
	const char *needs; /* said where it does not */
	bool needs_arena;
	unsigned depth[RCS_DEPTHS_MAX]; /* to calibrate with, the usual one first */
};

enum rcs_amplifier_kind {
#define X(name) RCS_AMPLIFIER_##name,
#include "stress/amplifier/list.h"
#undef X
	RCS_AMPLIFIERS
};

/* By kind. */
extern const struct rcs_amplifier *const rcs_amplifiers[RCS_AMPLIFIERS];

/* The kind of that name, or -1. */
int rcs_amplifier_find(const char *name);

#endif
