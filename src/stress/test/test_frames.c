/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The linear search for frames against the exhaustive one, which looks at every tuple
 * of iterations: on logs made by running the perpetual form of tests step by step, in
 * random order, with and without a store buffer.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "host/random.h"
#include "litmus/parse.h"
#include "stress/frames.h"
#include "stress/perpetual_states.h"

#define STEPS  24 /* iterations of each thread */
#define ROUNDS 200

static const char *const texts[] = {
	/* SB: two loads that miss. */
	"C SB\n{}\n"
	"P0(int *x, int *y) { int r0; WRITE_ONCE(*x, 1); r0 = READ_ONCE(*y); }\n"
	"P1(int *x, int *y) { int r0; WRITE_ONCE(*y, 1); r0 = READ_ONCE(*x); }\n"
	"exists (0:r0=0 /\\ 1:r0=0)\n",
	/* MP: one that sees, one that misses. */
	"C MP\n{}\n"
	"P0(int *x, int *y) { WRITE_ONCE(*x, 1); WRITE_ONCE(*y, 1); }\n"
	"P1(int *x, int *y) { int r0; int r1; r0 = READ_ONCE(*y);\n"
	"  r1 = READ_ONCE(*x); }\n"
	"exists (1:r0=1 /\\ 1:r1=0)\n",
	/* LB: both see. */
	"C LB\n{}\n"
	"P0(int *x, int *y) { int r0; r0 = READ_ONCE(*x); WRITE_ONCE(*y, 1); }\n"
	"P1(int *x, int *y) { int r0; r0 = READ_ONCE(*y); WRITE_ONCE(*x, 1); }\n"
	"exists (0:r0=1 /\\ 1:r0=1)\n",
	/* Two stores to one location, an initial value, a load of one's own. */
	"C own\n{ x=7; }\n"
	"P0(int *x, int *y) { int r0; WRITE_ONCE(*x, 1); r0 = READ_ONCE(*x);\n"
	"  WRITE_ONCE(*x, 2); WRITE_ONCE(*y, 1); }\n"
	"P1(int *x, int *y) { int r0; int r1; r0 = READ_ONCE(*x);\n"
	"  r1 = READ_ONCE(*y); }\n"
	"exists (0:r0=1 /\\ 1:r0=1 /\\ 1:r1=1)\n",
	/* IRIW: four threads, two of which are linked only through loads. */
	"C IRIW\n{}\n"
	"P0(int *x) { WRITE_ONCE(*x, 1); }\n"
	"P1(int *y) { WRITE_ONCE(*y, 1); }\n"
	"P2(int *x, int *y) { int r0; int r1; r0 = READ_ONCE(*x);\n"
	"  r1 = READ_ONCE(*y); }\n"
	"P3(int *x, int *y) { int r0; int r1; r0 = READ_ONCE(*y);\n"
	"  r1 = READ_ONCE(*x); }\n"
	"exists (2:r0=1 /\\ 2:r1=0 /\\ 3:r0=1 /\\ 3:r1=0)\n",
};

/* One memory access of a perpetual thread. */
struct access {
	int32_t location;
	int32_t into;	/* register; RCS_NONE: a store, … */
	uint32_t store; /* … the so many-th */
};

/* A toy machine: threads of accesses, a store buffer for each. */
struct machine {
	const struct rcs_litmus *test;
	const struct rcs_perpetual *p;
	struct access access[RCS_LITMUS_THREADS][8];
	int accesses[RCS_LITMUS_THREADS];
	int at[RCS_LITMUS_THREADS];
	uint32_t n[RCS_LITMUS_THREADS];
	uint32_t cell[RCS_LITMUS_LOCATIONS];
	struct {
		int32_t location;
		uint32_t value;
	} buffer[RCS_LITMUS_THREADS][4];
	int buffered[RCS_LITMUS_THREADS];
	int depth; /* of store buffers in use */
	uint32_t log[RCS_LITMUS_THREADS][RCS_LITMUS_REGISTERS][STEPS + 2];
};

static void read_program(struct machine *m)
{
	for (int t = 0; t < m->test->threads; t++) {
		for (int32_t s = m->test->thread[t].first; s != RCS_NONE;
		     s = m->test->statement[s].next) {
			const struct rcs_statement *statement = &m->test->statement[s];
			const struct rcs_expression *call =
				&m->test->expression[statement->expression];

			m->access[t][m->accesses[t]++] = (struct access){
				m->test->expression[call->operand[0]].index,
				statement->kind == RCS_STATEMENT_ASSIGN
					? statement->target
					: RCS_NONE,
				m->p->store[s]};
		}
	}
}

