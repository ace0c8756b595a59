/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The torture of an RCU: a sound one has no violation, and each check finds what it is
 * for. What is broken here is broken so badly that one CPU suffices to see it.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ck_pr.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "host/clock.h"
#include "rcu/mutants/mutants.h"
#include "stress/torture/torture.h"

#define MEMORY (UINT64_C(64) << 20)
#define SECOND UINT64_C(1000000000)

extern const struct rcs_rcu_flavour rcs_rcu_asym, rcs_rcu_asym_two, rcs_rcu_asym_parity;

static bool no_tick(void *argument)
{
	(void)argument;
	return false;
}

/* Readers have full fences here, so a full fence is all that a heavy side needs. */
static int fence(void *writer)
{
	(void)writer;
	ck_pr_fence_memory();
	return 0;
}

static int fail_call(void *writer)
{
	(void)writer;
	return -EIO;
}

static void *nobody[8];
static struct rcs_plan plan;
static struct rcs_error e;
static struct rcs_tally tally;
static struct rcs_torture_result result;
static bool stuck;

static void plan_for(int writers, int readers)
{
	static uint64_t seed; /* what is tried again is to go another way */

	memset(&plan, 0, sizeof(plan));
	plan.writers = writers;
	plan.readers = readers;
	plan.has_heavy = true;
	plan.memory = MEMORY;
	plan.cpus_used = 2;
	plan.placements = 1;
	plan.seed = ++seed;
	plan.job = RCS_JOB_KILL;
	for (int t = 0; t < writers + readers; t++)
		plan.placement[0].cpu[t] = -1;
}

/* A round that ends at the first violation, or after so many exposed calls. */
static int torture(const struct rcs_rcu_flavour *flavour, int (*heavy)(void *),
		   uint64_t exposed, uint64_t limit_ns)
{
	struct rcs_team *team;
	struct rcs_runner *runner;
	struct rcs_round round = {
		.arm = {.heavy = heavy, .writer = nobody, .variant = RCS_FENCED},
		.setting = {RCS_AMPLIFIER_none, 1, 0},
		.exposed = exposed,
		.deadline_ns = rcs_clock_ns() + limit_ns,
	};
	int failed;

	team = rcs_team_start(plan.writers + plan.readers, plan.placement[0].cpu, &e);
	assert_non_null(team);
	runner = rcs_torture_create_for(team, &plan, flavour, no_tick, NULL, &e);
	if (runner == NULL)
		fail_msg("%s", e.text);
	failed = rcs_runner_round(runner, &round, &tally, &e);
	rcs_torture_report(runner, &result);
	stuck = rcs_torture_stuck(runner);
	/* Else its threads are lost, and still use all of it. */
	if (!stuck) {
		rcs_runner_destroy(runner);
		rcs_team_end(team);
	}
	return failed;
}

static void test_a_sound_one_has_no_violation(void **state)
{
	const struct rcs_rcu_flavour *const sound[] = {&rcs_rcu_asym, &rcs_rcu_asym_two,
						       &rcs_rcu_asym_parity};

	(void)state;
	for (size_t i = 0; i < sizeof(sound) / sizeof(sound[0]); i++) {
		plan_for(2, 2);
		plan.torture.near_wrap = i % 2 == 0;
		/* As often as it takes for all to have had the CPU. */
		do {
			if (torture(sound[i], fence, UINT64_MAX, SECOND / 2) != 0)
				fail_msg("%s: %s", sound[i]->name, e.text);
			if (tally.all_hits > 0)
				fail_msg("%s: %s", sound[i]->name, tally.witness.story);
			assert_int_equal(result.queued, result.invoked);
		} while (tally.calls == 0 || result.sections == 0);
	}
}

static void test_what_is_left_out_leaves_the_rest(void **state)
{
	(void)state;
	for (uint32_t feature = 1; feature <= RCS_TORTURE_PRIORITY; feature <<= 1) {
		do {
			plan_for(2, 2);
			plan.torture.without = feature;
			if (torture(&rcs_rcu_asym, fence, UINT64_MAX, SECOND / 4) != 0)
				fail_msg("%s", e.text);
			assert_int_equal(tally.all_hits, 0);
		} while (tally.calls == 0 ||
			 (result.queued == 0 && feature != RCS_TORTURE_CALLS));
		assert_true(result.queued == 0 || feature != RCS_TORTURE_CALLS);
	}
}

