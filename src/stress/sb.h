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

#include "stress/runner.h"

/* Bytes that so many threads take at the least, for their words and logs. */
uint64_t rcs_sb_least_memory(int writers, int readers);

/*
 * Readies memory for the threads of team, as rcs_runner_begin() has it. NULL and *e
 * (USAGE, RESOURCE) when plan->memory is too little.
 */
struct rcs_runner *rcs_sb_create(struct rcs_team *team, const struct rcs_plan *plan,
				 rcs_tick *tick, void *tick_argument,
				 struct rcs_error *e);

/*
 * From a tick: a number that changes with each iteration of a reader and with each
 * segment; 0 when no reader is in its loop. Readers are stuck if it stays the same. (Of
 * ticks only: those may well come always when a reader has not been given its CPU yet.)
 */
uint64_t rcs_sb_steps(const struct rcs_runner *runner);

/* When a writer is lost: the readers that wait for its end end now. */
void rcs_sb_abandon(struct rcs_runner *runner);

#endif
