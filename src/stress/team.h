/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The threads of a cell: started and bound once, then sent through one body after
 * another. Between bodies they sleep, so that they run on no CPU (what "alone" means
 * for a barrier that interrupts the CPUs which run the process).
 */
#ifndef RCS_STRESS_TEAM_H
#define RCS_STRESS_TEAM_H

#include <stdbool.h>
#include <stdint.h>

#include "host/error.h"

struct rcs_team;

/* What a thread does when sent; thread counts from 0. */
typedef void rcs_body(int thread, void *argument);

/*
 * Called by the waiting coordinator some 20 times a second. true: the body should be
 * brought to an end (the caller's own flag tells it so).
 */
typedef bool rcs_tick(void *argument);

/*
 * Starts `threads` threads, thread t bound to cpu[t] unless that is -1. NULL and *e
 * when one cannot be started or bound; those already started are ended then.
 */
struct rcs_team *rcs_team_start(int threads, const int *cpu, struct rcs_error *e);

/*
 * What a wait is worth giving for threads that are only slow: other programs may have
 * taken the CPUs. A thread that is lost is lost after it, too.
 */
#define RCS_TEAM_GRACE_NS UINT64_C(30000000000)

/* Sends all threads through body. Follow with rcs_team_wait(). */
void rcs_team_go(struct rcs_team *team, rcs_body *body, void *argument);

/*
 * Waits until all threads are through. Once tick has said true, they get grace_ns
 * more, and a little for each thread, as all may have to wait for one CPU. 0; or -1 and
 * *e (FAULT) when one is still not through: the team must not be used any more then,
 * and only the end of the process gets rid of it.
 */
int rcs_team_wait(struct rcs_team *team, rcs_tick *tick, void *argument,
		  uint64_t grace_ns, struct rcs_error *e);

/*
 * From within tick: nothing is to be had from waiting any more; rcs_team_wait() says at
 * once that threads are lost.
 */
void rcs_team_give_up(struct rcs_team *team);

/* Whether all threads are through, though a wait for them may have failed. */
bool rcs_team_is_through(const struct rcs_team *team);

/* Ends the threads; they must be through. */
void rcs_team_end(struct rcs_team *team);

#endif
