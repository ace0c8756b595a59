/* SPDX-License-Identifier: BSD-2-Clause */
/* Grace periods of every flavour: whom they wait for, and whom not. */
#include "rcu/test/readers.h"

#include <stdlib.h>

#include "rcu/pointer.h"

static const struct rcs_rcu_options plain;

/* A thread that waits for a grace period. */
struct updater {
	struct reader *reader;
	int (*wait)(struct rcs_rcu *rcu, struct rcs_rcu_thread *self);
	pthread_t thread;
	unsigned over, too_early;
};

static void *update(void *argument)
{
	struct updater *u = argument;

	assert_int_equal(u->wait(u->reader->rcu, NULL), 0);
	u->too_early = LOAD(u->reader->left) == 0;
	STORE(u->over, 1);
	return NULL;
}

/* The grace period is given a while to be wrong in. */
static void check_waits(struct rcs_rcu *rcu, unsigned levels,
			int (*wait)(struct rcs_rcu *rcu, struct rcs_rcu_thread *self))
{
	struct reader reader;
	struct updater u = {.reader = &reader, .wait = wait};

	start_reader(&reader, rcu, levels);
	assert_int_equal(pthread_create(&u.thread, NULL, update, &u), 0);
	for (int i = 0; i < 20 && LOAD(u.over) == 0; i++)
		usleep(1000);
	end_reader(&reader);
	pthread_join(u.thread, NULL);
	assert_false(u.too_early);
}

static void waits_for_a_reader(const struct rcs_rcu_flavour *flavour)
{
	struct rcs_rcu *rcu = domain(flavour, plain);

	for (unsigned levels = 1; levels <= 5; levels += 2)
		check_waits(rcu, levels, flavour->synchronize);
	check_waits(rcu, 1, flavour->synchronize_expedited);
	flavour->destroy(rcu);
}

static void grace_periods_wait_for_readers(void **state)
{
	(void)state;
	with_each(waits_for_a_reader);
}

/* Two readers that are in sections by turns, so that one of them always is. */
struct relay {
	struct rcs_rcu *rcu;
	unsigned baton, stop;
};

struct runner {
	struct relay *relay;
	unsigned number;
	pthread_t thread;
};

static void *take_turns(void *argument)
{
	struct runner *r = argument;
	struct relay *relay = r->relay;
	const struct rcs_rcu_flavour *flavour = relay->rcu->flavour;
	struct rcs_rcu_thread *self = flavour->enter(relay->rcu, "runner", NULL);

	while (LOAD(relay->stop) == 0) {
		unsigned baton;

		/* In before the other leaves; leaves when the other is in. */
		flavour->read_lock(self);
		baton = LOAD(relay->baton);
		if (baton % 2 == r->number)
			STORE(relay->baton, baton + 1);
		while (LOAD(relay->baton) % 2 != r->number && LOAD(relay->stop) == 0)
			usleep(20);
		flavour->read_unlock(self);
		flavour->quiescent(self);
	}
	flavour->leave(self);
	return NULL;
}

static void does_not_wait_for_later_ones(const struct rcs_rcu_flavour *flavour)
{
	struct relay relay = {.rcu = domain(flavour, plain)};
	struct runner runners[2];

	for (unsigned i = 0; i < 2; i++) {
		runners[i] = (struct runner){.relay = &relay, .number = i};
		assert_int_equal(pthread_create(&runners[i].thread, NULL, take_turns,
						&runners[i]),
				 0);
	}
	until(&relay.baton, 4);
	for (int i = 0; i < 5; i++) {
		assert_int_equal(flavour->synchronize(relay.rcu, NULL), 0);
		assert_int_equal(flavour->synchronize_expedited(relay.rcu, NULL), 0);
	}
	STORE(relay.stop, 1);
	for (unsigned i = 0; i < 2; i++)
		pthread_join(runners[i].thread, NULL);
	flavour->destroy(relay.rcu);
}

static void grace_periods_do_not_wait_for_later_readers(void **state)
{
	(void)state;
	with_each(does_not_wait_for_later_ones);
}

/* Objects are spoilt after a grace period; a reader never meets one that is. */
struct object {
	int good;
};

struct stage {
	struct rcs_rcu *rcu;
	struct object *object;
	unsigned stop, spoilt, reads, ready;
};

