/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the prover says beside its answers: where it gives up, what it refuses, which
 * executions it drops, what it hands over. Asked of the kernel's model.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "litmus/parse.h"
#include "model/prove.h"

#define LKMM (1U << RCS_MODEL_LKMM)

#define SB(between)                                                                    \
	"C a\n{}\n"                                                                    \
	"P0(int *x, int *y)\n"                                                         \
	"{ WRITE_ONCE(*x, 1); " between "r0 = READ_ONCE(*y); }\n"                      \
	"P1(int *x, int *y)\n"                                                         \
	"{ WRITE_ONCE(*y, 1); " between "r0 = READ_ONCE(*x); }\n"
#define HIT "(0:r0=0 /\\ 1:r0=0)\n"

static struct rcs_litmus *parse(const char *text)
{
	struct rcs_error e = {0};
	struct rcs_litmus *test = rcs_litmus_parse("a", text, strlen(text), &e);

	if (test == NULL)
		fail_msg("%s", e.text);
	return test;
}

static struct rcs_proof prove_with(const char *text, struct rcs_prove_options options)
{
	struct rcs_litmus *test = parse(text);
	struct rcs_error e = {0};
	struct rcs_proof proof;

	options.models = LKMM;
	if (rcs_prove(test, &options, &proof, &e) != 0)
		fail_msg("%s", e.text);
	rcs_litmus_free(test);
	return proof;
}

static struct rcs_proof prove(const char *text)
{
	return prove_with(text, (struct rcs_prove_options){.barrier = RCS_PROVE_IDEAL});
}

static enum rcs_answer answer_to(const char *text)
{
	struct rcs_proof proof = prove(text);
	enum rcs_answer answer = proof.model[RCS_MODEL_LKMM].answer;

	rcs_proof_release(&proof);
	return answer;
}

/* The answer is whether the condition can hold; what is wanted is another matter. */
static void quantifiers(void **state)
{
	struct rcs_litmus *exists = parse(SB("") "exists " HIT);
	struct rcs_litmus *none = parse(SB("") "~exists " HIT);
	struct rcs_litmus *all = parse(SB("") "forall " HIT);

	(void)state;
	assert_int_equal(answer_to(SB("smp_mb(); ") "exists " HIT), RCS_NEVER);
	assert_int_equal(answer_to(SB("") "exists " HIT), RCS_SOMETIMES);
	assert_int_equal(answer_to(SB("smp_mb(); ") "~exists " HIT), RCS_NEVER);
	assert_int_equal(answer_to(SB("") "~exists " HIT), RCS_SOMETIMES);
	assert_int_equal(answer_to(SB("smp_mb(); ") "forall " HIT), RCS_NEVER);
	assert_int_equal(answer_to(SB("") "forall " HIT), RCS_SOMETIMES);
	assert_int_equal(answer_to(SB("smp_mb(); ") "forall (~" HIT ")"), RCS_ALWAYS);
	assert_int_equal(answer_to(SB("smp_mb(); ") "exists (~" HIT ")"), RCS_ALWAYS);

	assert_true(rcs_answer_forbids(exists, RCS_NEVER));
	assert_false(rcs_answer_forbids(exists, RCS_ALWAYS));
	assert_true(rcs_answer_forbids(none, RCS_NEVER));
	assert_false(rcs_answer_forbids(none, RCS_ALWAYS));
	assert_true(rcs_answer_forbids(all, RCS_ALWAYS));
	assert_false(rcs_answer_forbids(all, RCS_NEVER));
	assert_false(rcs_answer_forbids(all, RCS_SOMETIMES));
	assert_false(rcs_answer_forbids(exists, RCS_SOMETIMES));
	assert_false(rcs_answer_forbids(exists, RCS_ANSWER_UNKNOWN));
	assert_false(rcs_answer_forbids(all, RCS_ANSWER_UNKNOWN));
	rcs_litmus_free(exists);
	rcs_litmus_free(none);
	rcs_litmus_free(all);
}

