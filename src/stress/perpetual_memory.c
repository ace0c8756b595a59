/* SPDX-License-Identifier: BSD-2-Clause */
/* The memory of the perpetual runner, and what it can run: see perpetual.h. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "host/memory.h"
#include "stress/footprint.h"
#include "stress/perpetual_rig.h"
#include "stress/perpetual_states.h"

#define PAGE	       4096
#define ITERATIONS_MAX (1u << 18)
#define ITERATIONS_MIN (1u << 10)

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

static int take_memory(struct rcs_perpetual_runner *p, uint64_t memory,
		       struct rcs_error *e)
{
	uint64_t logs = (uint64_t)p->groups * count_logs(p->test);

	p->iterations = ITERATIONS_MAX;
	while (p->iterations > ITERATIONS_MIN &&
	       logs * (p->iterations + 16) * sizeof(uint32_t) > memory / 2)
		p->iterations /= 2;
	p->lines_size = lines_of(p->test, p->groups);
	p->logs_size = (size_t)(logs + 1) * (p->iterations + 16) * sizeof(uint32_t);
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
static void cut(struct rcs_perpetual_runner *p)
{
	size_t locations = (size_t)p->test->locations;
	char *log = p->logs;

	for (int g = 0; g < p->groups; g++) {
		char *pages = p->lines + (size_t)g * (locations + 1) * PAGE;

		for (size_t l = 0; l < locations; l++)
			p->location[(size_t)g * locations + l] =
				pages + l * PAGE + (5 + 16 * (l % 3) + l / 3) * 64;
		for (int t = 0; t < p->threads; t++) {
			struct rcs_perpetual_side *s =
				&p->side[rcs_perpetual_thread(p, g, t)];

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

static int allocate(struct rcs_perpetual_runner *p, const struct rcs_plan *plan,
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
	for (int t = 0; t < p->threads; t++)
		rcs_frame_loads_of(p->test, &p->form, t, &p->loads[t]);
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
	struct rcs_perpetual_runner *p = NULL;
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
	if (rcs_runner_begin(&p->runner, &rcs_perpetual_kind, team, plan, tick,
			     tick_argument, e) != 0 ||
	    allocate(p, plan, e) != 0) {
		rcs_perpetual_destroy(&p->runner);
		return NULL;
	}
	return &p->runner;
}

void rcs_perpetual_destroy(struct rcs_runner *runner)
{
	struct rcs_perpetual_runner *p = (struct rcs_perpetual_runner *)(void *)runner;

	free(p->pattern);
	free(p->side);
	free(p->location);
	rcs_memory_release(p->lines, p->lines_size);
	rcs_memory_release(p->logs, p->logs_size);
	rcs_runner_end(runner);
	free(p);
}
