/* SPDX-License-Identifier: BSD-2-Clause */
/* The machines that the prover is compared with, on tests whose answers are known. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "litmus/parse.h"
#include "litmus/suite.h"
#include "model/test/machine.h"

static struct rcs_litmus *parsed(const char *text)
{
	struct rcs_error e = {.kind = RCS_ERROR_NONE};
	struct rcs_litmus *test = rcs_litmus_parse("t", text, strlen(text), &e);

	if (test == NULL)
		fail_msg("%s\n%s", e.text, text);
	return test;
}

/* Both conditions, of which either may be RCS_NONE. */
static int32_t both(struct rcs_litmus *test, int32_t a, int32_t b)
{
	if (a == RCS_NONE || b == RCS_NONE)
		return a == RCS_NONE ? b : a;
	test->condition[test->conditions] = (struct rcs_condition){
		.kind = RCS_CONDITION_AND,
		.operand = {a, b},
	};
	return test->conditions;
}

/* How many ends that pass its filter meet a condition, which may be RCS_NONE; -1:
 * unknown. */
static int ends(struct rcs_litmus *test, enum machine_kind kind,
		enum rcs_prove_barrier barrier, int32_t condition)
{
	struct rcs_state_column column[RCS_LITMUS_LOCATIONS];
	struct machine_finals finals;
	int32_t filter = test->filter;
	int columns = 0, count;

	for (int t = 0; t < test->threads; t++) {
		for (int r = 0; r < test->thread[t].registers; r++)
			column[columns++] = (struct rcs_state_column){t, r};
	}
	for (int l = 0; l < test->locations; l++)
		column[columns++] = (struct rcs_state_column){RCS_NONE, l};
	assert_true(columns <= RCS_LITMUS_LOCATIONS);
	test->filter = both(test, filter, condition);
	finals = machine_run(test, kind, barrier, columns, column);
	test->filter = filter;
	count = finals.why_not == NULL ? finals.count : -1;
	machine_release(&finals);
	return count;
}

static enum rcs_answer answer_of(struct rcs_litmus *test, enum machine_kind kind,
				 enum rcs_prove_barrier barrier)
{
	int all = ends(test, kind, barrier, RCS_NONE);
	int met = ends(test, kind, barrier, test->target);

	if (all < 0)
		return RCS_ANSWER_UNKNOWN;
	assert_true(all > 0);
	return met == 0 ? RCS_NEVER : met == all ? RCS_ALWAYS : RCS_SOMETIMES;
}

/* The results that the suite's files state for SC and TSO. */
static void the_suite_is_answered(void **state)
{
	int answers = 0;

	(void)state;
	for (int i = 0; i < rcs_suite_count; i++) {
		struct rcs_litmus *test = parsed(rcs_suite[i].native->source);

		for (int j = 0; j < 2 * 3; j++) {
			bool tso = j % 2 == 1;
			enum rcs_model model = tso ? RCS_MODEL_TSO : RCS_MODEL_SC;
			const enum rcs_answer *stated[3] = {test->result, test->local,
							    test->stripped};
			static const enum rcs_prove_barrier barriers[3] = {
				RCS_PROVE_IDEAL, RCS_PROVE_LOCAL, RCS_PROVE_STRIPPED};
			enum rcs_answer expected = stated[j / 2][model];
			enum rcs_answer found = answer_of(
				test, tso ? MACHINE_TSO : MACHINE_SC, barriers[j / 2]);

			if (expected == RCS_ANSWER_UNKNOWN)
				continue;
			if (found != expected)
				fail_msg("%s, barrier %d, %s: %s, not %s", test->name,
					 (int)barriers[j / 2], rcs_model_names[model],
					 rcs_answer_names[found],
					 rcs_answer_names[expected]);
			answers++;
		}
		rcs_litmus_free(test);
	}
	assert_true(answers > 500);
}

/* P0 and P1 with their bodies in x, y, r0 and r1; how many ends it has. */
static void has_ends(const char *p0, const char *p1, enum machine_kind kind,
		     enum rcs_prove_barrier barrier, int expected)
{
	char text[1024];
	struct rcs_litmus *test;

	(void)snprintf(text, sizeof(text),
		       "C t\n{}\nP0(int *x, int *y, spinlock_t *s) { int r0 = 0; "
		       "int r1 = 0; %s }\nP1(int *x, int *y, spinlock_t *s) { "
		       "int r0 = 0; int r1 = 0; %s }\nexists (true)\n",
		       p0, p1);
	test = parsed(text);
	assert_int_equal(ends(test, kind, barrier, RCS_NONE), expected);
	rcs_litmus_free(test);
}

#define WRITE_X "WRITE_ONCE(*x, 1);"
#define WRITE_Y "WRITE_ONCE(*y, 1);"
#define READ_X	"r0 = READ_ONCE(*x);"
#define READ_Y	"r0 = READ_ONCE(*y);"

