/* SPDX-License-Identifier: BSD-2-Clause */
/* The two sides of the perpetual store-buffering test: what its threads execute. */
#ifndef RCS_STRESS_SB_THREAD_H
#define RCS_STRESS_SB_THREAD_H

#include <stdint.h>

#include "stress/amplifier.h"
#include "stress/sb_score.h"
#include "stress/sequence.h"

/* What stands between a reader's store and its load. */
enum rcs_sb_light {
	RCS_SB_LIGHT_COMPILER, /* a compiler barrier */
	RCS_SB_LIGHT_FENCE,    /* a full fence */
	RCS_SB_LIGHT_CALL,     /* a call of light() */
	RCS_SB_LIGHTS,
};

/* One reader's side of a segment. The thread writes `entries` and *entry alone. */
struct rcs_sb_reader {
	rcs_seq *own;		    /* X: this reader stores, its writer loads */
	rcs_seq *theirs;	    /* Y: its writer stores, this reader loads */
	struct rcs_sb_entry *entry; /* room for a segment's calls and 2 more */
	size_t entries;
	void (*light)(void *argument); /* of RCS_SB_LIGHT_CALL */
	void *light_argument;
	struct rcs_amplify amplify;
} __attribute__((aligned(128)));

struct rcs_sb_call {
	uint64_t start, end; /* cycles, around the heavy side */
};

/* One writer's side. The thread writes `done`, `error` and the two logs. */
struct rcs_sb_writer {
	rcs_seq *own; /* Y */
	int (*heavy)(void *writer);
	void *heavy_argument;
	const unsigned *stop; /* raised by the coordinator: end early */
	size_t readers;
	rcs_seq **theirs; /* X of each of its readers */
	size_t calls;	  /* to make, … */
	uint64_t until;	  /* … unless the cycle counter comes to this first */
	size_t done;
	int error;		  /* of the heavy side, negative errno; 0 */
	struct rcs_sb_call *call; /* call[j - 1] */
	rcs_seq *seen; /* seen[(j - 1) * readers + k]: X of its reader k after call j */
} __attribute__((aligned(128)));

/* Runs the reader until its writer ends. */
void rcs_sb_read(struct rcs_sb_reader *r, enum rcs_amplifier_kind amplifier,
		 enum rcs_sb_light light);

void rcs_sb_write(struct rcs_sb_writer *w);

#endif