static void filters(void **state)
{
	struct rcs_proof proof = prove(SB("") "filter (0:r0=0)\nexists (1:r0=0)\n");

	(void)state;
	assert_int_equal(proof.model[RCS_MODEL_LKMM].answer, RCS_SOMETIMES);
	assert_int_equal(proof.candidates, 4);
	assert_int_equal(proof.filtered, 2);
	assert_int_equal(proof.model[RCS_MODEL_LKMM].allowed, 2);
	assert_false(proof.deadlock);
	rcs_proof_release(&proof);

	/* It comes first: with what it drops, a model has nothing to do. */
	proof = prove(SB("smp_mb(); ") "filter (0:r0=0)\nexists (1:r0=1)\n");
	assert_int_equal(proof.model[RCS_MODEL_LKMM].answer, RCS_ALWAYS);
	assert_int_equal(proof.filtered, 2);
	rcs_proof_release(&proof);

	proof = prove(SB("") "filter (0:r0=7)\nexists (1:r0=0)\n");
	assert_int_equal(proof.model[RCS_MODEL_LKMM].answer, RCS_NEVER);
	assert_int_equal(proof.filtered, 4);
	assert_int_equal(proof.states, 0);
	assert_true(proof.deadlock);
	assert_false(proof.gave_up);
	rcs_proof_release(&proof);

	/* All that is left is forbidden. */
	proof = prove(SB("smp_mb(); ") "filter " HIT "exists (0:r0=0)\n");
	assert_int_equal(proof.model[RCS_MODEL_LKMM].answer, RCS_NEVER);
	assert_true(proof.deadlock);
	rcs_proof_release(&proof);
}

static void final_states(void **state)
{
	struct rcs_proof proof = prove(SB("smp_mb(); ") "locations [x;]\nexists " HIT);

	(void)state;
	assert_int_equal(proof.columns, 3);
	assert_int_equal(proof.states, 3);
	assert_int_equal(proof.model[RCS_MODEL_LKMM].states, 3);
	for (int i = 0; i < proof.states; i++) {
		assert_false(proof.state[i].target);
		assert_int_equal(proof.state[i].allowed, LKMM);
	}
	rcs_proof_release(&proof);

	proof = prove(SB("") "exists " HIT);
	assert_int_equal(proof.states, 4);
	assert_true(proof.state[0].target); /* 0 0 comes first */
	assert_false(proof.state[1].target);
	assert_false(proof.state[2].target);
	assert_false(proof.state[3].target);
	rcs_proof_release(&proof);
}

/* With fewer executions than there are, nothing is said of what was not seen. */
static void executions(void **state)
{
	const char *never = SB("smp_mb(); ") "exists " HIT;
	const char *sometimes = SB("") "exists " HIT;
	const char *always = SB("") "exists (true)\n";
	int told = 0;

	(void)state;
	for (uint64_t n = 1; n < 4; n++) {
		const struct rcs_prove_options options = {.executions = n};
		struct rcs_proof proof = prove_with(never, options);

		assert_true(proof.gave_up);
		assert_int_equal(proof.model[RCS_MODEL_LKMM].answer,
				 RCS_ANSWER_UNKNOWN);
		assert_int_equal(proof.candidates, n);
		assert_false(proof.deadlock);
		assert_non_null(strstr(proof.why, "gave up after"));
		assert_non_null(strstr(proof.why, n == 1 ? "1 candidate execution"
							 : "candidate executions"));
		rcs_proof_release(&proof);

		proof = prove_with(always, options);
		assert_true(proof.gave_up);
		assert_int_equal(proof.model[RCS_MODEL_LKMM].answer,
				 RCS_ANSWER_UNKNOWN);
		rcs_proof_release(&proof);

		proof = prove_with(sometimes, options);
		assert_true(proof.gave_up);
		if (proof.model[RCS_MODEL_LKMM].answer == RCS_SOMETIMES)
			told++;
		else
			assert_int_equal(proof.model[RCS_MODEL_LKMM].answer,
					 RCS_ANSWER_UNKNOWN);
		/* One execution cannot be both. */
		assert_true(n > 1 || told == 0);
		rcs_proof_release(&proof);
	}
	/* Of three, one hits or one does not. */
	assert_true(told > 0);
	for (uint64_t n = 4; n < 6; n++) {
		const struct rcs_prove_options options = {.executions = n};
		struct rcs_proof proof = prove_with(never, options);

		assert_false(proof.gave_up);
		assert_string_equal(proof.why, "");
		assert_int_equal(proof.model[RCS_MODEL_LKMM].answer, RCS_NEVER);
		rcs_proof_release(&proof);
	}
}

