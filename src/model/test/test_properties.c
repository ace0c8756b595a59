/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What must hold of the prover's answers to any test, asked of random ones: of models
 * against each other, against machines, and of tests against what they are changed to.
 *
 * What fails says its seed and its text. RCS_TEST_SEEDS=100 takes a hundred times as
 * many seeds, RCS_TEST_ONE_IN=10 a tenth of them, RCS_TEST_FIRST=n begins with another
 * one, and RCS_TEST_ACCESSES=11 draws larger tests.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "litmus/parse.h"
#include "model/prove.h"
#include "model/test/machine.h"
#include "model/test/random_test.h"

#define MODEL(m) (1u << (m))
#define HARDWARE                                                                       \
	(MODEL(RCS_MODEL_SC) | MODEL(RCS_MODEL_TSO) | MODEL(RCS_MODEL_ARMV8) |         \
	 MODEL(RCS_MODEL_RISCV) | MODEL(RCS_MODEL_POWER))
#define ALL_MODELS (MODEL(RCS_MODELS) - 1)

#define ACCESSES       number_in("RCS_TEST_ACCESSES", 8)
#define CANDIDATES_MAX 20000
#define BARRIERS       4

/* From the strongest on. */
static const enum rcs_prove_barrier barriers[BARRIERS] = {
	RCS_PROVE_IDEAL, RCS_PROVE_LOCAL, RCS_PROVE_NONE, RCS_PROVE_STRIPPED};
static const char *const barrier_names[BARRIERS] = {[RCS_PROVE_IDEAL] = "ideal",
						    [RCS_PROVE_NONE] = "none",
						    [RCS_PROVE_LOCAL] = "local",
						    [RCS_PROVE_STRIPPED] = "stripped"};

/* ---- questions */

/* A test with its answers. */
struct question {
	struct random_test drawn;
	char text[RANDOM_TEXT_SIZE];
	struct rcs_litmus *test;
	struct rcs_proof proof;
	bool known; /* the prover did not give up */
};

/* The test that is asked about, and one made of it. Static, for their size. */
static struct question asked, changed;

static struct rcs_litmus *parsed(const char *text)
{
	struct rcs_error e = {.kind = RCS_ERROR_NONE};
	struct rcs_litmus *test = rcs_litmus_parse("t", text, strlen(text), &e);

	if (test == NULL) {
		(void)fprintf(stderr, "%s\n", text);
		fail_msg("%s", e.text);
	}
	return test;
}

static void ask(struct question *q, unsigned int models, enum rcs_prove_barrier barrier)
{
	const struct rcs_prove_options options = {
		.models = models, .barrier = barrier, .executions = CANDIDATES_MAX};
	struct rcs_error e = {.kind = RCS_ERROR_NONE};

	if (q->test == NULL) {
		random_test_print(&q->drawn, q->text);
		q->test = parsed(q->text);
	}
	if (rcs_prove(q->test, &options, &q->proof, &e) != 0) {
		(void)fprintf(stderr, "%s\n", q->text);
		fail_msg("%s", e.text);
	}
	q->known = !q->proof.gave_up;
}

/* It may be asked again, with another barrier. */
static void forget(struct question *q)
{
	rcs_proof_release(&q->proof);
	memset(&q->proof, 0, sizeof(q->proof));
}

static void release(struct question *q)
{
	forget(q);
	rcs_litmus_free(q->test);
	q->test = NULL;
}

static void print_state(const struct question *q, const struct rcs_litmus_value *value)
{
	for (int i = 0; i < q->proof.columns; i++) {
		struct rcs_state_column c = q->proof.column[i];

		if (c.thread != RCS_NONE)
			(void)fprintf(stderr, "%d:%s=", c.thread,
				      q->test->thread[c.thread].reg[c.index].name);
		else
			(void)fprintf(stderr, "%s=", q->test->location[c.index].name);
		if (value[i].is_address)
			(void)fprintf(stderr, "%s ",
				      q->test->location[value[i].number].name);
		else
			(void)fprintf(stderr, "%lld ", (long long)value[i].number);
	}
	(void)fprintf(stderr, "\n");
}