/*
 * A flavour of this test's own: no grace period waits for anything, and what is given
 * to call() is run, or not, as the test would have it.
 */
static struct {
	bool twice, never, reversed, late;
	bool polls_never;
	bool hangs;
} lies;

static struct rcs_rcu liar;
static struct rcs_rcu_head *given[2];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static struct rcs_rcu *create(const struct rcs_rcu_options *options,
			      struct rcs_error *error)
{
	(void)error;
	liar.options = *options;
	return &liar;
}

static void destroy(struct rcs_rcu *rcu)
{
	(void)rcu;
}

static void stand_on(struct rcs_rcu *rcu, const struct rcs_rcu_ground *ground)
{
	rcu->options.ground = *ground;
}

static struct rcs_rcu_thread *enter(struct rcs_rcu *rcu, const char *name,
				    struct rcs_error *error)
{
	struct rcs_rcu_thread *self = calloc(1, sizeof(*self));

	(void)name;
	(void)error;
	assert_non_null(self);
	self->rcu = rcu;
	return self;
}

static void leave(struct rcs_rcu_thread *self)
{
	free(self);
}

static void nothing(struct rcs_rcu_thread *self)
{
	(void)self;
}

static int synchronize(struct rcs_rcu *rcu, struct rcs_rcu_thread *self)
{
	(void)self;
	while (lies.hangs)
		(void)sleep(1);
	return rcu->options.ground.heavy(rcu->options.ground.writer);
}

/* The oldest that may be run now, or NULL. Under the lock. */
static struct rcs_rcu_head *take(bool all)
{
	struct rcs_rcu_head *first = given[0];

	if (first == NULL || (!all && given[1] == NULL))
		return NULL;
	if (lies.reversed && given[1] != NULL) {
		first = given[1];
		given[1] = NULL;
		return first;
	}
	given[0] = given[1];
	given[1] = NULL;
	return first;
}

static void run(struct rcs_rcu_head *head)
{
	if (head == NULL || lies.never)
		return;
	head->function(head);
	if (lies.twice)
		head->function(head);
}

static void call(struct rcs_rcu *rcu, struct rcs_rcu_thread *self,
		 struct rcs_rcu_head *head, rcs_rcu_callback *function)
{
	struct rcs_rcu_head *due;

	(void)rcu;
	(void)self;
	(void)pthread_mutex_lock(&lock);
	head->function = function;
	given[given[0] == NULL ? 0 : 1] = head;
	due = take(false);
	(void)pthread_mutex_unlock(&lock);
	run(due);
}

static int barrier(struct rcs_rcu *rcu, struct rcs_rcu_thread *self)
{
	struct rcs_rcu_head *due = NULL;

	(void)rcu;
	(void)self;
	do {
		(void)pthread_mutex_lock(&lock);
		due = lies.late ? NULL : take(true);
		(void)pthread_mutex_unlock(&lock);
		run(due);
	} while (due != NULL);
	return 0;
}

static uint64_t get_state(struct rcs_rcu *rcu)
{
	(void)rcu;
	return 0;
}

static uint64_t start_poll(struct rcs_rcu *rcu, struct rcs_rcu_thread *self)
{
	(void)rcu;
	(void)self;
	return 0;
}

static bool poll_cookie(struct rcs_rcu *rcu, uint64_t cookie)
{
	(void)rcu;
	(void)cookie;
	return !lies.polls_never;
}

static int cond_synchronize(struct rcs_rcu *rcu, struct rcs_rcu_thread *self,
			    uint64_t cookie)
{
	(void)cookie;
	return synchronize(rcu, self);
}

static struct rcs_rcu_flavour lying = {
	.name = "lying",
	.abilities = RCS_RCU_ON_BARRIER,
	.create = create,
	.destroy = destroy,
	.stand_on = stand_on,
	.enter = enter,
	.leave = leave,
	.read_lock = nothing,
	.read_unlock = nothing,
	.quiescent = nothing,
	.offline = nothing,
	.online = nothing,
	.synchronize = synchronize,
	.synchronize_expedited = synchronize,
	.call = call,
	.barrier = barrier,
};

