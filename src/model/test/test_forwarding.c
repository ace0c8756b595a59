/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reads that follow a read or a write of the same location in their thread, where only
 * an address that is made of an int could show in what order they are: tests that
 * assembly has and C has not. So here executions are put together by hand.
 *
 * All are message passing: x = 1; smp_wmb(); y = 1 in the first thread, and in the
 * other a chain from a read of y, which is 1, to a read of x, which is 0 all the same.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "model/model.h"

enum { X, Y, Z };

static struct rcs_skeleton s;
static struct rcs_execution x;

static void add(struct rcs_relation *r, int from, int to)
{
	r->row[from] |= rcs_one(to);
}

static int event(enum rcs_event_kind kind, int thread, int location,
		 enum rcs_action action, enum rcs_ordering ordering)
{
	const int number = s.events++;

	s.event[number] = (struct rcs_event){.kind = kind,
					     .thread = (int8_t)thread,
					     .location = (int8_t)location,
					     .action = action,
					     .ordering = ordering};
	s.of_thread[thread] |= rcs_one(number);
	s.of_kind[kind] |= rcs_one(number);
	s.of_ordering[ordering] |= rcs_one(number);
	x.source[number] = -1;
	return number;
}

static int plain(enum rcs_event_kind kind, int thread, int location)
{
	return event(kind, thread, location,
		     kind == RCS_EVENT_READ ? RCS_ACTION_READ : RCS_ACTION_WRITE,
		     RCS_ORDER_RELAXED);
}

/* The relations begin empty, for as many events as there will be; the first thread. */
static void begin(int events)
{
	struct rcs_relation *const all[] = {
		&s.po,	    &s.inside, &s.outside, &s.location, &s.po_location,
		&s.address, &s.data,   &s.control, &s.computed, &s.control_after,
		&s.rmw,	    &x.rf,     &x.co,	   &x.fr};

	memset(&s, 0, sizeof(s));
	memset(&x, 0, sizeof(x));
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		*all[i] = rel_none(events);
	x.skeleton = &s;
	plain(RCS_EVENT_WRITE, 0, X);
	event(RCS_EVENT_FENCE, 0, -1, RCS_ACTION_FENCE, RCS_ORDER_WMB);
	plain(RCS_EVENT_WRITE, 0, Y);
}
#define WRITE_Y 2

static void finish_skeleton(void)
{
	s.threads = 3;
	s.reads = s.of_kind[RCS_EVENT_READ];
	s.writes = s.of_kind[RCS_EVENT_WRITE];
	s.memory = s.reads | s.writes;
	for (int a = 0; a < s.events; a++) {
		for (int b = 0; b < s.events; b++) {
			const bool inside = s.event[a].thread == s.event[b].thread;

			add(inside ? &s.inside : &s.outside, a, b);
			if (inside && a < b)
				add(&s.po, a, b);
			if (s.event[a].location == s.event[b].location)
				add(&s.location, a, b);
		}
	}
	s.location = rel_between(s.memory, s.location, s.memory);
	s.po_location = rel_and(s.po, s.location);
	s.po_memory = rel_between(s.memory, s.po, s.memory);
}

/* Who reads from whom is in `source`; writes of a location are in the order of their
 * numbers. */
static void finish(void)
{
	int a, b;

	finish_skeleton();
	x.decided = s.memory;
	RCS_EACH(a, s.writes)
	{
		RCS_EACH(b, s.location.row[a] & s.writes & ~rcs_below(a + 1))
		add(&x.co, a, b);
	}
	RCS_EACH(a, s.reads)
	{
		if (x.source[a] >= 0)
			add(&x.rf, x.source[a], a);
		x.fr.row[a] = x.source[a] >= 0 ? x.co.row[x.source[a]]
					       : s.location.row[a] & s.writes;
	}
	x.rfe = rel_and(x.rf, s.outside);
	x.coe = rel_and(x.co, s.outside);
	x.fre = rel_and(x.fr, s.outside);
	x.rfi = rel_and(x.rf, s.inside);
	x.coi = rel_and(x.co, s.inside);
	x.fri = rel_and(x.fr, s.inside);
}

