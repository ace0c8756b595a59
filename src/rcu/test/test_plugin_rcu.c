/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Flavours that are plug-ins, where they differ from others: what is NULL is not there,
 * and other ground takes the place of all that is the plug-in's. The contract is tested
 * by test_flavours.c and test_flavour_calls.c, which are run with plug-ins too.
 */
#include "rcu/test/readers.h"

#include <stdio.h>

#include "host/plugin_call.h"
#include "rcu/plugin.h"

static const struct rcs_rcu_options plain;

static const struct rcs_rcu_flavour *opened(const char *symbol)
{
	struct rcs_error e = {.text = ""};
	const struct rcs_rcu_flavour *flavour;
	char text[4096];

	(void)snprintf(text, sizeof(text), "%s:%s", getenv("RCS_TEST_PLUGIN"), symbol);
	flavour = rcs_rcu_plugin_open(text, &e);
	assert_string_equal(e.text, "");
	assert_non_null(flavour);
	return flavour;
}

static void what_is_null_is_not_there(void **state)
{
	const struct rcs_rcu_flavour *f = opened("least");

	(void)state;
	assert_int_equal(f->abilities, RCS_RCU_ON_BARRIER);
	assert_null(f->word);
	assert_null(f->call);
	assert_null(f->barrier);
	assert_null(f->get_state);
	assert_null(f->start_poll);
	assert_null(f->poll);
	assert_null(f->cond_synchronize);
	assert_null(f->before_fork);
	assert_null(f->after_fork_parent);
	assert_null(f->after_fork_child);
	f = opened("no_calls");
	assert_null(f->call);
	assert_null(f->barrier);
	assert_non_null(f->poll);
	f = opened("no_forks");
	assert_null(f->before_fork);
	assert_non_null(f->call);
	assert_false(able(f, RCS_RCU_FORKS));
	f = opened("no_polls");
	assert_null(f->poll);
	assert_non_null(f->word);
	f = opened("no_word");
	assert_null(f->word);
	f = opened("no_handlers");
	assert_false(able(f, RCS_RCU_IN_HANDLERS));
}

static void abilities_are_its_flags(void **state)
{
	const struct rcs_rcu_flavour *f = opened("rcustress_rcu");

	(void)state;
	assert_int_equal(f->abilities, RCS_RCU_ON_BARRIER | RCS_RCU_IN_HANDLERS |
					       RCS_RCU_FORKS | RCS_RCU_FORGIVES_EXIT |
					       RCS_RCU_TELLS_STALLS);
	f = opened("qsbr");
	assert_int_equal(f->abilities,
			 RCS_RCU_QUIESCES | RCS_RCU_FORKS | RCS_RCU_TELLS_STALLS);
	assert_string_equal(f->name, "own-qsbr");
	assert_ptr_equal(rcs_rcu_find("own-qsbr", NULL), f);
	assert_ptr_equal(opened("qsbr"), f);
}

/* What a plug-in that does all at once is asked for. */
static unsigned ran, instead_calls, let_on = 1;

static void run(struct rcs_rcu_head *head)
{
	(void)head;
	ADD(ran);
}

static int instead(void *argument)
{
	(void)argument;
	until(&let_on, 1);
	ADD(instead_calls);
	return 0;
}

/* Neither its call() nor its synchronize() is to be met where ground is another. */
static void callbacks_rest_on_other_ground_too(void **state)
{
	const struct rcs_rcu_ground other = {.instead = instead};
	const struct rcs_rcu_flavour *f = opened("qsbr_call_at_once");
	struct rcs_rcu *rcu = domain(f, plain);
	struct rcs_rcu_head head;

	(void)state;
	ran = instead_calls = 0;
	f->call(rcu, NULL, &head, run);
	assert_int_equal(ran, 1);
	f->stand_on(rcu, &other);
	STORE(let_on, 0);
	f->call(rcu, NULL, &head, run);
	usleep(5000); /* a while to be wrong in */
	assert_int_equal(LOAD(ran), 1);
	STORE(let_on, 1);
	assert_int_equal(f->barrier(rcu, NULL), 0);
	assert_int_equal(ran, 2);
	assert_true(instead_calls > 0);
	f->destroy(rcu);
}