/* The text of so many threads, of so many statements each. */
static void repeat(char *text, size_t size, int threads, int times,
		   const char *statement, const char *target)
{
	size_t at = (size_t)snprintf(text, size, "C a\n{}\n");

	for (int t = 0; t < threads; t++) {
		at += (size_t)snprintf(text + at, size - at,
				       "P%d(int *x, atomic_t *a)\n{\n", t);
		for (int i = 0; i < times; i++)
			at += (size_t)snprintf(text + at, size - at, "%s;\n",
					       statement);
		at += (size_t)snprintf(text + at, size - at, "}\n");
	}
	at += (size_t)snprintf(text + at, size - at, "exists (%s)\n", target);
	assert_true(at < size);
}

static void time_is_up(void **state)
{
	const struct rcs_prove_options tiny = {.seconds = 1e-9};
	const struct rcs_prove_options some = {.seconds = 0.1};
	struct rcs_proof proof;
	char text[4096];

	(void)state;
	repeat(text, sizeof(text), 3, 3, "WRITE_ONCE(*x, 1)", "x=2");
	proof = prove_with(text, tiny);
	assert_true(proof.gave_up);
	assert_int_equal(proof.model[RCS_MODEL_LKMM].answer, RCS_ANSWER_UNKNOWN);
	assert_non_null(strstr(proof.why, "gave up after"));
	assert_true(proof.seconds > 0);
	assert_false(proof.deadlock);
	rcs_proof_release(&proof);

	/* 20 writes in any order. */
	repeat(text, sizeof(text), 4, 5, "WRITE_ONCE(*x, 1)", "x=2");
	proof = prove_with(text, some);
	assert_true(proof.gave_up);
	assert_int_equal(proof.model[RCS_MODEL_LKMM].answer, RCS_ANSWER_UNKNOWN);
	assert_true(proof.candidates > 0);
	assert_true(proof.seconds >= 0.1);
	assert_true(proof.seconds < 10);
	rcs_proof_release(&proof);

	/* Few enough ways to begin with, too many to go through. */
	repeat(text, sizeof(text), 4, 3, "atomic_inc(a)", "a=11");
	proof = prove_with(text, some);
	assert_true(proof.gave_up);
	assert_int_equal(proof.model[RCS_MODEL_LKMM].answer, RCS_ANSWER_UNKNOWN);
	assert_true(proof.seconds < 10);
	rcs_proof_release(&proof);

	/* 13 writes in any order, and a read of what was overwritten in all of them. */
	repeat(text, sizeof(text), 12, 1, "WRITE_ONCE(*x, 1)", "x=2");
	(void)snprintf(strstr(text, "exists"), 200, "%s",
		       "P12(int *x, int *y) { WRITE_ONCE(*x, 2); r0 = READ_ONCE(*x);\n"
		       "if (r0 == 0) WRITE_ONCE(*y, 1); }\n"
		       "exists (y=1)\n");
	proof = prove_with(text, some);
	assert_true(proof.gave_up);
	assert_int_equal(proof.model[RCS_MODEL_LKMM].answer, RCS_ANSWER_UNKNOWN);
	assert_true(proof.seconds < 10);
	rcs_proof_release(&proof);
}