static bool allowed(enum rcs_model model)
{
	const struct rcs_model_row *row = rcs_models[model];
	const struct rcs_relation strong = rel_none(s.events);
	void *prepared = calloc(1, row->prepared_size + 1);
	struct rcs_model_verdict verdict;

	assert_non_null(prepared);
	row->prepare(&s, prepared);
	verdict = row->allows(&x, prepared, &strong);
	free(prepared);
	assert_int_equal(verdict.allowed, verdict.axiom == NULL);
	return verdict.allowed;
}

/* Two reads of z between, each with an address dependency outwards. */
static void put_two_reads(int *first, int *second)
{
	int y, last;

	y = plain(RCS_EVENT_READ, 1, Y);
	*first = plain(RCS_EVENT_READ, 1, Z);
	*second = plain(RCS_EVENT_READ, 1, Z);
	last = plain(RCS_EVENT_READ, 1, X);
	x.source[y] = WRITE_Y;
	add(&s.address, y, *first);
	add(&s.address, *second, last);
}

/* PLDI11: RSW is allowed. */
static void reads_of_the_same_write_are_unordered(void **state)
{
	int first, second;

	(void)state;
	begin(7);
	put_two_reads(&first, &second);
	finish();
	assert_false(allowed(RCS_MODEL_SC));
	assert_false(allowed(RCS_MODEL_TSO));
	assert_true(allowed(RCS_MODEL_ARMV8));
	assert_true(allowed(RCS_MODEL_RISCV));
	assert_true(allowed(RCS_MODEL_POWER));
}

/* PLDI11: RDW is forbidden; HC: rdw; RVWMO, rule 2. */
static void reads_of_different_writes_are_ordered(void **state)
{
	int first, second, z;

	(void)state;
	begin(8);
	put_two_reads(&first, &second);
	z = plain(RCS_EVENT_WRITE, 2, Z);
	x.source[second] = (int8_t)z;
	finish();
	for (int m = RCS_MODEL_SC; m < RCS_MODELS; m++)
		assert_false(allowed((enum rcs_model)m));
}

static void reads_that_are_not_decided_are_unordered(void **state)
{
	int first, second;

	(void)state;
	begin(7);
	put_two_reads(&first, &second);
	finish();
	x.source[second] = 0; /* it says nothing */
	x.decided &= ~(rcs_one(first) | rcs_one(second));
	assert_true(allowed(RCS_MODEL_RISCV));
}

/* The chain: the RMW reads y, a read behind it reads what it wrote, and from there an
 * address dependency. */
static void put_update(enum rcs_action action)
{
	int read, write, again, last;

	begin(7);
	read = event(RCS_EVENT_READ, 1, Y, action, RCS_ORDER_RELAXED);
	write = event(RCS_EVENT_WRITE, 1, Y, action, RCS_ORDER_RELAXED);
	again = plain(RCS_EVENT_READ, 1, Y);
	last = plain(RCS_EVENT_READ, 1, X);
	x.source[read] = WRITE_Y;
	x.source[again] = (int8_t)write;
	add(&s.rmw, read, write);
	add(&s.address, again, last);
	if (action == RCS_ACTION_FETCH)
		add(&s.computed, read, write);
	finish();
}

/* RVWMO, rule 3; in DDI0487 only reads that acquire; in HC by data through the loop. */
static void reads_from_updates(void **state)
{
	(void)state;
	put_update(RCS_ACTION_EXCHANGE);
	assert_false(allowed(RCS_MODEL_TSO));
	assert_true(allowed(RCS_MODEL_ARMV8));
	assert_false(allowed(RCS_MODEL_RISCV));
	assert_true(allowed(RCS_MODEL_POWER));
	put_update(RCS_ACTION_FETCH);
	assert_false(allowed(RCS_MODEL_TSO));
	assert_true(allowed(RCS_MODEL_ARMV8));
	assert_false(allowed(RCS_MODEL_RISCV));
	assert_false(allowed(RCS_MODEL_POWER));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_of_the_same_write_are_unordered),
		cmocka_unit_test(reads_of_different_writes_are_ordered),
		cmocka_unit_test(reads_that_are_not_decided_are_unordered),
		cmocka_unit_test(reads_from_updates),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
