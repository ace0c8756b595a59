/* SPDX-License-Identifier: BSD-2-Clause */
/* The threads of a cell: see team.h. */
#include "stress/team.h"

#include <ck_pr.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "host/clock.h"
#include "host/cpus.h"
#include "host/futex.h"

#define TICK_NS	   50000000
#define STACK_SIZE (256 * 1024)
/* A few turns of a scheduler: thousands of threads on few CPUs come one by one. */
#define TURN_NS 10000000

struct member {
	struct rcs_team *team;
	pthread_t thread;
	int index;
	int cpu;
	struct rcs_error error;
};

struct rcs_team {
	uint32_t generation; /* the threads sleep until it moves on */
	unsigned busy;	     /* threads that are not through */
	pthread_mutex_t lock;
	pthread_cond_t done; /* to the coordinator: busy has come to 0 */
	rcs_body *body;	     /* NULL: end */
	void *argument;
	int threads;
	struct member member[];
};

/* Only the last one takes the lock: thousands of threads must not queue for it. */
static void come_through(struct rcs_team *team)
{
	/* After all the body did: pairs with the fence in all_through(). */
	ck_pr_fence_release();
	if (ck_pr_faa_uint(&team->busy, -1u) != 1)
		return;
	pthread_mutex_lock(&team->lock);
	pthread_cond_signal(&team->done);
	pthread_mutex_unlock(&team->lock);
}

static bool all_through(const struct rcs_team *team)
{
	if (ck_pr_load_uint(&team->busy) != 0)
		return false;
	ck_pr_fence_acquire(); /* pairs with the fence in come_through() */
	return true;
}

static void *run(void *argument)
{
	struct member *m = argument;
	struct rcs_team *team = m->team;

	if (m->cpu >= 0)
		(void)rcs_cpus_bind(m->cpu, &m->error);
	for (uint32_t seen = 0;; seen++) {
		come_through(team);
		while (ck_pr_load_32(&team->generation) == seen)
			rcs_futex_wait(&team->generation, seen);
		ck_pr_fence_acquire(); /* pairs with the fence in rcs_team_go() */
		if (team->body == NULL)
			return NULL;
		team->body(m->index, team->argument);
	}
}

static struct rcs_team *allocate(int threads)
{
	struct rcs_team *team =
		calloc(1, sizeof(*team) + (size_t)threads * sizeof(team->member[0]));
	pthread_condattr_t monotonic;

	if (team == NULL)
		return NULL;
	pthread_mutex_init(&team->lock, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&team->done, &monotonic);
	pthread_condattr_destroy(&monotonic);
	return team;
}

static int start_thread(struct rcs_team *team, int index, int cpu)
{
	struct member *m = &team->member[index];
	pthread_attr_t attributes;
	int err;

	m->team = team;
	m->index = index;
	m->cpu = cpu;
	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, STACK_SIZE);
	ck_pr_inc_uint(&team->busy);
	err = pthread_create(&m->thread, &attributes, run, m);
	pthread_attr_destroy(&attributes);
	if (err != 0)
		ck_pr_dec_uint(&team->busy);
	else
		team->threads++;
	return err;
}

static void wait_idle(struct rcs_team *team)
{
	pthread_mutex_lock(&team->lock);
	while (!all_through(team))
		pthread_cond_wait(&team->done, &team->lock);
	pthread_mutex_unlock(&team->lock);
}

struct rcs_team *rcs_team_start(int threads, const int *cpu, struct rcs_error *e)
{
	struct rcs_team *team = allocate(threads);
	int err = 0;

	if (team == NULL) {
		rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for %d threads", threads);
		return NULL;
	}
	for (int t = 0; t < threads && err == 0; t++)
		err = start_thread(team, t, cpu[t]);
	wait_idle(team);
	if (err != 0) {
		rcs_fail(e, RCS_ERROR_RESOURCE,
			 "cannot start thread %d of %d: pthread_create: %s; "
			 "ask for fewer --threads or raise the limits (ulimit -u, -v)",
			 team->threads + 1, threads, strerror(err));
		rcs_team_end(team);
		return NULL;
	}
	for (int t = 0; t < threads; t++) {
		if (team->member[t].error.kind != RCS_ERROR_NONE) {
			*e = team->member[t].error;
			rcs_team_end(team);
			return NULL;
		}
	}
	return team;
}

void rcs_team_go(struct rcs_team *team, rcs_body *body, void *argument)
{
	team->body = body;
	team->argument = argument;
	ck_pr_store_uint(&team->busy, (unsigned)team->threads);
	/* Before they look: pairs with the fence in run(). */
	ck_pr_fence_release();
	ck_pr_store_32(&team->generation, team->generation + 1);
	rcs_futex_wake(&team->generation);
}

/* One tick's wait; true when all are through. */
static bool wait_tick(struct rcs_team *team)
{
	uint64_t until = rcs_clock_ns() + TICK_NS;
	struct timespec t = {(time_t)(until / 1000000000u),
			     (long)(until % 1000000000u)};
	bool through;
	int err = 0;

	pthread_mutex_lock(&team->lock);
	while (!all_through(team) && err != ETIMEDOUT)
		err = pthread_cond_timedwait(&team->done, &team->lock, &t);
	through = all_through(team);
	pthread_mutex_unlock(&team->lock);
	return through;
}

int rcs_team_wait(struct rcs_team *team, rcs_tick *tick, void *argument,
		  uint64_t grace_ns, struct rcs_error *e)
{
	/* Counted in ticks, not in time: a process that was stopped and continued
	 * must not find its grace used up. */
	uint64_t grace = 0;

	grace_ns += (uint64_t)team->threads * TURN_NS;
	while (!wait_tick(team)) {
		if (!tick(argument))
			continue;
		if (++grace * TICK_NS > grace_ns)
			return rcs_fail(
				e, RCS_ERROR_FAULT,
				"%d of %d threads did not end their round within "
				"%.0f s after they were told to",
				(int)ck_pr_load_uint(&team->busy), team->threads,
				(double)grace_ns * 1e-9);
	}
	return 0;
}

void rcs_team_end(struct rcs_team *team)
{
	if (team == NULL)
		return;
	rcs_team_go(team, NULL, NULL);
	for (int t = 0; t < team->threads; t++)
		pthread_join(team->member[t].thread, NULL);
	pthread_cond_destroy(&team->done);
	pthread_mutex_destroy(&team->lock);
	free(team);
}
