/* SPDX-License-Identifier: BSD-2-Clause */
/* Rounds of a cell that measures RCU flavours: see rig.h. */
#include "stress/bench/rig.h"

#include <ck_pr.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "host/clock.h"

static bool stopped(const struct rcs_bench_rig *rig)
{
	return ck_pr_load_32(&rig->board->stop) != 0;
}

/* The coordinator's, while threads are in a round. */
static bool tick(void *argument)
{
	struct rcs_bench_rig *rig = argument;

	ck_pr_inc_32(&rig->board->progress.heartbeat);
	if (stopped(rig))
		ck_pr_store_uint(&rig->over, 1);
	return ck_pr_load_uint(&rig->over) != 0 || rcs_clock_ns() >= rig->until_ns;
}

bool rcs_bench_over(const struct rcs_bench_rig *rig)
{
	return ck_pr_load_uint(&rig->over) != 0 || rcs_clock_ns() >= rig->until_ns;
}

struct rcs_rcu_thread *rcs_bench_enter(struct rcs_bench_rig *rig, int thread)
{
	const struct rcs_bench_subject *s = rig->now;
	char name[16];

	if (s->flavour == NULL)
		return &rig->word[thread].thread;
	(void)snprintf(name, sizeof(name), "bench-%d", thread);
	return s->flavour->enter(s->rcu, name, &rig->error[thread]);
}

void rcs_bench_leave(struct rcs_rcu_thread *self)
{
	if (self->rcu != NULL)
		self->rcu->flavour->leave(self);
}

static uint64_t cpu_ns(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void read_all_the_while(struct rcs_bench_rig *rig, int thread)
{
	const struct rcs_bench_subject *s = rig->now;
	struct rcs_bench_reader r = {
		.self = rcs_bench_enter(rig, thread),
		.pointer = &rig->pointer,
		.ready = &rig->ready,
		.over = &rig->over,
		.fence = rig->choice.barrier->readers_fence,
		.quiesces = s->flavour != NULL &&
			    (s->flavour->abilities & RCS_RCU_QUIESCES) != 0,
		.section = rcs_cycles_from_ns(rig->plan->bench.section_ns),
		.pause = rcs_cycles_from_ns(rig->plan->bench.pause_ns),
	};
	uint64_t begun_ns, ran_ns;

	if (r.self == NULL) {
		ck_pr_inc_uint(&rig->ready); /* nobody is to wait for it */
		return;
	}
	begun_ns = rcs_clock_ns();
	ran_ns = cpu_ns();
	s->loops->run(&r);
	ran_ns = cpu_ns() - ran_ns;
	begun_ns = rcs_clock_ns() - begun_ns;
	if (rig->plan->readers == 1 && begun_ns > 0)
		rig->ran = (double)ran_ns / (double)begun_ns;
	rcs_bench_leave(r.self);
}

static void body(int thread, void *argument)
{
	struct rcs_bench_rig *rig = argument;

	if (thread >= rig->plan->writers) {
		read_all_the_while(rig, thread);
		return;
	}
	while (ck_pr_load_uint(&rig->ready) < (unsigned)rig->plan->readers)
		(void)sched_yield(); /* a reader may need this CPU to begin */
	rig->caller(rig, thread);
	/* The last one ends readers. */
	if (ck_pr_faa_uint(&rig->calling, -1u) == 1)
		ck_pr_store_uint(&rig->over, 1);
}

int rcs_bench_round(struct rcs_bench_rig *rig, struct rcs_bench_subject *s,
		    void (*caller)(struct rcs_bench_rig *rig, int thread), uint64_t ns,
		    struct rcs_error *e)
{
	int threads = rig->plan->writers + rig->plan->readers;
	struct rcs_error lost;

	rig->now = s;
	rig->caller = caller;
	rig->ready = rig->over = 0;
	rig->calling = (unsigned)rig->plan->writers;
	rig->ran = 1.0;
	rig->round_ns = ns;
	rig->until_ns = rcs_clock_ns() + ns;
	rcs_team_go(rig->team, body, rig);
	if (rcs_team_wait(rig->team, tick, rig, RCS_TEAM_GRACE_NS, &lost) != 0)
		return rcs_fail(e, lost.kind, "%s: %.400s", s->row->name, lost.text);
	for (int t = 0; t < threads; t++) {
		struct rcs_error *error = &rig->error[t];

		if (error->kind == RCS_ERROR_NONE)
			continue;
		(void)snprintf(s->row->reason, sizeof(s->row->reason), "%.159s",
			       error->text);
		error->kind = RCS_ERROR_NONE;
	}
	return 0;
}

struct rcs_bench_tally rcs_bench_sum(const struct rcs_bench_rig *rig)
{
	struct rcs_bench_tally sum = rig->tally[0];

	for (int t = 1; t < rig->plan->writers; t++) {
		const struct rcs_bench_tally *one = &rig->tally[t];

		sum.count += one->count;
		if (one->begun_ns < sum.begun_ns)
			sum.begun_ns = one->begun_ns;
		if (one->ended_ns > sum.ended_ns)
			sum.ended_ns = one->ended_ns;
	}
	return sum;
}

double rcs_bench_per_second(const struct rcs_bench_tally *tally)
{
	uint64_t ns = tally->ended_ns - tally->begun_ns;

	return ns > 0 ? (double)tally->count / ((double)ns * 1e-9) : 0.0;
}

void rcs_bench_note(struct rcs_bench_rig *rig, struct rcs_bench_subject *s,
		    double value, double second)
{
	if (!rig->counts || s->rounds == RCS_BENCH_ROUNDS_MAX)
		return;
	s->value[s->rounds] = value;
	s->second[s->rounds] = second;
	s->rounds++;
	s->row->rounds = s->rounds;
}

int rcs_bench_rounds(struct rcs_bench_rig *rig, uint32_t rounds, rcs_bench_once *once,
		     struct rcs_error *e)
{
	for (uint32_t n = 0; n <= rounds; n++) {
		rig->counts = n > 0;
		for (uint32_t i = 0; i < rig->subjects; i++) {
			struct rcs_bench_subject *s =
				&rig->subject[(i + n) % rig->subjects];

			ck_pr_inc_32(&rig->board->progress.heartbeat);
			/* Time is up only once there is something. */
			if (stopped(rig) ||
			    (n > 1 && rcs_clock_ns() >= rig->deadline_ns))
				return 0;
			if (s->row->reason[0] == '\0' && once(rig, s, e) != 0)
				return -1;
		}
	}
	return 0;
}

const struct rcs_bench_subject *rcs_bench_subject(const struct rcs_bench_rig *rig,
						  const char *name)
{
	for (uint32_t i = 0; i < rig->subjects; i++) {
		if (strcmp(rig->subject[i].row->name, name) == 0)
			return &rig->subject[i];
	}
	return NULL;
}