/* So many sections, each of which can only be passed over, do not multiply. */
static void empty_sections(void **state)
{
	static const char *const targets[] = {
		"P12(int *x, int *y) { WRITE_ONCE(*x, 1); synchronize_rcu();\n"
		"r0 = READ_ONCE(*y); }\n"
		"P13(int *x, int *y) { rcu_read_lock(); WRITE_ONCE(*y, 1);\n"
		"r0 = READ_ONCE(*x); rcu_read_unlock(); }\n"
		"exists (12:r0=0 /\\ 13:r0=0)\n",
		"P12() { rcu_read_lock(); synchronize_rcu(); rcu_read_unlock(); }\n"
		"exists (true)\n",
	};
	const struct rcs_prove_options options = {.models = 1U << RCS_MODEL_TSO,
						  .seconds = 10};
	struct rcs_proof proof;
	struct rcs_error e = {0};
	char text[4096];

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct rcs_litmus *test;

		repeat(text, sizeof(text), 12, 2, "rcu_read_lock(); rcu_read_unlock()",
		       "x=2");
		(void)snprintf(strstr(text, "exists"), 400, "%s", targets[i]);
		test = parse(text);
		assert_int_equal(rcs_prove(test, &options, &proof, &e), 0);
		assert_false(proof.gave_up);
		assert_int_equal(proof.model[RCS_MODEL_TSO].answer, RCS_NEVER);
		assert_int_equal(proof.deadlock, i == 1);
		rcs_proof_release(&proof);
		rcs_litmus_free(test);
	}
}

/* 15 cuts of four places each and more: what cannot be is not tried in all ways. */
static void many_cuts(void **state)
{
	const struct rcs_prove_options options = {.seconds = 10};
	struct rcs_proof proof = prove_with(
		"C a\n{}\n"
		"P0(int *x, int *y) { WRITE_ONCE(*x, 1); r0 = READ_ONCE(*y); }\n"
		"P1(int *y, int *z) { WRITE_ONCE(*y, 2); smp_memb();\n"
		"r0 = READ_ONCE(*z); smp_memb(); }\n"
		"P2(int *z, int *w) { WRITE_ONCE(*z, 3); r0 = READ_ONCE(*w);\n"
		"WRITE_ONCE(*w, 3); smp_memb(); }\n"
		"P3(int *w, int *x, int *z) { r0 = READ_ONCE(*w); r1 = READ_ONCE(*x);\n"
		"smp_memb(); r2 = READ_ONCE(*z); smp_memb(); }\n"
		"exists (0:r0=0 /\\ 1:r0=0 /\\ 2:r0=0 /\\ 3:r0=0 /\\ 3:r1=0 /\\ "
		"3:r2=0)\n",
		options);

	(void)state;
	assert_false(proof.gave_up);
	assert_int_equal(proof.model[RCS_MODEL_LKMM].answer, RCS_SOMETIMES);
	assert_int_equal(proof.model[RCS_MODEL_LKMM].allowed, 24);
	rcs_proof_release(&proof);
}

/* More states than are kept, of which the first that is the target is one too many: it
 * is told, without its state. */
static void too_many_states(void **state)
{
	const struct rcs_prove_options options = {.models = 1U << RCS_MODEL_ARMV8,
						  .witness = true};
	const struct rcs_answers *a;
	struct rcs_litmus *test;
	struct rcs_proof proof;
	struct rcs_error e = {0};
	char text[4096];
	size_t at = (size_t)snprintf(text, sizeof(text), "C a\n{}\n");

	(void)state;
	for (int t = 0; t < 4; t++) {
		at += (size_t)snprintf(text + at, sizeof(text) - at, "P%d(", t);
		for (int i = 0; i < 17; i++)
			at += (size_t)snprintf(text + at, sizeof(text) - at,
					       i > 0 ? ", int *a%d" : "int *a%d", i);
		at += (size_t)snprintf(text + at, sizeof(text) - at, ") {\n");
		for (int i = 0; i < 17; i++) {
			if (t < 2 && t == i / 9)
				at += (size_t)snprintf(text + at, sizeof(text) - at,
						       "r%d = READ_ONCE(*a%d);\n", i,
						       i);
			else if (t == 2 || (t == 3 && i == 0))
				at += (size_t)snprintf(text + at, sizeof(text) - at,
						       "WRITE_ONCE(*a%d, %d);\n", i,
						       t - 1);
		}
		at += (size_t)snprintf(text + at, sizeof(text) - at, "}\n");
	}
	at += (size_t)snprintf(text + at, sizeof(text) - at, "locations [");
	for (int i = 0; i < 17; i++)
		at += (size_t)snprintf(text + at, sizeof(text) - at, "%d:r%d; ", i / 9,
				       i);
	(void)snprintf(text + at, sizeof(text) - at, "a0;]\nexists (0:r0=2)\n");
	test = parse(text);
	assert_int_equal(rcs_prove(test, &options, &proof, &e), 0);
	a = &proof.model[RCS_MODEL_ARMV8];
	assert_true(proof.gave_up);
	assert_non_null(strstr(proof.why, "too many final states"));
	assert_int_equal(a->answer, RCS_SOMETIMES);
	assert_int_equal(a->with_target, 1);
	assert_non_null(a->witness);
	assert_null(a->witness->state);
	rcs_proof_release(&proof);
	rcs_litmus_free(test);
}

