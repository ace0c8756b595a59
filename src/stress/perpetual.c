/* SPDX-License-Identifier: BSD-2-Clause */
/* Rounds of the perpetual runner: see perpetual.h. */
#include "stress/perpetual.h"

#include <inttypes.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/clock.h"
#include "host/memory.h"
#include "stress/footprint.h"
#include "stress/perpetual_states.h"

#define PAGE	       4096
#define ITERATIONS_MAX (1u << 18)
#define ITERATIONS_MIN (1u << 10)
#define ITERATIONS_LOW (1u << 12) /* of a segment, where time is short */
/* Of a thread that shares its CPU, between turns of the others. */
#define TURN 512

struct side {
	struct rcs_native_env env;
	struct rcs_native_run run;
	struct perpetual *perpetual;
	rcs_native_loop *loop;
	unsigned *here; /* threads of its group that have arrived */
	uint32_t *log[RCS_LITMUS_REGISTERS];
} __attribute__((aligned(128)));

struct perpetual {
	struct rcs_runner runner;
	const struct rcs_litmus *test;
	const struct rcs_native_test *native;
	struct rcs_perpetual form;
	int groups, threads; /* of a group */
	bool crowded;	     /* more threads than CPUs */
	uint32_t iterations; /* room for */
	struct rcs_histogram states;
	struct rcs_frame_pattern *pattern; /* by state */
	struct side *side;		   /* by thread of the team */
	char **location;		   /* [group][location] */
	char *lines, *logs;
	size_t lines_size, logs_size;
	const struct rcs_round *round;
	uint64_t deadline_ns;
	unsigned stop __attribute__((aligned(128)));
};

static bool on_tick(void *argument)
{
	struct perpetual *p = argument;
	bool asked = p->runner.tick(p->runner.tick_argument);

	if (asked || rcs_clock_ns() >= p->deadline_ns)
		ck_pr_store_uint(&p->stop, 1); /* read in the generated loops */
	return ck_pr_load_uint(&p->stop) != 0;
}

