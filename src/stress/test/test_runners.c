/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The perpetual and the batched runner on real threads: every thread of every instance
 * runs once, whoever shares seats with whom; what fences forbid is not seen; what is
 * counted adds up. Nothing here asks for a target to be seen: that is for whole cells.
 */
#include "litmus/test/compiled.h"

#include <errno.h>

#include "host/clock.h"
#include "stress/batched.h"
#include "stress/perpetual.h"

#define MEMORY	 (UINT64_C(64) << 20)
#define LIMIT_NS UINT64_C(20000000000)

static bool no_tick(void *argument)
{
	(void)argument;
	return false;
}

static int calls; /* of the heavy side, by all threads */

static int count_call(void *writer)
{
	(void)writer;
	ck_pr_inc_int(&calls);
	return 0;
}

#define LONG_NS 20000

/* Every other call takes long, from the first on; by one thread. */
static int call_long_then_short(void *writer)
{
	(void)writer;
	if (calls++ % 2 == 0)
		rcs_spin_until(rcs_cycles() + rcs_cycles_from_ns(LONG_NS));
	return 0;
}

static int fail_call(void *writer)
{
	(void)writer;
	return -EIO;
}

static void *const nobody[8];
static struct rcs_histogram states;
static struct rcs_plan plan;
static struct rcs_error e;
static uint64_t limit_ns = LIMIT_NS;
static struct rcs_samples *samples; /* or NULL */
static uint64_t met;		    /* exposed calls of reader 0 */

static struct rcs_tally run(enum rcs_runner_id id, int groups, int writers, int readers,
			    bool heavy, struct rcs_arm arm, uint64_t exposed,
			    int *failed)
{
	struct rcs_team *team;
	struct rcs_runner *runner;
	struct rcs_tally tally;
	struct rcs_round round = {
		.arm = arm,
		.exposed = exposed,
		.deadline_ns = rcs_clock_ns() + limit_ns,
		.samples = samples,
		.histogram = &states,
	};

	memset(&plan, 0, sizeof(plan));
	plan.groups = groups;
	plan.writers = groups * writers;
	plan.readers = groups * readers;
	plan.has_heavy = heavy;
	plan.memory = MEMORY;
	plan.cpus_used = 2;
	plan.placements = 1;
	for (int t = 0; t < plan.writers + plan.readers; t++)
		plan.placement[0].cpu[t] = -1;
	round.setting.amplifier = RCS_AMPLIFIER_none;
	assert_int_equal(rcs_histogram_start(&states, test, &e), 0);
	team = rcs_team_start(plan.writers + plan.readers, plan.placement[0].cpu, &e);
	assert_non_null(team);
	runner = id == RCS_RUNNER_BATCHED
			 ? rcs_batched_create(team, &plan, test, native, no_tick, NULL,
					      &e)
			 : rcs_perpetual_create(team, &plan, test, native, no_tick,
						NULL, &e);
	if (runner == NULL)
		fail_msg("%s", e.text);
	*failed = rcs_runner_round(runner, &round, &tally, &e);
	met = runner->exposed_by_reader[0];
	rcs_runner_destroy(runner);
	rcs_team_end(team);
	return tally;
}

static uint64_t counted(void)
{
	uint64_t sum = states.other.count;

	for (int i = 0; i < states.states; i++)
		sum += states.state[i].count;
	return sum;
}

static const struct rcs_arm as_written = {.variant = RCS_AS_WRITTEN};
static const struct rcs_arm fenced = {.variant = RCS_FENCED};

static void test_each_thread_of_each_instance_runs_once(void **state)
{
	/* Three increments give 3, wherever the threads sit. */
	const int seats[][2] = {{1, 1}, {1, 2}};

	(void)state;
	if (no_compiler())
		skip();
	compile("C t\n{}\nP0(atomic_t *x) { atomic_inc(x); }\n"
		"P1(atomic_t *x) { atomic_inc(x); }\n"
		"P2(atomic_t *x) { atomic_inc(x); }\nexists (x=3)\n");
	for (size_t i = 0; i < COUNT(seats); i++) {
		int failed;
		struct rcs_tally tally =
			run(RCS_RUNNER_BATCHED, 1, seats[i][0], seats[i][1], false,
			    as_written, 300, &failed);

		assert_int_equal(failed, 0);
		assert_true(tally.complete);
		assert_true(tally.calls >= 300);
		assert_int_equal(tally.all_hits, tally.calls);
		assert_int_equal(counted(), tally.calls);
		assert_int_equal(tally.exposed, 300);
	}
	drop();
}

