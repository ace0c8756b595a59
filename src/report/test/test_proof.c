/* SPDX-License-Identifier: BSD-2-Clause */
/* What is said of proofs that are made up: the table, the story, the graph. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "litmus/parse.h"
#include "report/graph.h"
#include "report/proof.h"
#include "report/sequence.h"
#include "report/story.h"

static const char source[] = "C test\n"
			     "(*\n"
			     " * Made up. More of it.\n"
			     " *\n"
			     " * Result: lkmm=Never tso=Sometimes\n"
			     " * Local: tso=Never\n"
			     " *)\n"
			     "{}\n"
			     "P0(int *x, int *y)\n"
			     "{\n"
			     "	WRITE_ONCE(*x, 1);\n"
			     "	r0 = READ_ONCE(*y);\n"
			     "}\n"
			     "P1(int *x, int *y)\n"
			     "{\n"
			     "	WRITE_ONCE(*y, 1);\n"
			     "	smp_memb();\n"
			     "	r0 = READ_ONCE(*x);\n"
			     "}\n"
			     "exists (0:r0=0 /\\ 1:r0=0)\n";

/* Its events. */
enum { WX, RY, WY, ENTRY, EXIT, RX, EVENTS };

static struct rcs_litmus *test;
static struct rcs_proof_witness witness;
static struct rcs_proof proof;
static char said[8192];

static const struct rcs_state_column columns[] = {{0, 0}, {1, 0}};
static const struct rcs_litmus_value values[][2] = {{{false, 0}, {false, 0}},
						    {{false, 0}, {false, 1}}};
static struct rcs_state states[] = {
	{values[0], true, 1u << RCS_MODEL_TSO},
	{values[1], false, 1u << RCS_MODEL_TSO | 1u << RCS_MODEL_LKMM},
};

static void add_edge(struct rcs_relation *r, int from, int to)
{
	r->row[from] |= rcs_one(to);
}

static void set_event(int event, enum rcs_event_kind kind, int thread, int location,
		      struct rcs_position at)
{
	struct rcs_skeleton *s = &witness.skeleton;

	s->event[event] = (struct rcs_event){
		.kind = kind,
		.thread = (int8_t)thread,
		.location = (int8_t)location,
		.action = kind == RCS_EVENT_READ    ? RCS_ACTION_READ
			  : kind == RCS_EVENT_WRITE ? RCS_ACTION_WRITE
						    : RCS_ACTION_FENCE,
		.at = at};
	s->of_kind[kind] |= rcs_one(event);
	for (int e = 0; e < event; e++) {
		if (rcs_in(e, s->of_thread[thread]))
			add_edge(&s->po, e, event);
	}
	s->of_thread[thread] |= rcs_one(event);
	s->reads = s->of_kind[RCS_EVENT_READ];
	s->writes = s->of_kind[RCS_EVENT_WRITE];
	s->memory = s->reads | s->writes;
	witness.execution.value[event].number = kind == RCS_EVENT_WRITE;
	witness.execution.source[event] = -1;
}

/* Both reads find the initial values; nothing is said of the order yet. */
static int set_up(void **state)
{
	struct rcs_execution *x = &witness.execution;
	struct rcs_skeleton *s = &witness.skeleton;
	struct rcs_error e;

	(void)state;
	test = rcs_litmus_parse("test", source, strlen(source), &e);
	if (test == NULL)
		return -1;
	memset(&witness, 0, sizeof(witness));
	s->test = test;
	s->events = EVENTS;
	s->threads = 2;
	s->po = s->address = s->data = s->control = s->rmw = s->rcu_section = x->rf =
		x->co = x->fr = x->rfe = x->coe = x->fre = witness.strong =
			witness.order = rel_none(EVENTS);
	x->skeleton = s;
	set_event(WX, RCS_EVENT_WRITE, 0, 0, (struct rcs_position){11, 2});
	set_event(RY, RCS_EVENT_READ, 0, 1, (struct rcs_position){12, 7});
	set_event(WY, RCS_EVENT_WRITE, 1, 1, (struct rcs_position){16, 2});
	set_event(ENTRY, RCS_EVENT_MEMB_ENTRY, 1, -1, (struct rcs_position){17, 2});
	set_event(EXIT, RCS_EVENT_MEMB_EXIT, 1, -1, (struct rcs_position){17, 2});
	set_event(RX, RCS_EVENT_READ, 1, 0, (struct rcs_position){18, 7});
	add_edge(&x->fr, RY, WY);
	add_edge(&x->fr, RX, WX);
	x->fre = x->fr;
	memset(&proof, 0, sizeof(proof));
	proof.candidates = 4;
	proof.seconds = 1.5e-3;
	proof.columns = 2;
	proof.column = (struct rcs_state_column *)columns;
	witness.state = &states[0];
	proof.states = 2;
	proof.state = states;
	proof.model[RCS_MODEL_TSO] =
		(struct rcs_answers){RCS_SOMETIMES, 4, 1, 4, 0, &witness};
	proof.model[RCS_MODEL_LKMM] = (struct rcs_answers){RCS_NEVER, 3, 0, 3, 0, NULL};
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	rcs_litmus_free(test);
	return 0;
}