static void drain(struct machine *m, int t)
{
	if (m->buffered[t] == 0)
		return;
	m->cell[m->buffer[t][0].location] = m->buffer[t][0].value;
	memmove(&m->buffer[t][0], &m->buffer[t][1], 3 * sizeof(m->buffer[t][0]));
	m->buffered[t]--;
}

static void step(struct machine *m, int t)
{
	const struct access *a = &m->access[t][m->at[t]];
	uint32_t k = (uint32_t)m->p->location[a->location].stores;

	if (a->into == RCS_NONE) {
		if (m->buffered[t] == m->depth)
			drain(m, t);
		if (m->depth == 0) {
			m->cell[a->location] = k * (m->n[t] - 1) + a->store;
		} else {
			m->buffer[t][m->buffered[t]].location = a->location;
			m->buffer[t][m->buffered[t]++].value =
				k * (m->n[t] - 1) + a->store;
		}
	} else {
		uint32_t value = m->cell[a->location];

		for (int b = 0; b < m->buffered[t]; b++) {
			if (m->buffer[t][b].location == a->location)
				value = m->buffer[t][b].value;
		}
		m->log[t][a->into][m->n[t]] = value;
	}
	if (++m->at[t] == m->accesses[t]) {
		m->at[t] = 0;
		m->n[t]++;
	}
}

static void run(struct machine *m, struct rcs_random *random, int depth)
{
	int left = m->test->threads;

	memset(m->n, 0, sizeof(m->n));
	memset(m->cell, 0, sizeof(m->cell));
	memset(m->buffered, 0, sizeof(m->buffered));
	memset(m->at, 0, sizeof(m->at));
	for (int t = 0; t < m->test->threads; t++)
		m->n[t] = 1;
	m->depth = depth;
	while (left > 0) {
		int t = (int)rcs_random_below(random, (uint32_t)m->test->threads);
		/* In bursts of different lengths, as on CPUs. */
		int burst = 1 + (int)rcs_random_below(random, 6);

		if (rcs_random_below(random, 3) == 0)
			drain(m, t);
		for (int b = 0; b < burst && m->n[t] <= STEPS; b++) {
			step(m, t);
			left -= m->n[t] == STEPS + 1;
		}
	}
}

static bool edge_holds(const struct machine *m, const struct rcs_frame_edge *edge,
		       const uint32_t *n)
{
	uint32_t loaded = m->log[edge->reader][edge->log][n[edge->reader]];
	uint32_t first = edge->stores * (n[edge->writer] - 1) + 1;

	return edge->store == 0 ? loaded < first : loaded == first + edge->store - 1;
}

/* Every tuple of iterations; which of the pivot's are in one that matches. */
static uint64_t count_all(const struct machine *m,
			  const struct rcs_frame_pattern *pattern)
{
	bool matched[STEPS + 1] = {false};
	uint32_t n[RCS_LITMUS_THREADS];
	uint64_t count = 0;
	int threads = m->test->threads, t = 0;

	for (int i = 0; i < threads; i++)
		n[i] = 1;
	while (t < threads && !pattern->impossible) {
		bool all = true;

		for (int i = 0; i < pattern->edges && all; i++)
			all = edge_holds(m, &pattern->edge[i], n);
		matched[n[pattern->pivot]] |= all;
		for (t = 0; t < threads && ++n[t] > STEPS; t++)
			n[t] = 1;
	}
	for (int i = 1; i <= STEPS; i++)
		count += matched[i];
	return count;
}