/* Of a state that should not be, or not be missing. */
#define WRONG(question, value, ...)                                                    \
	do {                                                                           \
		(void)fprintf(stderr, "%s\n", (question)->text);                       \
		print_state((question), (value));                                      \
		(void)fprintf(stderr, __VA_ARGS__);                                    \
		(void)fprintf(stderr, "\n");                                           \
		fail();                                                                \
	} while (0)

static const struct rcs_state *find(const struct rcs_proof *proof,
				    const struct rcs_litmus_value *value)
{
	for (int i = 0; i < proof->states; i++) {
		const struct rcs_litmus_value *v = proof->state[i].value;
		int same = 0;

		while (same < proof->columns &&
		       v[same].is_address == value[same].is_address &&
		       v[same].number == value[same].number)
			same++;
		if (same == proof->columns)
			return &proof->state[i];
	}
	return NULL;
}

/* What each model allows of `few`, it allows of `many`. */
static void assert_within(const struct question *few, const struct question *many,
			  const char *what)
{
	assert_int_equal(few->proof.columns, many->proof.columns);
	for (int i = 0; i < few->proof.states; i++) {
		const struct rcs_state *s = &few->proof.state[i];
		const struct rcs_state *other = find(&many->proof, s->value);
		unsigned int missing =
			s->allowed & ~(other == NULL ? 0 : other->allowed);

		if (missing != 0)
			WRONG(few, s->value, "%s: new in %s; before it was\n%s", what,
			      rcs_model_names[__builtin_ctz(missing)], many->text);
	}
}

/* ---- seeds */

/* What one test is made of: too much at once, and hardly anything matters. */
static const unsigned int profiles[] = {
	RANDOM_MB | RANDOM_RMB | RANDOM_WMB | RANDOM_LIGHT,
	RANDOM_RMB | RANDOM_WMB,
	RANDOM_ACQUIRE | RANDOM_RELEASE | RANDOM_DATA,
	RANDOM_MEMB | RANDOM_LIGHT,
	RANDOM_DATA | RANDOM_ADDRESS | RANDOM_CONTROL | RANDOM_WMB | RANDOM_RELEASE,
	RANDOM_RMW | RANDOM_FAILING | RANDOM_MB | RANDOM_DATA | RANDOM_ATOMIC_FENCE,
	RANDOM_MEMB | RANDOM_MB | RANDOM_RMW | RANDOM_CONTROL | RANDOM_ACQUIRE,
	RANDOM_LOCK | RANDOM_TRYLOCK | RANDOM_ATOMIC_FENCE | RANDOM_RMB,
	RANDOM_RCU | RANDOM_MEMB,
	RANDOM_RCU | RANDOM_MB | RANDOM_DATA | RANDOM_ADDRESS,
	RANDOM_ALL,
};
#define PROFILES ((int)(sizeof(profiles) / sizeof(profiles[0])))

static int number_in(const char *variable, int otherwise)
{
	const char *text = getenv(variable);

	return text == NULL ? otherwise : atoi(text);
}

/*
 * `count` tests with something of `want`, if that is not 0, and nothing of `without`,
 * with all models asked. check() says whether it had something to say of it.
 */
static void for_tests(int count, unsigned int want, unsigned int without,
		      bool (*check)(struct question *q))
{
	struct question *q = &asked;
	int first = number_in("RCS_TEST_FIRST", 0), checked = 0, tests = 0;

	/* What was left by a property that failed. */
	release(&asked);
	release(&changed);
	count = count * number_in("RCS_TEST_SEEDS", 1) /
		number_in("RCS_TEST_ONE_IN", 1);
	for (int seed = first; tests < count; seed++) {
		unsigned int classes = profiles[seed % PROFILES] & ~without;

		if (want != 0 && (classes & want) == 0)
			continue;
		random_test_draw(&q->drawn, (uint64_t)seed, classes, ACCESSES);
		ask(q, ALL_MODELS, RCS_PROVE_IDEAL);
		if (q->known)
			checked += check(q);
		release(q);
		tests++;
	}
	/* Most of them, or the property is not tested. */
	if (checked * 3 < count)
		fail_msg("%d of %d tests checked", checked, count);
}

