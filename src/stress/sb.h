/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The perpetual runner of the store-buffering test:
 *
 *     reader:  X = i;  light;   r = Y
 *     writer:  Y = j;  heavy;   s = X
 *
 * without any synchronisation between iterations (the perpetual form of PerpLE,
 * Melissaris et al., MICRO 2020): both sides count upwards, log what they load, and
 * the logs are searched afterwards (sb_score.h). Each reader has a line of its own
 * and loads that of its writer; after one heavy call a writer loads the lines of all
 * its readers, so that each call tests as many pairs as there are readers running.
 */
#ifndef RCS_STRESS_SB_H
#define RCS_STRESS_SB_H

#include <stdbool.h>
#include <stdint.h>

#include "host/error.h"
#include "stress/amplifier.h"
#include "stress/plan.h"
#include "stress/result.h"
#include "stress/samples.h"
#include "stress/team.h"

#define RCS_LAYOUTS 2

/* What one arm's threads run. */
struct rcs_arm {
	int (*heavy)(void *writer); /* 0, or a negative errno value */
	void *const *writer;	    /* its argument, by writer */
	bool readers_fence;	    /* a full fence for the light side */
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
	/* Collects the durations of its exposed calls; may be NULL. */
	struct rcs_samples *samples;
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

struct rcs_sb;

/* Bytes that so many threads take at the least, for their words and logs. */
uint64_t rcs_sb_least_memory(int writers, int readers);

/*
 * Readies memory for the threads of team, which are numbered writers, readers,
 * antagonists, as the plan has them. tick is asked while rounds run and may end them.
 * NULL and *e (USAGE, RESOURCE) when plan->memory is too little.
 */
struct rcs_sb *rcs_sb_create(struct rcs_team *team, const struct rcs_plan *plan,
			     rcs_tick *tick, void *tick_argument, struct rcs_error *e);
void rcs_sb_destroy(struct rcs_sb *sb);

/* How the threads are seated from now on: for witnesses and counts by pair. */
void rcs_sb_seated(struct rcs_sb *sb, const struct rcs_placement *placement);

/*
 * Runs a round. 0 and *tally, which is not complete when the deadline or tick ended
 * it; -1 and *e (FAULT, RESOURCE) when a heavy call failed or a thread was lost.
 */
int rcs_sb_round(struct rcs_sb *sb, const struct rcs_round *round,
		 struct rcs_tally *tally, struct rcs_error *e);

/* Whether memory is left for amplifiers that need cold memory. */
bool rcs_sb_has_cold_memory(const struct rcs_sb *sb);

/* Exposed calls of the last round by reader, `readers` of them, uncut. */
const uint64_t *rcs_sb_exposed_by_reader(const struct rcs_sb *sb);

/*
 * Calls the heavy side from writer 0 while all other threads sleep, `calls` times
 * or until limit_ns have passed, and collects the durations.
 */
int rcs_sb_alone(struct rcs_sb *sb, const struct rcs_arm *arm, unsigned calls,
		 uint64_t limit_ns, struct rcs_samples *samples, struct rcs_error *e);

#endif