static void test_groups_run_side_by_side(void **state)
{
	int failed;
	struct rcs_tally tally;

	(void)state;
	if (no_compiler())
		skip();
	compile("C t\n{x=5; int *p=&x;}\n"
		"P0(int *x) { WRITE_ONCE(*x, 1); }\n"
		"P1(int **p) { int *r0; r0 = READ_ONCE(*p); }\n"
		"exists (x=1 /\\ 1:r0=x)\n");
	tally = run(RCS_RUNNER_BATCHED, 3, 1, 1, false, as_written, 300, &failed);
	assert_int_equal(failed, 0);
	/* An address is that of the instance's own location. */
	assert_int_equal(tally.all_hits, tally.calls);
	assert_int_equal(counted(), tally.calls);
	drop();
}

#define SB                                                                             \
	"C t\n{}\n"                                                                    \
	"P0(int *x, int *y) { int r0; WRITE_ONCE(*x, 1); barrier();\n"                 \
	"  r0 = READ_ONCE(*y); }\n"                                                    \
	"P1(int *x, int *y) { int r0; WRITE_ONCE(*y, 1); smp_memb();\n"                \
	"  r0 = READ_ONCE(*x); }\n"                                                    \
	"exists (0:r0=0 /\\ 1:r0=0)\n"

static void test_the_heavy_side_is_called_once_an_instance(void **state)
{
	struct rcs_arm arm = {
		.heavy = count_call, .writer = nobody, .variant = RCS_FENCED};
	int failed;
	struct rcs_tally tally;

	(void)state;
	if (no_compiler())
		skip();
	compile(SB);
	calls = 0;
	tally = run(RCS_RUNNER_BATCHED, 1, 1, 1, true, arm, 300, &failed);
	assert_int_equal(failed, 0);
	assert_int_equal(calls, tally.calls);
	assert_int_equal(tally.all_hits, 0);
	drop();
}

static void test_calls_that_the_filter_drops_are_calls(void **state)
{
	static struct rcs_samples collected;
	struct rcs_arm arm = {
		.heavy = count_call, .writer = nobody, .variant = RCS_AS_WRITTEN};
	int failed;
	struct rcs_tally tally;

	(void)state;
	if (no_compiler())
		skip();
	compile("C t\n{}\nP0(int *x) { int r0; barrier(); r0 = READ_ONCE(*x); }\n"
		"P1(int *x) { smp_memb(); WRITE_ONCE(*x, 1); }\n"
		"filter (0:r0=2)\nexists (0:r0=1)\n");
	limit_ns = UINT64_C(200000000);
	samples = &collected;
	tally = run(RCS_RUNNER_BATCHED, 1, 1, 1, true, arm, 300, &failed);
	samples = NULL;
	limit_ns = LIMIT_NS;
	assert_int_equal(failed, 0);
	assert_int_equal(tally.all_exposed, 0);
	/* All of them, exposed or not; a twin is made of those that were exposed. */
	assert_int_equal(met, tally.calls);
	assert_true(collected.added > 0 && collected.added <= met);
	drop();
}

static void test_of_several_calls_the_longest_is_sampled(void **state)
{
	static struct rcs_samples collected;
	struct rcs_arm arm = {.heavy = call_long_then_short,
			      .writer = nobody,
			      .variant = RCS_AS_WRITTEN};
	int failed;

	(void)state;
	if (no_compiler())
		skip();
	compile("C t\n{}\nP0(int *x) { int r0; barrier(); r0 = READ_ONCE(*x); }\n"
		"P1(int *x) { smp_memb(); WRITE_ONCE(*x, 1); smp_memb(); }\n"
		"exists (0:r0=1)\n");
	calls = 0;
	samples = &collected;
	(void)run(RCS_RUNNER_BATCHED, 1, 1, 1, true, arm, 300, &failed);
	samples = NULL;
	assert_int_equal(failed, 0);
	assert_true(rcs_samples_count(&collected) > 0);
	assert_true(rcs_samples_quantile(&collected, 0.0) >=
		    rcs_cycles_from_ns(LONG_NS));
	drop();
}

static void test_a_heavy_side_that_fails_is_reported(void **state)
{
	struct rcs_arm arm = {
		.heavy = fail_call, .writer = nobody, .variant = RCS_AS_WRITTEN};
	int failed;

	(void)state;
	if (no_compiler())
		skip();
	compile(SB);
	(void)run(RCS_RUNNER_BATCHED, 1, 1, 1, true, arm, 300, &failed);
	assert_int_equal(failed, -1);
	assert_int_equal(e.kind, RCS_ERROR_FAULT);
	assert_non_null(strstr(e.text, strerror(EIO)));
	drop();
}

#define RCU                                                                            \
	"C t\n{}\n"                                                                    \
	"P0(int *x, int *y) { int r0; rcu_read_lock(); r0 = READ_ONCE(*y);\n"          \
	"  WRITE_ONCE(*x, 1); rcu_read_unlock(); }\n"                                  \
	"P1(int *x, int *y) { int r0; WRITE_ONCE(*y, 1); synchronize_rcu();\n"         \
	"  r0 = READ_ONCE(*x); }\n"                                                    \
	"exists (0:r0=0 /\\ 1:r0=0)\n"

