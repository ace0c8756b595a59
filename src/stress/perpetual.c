/* SPDX-License-Identifier: BSD-2-Clause */
/* Rounds of the perpetual runner: see perpetual.h. */
#include <inttypes.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>

#include "host/clock.h"
#include "stress/perpetual_rig.h"

#define ITERATIONS_LOW (1u << 12) /* of a segment, where time is short */
/* Of a thread that shares its CPU, between turns of the others. */
#define TURN 512

static bool on_tick(void *argument)
{
	struct rcs_perpetual_runner *p = argument;
	bool asked = p->runner.tick(p->runner.tick_argument);

	if (asked || rcs_clock_ns() >= p->deadline_ns)
		ck_pr_store_uint(&p->stop, 1); /* read in the generated loops */
	return ck_pr_load_uint(&p->stop) != 0;
}

static void take_turns(void *argument, uint32_t n)
{
	(void)argument;
	if (n % TURN == 0)
		sched_yield();
}

static void never(struct rcs_native_env *env)
{
	(void)env; /* a test with a heavy side is refused */
}

static void body(int thread, void *argument)
{
	struct rcs_perpetual_runner *p = argument;
	struct rcs_perpetual_side *s;

	if (thread >= p->runner.writers + p->runner.readers)
		return;
	s = &p->side[thread];
	/* Together with the others; on one CPU they must get a turn to arrive. */
	ck_pr_inc_uint(s->here);
	for (unsigned spins = 1; ck_pr_load_uint(s->here) < (unsigned)p->threads &&
				 ck_pr_load_uint(&p->stop) == 0;
	     spins++) {
		if (spins % 1024 == 0)
			sched_yield();
	}
	s->loop(&s->run);
	/* The others would go on alone, and see nothing new. */
	if (!p->crowded)
		ck_pr_store_uint(&p->stop, 1);
}

static void ready(struct rcs_perpetual_runner *p, uint32_t iterations)
{
	ck_pr_store_uint(&p->stop, 0);
	for (int g = 0; g < p->groups; g++) {
		for (int32_t l = 0; l < p->test->locations; l++)
			memset(p->location[g * p->test->locations + l], 0, 8);
		for (int t = 0; t < p->threads; t++) {
			struct rcs_perpetual_side *s =
				&p->side[rcs_perpetual_thread(p, g, t)];

			ck_pr_store_uint(s->here, 0);
			s->env.stop = &p->stop;
			s->env.heavy = never;
			s->loop = p->native->code[t].loop[p->round->arm.variant];
			s->run.env = &s->env;
			s->run.location = &p->location[g * p->test->locations];
			s->run.log = s->log;
			s->run.iterations = iterations;
			s->run.done = 0;
			s->run.before = p->crowded ? take_turns : NULL;
		}
	}
}

static struct rcs_frame_logs logs_of(const struct rcs_perpetual_runner *p, int group)
{
	struct rcs_frame_logs logs = {0};

	for (int t = 0; t < p->threads; t++) {
		const struct rcs_perpetual_side *s =
			&p->side[rcs_perpetual_thread(p, group, t)];

		logs.log[t] = s->log;
		logs.done[t] = s->run.done;
	}
	return logs;
}

static void fill_witness(const struct rcs_perpetual_runner *p, int group,
			 const struct rcs_state *state, const struct rcs_frame *frame,
			 struct rcs_witness *w)
{
	size_t used = 0;

	*w = (struct rcs_witness){.present = true, .call = frame->n[0]};
	rcs_histogram_label(&p->states, state, w->state, sizeof(w->state));
	for (int t = 0; t < p->threads && used < sizeof(w->seats); t++) {
		int cpu = p->runner.placement->cpu[rcs_perpetual_thread(p, group, t)];
		int wrote =
			snprintf(w->seats + used, sizeof(w->seats) - used,
				 cpu < 0 ? "%sP%d not bound in iteration %" PRIu32
					 : "%sP%d in iteration %" PRIu32 " on CPU %d",
				 used > 0 ? ", " : "", t, frame->n[t], cpu);

		used += wrote > 0 ? (size_t)wrote : 0;
	}
}

