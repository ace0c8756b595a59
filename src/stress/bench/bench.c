/* SPDX-License-Identifier: BSD-2-Clause */
/* A cell that measures RCU flavours: sets up, measures, takes down. See bench.h. */
#include "stress/bench/bench.h"

#include <ck_pr.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "host/clock.h"
#include "stress/bench/rig.h"
#include "stress/plugins.h"

static bool tick(void *argument)
{
	struct rcs_bench_rig *rig = argument;

	ck_pr_inc_32(&rig->board->progress.heartbeat);
	rcs_plugins_watch(rig->board);
	return ck_pr_load_32(&rig->board->stop) != 0;
}

static int threads_of(const struct rcs_bench_rig *rig)
{
	return rig->plan->writers + rig->plan->readers;
}

static void enter_body(int thread, void *argument)
{
	struct rcs_bench_rig *rig = argument;
	const struct rcs_barrier *b = rig->choice.barrier;

	if (b->thread_enter != NULL &&
	    b->thread_enter(rig->barrier_state, &rig->error[thread]) != 0)
		return;
	if (thread != 0)
		return;
	/* Flavours call the heavy side from one thread at a time: it takes no more
	 * than one writer. */
	rig->ground.heavy = b->heavy;
	rig->ground.writer = rig->barrier_state;
	if (b->writer_enter != NULL)
		(void)b->writer_enter(rig->barrier_state, &rig->ground.writer,
				      &rig->error[thread]);
}

static void leave_body(int thread, void *argument)
{
	struct rcs_bench_rig *rig = argument;
	const struct rcs_barrier *b = rig->choice.barrier;

	if (thread == 0 && b->writer_leave != NULL)
		b->writer_leave(rig->barrier_state, rig->ground.writer);
	if (b->thread_leave != NULL)
		b->thread_leave(rig->barrier_state);
}

static int all_through(struct rcs_bench_rig *rig, rcs_body *body, struct rcs_error *e)
{
	rcs_team_go(rig->team, body, rig);
	return rcs_team_wait(rig->team, tick, rig, RCS_TEAM_GRACE_NS, e);
}

static int set_up_barrier(struct rcs_bench_rig *rig, struct rcs_error *e)
{
	const struct rcs_plan *plan = rig->plan;

	if (rcs_barrier_find(plan->barrier, &rig->choice, e) != 0 ||
	    rcs_barrier_probe(&rig->choice, e) != 0)
		return -1;
	if (rig->choice.barrier->setup != NULL &&
	    rig->choice.barrier->setup(rig->choice.parameter, &rig->barrier_state, e) !=
		    0)
		return -1;
	rig->team = rcs_team_start(threads_of(rig), plan->placement[0].cpu, e);
	if (rig->team == NULL || all_through(rig, enter_body, e) != 0)
		return -1;
	for (int t = 0; t < threads_of(rig); t++) {
		if (rig->error[t].kind != RCS_ERROR_NONE) {
			*e = rig->error[t];
			return -1;
		}
	}
	return 0;
}

static struct rcs_bench_subject *add_row(struct rcs_bench_rig *rig, const char *name,
					 const char *suffix,
					 const struct rcs_bench_loops *loops)
{
	struct rcs_bench_subject *s = &rig->subject[rig->subjects];

	s->row = &rig->result->bench.row[rig->subjects];
	s->loops = loops;
	(void)snprintf(s->row->name, sizeof(s->row->name), "%s%s", name, suffix);
	rig->result->bench.rows = ++rig->subjects;
	return s;
}

static struct rcs_bench_subject *add_yardstick(struct rcs_bench_rig *rig,
					       const char *name,
					       const struct rcs_bench_loops *loops)
{
	struct rcs_bench_subject *s = add_row(rig, name, "", loops);

	s->row->yardstick = true;
	return s;
}

/* A flavour that cannot be had here keeps its row, which says why. */
static void add_flavour(struct rcs_bench_rig *rig, size_t place)
{
	const struct rcs_rcu_flavour *f = rcs_rcu_flavours[place];
	struct rcs_rcu_options options = {.ground = rig->ground};
	struct rcs_bench_subject *s =
		add_row(rig, f->name, "", &rcs_bench_loops[place]);
	struct rcs_error e;

	s->flavour = f;
	s->rcu = rig->domain[place] = f->create(&options, &e);
	if (s->rcu == NULL) {
		(void)snprintf(s->row->reason, sizeof(s->row->reason), "%.159s",
			       e.text);
		return;
	}
	if (rig->plan->bench.kind != RCS_RCU_BENCH_GRACE ||
	    f->synchronize_expedited == f->synchronize)
		return;
	s = add_row(rig, f->name, " expedited", &rcs_bench_loops[place]);
	s->flavour = f;
	s->rcu = rig->domain[place];
	s->expedited = true;
}