static void stores_are_buffered(void **state)
{
	(void)state;
	has_ends(WRITE_X READ_Y, WRITE_Y READ_X, MACHINE_SC, RCS_PROVE_IDEAL, 3);
	has_ends(WRITE_X READ_Y, WRITE_Y READ_X, MACHINE_TSO, RCS_PROVE_IDEAL, 4);
	has_ends(WRITE_X "smp_mb();" READ_Y, WRITE_Y "smp_mb();" READ_X, MACHINE_TSO,
		 RCS_PROVE_IDEAL, 3);
	/* In order, and seen by their own thread before. */
	has_ends(WRITE_X WRITE_Y, READ_Y "r1 = READ_ONCE(*x);", MACHINE_TSO,
		 RCS_PROVE_IDEAL, 3);
	has_ends(WRITE_X "r1 = READ_ONCE(*x);" READ_Y, WRITE_Y READ_X, MACHINE_TSO,
		 RCS_PROVE_IDEAL, 4);
	/* Locked, and so fences; also when they fail, unless they only looked. */
	has_ends(WRITE_X "r1 = xchg_relaxed(x, 2);" READ_Y,
		 WRITE_Y "smp_store_mb(*y, 2);" READ_X, MACHINE_TSO, RCS_PROVE_IDEAL,
		 5);
	has_ends(WRITE_X "r1 = cmpxchg(x, 5, 6);" READ_Y, WRITE_Y "smp_mb();" READ_X,
		 MACHINE_TSO, RCS_PROVE_IDEAL, 3);
	has_ends(WRITE_X "r1 = atomic_add_unless(x, 1, 1);" READ_Y,
		 WRITE_Y "smp_mb();" READ_X, MACHINE_TSO, RCS_PROVE_IDEAL, 4);
}

static void the_barrier_reaches_others(void **state)
{
	static const char light[] = WRITE_X "barrier();" READ_Y;
	static const char heavy[] = WRITE_Y "smp_memb();" READ_X;

	(void)state;
	has_ends(light, heavy, MACHINE_TSO, RCS_PROVE_IDEAL, 3);
	has_ends(light, heavy, MACHINE_TSO, RCS_PROVE_LOCAL, 4);
	has_ends(light, heavy, MACHINE_TSO, RCS_PROVE_NONE, 4);
	has_ends(light, heavy, MACHINE_TSO, RCS_PROVE_STRIPPED, 4);
	has_ends(WRITE_X "smp_mb();" READ_Y, heavy, MACHINE_TSO, RCS_PROVE_LOCAL, 3);
	has_ends(WRITE_X "smp_mb();" READ_Y, heavy, MACHINE_TSO, RCS_PROVE_NONE, 4);
}

static void grace_periods_wait(void **state)
{
	static const char writer[] = WRITE_X "synchronize_rcu();" WRITE_Y;
	static const char reader[] =
		"rcu_read_lock();" READ_Y "r1 = READ_ONCE(*x); rcu_read_unlock();";

	(void)state;
	has_ends(writer, reader, MACHINE_SC, RCS_PROVE_IDEAL, 3);
	has_ends(writer,
		 "rcu_read_lock(); r0 = READ_ONCE(*x); r1 = READ_ONCE(*y); "
		 "rcu_read_unlock();",
		 MACHINE_SC, RCS_PROVE_IDEAL, 3); /* not 0 and then 1 */
	has_ends(writer,
		 "rcu_read_lock(); r0 = READ_ONCE(*x); r1 = READ_ONCE(*y); "
		 "rcu_read_unlock();",
		 MACHINE_SC, RCS_PROVE_STRIPPED, 4);
	/* What comes before a section's end is seen behind the call, or what comes
	 * behind its begin comes behind the call's; nothing else is ordered. */
	has_ends("rcu_read_lock();" WRITE_X "rcu_read_unlock();" READ_Y,
		 WRITE_Y "synchronize_rcu();" READ_X, MACHINE_TSO, RCS_PROVE_IDEAL, 3);
	has_ends(WRITE_X READ_Y "rcu_read_lock(); rcu_read_unlock();",
		 WRITE_Y "synchronize_rcu();" READ_X, MACHINE_TSO, RCS_PROVE_IDEAL, 4);
	has_ends("rcu_read_lock(); rcu_read_unlock();" WRITE_X READ_Y,
		 WRITE_Y "synchronize_rcu();" READ_X, MACHINE_TSO, RCS_PROVE_IDEAL, 4);
}

static void locks_exclude(void **state)
{
	static const char increment[] =
		"spin_lock(s); r0 = READ_ONCE(*x); WRITE_ONCE(*x, r0 + 1); "
		"spin_unlock(s);";

	(void)state;
	has_ends(increment, increment, MACHINE_TSO, RCS_PROVE_IDEAL, 2);
	/* One waits for ever. */
	has_ends("spin_lock(s);", "spin_lock(s);", MACHINE_TSO, RCS_PROVE_IDEAL, 0);
	has_ends("r0 = spin_trylock(s);", "r0 = spin_trylock(s);", MACHINE_TSO,
		 RCS_PROVE_IDEAL, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_suite_is_answered),
		cmocka_unit_test(stores_are_buffered),
		cmocka_unit_test(the_barrier_reaches_others),
		cmocka_unit_test(grace_periods_wait),
		cmocka_unit_test(locks_exclude),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