/* Tortures it, and says how often each check was violated. */
static const uint64_t *torture_liar(int readers, uint32_t without)
{
	static const struct rcs_torture_result none;
	int failed;

	result = none;
	liar.flavour = &lying;
	/* Until it is found out, however long threads wait for the CPU. */
	do {
		given[0] = given[1] = NULL;
		plan_for(1, readers);
		plan.torture.without = without;
		failed = torture(&lying, fence, UINT64_MAX, 20 * SECOND);
		assert_int_equal(failed, stuck ? -1 : 0);
	} while (tally.all_hits == 0);
	assert_true(tally.witness.present);
	assert_true(tally.first_hit_ns > 0);
	memset(&lies, 0, sizeof(lies));
	lying.get_state = NULL;
	return result.violations[RCS_TORTURE_SUBJECT];
}

static void test_stamps_show_a_grace_period_that_does_not_wait(void **state)
{
	const uint64_t *violations;
	uint64_t found = 0;

	(void)state;
	violations = torture_liar(2, RCS_TORTURE_LOOKS);
	for (int check = RCS_TORTURE_STAMP; check <= RCS_TORTURE_PROTECTED; check++)
		found += violations[check];
	assert_true(found > 0);
	assert_true(strlen(tally.witness.story) > 0);
	assert_true(tally.exposed >= tally.hits);
	assert_true(tally.exposed_calls >= tally.hit_calls);
}

static void test_objects_show_it_without_a_round_that_ends_at_once(void **state)
{
	const struct rcs_rcu_mutant *mutant = rcs_rcu_mutant_find("looks_once", &e);
	const uint64_t *violations = result.violations[RCS_TORTURE_SUBJECT];

	(void)state;
	plan_for(2, 2);
	plan.job = RCS_JOB_VERDICT;
	do {
		assert_int_equal(
			torture(mutant->flavour, fence, UINT64_MAX, SECOND / 2), 0);
	} while (violations[RCS_TORTURE_STAMP] == 0 ||
		 violations[RCS_TORTURE_PIPE] == 0 || result.pipe[0] == 0);
	/* Seen when a section ends: an object that was free for longer. */
	assert_true(result.pipe[0] > 0);
}

static void test_callbacks_are_invoked_once(void **state)
{
	(void)state;
	lies.twice = true;
	/* Readers see what else is wrong. */
	assert_true(torture_liar(0, RCS_TORTURE_LOOKS)[RCS_TORTURE_TWICE] > 0);
}

static void test_callbacks_are_invoked(void **state)
{
	const uint64_t *violations;

	(void)state;
	lies.never = true;
	violations = torture_liar(0, RCS_TORTURE_LOOKS);
	assert_true(violations[RCS_TORTURE_NEVER] + violations[RCS_TORTURE_BARRIER] >
		    0);
}

static void test_callbacks_are_invoked_in_order(void **state)
{
	(void)state;
	lies.reversed = true;
	assert_true(torture_liar(0, RCS_TORTURE_LOOKS)[RCS_TORTURE_ORDER] > 0);
}

static void test_barrier_waits_for_callbacks(void **state)
{
	(void)state;
	lies.late = true;
	assert_true(torture_liar(0, RCS_TORTURE_LOOKS)[RCS_TORTURE_BARRIER] > 0);
}

static void test_cookies_come_true(void **state)
{
	(void)state;
	lies.polls_never = true;
	lying.get_state = get_state;
	lying.start_poll = start_poll;
	lying.poll = poll_cookie;
	lying.cond_synchronize = cond_synchronize;
	assert_true(torture_liar(0, RCS_TORTURE_LOOKS)[RCS_TORTURE_POLL] > 0);
}

static void test_a_heavy_side_that_fails_is_reported(void **state)
{
	(void)state;
	plan_for(1, 1);
	while (torture(&rcs_rcu_asym, fail_call, UINT64_MAX, 20 * SECOND) == 0)
		;
	assert_int_equal(e.kind, RCS_ERROR_FAULT);
	assert_non_null(strstr(e.text, strerror(EIO)));
}

