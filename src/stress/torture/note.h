/* SPDX-License-Identifier: BSD-2-Clause */
/* What is written down of a violation when it happens; and the story it makes. */
#ifndef RCS_STRESS_TORTURE_NOTE_H
#define RCS_STRESS_TORTURE_NOTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stress/torture/result.h"
#include "stress/torture/word.h"

/* The first of a thread in a round. */
struct rcs_torture_note {
	bool present;
	enum rcs_torture_check check;
	uint64_t cycles; /* when it was found */
	/* Of a section. */
	int cpu;		/* of the reader; -1: not known */
	uint64_t section;	/* its length by then, in cycles */
	unsigned depth;		/* of nesting */
	rcs_torture_word held;	/* what it had seen: a number, or a sequence */
	rcs_torture_word found; /* and what it saw now */
	/* Whose grace period it was. */
	rcs_torture_word updater, way, call;
	rcs_torture_word object; /* its pipe count then */
};

/* Calls that a reader's violations are put down to, kept for counting them. */
#define RCS_TORTURE_HITS 1024

/* What a thread has found; by the thread itself, looked at when the round is over. */
struct rcs_torture_log {
	struct rcs_torture_note first;
	uint64_t violations[RCS_TORTURE_CHECKS];
	/* Pairs with this reader: different calls, each later than the one before. */
	uint64_t hits;
	rcs_torture_word begun; /* the section of the last one, in cycles */
	rcs_torture_word call[RCS_TORTURE_HITS]; /* of the first so many */
} RCS_TORTURE_ALIGNED;

/* Notes a violation down, and the hit that it makes unless that call has made one. */
void rcs_torture_log_add(struct rcs_torture_log *log,
			 const struct rcs_torture_note *note);

/* In words; reader -1: an updater found it. */
void rcs_torture_note_tell(const struct rcs_torture_note *note, int reader, char *text,
			   size_t size);

#endif