/* ---- models against each other */

static bool sc_is_within(struct question *q)
{
	const unsigned int sc = MODEL(RCS_MODEL_SC);

	for (int i = 0; i < q->proof.states; i++) {
		const struct rcs_state *s = &q->proof.state[i];

		if ((s->allowed & sc) != 0 && s->allowed != ALL_MODELS)
			WRONG(q, s->value, "allowed by sc, not by %s",
			      rcs_model_names[__builtin_ctz(~s->allowed)]);
	}
	return true;
}

static void every_model_allows_what_sc_does(void **state)
{
	(void)state;
	for_tests(300, 0, 0, sc_is_within);
}

/*
 * Where x86 orders less than others. On arm64 a load-acquire stays behind the
 * store-releases before it. On POWER an atomic_add_unless() is a full fence in front
 * even when it does not add; on x86 it has then only looked.
 */
static bool has_release_acquire(const struct random_thread *t)
{
	return (random_thread_has(t, "smp_store_release") ||
		random_thread_has(t, "rcu_assign_pointer") ||
		random_thread_has(t, "spin_unlock")) &&
	       random_thread_has(t, "smp_load_acquire");
}

static bool tso_is_within(struct question *q)
{
	unsigned int weaker = MODEL(RCS_MODEL_RISCV) | MODEL(RCS_MODEL_POWER) |
			      MODEL(RCS_MODEL_ARMV8);

	for (int t = 0; t < q->drawn.threads; t++) {
		if (has_release_acquire(&q->drawn.thread[t]))
			weaker &= ~MODEL(RCS_MODEL_ARMV8);
	}
	if (random_test_has(&q->drawn, "atomic_add_unless"))
		weaker &= ~MODEL(RCS_MODEL_POWER);
	for (int i = 0; i < q->proof.states; i++) {
		const struct rcs_state *s = &q->proof.state[i];

		if ((s->allowed & MODEL(RCS_MODEL_TSO)) != 0 &&
		    (s->allowed & weaker) != weaker)
			WRONG(q, s->value, "allowed by tso, not by %s",
			      rcs_model_names[__builtin_ctz(weaker & ~s->allowed)]);
	}
	return true;
}

static void other_machines_allow_what_tso_does(void **state)
{
	(void)state;
	for_tests(1000, 0, 0, tso_is_within);
}

static bool hardware_is_within(struct question *q)
{
	for (int i = 0; i < q->proof.states; i++) {
		const struct rcs_state *s = &q->proof.state[i];

		if ((s->allowed & HARDWARE) != 0 &&
		    (s->allowed & MODEL(RCS_MODEL_LKMM)) == 0)
			WRONG(q, s->value, "allowed by %s, not by lkmm",
			      rcs_model_names[__builtin_ctz(s->allowed & HARDWARE)]);
	}
	return true;
}

static void lkmm_allows_what_machines_do(void **state)
{
	(void)state;
	for_tests(1000, 0, RANDOM_PLAIN, hardware_is_within);
}

static enum rcs_answer answer(const char *text, enum rcs_model model)
{
	enum rcs_answer a;

	release(&asked);
	asked.test = parsed(text);
	ask(&asked, MODEL(model), RCS_PROVE_IDEAL);
	a = asked.proof.model[model].answer;
	release(&asked);
	return a;
}