/* Counts the frames of a state; all of them if a histogram is wanted. */
static uint64_t count_state(struct rcs_perpetual_runner *p, int group, int index,
			    const struct rcs_frame_logs *logs, struct rcs_tally *tally)
{
	struct rcs_state *state = &p->states.state[index];
	struct rcs_frame_pattern *pattern = &p->pattern[index];
	struct rcs_histogram *histogram = p->round->histogram;
	struct rcs_frame frame;
	uint64_t count;

	if (!state->target && histogram == NULL)
		return 0;
	rcs_frame_pivot(pattern, logs);
	count = rcs_frames_count(pattern, p->threads, logs, &frame);
	if (histogram != NULL && count > 0)
		rcs_histogram_find(histogram, state->value)->count += count;
	if (!state->target)
		return 0;
	if (count > 0 && !tally->witness.present) {
		tally->first_hit_ns = rcs_clock_ns();
		fill_witness(p, group, state, &frame, &tally->witness);
	}
	return count;
}

static uint32_t fewest_done(const struct rcs_frame_logs *logs, int threads)
{
	uint32_t done = UINT32_MAX;

	for (int t = 0; t < threads; t++)
		done = logs->done[t] < done ? logs->done[t] : done;
	return done;
}

static int score(struct rcs_perpetual_runner *p, int group, struct rcs_tally *tally,
		 struct rcs_error *e)
{
	struct rcs_frame_logs logs = logs_of(p, group);
	int readers = p->runner.readers / p->groups;
	struct rcs_pair_total *pair =
		&tally->by_pair[p->runner.placement->pair_of[group * readers]];
	uint64_t done = fewest_done(&logs, p->threads), hits = 0;
	uint32_t at;
	int32_t location;

	for (int t = 0; t < p->threads; t++) {
		if (!rcs_frames_coherent(&p->loads[t], logs.log[t], logs.done[t], &at,
					 &location))
			return rcs_fail(e, RCS_ERROR_FAULT,
					"P%d loaded an older %s after a newer one in "
					"iteration %" PRIu32
					": caches are not coherent, or this program is "
					"at fault",
					t, p->test->location[location].name, at);
	}
	for (int i = 0; i < p->states.states; i++)
		hits += count_state(p, group, i, &logs, tally);
	tally->calls += done;
	tally->exposed += done;
	tally->hits += hits;
	tally->exposed_calls += done;
	tally->hit_calls += hits < done ? hits : done;
	tally->all_exposed += done;
	tally->all_hits += hits;
	pair->exposed += done;
	pair->hits += hits;
	for (int r = 0; r < readers; r++)
		p->runner.exposed_by_reader[group * readers + r] += done;
	return 0;
}

static int perpetual_round(struct rcs_runner *runner, const struct rcs_round *round,
			   struct rcs_tally *tally, struct rcs_error *e)
{
	struct rcs_perpetual_runner *p = (struct rcs_perpetual_runner *)(void *)runner;

	memset(tally, 0, sizeof(*tally));
	memset(runner->exposed_by_reader, 0,
	       (size_t)runner->readers * sizeof(*runner->exposed_by_reader));
	p->round = round;
	p->deadline_ns = round->deadline_ns;
	while (tally->exposed < round->exposed) {
		uint64_t missing = round->exposed - tally->exposed;
		uint64_t start = rcs_clock_ns();

		if (start >= round->deadline_ns || runner->tick(runner->tick_argument))
			return 0;
		missing += missing / 8;
		if (missing < ITERATIONS_LOW && missing < p->iterations)
			missing = ITERATIONS_LOW;
		ready(p, missing < p->iterations ? (uint32_t)missing : p->iterations);
		rcs_team_go(runner->team, body, p);
		if (rcs_team_wait(runner->team, on_tick, p, RCS_TEAM_GRACE_NS, e) != 0)
			return -1;
		for (int g = 0; g < p->groups; g++) {
			if (score(p, g, tally, e) != 0)
				return -1;
		}
		tally->time_ns += rcs_clock_ns() - start;
	}
	tally->complete = true;
	return 0;
}

const struct rcs_runner_kind rcs_perpetual_kind = {
	.name = "perpetual",
	.round = perpetual_round,
	.destroy = rcs_perpetual_destroy,
};
