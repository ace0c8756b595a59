/* SPDX-License-Identifier: BSD-2-Clause */
/* The threads of a cell: see team.h. */
#include "stress/team.h"

#include <ck_pr.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

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
	unsigned generation; /* the threads sleep until it moves on */
	unsigned busy;	     /* not through yet: the coordinator sleeps until 0 */
	rcs_body *body;	     /* NULL: end */
	void *argument;
	bool given_up; /* by the coordinator's tick */
	int threads;
	struct member member[];
};

static void come_through(struct rcs_team *team)
{
	/* After all the body did: pairs with the fence in wait_for(). */
	ck_pr_fence_release();
	if (ck_pr_faa_uint(&team->busy, -1u) == 1)
		rcs_futex_wake(&team->busy);
}

/* Waits so long at most (NULL: for ever); true when all are through. */
static bool wait_for(struct rcs_team *team, const struct timespec *most)
{
	bool late = false;
	unsigned busy;

	while ((busy = ck_pr_load_uint(&team->busy)) > 0 && !late)
		late = rcs_futex_wait(&team->busy, busy, most);
	ck_pr_fence_acquire(); /* pairs with the fence in come_through() */
	return busy == 0;
}

static void *run(void *argument)
{
	struct member *m = argument;
	struct rcs_team *team = m->team;

	if (m->cpu >= 0)
		(void)rcs_cpus_bind(m->cpu, &m->error);
	for (unsigned seen = 0;; seen++) {
		come_through(team);
		while (ck_pr_load_uint(&team->generation) == seen)
			(void)rcs_futex_wait(&team->generation, seen, NULL);
		ck_pr_fence_acquire(); /* pairs with the fence in rcs_team_go() */
		if (team->body == NULL)
			return NULL;
		team->body(m->index, team->argument);
	}
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

struct rcs_team *rcs_team_start(int threads, const int *cpu, struct rcs_error *e)
{
	struct rcs_team *team =
		calloc(1, sizeof(*team) + (size_t)threads * sizeof(team->member[0]));
	int err = 0;

	if (team == NULL) {
		rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for %d threads", threads);
		return NULL;
	}
	for (int t = 0; t < threads && err == 0; t++)
		err = start_thread(team, t, cpu[t]);
	(void)wait_for(team, NULL);
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
	ck_pr_store_uint(&team->generation, team->generation + 1);
	rcs_futex_wake(&team->generation);
}

int rcs_team_wait(struct rcs_team *team, rcs_tick *tick, void *argument,
		  uint64_t grace_ns, struct rcs_error *e)
{
	/* Counted in ticks, not in time: a process that was stopped and continued
	 * must not find its grace used up. */
	uint64_t grace = 0;
	const struct timespec one_tick = {0, TICK_NS};

	grace_ns += (uint64_t)team->threads * TURN_NS;
	while (!wait_for(team, &one_tick)) {
		if (!tick(argument))
			continue;
		if (team->given_up || ++grace * TICK_NS > grace_ns)
			return rcs_fail(
				e, RCS_ERROR_FAULT,
				"%d of %d threads did not end their round within "
				"%.0f s after they were told to",
				(int)ck_pr_load_uint(&team->busy), team->threads,
				(double)grace_ns * 1e-9);
	}
	return 0;
}

void rcs_team_give_up(struct rcs_team *team)
{
	team->given_up = true;
}

bool rcs_team_is_through(const struct rcs_team *team)
{
	bool through = ck_pr_load_uint(&team->busy) == 0;

	ck_pr_fence_acquire(); /* pairs with the fence in come_through() */
	return through;
}

void rcs_team_end(struct rcs_team *team)
{
	if (team == NULL)
		return;
	rcs_team_go(team, NULL, NULL);
	for (int t = 0; t < team->threads; t++)
		pthread_join(team->member[t].thread, NULL);
	free(team);
}