static void armv8_and_power_differ_both_ways(void **state)
{
	/* POWER shows stores to some threads before others. */
	static const char iriw[] =
		"C IRIW+rmbs\n{}\n"
		"P0(int *x) { WRITE_ONCE(*x, 1); }\n"
		"P1(int *x, int *y) { int r0; int r1; r0 = READ_ONCE(*x); smp_rmb(); "
		"r1 = READ_ONCE(*y); }\n"
		"P2(int *y) { WRITE_ONCE(*y, 1); }\n"
		"P3(int *x, int *y) { int r0; int r1; r0 = READ_ONCE(*y); smp_rmb(); "
		"r1 = READ_ONCE(*x); }\n"
		"exists (1:r0=1 /\\ 1:r1=0 /\\ 3:r0=1 /\\ 3:r1=0)\n";
	/* Its smp_wmb() is lwsync and keeps loads as well; dmb ishst does not. */
	static const char lb[] =
		"C LB+wmbs\n{}\n"
		"P0(int *x, int *y) { int r0; r0 = READ_ONCE(*x); smp_wmb(); "
		"WRITE_ONCE(*y, 1); }\n"
		"P1(int *x, int *y) { int r0; r0 = READ_ONCE(*y); smp_wmb(); "
		"WRITE_ONCE(*x, 1); }\n"
		"exists (0:r0=1 /\\ 1:r0=1)\n";

	(void)state;
	assert_int_equal(answer(iriw, RCS_MODEL_POWER), RCS_SOMETIMES);
	assert_int_equal(answer(iriw, RCS_MODEL_ARMV8), RCS_NEVER);
	assert_int_equal(answer(lb, RCS_MODEL_POWER), RCS_NEVER);
	assert_int_equal(answer(lb, RCS_MODEL_ARMV8), RCS_SOMETIMES);
}

/* ---- models against machines */

static void assert_equal_to_machine(const struct question *q, enum machine_kind kind,
				    enum rcs_prove_barrier barrier)
{
	enum rcs_model model = kind == MACHINE_SC ? RCS_MODEL_SC : RCS_MODEL_TSO;
	const char *name = rcs_model_names[model];
	struct machine_finals f =
		machine_run(q->test, kind, barrier, q->proof.columns, q->proof.column);

	if (f.why_not != NULL) {
		(void)fprintf(stderr, "%s\n", q->text);
		fail_msg("the machine does not know: %s", f.why_not);
	}
	for (int i = 0; i < f.count; i++) {
		const struct rcs_litmus_value *value = &f.value[i * f.columns];
		const struct rcs_state *s = find(&q->proof, value);

		if (s == NULL || (s->allowed & MODEL(model)) == 0)
			WRONG(q, value,
			      "the machine comes to it, and %s forbids it; %s", name,
			      barrier_names[barrier]);
	}
	for (int i = 0; i < q->proof.states; i++) {
		const struct rcs_state *s = &q->proof.state[i];

		if ((s->allowed & MODEL(model)) != 0 && !machine_finds(&f, s->value))
			WRONG(q, s->value,
			      "%s allows it, and no machine comes to it; %s", name,
			      barrier_names[barrier]);
	}
	machine_release(&f);
}

static bool machines_agree(struct question *q)
{
	for (int b = 0; b < BARRIERS; b++) {
		forget(q);
		ask(q, MODEL(RCS_MODEL_SC) | MODEL(RCS_MODEL_TSO), barriers[b]);
		if (!q->known)
			return false;
		assert_equal_to_machine(q, MACHINE_SC, barriers[b]);
		assert_equal_to_machine(q, MACHINE_TSO, barriers[b]);
	}
	return true;
}

static void sc_and_tso_are_their_machines(void **state)
{
	(void)state;
	for_tests(600, 0, 0, machines_agree);
}

static void sc_and_tso_are_their_machines_with_calls(void **state)
{
	(void)state;
	for_tests(400, RANDOM_MEMB | RANDOM_RCU, 0, machines_agree);
}

/*
 * What random tests do not come to. P0 is cut between its second and its third access:
 * P1 wrote z before its call and overwrites w after it. So P0 has a fence there, which
 * P2 sees, with which it does store buffering.
 */