static void test_a_round_is_complete_at_its_exposed_calls(void **state)
{
	(void)state;
	plan_for(1, 1);
	do {
		assert_int_equal(torture(&rcs_rcu_asym, fence, 1, 60 * SECOND), 0);
	} while (!tally.complete);
	assert_int_equal(tally.exposed, 1);
	assert_true(tally.exposed_calls >= 1);
}

/* Taken away after a grace period that did not wait; the round goes on after it. */
static void test_late_accesses_fault_and_are_noted(void **state)
{
	const uint64_t *violations = result.violations[RCS_TORTURE_SUBJECT];

	(void)state;
	liar.flavour = &lying;
	plan_for(1, 2);
	plan.job = RCS_JOB_VERDICT;
	/* It would look for ever for what this flavour holds back. */
	plan.torture.without = RCS_TORTURE_LOOKS;
	do {
		given[0] = given[1] = NULL;
		assert_int_equal(torture(&lying, fence, UINT64_MAX, SECOND), 0);
	} while (violations[RCS_TORTURE_PROTECTED] == 0);
}

/* These leave threads that hang. Nobody else is there to do what is not done. */
static void test_a_cookie_that_nobody_serves_is_seen(void **state)
{
	(void)state;
	lies.polls_never = true;
	lying.get_state = get_state;
	lying.start_poll = start_poll;
	lying.poll = poll_cookie;
	lying.cond_synchronize = cond_synchronize;
	do {
		lies.polls_never = true;
		(void)torture_liar(0, RCS_TORTURE_CALLS);
		lying.get_state = get_state;
	} while (!stuck);
	lying.get_state = NULL;
	assert_true(result.violations[RCS_TORTURE_SUBJECT][RCS_TORTURE_STUCK] > 0);
}

static void test_a_callback_that_waits_for_the_next_one_is_seen(void **state)
{
	(void)state;
	do {
		lies.late = true;
		(void)torture_liar(0, 0);
	} while (!stuck);
	assert_true(result.violations[RCS_TORTURE_SUBJECT][RCS_TORTURE_STUCK] > 0);
}

/* The last one: it leaves threads that hang. */
static void test_grace_periods_that_do_not_end_are_a_violation(void **state)
{
	(void)state;
	lies.hangs = true;
	liar.flavour = &lying;
	/* Whatever else is found out first, another round shows this. */
	do {
		plan_for(1, 1);
		plan.torture.stuck_ticks = 10;
		plan.torture.without = RCS_TORTURE_CALLS;
		given[0] = given[1] = NULL;
		(void)torture(&lying, fence, UINT64_MAX, 60 * SECOND);
	} while (!stuck || strstr(tally.witness.story, "stuck") == NULL);
	assert_true(stuck);
	assert_true(result.violations[RCS_TORTURE_SUBJECT][RCS_TORTURE_STUCK] > 0);
	assert_non_null(strstr(tally.witness.story, "stuck"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_sound_one_has_no_violation),
		cmocka_unit_test(test_what_is_left_out_leaves_the_rest),
		cmocka_unit_test(test_stamps_show_a_grace_period_that_does_not_wait),
		cmocka_unit_test(
			test_objects_show_it_without_a_round_that_ends_at_once),
		cmocka_unit_test(test_callbacks_are_invoked_once),
		cmocka_unit_test(test_callbacks_are_invoked),
		cmocka_unit_test(test_callbacks_are_invoked_in_order),
		cmocka_unit_test(test_barrier_waits_for_callbacks),
		cmocka_unit_test(test_cookies_come_true),
		cmocka_unit_test(test_a_heavy_side_that_fails_is_reported),
		cmocka_unit_test(test_a_round_is_complete_at_its_exposed_calls),
		cmocka_unit_test(test_late_accesses_fault_and_are_noted),
		cmocka_unit_test(test_a_cookie_that_nobody_serves_is_seen),
		cmocka_unit_test(test_a_callback_that_waits_for_the_next_one_is_seen),
		cmocka_unit_test(test_grace_periods_that_do_not_end_are_a_violation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