static void *look(void *argument)
{
	struct stage *s = argument;
	const struct rcs_rcu_flavour *flavour = s->rcu->flavour;
	struct rcs_rcu_thread *self = flavour->enter(s->rcu, "looks", NULL);
	unsigned reads = 0;

	ADD(s->ready);
	while (LOAD(s->stop) == 0) {
		struct object *object;

		flavour->read_lock(self);
		object = __atomic_load_n(&s->object, __ATOMIC_ACQUIRE);
		if (object->good != 1)
			ADD(s->spoilt);
		flavour->read_unlock(self);
		if (++reads % 8 == 0)
			flavour->quiescent(self);
	}
	flavour->leave(self);
	return NULL;
}

static void check_objects(const struct rcs_rcu_flavour *flavour,
			  struct rcs_rcu_options options)
{
	struct stage s = {.rcu = domain(flavour, options)};
	struct rcs_rcu_thread *self = flavour->enter(s.rcu, "updates", NULL);
	pthread_t readers[2];

	s.object = malloc(sizeof(*s.object));
	s.object->good = 1;
	for (int i = 0; i < 2; i++)
		assert_int_equal(pthread_create(&readers[i], NULL, look, &s), 0);
	until(&s.ready, 2);
	for (int i = 0; i < 100; i++) {
		struct object *next = malloc(sizeof(*next)), *old;

		next->good = 1;
		old = s.object;
		rcs_rcu_assign(&s.object, next);
		assert_int_equal(i % 8 == 0
					 ? flavour->synchronize_expedited(s.rcu, self)
					 : flavour->synchronize(s.rcu, self),
				 0);
		old->good = 0;
		free(old);
	}
	flavour->offline(self);
	STORE(s.stop, 1);
	for (int i = 0; i < 2; i++)
		pthread_join(readers[i], NULL);
	flavour->online(self);
	flavour->leave(self);
	flavour->destroy(s.rcu);
	free(s.object);
	assert_int_equal(s.spoilt, 0);
}

static void check_objects_plainly(const struct rcs_rcu_flavour *flavour)
{
	check_objects(flavour, plain);
}

static void check_objects_near_wrap(const struct rcs_rcu_flavour *flavour)
{
	check_objects(flavour, (struct rcs_rcu_options){.near_wrap = true});
}

static void readers_never_meet_what_was_freed(void **state)
{
	(void)state;
	with_each(check_objects_plainly);
	with_each(check_objects_near_wrap);
}

static void heeds_announcements(const struct rcs_rcu_flavour *flavour)
{
	struct rcs_rcu *rcu = domain(flavour, plain);
	struct rcs_rcu_thread *self = flavour->enter(rcu, "itself", NULL);

	/* A caller that is registered and online does not wait for itself. */
	flavour->read_lock(self);
	flavour->read_unlock(self);
	assert_int_equal(flavour->synchronize(rcu, self), 0);
	flavour->quiescent(self);
	flavour->offline(self);
	/* Nor does another for one that is offline. */
	assert_int_equal(flavour->synchronize(rcu, NULL), 0);
	flavour->online(self);
	flavour->leave(self);
	assert_int_equal(flavour->synchronize(rcu, NULL), 0);
	flavour->destroy(rcu);
}

static void threads_that_hold_nothing_are_not_waited_for(void **state)
{
	(void)state;
	with_each(heeds_announcements);
}

static void polls(const struct rcs_rcu_flavour *flavour)
{
	struct rcs_rcu *rcu;
	struct reader reader;
	uint64_t before, started;

	if (flavour->poll == NULL) {
		assert_null(flavour->get_state);
		assert_null(flavour->start_poll);
		assert_null(flavour->cond_synchronize);
		return;
	}
	rcu = domain(flavour, plain);
	start_reader(&reader, rcu, 1);
	before = flavour->get_state(rcu);
	assert_false(flavour->poll(rcu, before));
	started = flavour->start_poll(rcu, NULL);
	usleep(1000);
	assert_false(flavour->poll(rcu, started));
	assert_false(flavour->poll(rcu, before));
	end_reader(&reader);
	while (!flavour->poll(rcu, started))
		usleep(100);
	assert_true(flavour->poll(rcu, before));
	assert_int_equal(flavour->cond_synchronize(rcu, NULL, before), 0);
	before = flavour->get_state(rcu);
	assert_false(flavour->poll(rcu, before));
	assert_int_equal(flavour->cond_synchronize(rcu, NULL, before), 0);
	assert_true(flavour->poll(rcu, before));
	flavour->destroy(rcu);
}

static void a_cookie_is_over_when_its_grace_period_is(void **state)
{
	(void)state;
	with_each(polls);
}

static unsigned instead_calls;
static int instead_result;