/* Threads of a test are dealt out to writers and readers in the order of the team. */
static int team_thread(const struct perpetual *p, int group, int thread)
{
	int writers = p->runner.writers / p->groups;
	int readers = p->runner.readers / p->groups;

	return thread < writers
		       ? group * writers + thread
		       : p->runner.writers + group * readers + (thread - writers);
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
	struct perpetual *p = argument;
	struct side *s;

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

static void ready(struct perpetual *p, uint32_t iterations)
{
	ck_pr_store_uint(&p->stop, 0);
	for (int g = 0; g < p->groups; g++) {
		for (int32_t l = 0; l < p->test->locations; l++)
			memset(p->location[g * p->test->locations + l], 0, 8);
		for (int t = 0; t < p->threads; t++) {
			struct side *s = &p->side[team_thread(p, g, t)];

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

static struct rcs_frame_logs logs_of(const struct perpetual *p, int group)
{
	struct rcs_frame_logs logs;

	for (int t = 0; t < p->threads; t++) {
		const struct side *s = &p->side[team_thread(p, group, t)];

		logs.log[t] = s->log;
		logs.done[t] = s->run.done;
	}
	return logs;
}

static void fill_witness(const struct perpetual *p, int group,
			 const struct rcs_state *state, const struct rcs_frame *frame,
			 struct rcs_witness *w)
{
	size_t used = 0;

	*w = (struct rcs_witness){.present = true, .call = frame->n[0]};
	rcs_histogram_label(&p->states, state, w->state, sizeof(w->state));
	for (int t = 0; t < p->threads && used < sizeof(w->seats); t++) {
		int cpu = p->runner.placement->cpu[team_thread(p, group, t)];
		int wrote =
			snprintf(w->seats + used, sizeof(w->seats) - used,
				 cpu < 0 ? "%sP%d not bound in iteration %" PRIu32
					 : "%sP%d in iteration %" PRIu32 " on CPU %d",
				 used > 0 ? ", " : "", t, frame->n[t], cpu);

		used += wrote > 0 ? (size_t)wrote : 0;
	}
}

/* Counts the frames of all target states, or of all states; gives those of targets. */
static uint64_t count_states(struct perpetual *p, int group, struct rcs_tally *tally)
{
	struct rcs_frame_logs logs = logs_of(p, group);
	uint64_t hits = 0;

	for (int i = 0; i < p->states.states; i++) {
		struct rcs_state *state = &p->states.state[i];
		struct rcs_frame frame;
		uint64_t count;

		if (state->filtered || (!state->target && p->round->histogram == NULL))
			continue;
		count = rcs_frames_count(&p->pattern[i], p->threads, &logs, &frame);
		if (p->round->histogram != NULL && count > 0)
			rcs_histogram_find(p->round->histogram, state->value)->count +=
				count;
		if (!state->target || count == 0)
			continue;
		if (tally->all_hits + hits == 0) {
			tally->first_hit_ns = rcs_clock_ns();
			fill_witness(p, group, state, &frame, &tally->witness);
		}
		hits += count;
	}
	return hits;
}

static void score(struct perpetual *p, int group, struct rcs_tally *tally)
{
	uint64_t hits = count_states(p, group, tally);
	int readers = p->runner.readers / p->groups;
	struct rcs_pair_total *pair =
		&tally->by_pair[p->runner.placement->pair_of[group * readers]];
	uint64_t done = UINT64_MAX;

	for (int t = 0; t < p->threads; t++) {
		uint32_t of_thread = p->side[team_thread(p, group, t)].run.done;

		done = of_thread < done ? of_thread : done;
	}
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
}

static int perpetual_round(struct rcs_runner *runner, const struct rcs_round *round,
			   struct rcs_tally *tally, struct rcs_error *e)
{
	struct perpetual *p = (struct perpetual *)(void *)runner;

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
		for (int g = 0; g < p->groups; g++)
			score(p, g, tally);
		tally->time_ns += rcs_clock_ns() - start;
	}
	tally->complete = true;
	return 0;
}

static void destroy(struct rcs_runner *runner)
{
	struct perpetual *p = (struct perpetual *)(void *)runner;

	free(p->pattern);
	free(p->side);
	free(p->location);
	rcs_memory_release(p->lines, p->lines_size);
	rcs_memory_release(p->logs, p->logs_size);
	rcs_runner_end(runner);
	free(p);
}

static const struct rcs_runner_kind perpetual_kind = {
	.name = "perpetual",
	.round = perpetual_round,
	.destroy = destroy,
};

/* Of all threads of the test. */
static size_t count_logs(const struct rcs_litmus *test)
{
	size_t logs = 0;

	for (int32_t t = 0; t < test->threads; t++)
		logs += (size_t)test->thread[t].registers;
	return logs;
}

static size_t lines_of(const struct rcs_litmus *test, int groups)
{
	/* A page for each location, and one to arrive at. */
	return (size_t)groups * ((size_t)test->locations + 1) * PAGE;
}

uint64_t rcs_perpetual_least_memory(const struct rcs_litmus *test, int groups)
{
	return lines_of(test, groups) + (uint64_t)groups * count_logs(test) *
						(ITERATIONS_MIN + 1) * sizeof(uint32_t);
}

static int take_memory(struct perpetual *p, uint64_t memory, struct rcs_error *e)
{
	size_t logs = (size_t)p->groups * count_logs(p->test);

	p->iterations = ITERATIONS_MAX;
	while (p->iterations > ITERATIONS_MIN &&
	       logs * (p->iterations + 16) * sizeof(uint32_t) > memory / 2)
		p->iterations /= 2;
	p->lines_size = lines_of(p->test, p->groups);
	p->logs_size = (logs + 1) * (p->iterations + 16) * sizeof(uint32_t);
	p->lines = rcs_memory_pages(p->lines_size, "shared words", e);
	if (p->lines != NULL)
		p->logs = rcs_memory_pages(p->logs_size, "logs", e);
	if (p->logs == NULL)
		return -1;
	memset(p->lines, 0, p->lines_size);
	(void)rcs_memory_fill(p->logs, 0, p->logs_size, p->runner.tick,
			      p->runner.tick_argument);
	return 0;
}

/* Words at different offsets in their pages: see word_of() in sb_memory.c. */
static void cut(struct perpetual *p)
{
	size_t locations = (size_t)p->test->locations;
	char *log = p->logs;

	for (int g = 0; g < p->groups; g++) {
		char *pages = p->lines + (size_t)g * (locations + 1) * PAGE;

		for (size_t l = 0; l < locations; l++)
			p->location[(size_t)g * locations + l] =
				pages + l * PAGE + (5 + 16 * (l % 3) + l / 3) * 64;
		for (int t = 0; t < p->threads; t++) {
			struct side *s = &p->side[team_thread(p, g, t)];

			s->perpetual = p;
			s->here = (unsigned *)(void *)(pages + locations * PAGE);
			for (int32_t r = 0; r < p->test->thread[t].registers; r++) {
				s->log[r] = (uint32_t *)(void *)log;
				log += (p->iterations + 16) * sizeof(uint32_t);
			}
		}
	}
}

const char *rcs_perpetual_refuses(const struct rcs_litmus *test,
				  struct rcs_perpetual *p, struct rcs_histogram *states)
{
	struct rcs_footprint footprint[RCS_LITMUS_THREADS];
	struct rcs_error e;

	rcs_perpetual_of(test, p);
	if (!p->possible)
		return p->why_not;
	rcs_footprint_of(test, footprint);
	for (int32_t t = 0; t < test->threads; t++) {
		if (footprint[t].heavy > 0)
			return "it has a heavy side, whose calls only an instance "
			       "that all threads meet at tells to be exposed";
	}
	if (rcs_histogram_start(states, test, &e) != 0 ||
	    !rcs_perpetual_states(test, p, states))
		return "it has too many final states";
	return NULL;
}

static int allocate(struct perpetual *p, const struct rcs_plan *plan,
		    struct rcs_error *e)
{
	size_t threads = (size_t)plan->writers + (size_t)plan->readers;

	p->location = calloc((size_t)p->groups * (size_t)p->test->locations + 1,
			     sizeof(*p->location));
	p->pattern = calloc((size_t)p->states.states + 1, sizeof(*p->pattern));
	if (posix_memalign((void **)&p->side, 128, threads * sizeof(*p->side)) != 0)
		p->side = NULL;
	if (p->location == NULL || p->pattern == NULL || p->side == NULL)
		return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for %zu threads",
				threads);
	memset(p->side, 0, threads * sizeof(*p->side));
	if (take_memory(p, plan->memory, e) != 0)
		return -1;
	cut(p);
	for (int i = 0; i < p->states.states; i++)
		rcs_frame_pattern_of(p->test, &p->form, &p->states,
				     p->states.state[i].value, &p->pattern[i]);
	return 0;
}

struct rcs_runner *rcs_perpetual_create(struct rcs_team *team,
					const struct rcs_plan *plan,
					const struct rcs_litmus *test,
					const struct rcs_native_test *native,
					rcs_tick *tick, void *tick_argument,
					struct rcs_error *e)
{
	struct perpetual *p = NULL;
	const char *refused;

	if (posix_memalign((void **)&p, 128, sizeof(*p)) != 0) {
		(void)rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for a runner");
		return NULL;
	}
	memset(p, 0, sizeof(*p));
	p->test = test;
	p->native = native;
	p->groups = plan->groups;
	p->threads = test->threads;
	p->crowded = plan->writers + plan->readers > plan->cpus_used;
	refused = rcs_perpetual_refuses(test, &p->form, &p->states);
	if (refused != NULL) {
		(void)rcs_fail(e, RCS_ERROR_UNSUPPORTED, "%s: not perpetual: %s",
			       test->name, refused);
		free(p);
		return NULL;
	}
	if (rcs_runner_begin(&p->runner, &perpetual_kind, team, plan, tick,
			     tick_argument, e) != 0 ||
	    allocate(p, plan, e) != 0) {
		destroy(&p->runner);
		return NULL;
	}
	return &p->runner;
}