static void a_cut_is_a_fence_to_all(void **state)
{
	static const char text[] =
		"C t\n{}\n"
		"P0(int *x, int *y, int *z, int *w) { int r0; int r1; "
		"WRITE_ONCE(*x, 1); r0 = READ_ONCE(*z); WRITE_ONCE(*w, 1); "
		"r1 = READ_ONCE(*y); }\n"
		"P1(int *z, int *w) { int r0; WRITE_ONCE(*z, 1); smp_memb(); "
		"r0 = READ_ONCE(*w); }\n"
		"P2(int *x, int *y) { int r0; WRITE_ONCE(*y, 1); smp_mb(); "
		"r0 = READ_ONCE(*x); }\n"
		"exists (0:r0=0 /\\ 0:r1=0 /\\ 1:r0=0 /\\ 2:r0=0)\n";

	(void)state;
	release(&asked);
	asked.test = parsed(text);
	(void)snprintf(asked.text, sizeof(asked.text), "%s", text);
	for (int b = 0; b < BARRIERS; b++) {
		ask(&asked, ALL_MODELS, barriers[b]);
		assert_true(asked.known);
		assert_equal_to_machine(&asked, MACHINE_SC, barriers[b]);
		assert_equal_to_machine(&asked, MACHINE_TSO, barriers[b]);
		for (int m = 0; m < RCS_MODELS; m++)
			assert_int_equal(asked.proof.model[m].answer,
					 m == RCS_MODEL_SC ||
							 barriers[b] == RCS_PROVE_IDEAL
						 ? RCS_NEVER
						 : RCS_SOMETIMES);
		forget(&asked);
	}
	release(&asked);
}

/* ---- tests against what they are changed to */

/* Drawn from the test, so that the same seed does the same. */
static int choose(const struct question *q, int purpose, int count)
{
	struct rcs_random r = rcs_random_stream(q->drawn.seed, (uint64_t)purpose + 1);

	return (int)rcs_random_below(&r, (uint32_t)count);
}

/* The changed one is asked, and compared with q. */
static bool ask_changed(unsigned int models, enum rcs_prove_barrier barrier)
{
	ask(&changed, models, barrier);
	return changed.known;
}

static void insert_somewhere(struct question *q, const char *line)
{
	int thread = choose(q, 1, q->drawn.threads);

	changed.drawn = q->drawn;
	random_test_insert(&changed.drawn, thread,
			   choose(q, 2, q->drawn.thread[thread].lines + 1), line);
}

static bool a_fence_only_forbids(struct question *q)
{
	static const char *const fences[] = {"smp_mb();", "smp_rmb();", "smp_wmb();",
					     "smp_memb();"};

	insert_somewhere(q, fences[choose(q, 3, 4)]);
	if (ask_changed(ALL_MODELS, RCS_PROVE_IDEAL))
		assert_within(&changed, q, "a fence more");
	release(&changed);
	return true;
}

static void a_fence_adds_no_outcome(void **state)
{
	(void)state;
	for_tests(400, 0, 0, a_fence_only_forbids);
}

static bool a_light_side_is_nothing(struct question *q)
{
	insert_somewhere(q, "barrier();");
	if (ask_changed(ALL_MODELS, RCS_PROVE_IDEAL)) {
		assert_within(&changed, q, "barrier()");
		assert_within(q, &changed, "without barrier()");
	}
	release(&changed);
	return true;
}

static void barrier_changes_nothing(void **state)
{
	(void)state;
	for_tests(200, 0, RANDOM_PLAIN, a_light_side_is_nothing);
}

/* One access or RMW at random is given a stronger name. */
static bool a_stronger_access_only_forbids(struct question *q)
{
	static const char *const names[][2] = {
		{"READ_ONCE(*", "smp_load_acquire("},
		{"WRITE_ONCE(*", "smp_store_release("},
		{"smp_rmb", "smp_mb"},
		{"smp_wmb", "smp_mb"},
		{"xchg_relaxed", "xchg_acquire"},
		{"xchg_relaxed", "xchg_release"},
		{"xchg_acquire", "xchg"},
		{"xchg_release", "xchg"},
		{"atomic_fetch_add_relaxed", "atomic_fetch_add_release"},
		{"atomic_inc_return_acquire", "atomic_inc_return"},
	};
	int count = sizeof(names) / sizeof(names[0]), from = choose(q, 4, count);

	for (int i = 0; i < count; i++) {
		const char *const *name = names[(from + i) % count];

		/* A failed cmpxchg() of full strength may order less than others. */
		if (random_test_has(&q->drawn, "cmpxchg") &&
		    strncmp(name[0], "xchg", 4) == 0)
			continue;
		changed.drawn = q->drawn;
		if (random_test_replace(&changed.drawn, name[0], name[1]) == 0)
			continue;
		if (ask_changed(ALL_MODELS, RCS_PROVE_IDEAL))
			assert_within(&changed, q, name[1]);
		release(&changed);
		return true;
	}
	return false;
}