static int instead(void *argument)
{
	assert_ptr_equal(argument, &instead_calls);
	instead_calls++;
	return instead_result;
}

static int fails(void *writer)
{
	(void)writer;
	return -EPERM;
}

static void stands_on_other_ground(const struct rcs_rcu_flavour *flavour)
{
	const struct rcs_rcu_ground other = {
		.heavy = fails, .instead = instead, .argument = &instead_calls};
	struct rcs_rcu *rcu = domain(flavour, plain);
	const struct rcs_rcu_ground before = rcu->options.ground;

	instead_calls = 0;
	instead_result = -EPERM;
	flavour->stand_on(rcu, &other);
	assert_int_equal(flavour->synchronize(rcu, NULL), -EPERM);
	assert_int_equal(flavour->synchronize_expedited(rcu, NULL), -EPERM);
	assert_int_equal(instead_calls, able(flavour, RCS_RCU_ON_BARRIER) ? 0u : 2u);
	instead_result = 0;
	if (!able(flavour, RCS_RCU_ON_BARRIER))
		assert_int_equal(flavour->synchronize(rcu, NULL), 0);
	flavour->stand_on(rcu, &before);
	check_waits(rcu, 1, flavour->synchronize);
	flavour->destroy(rcu);
}

static void flavours_stand_on_other_ground(void **state)
{
	(void)state;
	with_each(stands_on_other_ground);
}

static void stalled(const struct rcs_rcu_stall *stall, void *argument)
{
	struct reader *reader = argument;

	assert_string_equal(stall->thread, "reader");
	assert_true(stall->tid > 0);
	assert_true(stall->waited_ns >= 1000000);
	STORE(reader->leave, 1);
}

static void tells_of_stalls(const struct rcs_rcu_flavour *flavour)
{
	struct reader reader = {.leave = 0};
	struct rcs_rcu_options options = {
		.stalled = stalled, .stalled_argument = &reader, .stall_ns = 1000000};
	struct rcs_rcu *rcu;

	if (!able(flavour, RCS_RCU_TELLS_STALLS))
		return;
	rcu = domain(flavour, options);
	start_reader(&reader, rcu, 1);
	/* The reader leaves when it is told of. */
	assert_int_equal(flavour->synchronize(rcu, NULL), 0);
	pthread_join(reader.thread, NULL);
	flavour->destroy(rcu);
}

static void stalls_are_told_of(void **state)
{
	(void)state;
	with_each(tells_of_stalls);
}

static void forgives_exit(const struct rcs_rcu_flavour *flavour)
{
	struct rcs_rcu *rcu;
	struct reader reader;

	if (!able(flavour, RCS_RCU_FORGIVES_EXIT))
		return;
	rcu = domain(flavour, plain);
	start_reader(&reader, rcu, 1);
	reader.ends = true;
	end_reader(&reader);
	assert_int_equal(flavour->synchronize(rcu, NULL), 0);
	flavour->destroy(rcu);
}

static void threads_may_end_where_that_is_said(void **state)
{
	(void)state;
	with_each(forgives_exit);
}

static void is_found(const struct rcs_rcu_flavour *flavour)
{
	struct rcs_error e = {.text = ""};
	struct rcs_rcu *first = domain(flavour, plain), *second;

	assert_ptr_equal(rcs_rcu_find(flavour->name, &e), flavour);
	second = flavour->create(&first->options, &e);
	if (second == NULL)
		assert_int_equal(e.kind, RCS_ERROR_RESOURCE);
	else
		flavour->destroy(second);
	flavour->destroy(first);
}

static void flavours_are_found_by_name(void **state)
{
	struct rcs_error e;

	(void)state;
	with_each(is_found);
	assert_null(rcs_rcu_find("nonesuch", &e));
	assert_int_equal(e.kind, RCS_ERROR_USAGE);
	assert_non_null(strstr(e.text, "asym, "));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(grace_periods_wait_for_readers),
		cmocka_unit_test(grace_periods_do_not_wait_for_later_readers),
		cmocka_unit_test(readers_never_meet_what_was_freed),
		cmocka_unit_test(threads_that_hold_nothing_are_not_waited_for),
		cmocka_unit_test(a_cookie_is_over_when_its_grace_period_is),
		cmocka_unit_test(flavours_stand_on_other_ground),
		cmocka_unit_test(stalls_are_told_of),
		cmocka_unit_test(threads_may_end_where_that_is_said),
		cmocka_unit_test(flavours_are_found_by_name),
	};

	return cmocka_run_group_tests(tests, ready_heavy, NULL);
}