/* Each reads what any number of the others may have left; without a limit as well,
 * there is an end. */
static void counters(void **state)
{
	struct rcs_proof proof;
	char text[4096];

	(void)state;
	repeat(text, sizeof(text), 2, 2, "atomic_inc(a)", "a=4");
	proof = prove(text);
	assert_false(proof.gave_up);
	assert_int_equal(proof.model[RCS_MODEL_LKMM].answer, RCS_ALWAYS);
	assert_int_equal(proof.model[RCS_MODEL_LKMM].allowed, 6);
	rcs_proof_release(&proof);

	repeat(text, sizeof(text), 3, 1, "atomic_inc(a)", "a=3");
	proof = prove(text);
	assert_int_equal(proof.model[RCS_MODEL_LKMM].answer, RCS_ALWAYS);
	assert_int_equal(proof.model[RCS_MODEL_LKMM].allowed, 6);
	rcs_proof_release(&proof);

	/* One by itself finds nothing but what it has stored. */
	repeat(text, sizeof(text), 1, 20, "atomic_inc(a)", "a=20");
	proof = prove(text);
	assert_false(proof.gave_up);
	assert_int_equal(proof.model[RCS_MODEL_LKMM].answer, RCS_ALWAYS);
	assert_int_equal(proof.model[RCS_MODEL_LKMM].allowed, 1);
	rcs_proof_release(&proof);

	repeat(text, sizeof(text), 4, 4, "atomic_inc(a)", "a=15");
	proof = prove(text);
	assert_true(proof.gave_up);
	assert_int_equal(proof.model[RCS_MODEL_LKMM].answer, RCS_ANSWER_UNKNOWN);
	assert_non_null(strstr(proof.why, "gave up: too many ways"));
	assert_false(proof.deadlock);
	rcs_proof_release(&proof);
}

static void refused(const char *text, const char *because)
{
	const struct rcs_prove_options options = {.models = LKMM};
	struct rcs_litmus *test = parse(text);
	struct rcs_error e = {0};
	struct rcs_proof proof;

	assert_int_equal(rcs_prove(test, &options, &proof, &e), -1);
	assert_int_equal(e.kind, RCS_ERROR_USAGE);
	assert_non_null(strstr(e.text, "64 events"));
	if (strstr(e.text, because) == NULL)
		fail_msg("%s", e.text);
	rcs_litmus_free(test);
}

static void too_long(void **state)
{
	struct rcs_proof proof;
	char text[4096];

	(void)state;
	repeat(text, sizeof(text), 1, RCS_EVENTS, "WRITE_ONCE(*x, 1)", "x=1");
	proof = prove(text);
	assert_int_equal(proof.model[RCS_MODEL_LKMM].answer, RCS_ALWAYS);
	rcs_proof_release(&proof);
	repeat(text, sizeof(text), 1, RCS_EVENTS + 1, "WRITE_ONCE(*x, 1)", "x=1");
	refused(text, "one thread alone");

	repeat(text, sizeof(text), 2, RCS_EVENTS / 2, "smp_mb()", "x=0");
	proof = prove(text);
	assert_int_equal(proof.model[RCS_MODEL_LKMM].answer, RCS_ALWAYS);
	rcs_proof_release(&proof);
	repeat(text, sizeof(text), 2, RCS_EVENTS / 2 + 1, "smp_mb()", "x=0");
	refused(text, "in one execution");
}

