/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Bare store buffering: two threads, each of which stores to its own word and loads
 * the other's, with nothing in between. The target is allowed on every machine with
 * store buffers; how often it is seen tells how fast the perpetual form is.
 *
 * Both threads run at full speed, so here each iteration's load is logged, and the
 * rule of sb_score.h is one comparison an iteration.
 */
#ifndef RCS_STRESS_SB_BARE_H
#define RCS_STRESS_SB_BARE_H

#include <stdint.h>

#include "host/error.h"
#include "stress/result.h"
#include "stress/team.h"

/*
 * Runs `pairs` pairs at once (thread p of the team against thread pairs + p) until
 * deadline_ns on rcs_clock_ns() or until tick says so, in rounds of as many
 * iterations as memory has room for, 2^20 at most. calls counts iterations of a
 * pair, each of which both threads make. time_ns includes the search of the logs.
 */
int rcs_sb_bare(struct rcs_team *team, int pairs, uint64_t memory, uint64_t deadline_ns,
		rcs_tick *tick, void *tick_argument, struct rcs_arm_total *total,
		struct rcs_error *e);

#endif
