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
	rcs_seq *own;	 /* the word the reader will store to next; begins a line */
	rcs_seq *refill; /* where that line may be stored to: the word itself, if its
			    old value may be stored again, or a free word */
	unsigned depth;	 /* how many times over */
	char *contended; /* lines that antagonists store to all the time */
	char *arena;	 /* cold memory for those that need it */
	size_t pages;	 /* of 4096 bytes in it that one may start in */
	struct rcs_random random;
};

/* What an amplifier needs, or-ed together. */
enum rcs_amplifier_need {
	RCS_NEEDS_FLUSH = 1 << 0,	/* a cache-line flush from user space */
	RCS_NEEDS_STREAM = 1 << 1,	/* non-temporal stores */
	RCS_NEEDS_MISALIGNED = 1 << 2,	/* stores across lines, in hardware */
	RCS_NEEDS_ARENA = 1 << 3,	/* cold memory */
	RCS_NEEDS_ANTAGONISTS = 1 << 4, /* other threads, best on CPUs to spare */
};

struct rcs_amplifier {
	const char *name;
	const char *summary;
	unsigned needs;
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

/* The same as functions to call, by kind: for runners whose code is generated. */
typedef void rcs_amplify_function(struct rcs_amplify *amplify, rcs_seq old);
extern rcs_amplify_function *const rcs_amplify_functions[RCS_AMPLIFIERS];

/* NULL if this CPU and kernel have what it needs; else what is missing, in words. */
const char *rcs_amplifier_lacks(const struct rcs_amplifier *amplifier);

/* Pages of contended lines: each has lines 48 to 63 in use (see word_of()). */
#define RCS_CONTENDED_PAGES 4
#define RCS_CONTENDED_LINES (RCS_CONTENDED_PAGES * 16)

/* A store that straddles `boundary`. Misaligned on purpose: UBSan would report it. */
__attribute__((no_sanitize("alignment"))) static inline void
rcs_store_across(char *boundary, rcs_seq value)
{
	typedef rcs_seq __attribute__((aligned(1))) misaligned;

	*(volatile misaligned *)(boundary - sizeof(rcs_seq) / 2) = value;
}

/* The same as a non-temporal store. */
__attribute__((no_sanitize("alignment"))) static inline void
rcs_stream_across(char *boundary, rcs_seq value)
{
	rcs_stream(boundary - sizeof(rcs_seq) / 2, value);
}

static inline rcs_seq *rcs_contended_word(char *contended, unsigned n)
{
	unsigned line = n % RCS_CONTENDED_LINES;

	return (rcs_seq *)(void *)(contended + (line / 16) * 4096 +
				   (48 + line % 16) * RCS_LINE);
}

#endif