/* Null pointers that are followed: dropped, and told of. */
static void strays(void **state)
{
	struct rcs_proof proof =
		prove("C a\n{ int *p; }\n"
		      "P0(int **p) { r0 = READ_ONCE(*p); r1 = READ_ONCE(*r0); }\n"
		      "P1(int *x, int **p) { WRITE_ONCE(*p, x); }\n"
		      "exists (0:r0=x)\n");

	(void)state;
	assert_true(proof.strayed);
	assert_false(proof.gave_up);
	assert_int_equal(proof.model[RCS_MODEL_LKMM].answer, RCS_ALWAYS);
	assert_int_equal(proof.model[RCS_MODEL_LKMM].allowed, 1);
	rcs_proof_release(&proof);

	proof = prove("C a\n{ int *p; }\n"
		      "P0(int **p) { r0 = READ_ONCE(*p); "
		      "if (r0) { r1 = READ_ONCE(*r0); } }\n"
		      "P1(int *x, int **p) { WRITE_ONCE(*p, x); }\n"
		      "exists (0:r0=x)\n");
	assert_false(proof.strayed);
	assert_int_equal(proof.model[RCS_MODEL_LKMM].answer, RCS_SOMETIMES);
	assert_int_equal(proof.model[RCS_MODEL_LKMM].allowed, 2);
	rcs_proof_release(&proof);

	/* Not where a thread finds what it has stored itself. */
	proof = prove("C a\n{ int *p = z; }\n"
		      "P0(int *x, int **p) { WRITE_ONCE(*x, 1); smp_mb();\n"
		      "  WRITE_ONCE(*p, x); }\n"
		      "P1(int **p, int **q) { r0 = READ_ONCE(*p); WRITE_ONCE(*q, r0);\n"
		      "  r1 = READ_ONCE(*q); r2 = READ_ONCE(*r1); }\n"
		      "exists (1:r0=x /\\ 1:r2=0)\n");
	assert_int_equal(proof.model[RCS_MODEL_LKMM].answer, RCS_NEVER);
	assert_int_equal(proof.model[RCS_MODEL_LKMM].allowed, 2);
	assert_false(proof.deadlock);
	rcs_proof_release(&proof);

	/* All of them: nothing is left. */
	proof = prove("C a\n{ int *p; }\n"
		      "P0(int **p) { r0 = READ_ONCE(*p); r1 = READ_ONCE(*r0); }\n"
		      "exists (0:r1=0)\n");
	assert_true(proof.strayed);
	assert_int_equal(proof.model[RCS_MODEL_LKMM].answer, RCS_NEVER);
	assert_true(proof.deadlock);
	rcs_proof_release(&proof);
}

/* The only event of that kind of that thread. */
static int event_of(const struct rcs_skeleton *s, int thread, rcs_set set)
{
	rcs_set own = s->of_thread[thread] & set;

	assert_int_equal(__builtin_popcountll(own), 1);
	return __builtin_ctzll(own);
}

static void witnesses(void **state)
{
	const struct rcs_prove_options options = {.witness = true};
	struct rcs_proof proof = prove_with(SB("") "exists " HIT, options);
	const struct rcs_proof_witness *w = proof.model[RCS_MODEL_LKMM].witness;
	int read[2], write[2];

	(void)state;
	assert_non_null(w);
	assert_ptr_equal(w->execution.skeleton, &w->skeleton);
	assert_int_equal(w->skeleton.events, 4);
	for (int t = 0; t < 2; t++) {
		read[t] = event_of(&w->skeleton, t, w->skeleton.reads);
		write[t] = event_of(&w->skeleton, t, w->skeleton.writes);
		assert_int_equal(w->execution.source[read[t]], -1);
		assert_int_equal(w->execution.value[read[t]].number, 0);
		assert_int_equal(w->execution.value[write[t]].number, 1);
	}
	for (int t = 0; t < 2; t++)
		assert_true(rcs_in(write[1 - t], w->execution.fr.row[read[t]]));
	assert_true(rel_is_empty(w->execution.rf));
	assert_true(rel_is_empty(w->strong));
	assert_true(rel_acyclic(w->order));
	assert_int_equal(w->flags, 0);
	rcs_proof_release(&proof);
	assert_null(proof.model[RCS_MODEL_LKMM].witness);

	/* There is none of what cannot be, and none when none is asked for. */
	proof = prove_with(SB("smp_mb(); ") "exists " HIT, options);
	assert_null(proof.model[RCS_MODEL_LKMM].witness);
	rcs_proof_release(&proof);
	proof = prove(SB("") "exists " HIT);
	assert_null(proof.model[RCS_MODEL_LKMM].witness);
	rcs_proof_release(&proof);
}

