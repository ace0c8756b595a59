/* SPDX-License-Identifier: BSD-2-Clause */
/* A round: what it is to be, whatever the runner, and what came of it. */
#ifndef RCS_STRESS_ROUND_H
#define RCS_STRESS_ROUND_H

#include <stdbool.h>
#include <stdint.h>

#include "litmus/native/native.h"
#include "stress/amplifier.h"
#include "stress/histogram.h"
#include "stress/plan.h"
#include "stress/result.h"
#include "stress/samples.h"

#define RCS_LAYOUTS 2

/* What one arm's threads run. */
struct rcs_arm {
	int (*heavy)(void *writer); /* 0, or a negative errno value */
	void *const *writer;	    /* its argument, by writer */
	enum rcs_variant variant;   /* of the test's code */
	/*
	 * The light side, if it is called and not compiled in: of the runner of sb.h
	 * with the variant RCS_AS_WRITTEN only. NULL: as the variant has it.
	 */
	void (*light)(void *argument);
	void *light_argument;
};

struct rcs_setting {
	enum rcs_amplifier_kind amplifier;
	unsigned depth;
	unsigned layout; /* below RCS_LAYOUTS: where in their pages the words are */
};

/* What a round is to be. */
struct rcs_round {
	struct rcs_arm arm;
	struct rcs_setting setting;
	uint64_t exposed;     /* exposed calls that make it complete */
	uint64_t deadline_ns; /* on rcs_clock_ns(): it is cut short then */
	/*
	 * The runner may remember what led to hits, and try more of it in later rounds.
	 * Of a control only, and not within a block, whose rounds must be alike.
	 */
	bool learn;
	/* Collects the durations of its exposed calls; may be NULL. */
	struct rcs_samples *samples;
	/* Counts its final states, where the runner tells them apart; may be NULL. */
	struct rcs_histogram *histogram;
};

/* What a round was. exposed and hits stop counting where the round is complete. */
struct rcs_tally {
	bool complete;
	uint64_t calls;
	uint64_t exposed;
	uint64_t hits;
	/* Calls with one exposed pair or more, and those with one hit or more. */
	uint64_t exposed_calls;
	uint64_t hit_calls;
	/* Also those beyond the last exposed call that counts. */
	uint64_t all_exposed;
	uint64_t all_hits;
	uint64_t time_ns;	    /* while the threads ran */
	uint64_t first_hit_ns;	    /* on rcs_clock_ns(), when all_hits > 0 */
	struct rcs_witness witness; /* of the first hit; round and after_ns are 0 */
	struct rcs_pair_total by_pair[RCS_PAIRS]; /* uncut */
};

#endif
