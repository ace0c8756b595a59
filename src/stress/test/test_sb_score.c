/* SPDX-License-Identifier: BSD-2-Clause */
/* Reading the perpetual logs, against a search that looks at every pair. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdbool.h>
#include <string.h>

#include "host/random.h"
#include "stress/sb_score.h"

#define CALLS	   40
#define ITERATIONS 60

/* What every iteration and every call loaded, and the log made from it. */
struct history {
	rcs_seq loaded[ITERATIONS + 1]; /* by iteration, from 1; the last is END */
	rcs_seq seen[CALLS];		/* by call, from 0 */
	struct rcs_sb_entry entry[ITERATIONS + 1];
	struct rcs_sb_log log;
};

static void make_log(struct history *h, int iterations)
{
	rcs_seq last = 0;

	h->log = (struct rcs_sb_log){h->entry, 0, h->seen, 1, CALLS};
	for (int i = 1; i <= iterations; i++) {
		if (h->loaded[i] == last)
			continue;
		last = h->loaded[i];
		h->entry[h->log.entries++] = (struct rcs_sb_entry){(rcs_seq)i, last};
	}
}

/* Two sequences that grow, as coherence has it, and otherwise anything. */
static int make_history(struct history *h, struct rcs_random *r)
{
	int iterations = 1 + (int)rcs_random_below(r, ITERATIONS);
	rcs_seq value = 0, seen = 0;

	for (int i = 1; i < iterations; i++) {
		if (rcs_random_below(r, 3) == 0 && value < CALLS)
			value += 1 + rcs_random_below(r, (uint32_t)(CALLS - value));
		h->loaded[i] = value;
	}
	h->loaded[iterations] = RCS_SEQ_END;
	for (int j = 0; j < CALLS; j++) {
		if (rcs_random_below(r, 3) == 0 && seen < (rcs_seq)iterations)
			seen += 1 + rcs_random_below(r, (uint32_t)iterations -
								(uint32_t)seen);
		h->seen[j] = seen;
	}
	make_log(h, iterations);
	return iterations;
}

/* By the definition: some store that the writer missed, whose load missed the call. */
static bool hit_by_definition(const struct history *h, int iterations, rcs_seq j)
{
	for (rcs_seq i = h->seen[j - 1] + 1; i <= (rcs_seq)iterations; i++) {
		if (h->loaded[i] < j)
			return true;
	}
	return false;
}

static void one_look_finds_what_the_full_search_finds(void **state)
{
	struct rcs_random r = rcs_random_stream(3, 3);
	static struct history h;
	long hits = 0, misses = 0;

	(void)state;
	for (int run = 0; run < 20000; run++) {
		struct rcs_sb_mark mark[CALLS] = {{0, 0}};
		int iterations = make_history(&h, &r);

		rcs_sb_score(&h.log, mark);
		for (rcs_seq j = 1; j <= CALLS; j++) {
			bool expected = hit_by_definition(&h, iterations, j);

			assert_int_equal(mark[j - 1].hit, expected);
			assert_true(mark[j - 1].exposed >= mark[j - 1].hit);
			hits += expected;
			misses += !expected;
		}
	}
	assert_true(hits > 10000 && misses > 10000);
}

static void the_witness_is_what_the_iteration_loaded(void **state)
{
	struct rcs_random r = rcs_random_stream(4, 4);
	static struct history h;

	(void)state;
	for (int run = 0; run < 2000; run++) {
		int iterations = make_history(&h, &r);

		for (int i = 1; i <= iterations; i++)
			assert_true(rcs_sb_loaded(&h.log, (rcs_seq)i) == h.loaded[i]);
	}
}

/* A reader that sees every value, but for a while off its CPU from call 11 to 30. */
static void calls_while_the_reader_is_away_are_not_exposed(void **state)
{
	static struct history h;
	struct rcs_sb_mark mark[CALLS] = {{0, 0}};
	int i = 1;

	(void)state;
	h.loaded[i++] = 0;
	for (rcs_seq v = 1; v <= CALLS; v++) {
		if (v <= 10 || v > 30)
			h.loaded[i++] = v;
	}
	h.loaded[i] = RCS_SEQ_END;
	/* The writer sees all that was stored, so that nothing is hit. */
	for (int j = 0; j < CALLS; j++)
		h.seen[j] = (rcs_seq)i;
	make_log(&h, i);
	rcs_sb_score(&h.log, mark);
	for (int j = 1; j <= CALLS; j++) {
		/* Not seen after call 10, nor before call 31. */
		bool away = j >= 10 && j <= 31;

		assert_int_equal(mark[j - 1].hit, 0);
		assert_int_equal(mark[j - 1].exposed, !away && j < CALLS);
	}
}

/* Slower than the calls, it sees every fifth value: running all the same. */
static void a_slow_reader_is_exposed_throughout(void **state)
{
	static struct history h;
	struct rcs_sb_mark mark[CALLS] = {{0, 0}};
	int i = 1;

	(void)state;
	h.loaded[i++] = 0;
	for (rcs_seq v = 5; v <= CALLS; v += 5)
		h.loaded[i++] = v;
	h.loaded[i] = RCS_SEQ_END;
	for (int j = 0; j < CALLS; j++)
		h.seen[j] = (rcs_seq)i;
	make_log(&h, i);
	rcs_sb_score(&h.log, mark);
	for (int j = 1; j < CALLS; j++)
		assert_int_equal(mark[j - 1].exposed, 1);
}

static void a_reader_that_came_too_late_is_never_exposed(void **state)
{
	static struct history h;
	struct rcs_sb_mark mark[CALLS] = {{0, 0}};

	(void)state;
	h.loaded[1] = RCS_SEQ_END;
	memset(h.seen, 0, sizeof(h.seen));
	make_log(&h, 1);
	rcs_sb_score(&h.log, mark);
	for (int j = 0; j < CALLS; j++) {
		assert_int_equal(mark[j].exposed, 0);
		assert_int_equal(mark[j].hit, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_look_finds_what_the_full_search_finds),
		cmocka_unit_test(the_witness_is_what_the_iteration_loaded),
		cmocka_unit_test(calls_while_the_reader_is_away_are_not_exposed),
		cmocka_unit_test(a_slow_reader_is_exposed_throughout),
		cmocka_unit_test(a_reader_that_came_too_late_is_never_exposed),
	};

	return cmocka_run_group_tests_name("sb_score", tests, NULL, NULL);
}