/* Of forall, it is one that is otherwise. */
static void witness_of_forall(void **state)
{
	const struct rcs_prove_options options = {.witness = true};
	struct rcs_proof proof = prove_with(SB("") "forall (~" HIT ")", options);
	const struct rcs_proof_witness *w = proof.model[RCS_MODEL_LKMM].witness;
	int r;

	(void)state;
	assert_non_null(w);
	RCS_EACH(r, w->skeleton.reads)
	assert_int_equal(w->execution.source[r], -1);
	rcs_proof_release(&proof);

	proof = prove_with(SB("smp_mb(); ") "forall (~" HIT ")", options);
	assert_int_equal(proof.model[RCS_MODEL_LKMM].answer, RCS_ALWAYS);
	assert_null(proof.model[RCS_MODEL_LKMM].witness);
	rcs_proof_release(&proof);
}

/* What is ordered stands in the witness's order, as do the cuts that were chosen. */
static void witness_has_an_order(void **state)
{
	const struct rcs_prove_options options = {.witness = true};
	struct rcs_proof proof =
		prove_with("C a\n{}\n"
			   "P0(int *x, int *y) { WRITE_ONCE(*x, 1); "
			   "smp_store_release(y, 1); }\n"
			   "P1(int *x, int *y) { r0 = smp_load_acquire(y); "
			   "r1 = READ_ONCE(*x); }\n"
			   "exists (1:r0=1)\n",
			   options);
	const struct rcs_proof_witness *w = proof.model[RCS_MODEL_LKMM].witness;
	struct rcs_relation order;

	(void)state;
	assert_non_null(w);
	assert_int_equal(w->skeleton.events, 4);
	order = rel_plus(w->order);
	for (int i = 0; i < 3; i++)
		assert_true(rcs_in(i + 1, order.row[i]));
	assert_int_equal(w->execution.source[2], 1);
	assert_int_equal(w->execution.source[3], 0);
	rcs_proof_release(&proof);

	proof = prove_with("C a\n{}\n"
			   "P0(int *x, int *y) { WRITE_ONCE(*x, 1); barrier(); "
			   "r0 = READ_ONCE(*y); }\n"
			   "P1(int *x, int *y) { WRITE_ONCE(*y, 1); smp_memb(); "
			   "r0 = READ_ONCE(*x); }\n"
			   "exists (0:r0=0)\n",
			   options);
	w = proof.model[RCS_MODEL_LKMM].witness;
	assert_non_null(w);
	/* The cut is behind the load: the store comes before the other's load. */
	assert_true(
		rcs_in(event_of(&w->skeleton, 1, w->skeleton.reads),
		       w->strong.row[event_of(&w->skeleton, 0, w->skeleton.writes)]));
	assert_true(rel_acyclic(w->order));
	rcs_proof_release(&proof);

	proof = prove_with("C a\n{}\nP0(int *x) { *x = 1; }\n"
			   "P1(int *x) { r0 = *x; }\nexists (1:r0=1)\n",
			   options);
	w = proof.model[RCS_MODEL_LKMM].witness;
	assert_non_null(w);
	assert_int_equal(w->flags, RCS_FLAG_DATA_RACE);
	rcs_proof_release(&proof);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quantifiers),
		cmocka_unit_test(filters),
		cmocka_unit_test(final_states),
		cmocka_unit_test(executions),
		cmocka_unit_test(time_is_up),
		cmocka_unit_test(empty_sections),
		cmocka_unit_test(many_cuts),
		cmocka_unit_test(too_many_states),
		cmocka_unit_test(counters),
		cmocka_unit_test(too_long),
		cmocka_unit_test(strays),
		cmocka_unit_test(witnesses),
		cmocka_unit_test(witness_of_forall),
		cmocka_unit_test(witness_has_an_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