/* Flavours of liburcu call() as those of this program do: this is how it does itself,
 * in the companion that has it. */
static void add_native(struct rcs_bench_rig *rig)
{
#if RCS_HAVE_URCU
	size_t memb = RCS_RCU_BENCH_urcu_memb;
	struct rcs_bench_subject *s;

	if (rig->domain[memb] == NULL)
		return;
	s = add_yardstick(rig, RCS_RCU_BENCH_NATIVE, &rcs_bench_loops[memb]);
	s->flavour = rcs_rcu_flavours[memb];
	s->rcu = rig->domain[memb];
	s->native = true;
#else
	(void)rig;
#endif
}

static int set_up(struct rcs_bench_rig *rig, struct rcs_error *e)
{
	size_t threads = (size_t)threads_of(rig);

	(void)rcs_cycles_per_ns(); /* measured now, not in the midst of a round */
	rig->error = calloc(threads, sizeof(*rig->error));
	rig->word = aligned_alloc(128, threads * sizeof(*rig->word));
	rig->tally = aligned_alloc(128, threads * sizeof(*rig->tally));
	if (rig->error == NULL || rig->word == NULL || rig->tally == NULL)
		return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for %zu threads",
				threads);
	memset(rig->word, 0, threads * sizeof(*rig->word));
	memset(rig->tally, 0, threads * sizeof(*rig->tally));
	rig->pointer = &rig->pointer; /* a list of one, which never ends */
	if (set_up_barrier(rig, e) != 0)
		return -1;
	if (rig->plan->bench.kind == RCS_RCU_BENCH_READ) {
		(void)add_yardstick(rig, RCS_RCU_BENCH_EMPTY, &rcs_bench_empty_loops);
		(void)add_yardstick(rig, RCS_RCU_BENCH_STORES, &rcs_bench_stores_loops);
	}
	if (rig->plan->bench.kind == RCS_RCU_BENCH_GRACE)
		(void)add_yardstick(rig, RCS_RCU_BENCH_HEAVY, &rcs_bench_stores_loops);
	for (size_t f = 0; f < RCS_RCU_BENCH_FLAVOURS; f++) {
		if (rig->plan->bench.wanted[f])
			add_flavour(rig, f);
	}
	if (rig->plan->bench.kind == RCS_RCU_BENCH_CALLBACKS)
		add_native(rig);
	return 0;
}

static int measure(struct rcs_bench_rig *rig, struct rcs_error *e)
{
	rig->deadline_ns = rcs_clock_ns() + rig->plan->limit_ns;
	switch (rig->plan->bench.kind) {
	case RCS_RCU_BENCH_READ:
		return rcs_bench_read(rig, e);
	case RCS_RCU_BENCH_GRACE:
		return rcs_bench_grace(rig, e);
	case RCS_RCU_BENCH_RATE:
		return rcs_bench_rate(rig, e);
	default:
		return rcs_bench_callbacks(rig, e);
	}
}

static void take_down(struct rcs_bench_rig *rig)
{
	/* Ends workers, which may call the heavy side. */
	for (size_t f = 0; f < RCS_RCU_BENCH_FLAVOURS; f++) {
		if (rig->domain[f] != NULL)
			rcs_rcu_flavours[f]->destroy(rig->domain[f]);
	}
	if (all_through(rig, leave_body, NULL) != 0)
		return;
	rcs_team_end(rig->team);
	if (rig->choice.barrier->teardown != NULL)
		rig->choice.barrier->teardown(rig->barrier_state);
	free(rig->error);
	free(rig->word);
	free(rig->tally);
}

int rcs_bench_cell(struct rcs_board *board)
{
	static struct rcs_bench_rig rig;
	struct rcs_result *r = &board->result;
	struct rcs_error e = {.kind = RCS_ERROR_NONE};
	uint64_t begun_ns = rcs_clock_ns();
	int failed;

	rig.board = board;
	rig.plan = &board->plan;
	rig.result = r;
	failed = set_up(&rig, &e) != 0 || measure(&rig, &e) != 0;
	r->interrupted = ck_pr_load_32(&board->stop) != 0;
	r->verdict = RCS_ALLOWED;
	if (failed) {
		r->error = e.kind;
		r->verdict = e.kind == RCS_ERROR_UNSUPPORTED ? RCS_SKIPPED : RCS_FAULT;
		(void)snprintf(r->reason, sizeof(r->reason), "%.399s", e.text);
	}
	r->elapsed_ns = rcs_clock_ns() - begun_ns;
	r->filled = true;
	/* A thread may hang: leave without waiting for it. */
	if (failed)
		_exit(0);
	take_down(&rig);
	return 0;
}