static void cookies_rest_on_other_ground_too(void **state)
{
	const struct rcs_rcu_ground other = {.instead = instead};
	const struct rcs_rcu_flavour *f = opened("qsbr_always_over");
	struct rcs_rcu *rcu = domain(f, plain);
	uint64_t cookie;

	(void)state;
	assert_true(f->poll(rcu, f->get_state(rcu)));
	f->stand_on(rcu, &other);
	cookie = f->get_state(rcu);
	assert_false(f->poll(rcu, cookie));
	assert_int_equal(f->synchronize(rcu, NULL), 0);
	assert_true(f->poll(rcu, cookie));
	instead_calls = 0;
	assert_int_equal(f->cond_synchronize(rcu, NULL, cookie), 0);
	assert_int_equal(instead_calls, 0);
	cookie = f->get_state(rcu);
	assert_int_equal(f->cond_synchronize(rcu, NULL, cookie), 0);
	assert_int_equal(instead_calls, 1);
	STORE(let_on, 0);
	cookie = f->start_poll(rcu, NULL);
	usleep(5000); /* a while to be wrong in */
	assert_false(f->poll(rcu, cookie));
	STORE(let_on, 1);
	while (!f->poll(rcu, cookie))
		usleep(50);
	f->destroy(rcu);
}

/* For who looks at threads that hang: in nothing, or in what it came from. */
static void calls_are_told_of_and_nest(void **state)
{
	const struct rcs_rcu_flavour *f = opened("rcustress_rcu");
	struct rcs_rcu *rcu = domain(f, plain);
	struct rcs_rcu_thread *self = f->enter(rcu, "nests", NULL);

	(void)state;
	assert_true(rcs_plugin_here.listed);
	assert_null(rcs_plugin_here.in);
	rcs_plugin_begin("outer()", false);
	f->read_lock(self);
	f->read_unlock(self);
	assert_string_equal(rcs_plugin_here.in, "outer()");
	assert_int_equal(rcs_plugin_here.waits, 0);
	rcs_plugin_end();
	f->read_lock(self);
	assert_null(rcs_plugin_here.in);
	f->read_unlock(self);
	f->leave(self);
	f->destroy(rcu);
}

static void what_failed_is_known(void **state)
{
	const struct rcs_rcu_flavour *f = opened("asym_barrier_fails");
	struct rcs_rcu *rcu = domain(f, plain);

	(void)state;
	for (int i = 0; i < 3; i++)
		assert_int_equal(f->barrier(rcu, NULL), 0);
	assert_int_equal(f->barrier(rcu, NULL), -ETIMEDOUT);
	assert_string_equal(rcs_plugin_here.failed, "barrier()");
	f->destroy(rcu);
}

static void a_try_finds_nothing_wrong(void **state)
{
	struct rcs_error e = {.text = ""};
	const struct rcs_rcu_flavour *f = opened("rcustress_rcu");

	(void)state;
	assert_int_equal(rcs_rcu_plugin_probe(f, &e), 0);
	assert_string_equal(e.text, "");
	assert_string_equal(rcs_rcu_plugin_left(f), "");
}

int main(void)
{
	/* Domains are of the plug-in that was opened last. */
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(callbacks_rest_on_other_ground_too),
		cmocka_unit_test(cookies_rest_on_other_ground_too),
		cmocka_unit_test(what_failed_is_known),
		cmocka_unit_test(calls_are_told_of_and_nest),
		cmocka_unit_test(a_try_finds_nothing_wrong),
		cmocka_unit_test(what_is_null_is_not_there),
		cmocka_unit_test(abilities_are_its_flags),
	};

	return cmocka_run_group_tests(tests, ready_heavy, NULL);
}