static struct rcs_proof_table table(void)
{
	struct rcs_proof_table t = {
		.width = 4, .models = 2, .model = {RCS_MODEL_LKMM, RCS_MODEL_TSO}};

	memset(said, 0, sizeof(said));
	t.out = fmemopen(said, sizeof(said), "w");
	assert_non_null(t.out);
	return t;
}

static struct rcs_proof_count say_test(struct rcs_proof_table t)
{
	struct rcs_proof_count count = {0};

	(void)rcs_proof_test(&t, test, &proof, &count);
	(void)fclose(t.out);
	return count;
}

static void a_line_says_whether_it_is_as_expected(void **state)
{
	struct rcs_proof_count count;

	(void)state;
	count = say_test(table());
	assert_string_equal(said, "test  lkmm   Never           3            0/3       "
				  "    4    1.5 ms  as "
				  "expected\n"
				  "test  tso    Sometimes       4            1/4       "
				  "    4    1.5 ms  as "
				  "expected\n");
	assert_int_equal(count.expected, 2);
	proof.model[RCS_MODEL_LKMM].answer = RCS_ALWAYS;
	count = say_test(table());
	assert_non_null(strstr(said, "lkmm   Always "));
	assert_non_null(strstr(said, "1.5 ms  EXPECTED Never\n"));
	assert_int_equal(count.contradicted, 1);
}

static void other_barriers_have_other_expectations(void **state)
{
	struct rcs_proof_table t = table();
	struct rcs_proof_count count;

	(void)state;
	t.barrier = RCS_PROVE_LOCAL;
	count = say_test(t);
	assert_int_equal(count.unstated, 1);
	assert_int_equal(count.contradicted, 1);
	assert_non_null(strstr(said, "tso    Sometimes"));
	assert_non_null(strstr(said, "EXPECTED Never"));
	t = table();
	t.barrier = RCS_PROVE_NONE;
	count = say_test(t);
	assert_int_equal(count.unstated, 2);
}

static void what_was_given_up_is_not_never(void **state)
{
	struct rcs_proof_count count;

	(void)state;
	proof.model[RCS_MODEL_LKMM].answer = RCS_ANSWER_UNKNOWN;
	proof.gave_up = true;
	(void)snprintf(proof.why, sizeof(proof.why), "gave up after a while");
	count = say_test(table());
	assert_non_null(strstr(said, "lkmm   gave up "));
	assert_non_null(strstr(said, "\n  why: gave up after a while\n"));
	assert_null(strstr(said, "  Never"));
	assert_int_equal(count.gave_up, 1);
	assert_int_equal(count.expected, 1);
}

static void quiet_is_quiet_unless_something_is_amiss(void **state)
{
	struct rcs_proof_table t = table();

	(void)state;
	t.quiet = true;
	(void)say_test(t);
	assert_string_equal(said, "");
	proof.model[RCS_MODEL_LKMM].flags = RCS_FLAG_DATA_RACE;
	t = table();
	t.quiet = true;
	(void)say_test(t);
	assert_non_null(strstr(said, "\n  flag: data race (lkmm)\n"));
}

static void states_have_their_models(void **state)
{
	struct rcs_proof_table t = table();

	(void)state;
	t.states = true;
	(void)say_test(t);
	assert_non_null(strstr(said,
			       "  2 final states, and the models that allow each:\n"
			       "    * 0:r0=0; 1:r0=0;  (tso)\n"
			       "      0:r0=0; 1:r0=1;  (lkmm, tso)\n"));
}

static void the_last_line_adds_up(void **state)
{
	const struct rcs_proof_count count = {.tests = 2,
					      .answers = 4,
					      .expected = 1,
					      .contradicted = 1,
					      .unstated = 1,
					      .gave_up = 1,
					      .failed = 1,
					      .seconds = 0.9996};
	struct rcs_proof_table t = table();

	(void)state;
	rcs_proof_foot(&t, &count);
	(void)fclose(t.out);
	assert_string_equal(said, "2 tests, 2 models: 4 answers, 1 as expected, 1 not, "
				  "1 unstated, 1 gave up; 1.00 s; 1 not understood\n");
}