/* Gives how many frames were found in all, so that a test sees that there were some. */
static uint64_t compare(const char *text, int depth)
{
	static struct rcs_perpetual p;
	static struct rcs_histogram states;
	struct rcs_random random = rcs_random_stream(1, (uint64_t)depth);
	struct machine *m = calloc(1, sizeof(*m));
	struct rcs_error e;
	struct rcs_litmus *test = rcs_litmus_parse("text", text, strlen(text), &e);
	uint64_t found = 0;
	int rounds;

	assert_non_null(test);
	assert_non_null(m);
	rcs_perpetual_of(test, &p);
	assert_true(p.possible);
	assert_int_equal(rcs_histogram_start(&states, test, &e), 0);
	assert_true(rcs_perpetual_states(test, &p, &states));
	m->test = test;
	m->p = &p;
	read_program(m);
	/* All tuples of four threads are many. */
	rounds = test->threads > 2 ? ROUNDS / 50 : ROUNDS;
	for (int round = 0; round < rounds; round++) {
		run(m, &random, depth);
		for (int s = 0; s < states.states; s++) {
			struct rcs_frame_pattern pattern;
			struct rcs_frame_logs logs;
			struct rcs_frame frame;
			uint32_t *log[RCS_LITMUS_THREADS][RCS_LITMUS_REGISTERS];
			uint64_t linear;

			for (int t = 0; t < test->threads; t++) {
				for (int r = 0; r < test->thread[t].registers; r++)
					log[t][r] = m->log[t][r];
				logs.log[t] = log[t];
				logs.done[t] = STEPS;
			}
			rcs_frame_pattern_of(test, &p, &states, states.state[s].value,
					     &pattern);
			linear = rcs_frames_count(&pattern, test->threads, &logs,
						  &frame);
			assert_int_equal(linear, count_all(m, &pattern));
			if (linear > 0 && !pattern.impossible) {
				for (int i = 0; i < pattern.edges; i++)
					assert_true(edge_holds(m, &pattern.edge[i],
							       frame.n));
			}
			found += states.state[s].target ? linear : 0;
		}
	}
	rcs_litmus_free(test);
	free(m);
	return found;
}

static void test_finds_what_an_exhaustive_search_finds(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		(void)compare(texts[i], 0);
		(void)compare(texts[i], 1);
		(void)compare(texts[i], 3);
	}
}

static void test_store_buffering_is_found_with_store_buffers_only(void **state)
{
	(void)state;
	assert_int_equal(compare(texts[0], 0), 0);
	assert_true(compare(texts[0], 1) > 0);
	assert_true(compare(texts[0], 3) > 0);
}

static void test_what_tso_forbids_is_not_found_in_frames_of_tso(void **state)
{
	(void)state;
	assert_int_equal(compare(texts[1], 3), 0);
	assert_int_equal(compare(texts[2], 3), 0);
	assert_int_equal(compare(texts[4], 3), 0);
}

static void test_a_load_that_goes_back_is_noticed(void **state)
{
	/* Two loads of x in an iteration, one of y. */
	const struct rcs_frame_loads loads = {3, {0, 1, 2}, {5, 6, 5}};
	uint32_t first[] = {0, 1, 3, 4}, y[] = {0, 9, 9, 9}, second[] = {0, 2, 3, 7};
	uint32_t *const log[] = {first, y, second};
	uint32_t at;
	int32_t location;

	(void)state;
	assert_true(rcs_frames_coherent(&loads, log, 3, &at, &location));
	/* Within an iteration. */
	second[2] = 2;
	assert_false(rcs_frames_coherent(&loads, log, 3, &at, &location));
	assert_int_equal(at, 2);
	assert_int_equal(location, 5);
	/* From one to the next. */
	second[2] = 5;
	assert_false(rcs_frames_coherent(&loads, log, 3, &at, &location));
	assert_int_equal(at, 3);
	second[2] = 3;
	y[3] = 8;
	assert_false(rcs_frames_coherent(&loads, log, 3, &at, &location));
	assert_int_equal(location, 6);
	/* What was not done does not count. */
	assert_true(rcs_frames_coherent(&loads, log, 2, &at, &location));
}

static void test_the_slowest_thread_is_the_pivot(void **state)
{
	struct rcs_frame_pattern pattern = {
		.edges = 2,
		.edge = {{.reader = 0, .writer = 1}, {.reader = 1, .writer = 2}},
		.pivot = 1,
	};
	struct rcs_frame_logs logs = {.done = {5, 6, 4, 1}};

	(void)state;
	/* The fourth is the slowest, but not in the pattern. */
	rcs_frame_pivot(&pattern, &logs);
	assert_int_equal(pattern.pivot, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_finds_what_an_exhaustive_search_finds),
		cmocka_unit_test(test_store_buffering_is_found_with_store_buffers_only),
		cmocka_unit_test(test_what_tso_forbids_is_not_found_in_frames_of_tso),
		cmocka_unit_test(test_a_load_that_goes_back_is_noticed),
		cmocka_unit_test(test_the_slowest_thread_is_the_pivot),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