static void a_stronger_access_adds_no_outcome(void **state)
{
	(void)state;
	for_tests(300, 0, 0, a_stronger_access_only_forbids);
}

static bool barriers_have_an_order(struct question *q)
{
	changed.drawn = q->drawn;
	for (int b = 1; b < BARRIERS; b++) {
		if (!ask_changed(ALL_MODELS, barriers[b])) {
			release(&changed);
			return false;
		}
		assert_within(q, &changed, barrier_names[barriers[b - 1]]);
		/* And on with the weaker one. */
		forget(q);
		q->proof = changed.proof;
		memset(&changed.proof, 0, sizeof(changed.proof));
	}
	release(&changed);
	return true;
}

static void a_weaker_barrier_forbids_nothing_more(void **state)
{
	(void)state;
	for_tests(300, RANDOM_MEMB, 0, barriers_have_an_order);
}

/* Ideal, it is that fence at least; local, it is that; and none is nothing. */
static bool the_barrier_is_a_fence(struct question *q)
{
	static const char *const replaced[] = {"smp_mb();", ""};
	static const enum rcs_prove_barrier same[] = {RCS_PROVE_LOCAL, RCS_PROVE_NONE};

	for (int i = 0; i < 2; i++) {
		changed.drawn = q->drawn;
		(void)random_test_replace(&changed.drawn, "smp_memb();", replaced[i]);
		if (!ask_changed(ALL_MODELS, RCS_PROVE_IDEAL)) {
			release(&changed);
			return false;
		}
		if (i == 0)
			assert_within(q, &changed, "smp_memb()");
		forget(q);
		ask(q, ALL_MODELS, same[i]);
		if (q->known) {
			assert_within(q, &changed, barrier_names[same[i]]);
			assert_within(&changed, q, "in its place");
		}
		release(&changed);
	}
	return true;
}

static void smp_memb_is_smp_mb_at_least(void **state)
{
	(void)state;
	for_tests(300, RANDOM_MEMB, 0, the_barrier_is_a_fence);
}

static bool threads_have_no_order(struct question *q)
{
	struct random_test *d = &changed.drawn;

	*d = q->drawn;
	for (int i = d->threads - 1; i > 0; i--) {
		int j = choose(q, i, i + 1), other = d->order[j];

		d->order[j] = d->order[i];
		d->order[i] = other;
	}
	if (ask_changed(ALL_MODELS, RCS_PROVE_IDEAL)) {
		assert_within(&changed, q, "other order");
		assert_within(q, &changed, "other order");
		assert_int_equal(q->proof.candidates, changed.proof.candidates);
		for (int m = 0; m < RCS_MODELS; m++)
			assert_int_equal(q->proof.model[m].allowed,
					 changed.proof.model[m].allowed);
	}
	release(&changed);
	return true;
}

static void the_order_of_threads_does_not_matter(void **state)
{
	(void)state;
	for_tests(300, 0, 0, threads_have_no_order);
}

/* ---- what restores sequential consistency */

/* In front of all lines but the first; how often that was. */
static int insert_everywhere(struct random_test *test, int thread, const char *line)
{
	int lines = test->thread[thread].lines;

	for (int i = lines - 1; i > 0; i--)
		random_test_insert(test, thread, i, line);
	return lines > 0 ? lines - 1 : 0;
}