static void tell(void)
{
	FILE *out = fmemopen(said, sizeof(said), "w");

	assert_non_null(out);
	memset(said, 0, sizeof(said));
	rcs_story_print(test, &proof, RCS_MODEL_TSO, out);
	(void)fclose(out);
}

/* The model lets the first thread's load go first. */
static void a_store_is_overtaken(void **state)
{
	(void)state;
	add_edge(&witness.order, RY, WY);
	add_edge(&witness.order, WY, RX);
	add_edge(&witness.order, RX, WX);
	tell();
	assert_non_null(strstr(
		said,
		":\n"
		"     1  P0  r0 = READ_ONCE(*y)  reads y = 0, the initial value\n"
		"        ahead of its own earlier WRITE_ONCE(*x, 1) (step 5), which is "
		"still in its store buffer\n"
		"     2  P1  WRITE_ONCE(*y, 1)   writes y = 1, over the initial 0\n"
		"     3  P1  smp_memb()          begins, and returns\n"
		"     4  P1  r0 = READ_ONCE(*x)  reads x = 0, the initial value\n"
		"     5  P0  WRITE_ONCE(*x, 1)   writes x = 1, over the initial 0\n"
		"    in the end 0:r0=0; 1:r0=0;\n"
		"    so 0:r0=0 /\\ 1:r0=0 holds\n"));
}

/* The model keeps both in order, and so one store does not reach the other thread. */
static void a_store_that_has_not_arrived_is_missed(void **state)
{
	(void)state;
	add_edge(&witness.order, WX, RY);
	add_edge(&witness.order, WY, RX);
	tell();
	assert_null(strstr(said, "ahead of"));
	assert_non_null(strstr(said, " is done already: it has not reached P"));
}

static void the_fence_of_another_thread_is_told(void **state)
{
	rcs_set before, behind;

	(void)state;
	/* Its own accesses around the call, and those of P0 around the cut. */
	add_edge(&witness.strong, WX, RX);
	add_edge(&witness.strong, WY, RY);
	assert_true(rcs_sequence_cut(&witness, ENTRY, 0, &before, &behind));
	assert_int_equal(before, rcs_one(WX));
	assert_int_equal(behind, rcs_one(RY));
	tell();
	assert_non_null(strstr(said, "P0's fence for it falls after WRITE_ONCE(*x, 1) "
				     "(step "));
	assert_non_null(strstr(said, ") and before r0 = READ_ONCE(*y) (step "));
}

static void a_graph_has_nodes_and_edges(void **state)
{
	FILE *out = fmemopen(said, sizeof(said), "w");

	(void)state;
	assert_non_null(out);
	memset(said, 0, sizeof(said));
	add_edge(&witness.strong, WX, RX);
	rcs_graph_print(test, RCS_MODEL_TSO, &witness, out);
	(void)fclose(out);
	assert_int_equal(strncmp(said, "digraph \"test\" {\n", 17), 0);
	assert_non_null(strstr(said, "label=\"test, tso: 0:r0=0 /\\\\ 1:r0=0\""));
	assert_non_null(strstr(said, "\te1 [label=\"r0 = READ_ONCE(*y)\\nR y = 0\"];"));
	assert_non_null(strstr(said, "\te3 [label=\"smp_memb()\\nbegins\"];"));
	assert_non_null(strstr(said, "label=\"init\\ny = 0\""));
	assert_non_null(strstr(said, "e0 -> e1 [label=\"po\", color=black]"));
	assert_non_null(strstr(said, "e1 -> e2 [label=\"fr\", color=orange"));
	assert_non_null(strstr(said, "init0 -> e5 [label=\"rf\", color=red"));
	assert_non_null(strstr(said, "e0 -> e5 [label=\"memb\", color=purple"));
	/* Program order is told step by step. */
	assert_null(strstr(said, "e2 -> e5"));
	assert_string_equal(said + strlen(said) - 3, "\n}\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_line_says_whether_it_is_as_expected),
		TEST(other_barriers_have_other_expectations),
		TEST(what_was_given_up_is_not_never),
		TEST(quiet_is_quiet_unless_something_is_amiss),
		TEST(states_have_their_models),
		TEST(the_last_line_adds_up),
		TEST(a_store_is_overtaken),
		TEST(a_store_that_has_not_arrived_is_missed),
		TEST(the_fence_of_another_thread_is_told),
		TEST(a_graph_has_nodes_and_edges),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