/* With fences in its light sides it needs no more of a heavy one. */
static void test_a_grace_period_calls_the_heavy_side_and_waits(void **state)
{
	struct rcs_arm arm = {
		.heavy = count_call, .writer = nobody, .variant = RCS_FENCED};
	int failed;
	struct rcs_tally tally;

	(void)state;
	if (no_compiler())
		skip();
	compile(RCU);
	for (int groups = 1; groups <= 2; groups++) {
		calls = 0;
		tally = run(RCS_RUNNER_BATCHED, groups, 1, 1, true, arm, 300, &failed);
		assert_int_equal(failed, 0);
		assert_true(tally.calls > 0);
		if (groups == 1)
			assert_int_equal(calls, tally.calls);
		assert_int_equal(tally.all_hits, 0);
	}
	arm.heavy = fail_call;
	(void)run(RCS_RUNNER_BATCHED, 1, 1, 1, true, arm, 300, &failed);
	assert_int_equal(failed, -1);
	assert_int_equal(e.kind, RCS_ERROR_FAULT);
	assert_non_null(strstr(e.text, strerror(EIO)));
	drop();
}

static void test_a_register_that_leads_nowhere_is_reported(void **state)
{
	int failed;

	(void)state;
	if (no_compiler())
		skip();
	compile("C t\n{int *p;}\n"
		"P0(int **p, int *x) { int *r0; int r1; r0 = READ_ONCE(*p);\n"
		"  r1 = READ_ONCE(*r0); }\n"
		"P1(int *x) { WRITE_ONCE(*x, 1); }\nexists (0:r1=1)\n");
	(void)run(RCS_RUNNER_BATCHED, 1, 1, 1, false, as_written, 300, &failed);
	assert_int_equal(failed, -1);
	assert_int_equal(e.kind, RCS_ERROR_FAULT);
	assert_non_null(strstr(e.text, "P0 follows"));
	drop();
}

static void test_what_waited_for_a_lock_in_vain_is_no_instance(void **state)
{
	int failed;
	struct rcs_tally tally;

	(void)state;
	if (no_compiler())
		skip();
	compile("C t\n{}\n"
		"P0(spinlock_t *s, int *x) { spin_lock(s); WRITE_ONCE(*x, 1); }\n"
		"P1(spinlock_t *s, int *x) { int r0; spin_lock(s);\n"
		"  r0 = READ_ONCE(*x); }\nexists (x=1)\n");
	limit_ns = UINT64_C(50000000);
	tally = run(RCS_RUNNER_BATCHED, 1, 1, 1, false, as_written, 300, &failed);
	limit_ns = LIMIT_NS;
	assert_int_equal(failed, 0);
	assert_false(tally.complete);
	assert_int_equal(tally.calls, 0);
	assert_int_equal(tally.all_hits, 0);
	drop();
}

static void test_perpetual_frames_of_fenced_code_are_consistent(void **state)
{
	int failed;
	struct rcs_tally tally;

	(void)state;
	if (no_compiler())
		skip();
	compile("C t\n{}\n"
		"P0(int *x, int *y) { int r0; WRITE_ONCE(*x, 1);\n"
		"  r0 = READ_ONCE(*y); }\n"
		"P1(int *x, int *y) { int r0; WRITE_ONCE(*y, 1);\n"
		"  r0 = READ_ONCE(*x); }\n"
		"exists (0:r0=0 /\\ 1:r0=0)\n");
	tally = run(RCS_RUNNER_PERPETUAL, 2, 1, 1, false, fenced, 200000, &failed);
	assert_int_equal(failed, 0);
	assert_true(tally.complete);
	assert_true(tally.exposed >= 200000);
	assert_int_equal(tally.all_hits, 0);
	/* Threads that run at all see each other: not one final state alone. */
	assert_true(counted() > 0);
	drop();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_thread_of_each_instance_runs_once),
		cmocka_unit_test(test_groups_run_side_by_side),
		cmocka_unit_test(test_the_heavy_side_is_called_once_an_instance),
		cmocka_unit_test(test_calls_that_the_filter_drops_are_calls),
		cmocka_unit_test(test_of_several_calls_the_longest_is_sampled),
		cmocka_unit_test(test_a_heavy_side_that_fails_is_reported),
		cmocka_unit_test(test_a_grace_period_calls_the_heavy_side_and_waits),
		cmocka_unit_test(test_a_register_that_leads_nowhere_is_reported),
		cmocka_unit_test(test_what_waited_for_a_lock_in_vain_is_no_instance),
		cmocka_unit_test(test_perpetual_frames_of_fenced_code_are_consistent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