/* It is asked; every model has to allow what SC does and nothing else. */
static bool is_sequential(struct question *q)
{
	ask(q, ALL_MODELS, RCS_PROVE_IDEAL);
	for (int i = 0; q->known && i < q->proof.states; i++) {
		const struct rcs_state *s = &q->proof.state[i];

		if (s->allowed != ALL_MODELS)
			WRONG(q, s->value, "allowed by some models only (%x)",
			      s->allowed);
	}
	return q->known;
}

static bool fences_make_it_sequential(struct question *q)
{
	bool known;

	changed.drawn = q->drawn;
	for (int t = 0; t < q->drawn.threads; t++)
		(void)insert_everywhere(&changed.drawn, t, "smp_mb();");
	known = is_sequential(&changed);
	release(&changed);
	return known;
}

static void fences_everywhere_restore_sc(void **state)
{
	(void)state;
	for_tests(100, 0, RANDOM_PLAIN, fences_make_it_sequential);
	for_tests(200, RANDOM_RCU, RANDOM_PLAIN, fences_make_it_sequential);
}

/* A cycle passes a thread once, so there are as many heavy sides as light ones. */
static bool heavy_sides_make_it_sequential(struct question *q)
{
	int light = choose(q, 5, q->drawn.threads), heavy = q->drawn.heavy;
	bool known;

	changed.drawn = q->drawn;
	for (int t = 0; t < q->drawn.threads; t++) {
		if (t != light)
			heavy += insert_everywhere(&changed.drawn, t, "smp_memb();");
	}
	if (heavy > 4)
		return false; /* it would take too long */
	known = is_sequential(&changed);
	release(&changed);
	return known;
}

static void heavy_sides_for_all_but_one_restore_sc(void **state)
{
	(void)state;
	for_tests(200, 0, RANDOM_PLAIN | RANDOM_RCU, heavy_sides_make_it_sequential);
}

/* ---- answers against states */

static bool answers_follow(struct question *q)
{
	for (int m = 0; m < RCS_MODELS; m++) {
		const struct rcs_answers *a = &q->proof.model[m];
		int states = 0, met = 0;

		for (int i = 0; i < q->proof.states; i++) {
			const struct rcs_state *s = &q->proof.state[i];

			states += (s->allowed & MODEL(m)) != 0;
			met += (s->allowed & MODEL(m)) != 0 && s->target;
		}
		if (a->states != states || a->allowed < (uint64_t)states ||
		    a->with_target < (uint64_t)met ||
		    a->answer != (met == 0	  ? RCS_NEVER
				  : met == states ? RCS_ALWAYS
						  : RCS_SOMETIMES)) {
			(void)fprintf(stderr, "%s\n", q->text);
			fail_msg("%s: %s, with %d of %d states", rcs_model_names[m],
				 rcs_answer_names[a->answer], met, states);
		}
	}
	return true;
}

static void answers_are_those_of_the_states(void **state)
{
	(void)state;
	for_tests(100, 0, 0, answers_follow);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sc_and_tso_are_their_machines),
		cmocka_unit_test(sc_and_tso_are_their_machines_with_calls),
		cmocka_unit_test(a_cut_is_a_fence_to_all),
		cmocka_unit_test(every_model_allows_what_sc_does),
		cmocka_unit_test(other_machines_allow_what_tso_does),
		cmocka_unit_test(lkmm_allows_what_machines_do),
		cmocka_unit_test(armv8_and_power_differ_both_ways),
		cmocka_unit_test(a_fence_adds_no_outcome),
		cmocka_unit_test(barrier_changes_nothing),
		cmocka_unit_test(a_stronger_access_adds_no_outcome),
		cmocka_unit_test(a_weaker_barrier_forbids_nothing_more),
		cmocka_unit_test(smp_memb_is_smp_mb_at_least),
		cmocka_unit_test(the_order_of_threads_does_not_matter),
		cmocka_unit_test(fences_everywhere_restore_sc),
		cmocka_unit_test(heavy_sides_for_all_but_one_restore_sc),
		cmocka_unit_test(answers_are_those_of_the_states),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
