/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The callback machinery over a flavour whose grace periods end when the test says so.
 * Every property is one function of a design: the honest one has it, each lie loses it.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "host/clock.h"
#include "host/cpus.h"
#include "rcu/callbacks.h"
#include "rcu/callbacks/rig.h"
#include "rcu/tsan.h"

static const struct rcs_rcu_design honest;

/* Grace periods: begun, let through, over; and what they come to. */
static unsigned begun, allowed, over;
static int outcome;

#define LOAD(x)	    __atomic_load_n(&(x), __ATOMIC_SEQ_CST)
#define STORE(x, v) __atomic_store_n(&(x), (v), __ATOMIC_SEQ_CST)
#define ADD(x)	    __atomic_add_fetch(&(x), 1, __ATOMIC_SEQ_CST)
#define ANY	    (1u << 30)

static void until(unsigned *word, unsigned value)
{
	while ((int)(LOAD(*word) - value) < 0)
		usleep(100);
}

static int gated(struct rcs_rcu *rcu, struct rcs_rcu_thread *self)
{
	unsigned mine = ADD(begun);

	(void)rcu;
	(void)self;
	until(&allowed, mine);
	if (LOAD(outcome) != 0)
		return LOAD(outcome);
	STORE(over, mine);
	return 0;
}

static const struct rcs_rcu_flavour gate = {.name = "gate", .synchronize = gated};
static struct rcs_rcu rcu;

static struct rcs_callbacks *create(const struct rcs_rcu_design *d, bool open)
{
	struct rcs_error e;
	struct rcs_callbacks *c;

	rcu.flavour = &gate;
	STORE(begun, 0);
	STORE(over, 0);
	STORE(allowed, open ? ANY : 0);
	STORE(outcome, 0);
	c = rcs_callbacks_create(&rcu, d, &e);
	assert_non_null(c);
	return c;
}

/* A callback that notes when it was given and when it ran. */
struct note {
	struct rcs_rcu_head head; /* first */
	unsigned number;	  /* of those its giver gave */
	unsigned begun_before;	  /* grace periods begun when it was given */
	unsigned over_then;	  /* the last that was over when it ran */
	unsigned ran;
	unsigned *order; /* the number of the last one that ran */
	unsigned *disorder;
	unsigned sleeps_us;
};

static void run(struct rcs_rcu_head *head)
{
	struct note *note = (struct note *)(void *)head;

	if (note->sleeps_us != 0)
		usleep(note->sleeps_us);
	note->over_then = LOAD(over);
	if (note->order != NULL) {
		if (note->number < LOAD(*note->order))
			ADD(*note->disorder);
		STORE(*note->order, note->number);
	}
	ADD(note->ran);
}

static void give(struct rcs_callbacks *c, struct rcs_rcu_thread *self,
		 struct note *note)
{
	note->begun_before = LOAD(begun);
	rcs_callbacks_call(c, self, &note->head, run);
}

static void open_gate(void)
{
	STORE(allowed, ANY);
}

/* Threads of workers that were started; the next one may be held up, and fail. */
static unsigned started, is_to_fail, is_failing, may_fail;

int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
			  void *(*body)(void *), void *argument);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
			  void *(*body)(void *), void *argument);

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
			  void *(*body)(void *), void *argument)
{
	if (body == rcs_callbacks_work && LOAD(is_to_fail) != 0) {
		STORE(is_to_fail, 0);
		STORE(is_failing, 1);
		until(&may_fail, 1);
		return EAGAIN;
	}
	if (body == rcs_callbacks_work)
		ADD(started);
	return __real_pthread_create(thread, attributes, body, argument);
}

static bool waits_for_a_grace_period(const struct rcs_rcu_design *d)
{
	struct rcs_callbacks *c = create(d, true);
	struct note note = {.ran = 0};

	give(c, NULL, &note);
	assert_int_equal(rcs_callbacks_barrier(c, NULL), 0);
	rcs_callbacks_destroy(c);
	assert_int_equal(note.ran, 1);
	return note.over_then > note.begun_before;
}

static bool waits_for_one_of_its_own(const struct rcs_rcu_design *d)
{
	struct rcs_callbacks *c = create(d, false);
	struct note first = {.ran = 0}, second = {.ran = 0};

	give(c, NULL, &first);
	until(&begun, 1);
	give(c, NULL, &second);
	open_gate();
	assert_int_equal(rcs_callbacks_barrier(c, NULL), 0);
	rcs_callbacks_destroy(c);
	return second.ran == 1 && second.over_then > second.begun_before;
}

static bool keeps_order(const struct rcs_rcu_design *d)
{
	struct rcs_callbacks *c = create(d, false);
	struct rcs_rcu_thread self = {.rcu = &rcu};
	struct note notes[100];
	unsigned order = 0, disorder = 0;

	for (unsigned i = 0; i < 100; i++) {
		notes[i] = (struct note){
			.number = i, .order = &order, .disorder = &disorder};
		/* Before it registers, then as a thread of its own, then once more. */
		give(c, i < 20 ? NULL : &self, &notes[i]);
		if (i == 50)
			rcs_callbacks_leave(c, &self);
	}
	rcs_callbacks_leave(c, &self);
	open_gate();
	assert_int_equal(rcs_callbacks_barrier(c, NULL), 0);
	for (unsigned i = 0; i < 100; i++)
		assert_int_equal(LOAD(notes[i].ran), 1);
	rcs_callbacks_destroy(c);
	return disorder == 0;
}

static bool runs_each_once(const struct rcs_rcu_design *d)
{
	enum { COUNT = 6400 };
	struct rcs_callbacks *c = create(d, true);
	struct note *notes = calloc(COUNT, sizeof(*notes));
	unsigned wrong = 0;

	for (int i = 0; i < COUNT; i++)
		give(c, NULL, &notes[i]);
	assert_int_equal(rcs_callbacks_barrier(c, NULL), 0);
	rcs_callbacks_destroy(c);
	for (int i = 0; i < COUNT; i++)
		wrong += notes[i].ran != 1;
	free(notes);
	return wrong == 0;
}

/* Threads that give callbacks at once. */
enum { PRODUCERS = 4, EACH = 5000 };

struct producer {
	pthread_t thread;
	struct rcs_callbacks *c;
	bool registered;
	struct rcs_rcu_delay delay;
	struct note *notes;
	unsigned order, disorder;
};

static void *produce(void *argument)
{
	struct producer *p = argument;
	struct rcs_rcu_thread self = {.rcu = &rcu, .delay = p->delay};

	for (unsigned i = 0; i < EACH; i++) {
		p->notes[i] = (struct note){
			.number = i, .order = &p->order, .disorder = &p->disorder};
		give(p->c, p->registered ? &self : NULL, &p->notes[i]);
	}
	rcs_callbacks_leave(p->c, &self);
	return NULL;
}

static bool loses_none(const struct rcs_rcu_design *d, bool registered)
{
	struct rcs_callbacks *c = create(d, true);
	struct producer producers[PRODUCERS];
	unsigned lost = 0, disorder = 0;

	for (int i = 0; i < PRODUCERS; i++) {
		producers[i] = (struct producer){
			.c = c,
			.registered = registered,
			.notes = calloc(EACH, sizeof(struct note)),
		};
		if (d->call_races)
			producers[i].delay =
				(struct rcs_rcu_delay){.one_in = 20, .most_ns = 200000};
		assert_int_equal(pthread_create(&producers[i].thread, NULL, produce,
						&producers[i]),
				 0);
	}
	for (int i = 0; i < PRODUCERS; i++)
		pthread_join(producers[i].thread, NULL);
	assert_int_equal(rcs_callbacks_barrier(c, NULL), 0);
	for (int i = 0; i < PRODUCERS; i++) {
		for (int k = 0; k < EACH; k++)
			lost += LOAD(producers[i].notes[k].ran) != 1;
		disorder += producers[i].disorder;
	}
	rcs_callbacks_destroy(c);
	for (int i = 0; i < PRODUCERS; i++)
		free(producers[i].notes);
	assert_int_equal(disorder, 0);
	return lost == 0;
}

static bool loses_none_in_a_race(const struct rcs_rcu_design *d)
{
	return loses_none(d, true);
}

struct waiter {
	struct rcs_callbacks *c;
	struct note *note;
	unsigned over, ran;
};

static void *wait_for_all(void *argument)
{
	struct waiter *w = argument;

	assert_int_equal(rcs_callbacks_barrier(w->c, NULL), 0);
	w->ran = LOAD(w->note->ran);
	STORE(w->over, 1);
	return NULL;
}

/* A barrier() that waits is given a while to be wrong in. */
static bool barrier_waits(const struct rcs_rcu_design *d)
{
	struct rcs_callbacks *c = create(d, false);
	struct note note = {.ran = 0};
	struct waiter w = {.c = c, .note = &note};
	pthread_t thread;

	give(c, NULL, &note);
	until(&begun, 1); /* taken, and not run */
	assert_int_equal(pthread_create(&thread, NULL, wait_for_all, &w), 0);
	for (int i = 0; i < 200 && LOAD(w.over) == 0; i++)
		usleep(1000);
	open_gate();
	pthread_join(thread, NULL);
	rcs_callbacks_destroy(c);
	return w.ran == 1;
}

/* The callback is with the worker of the last CPU there is. */
static bool barrier_waits_for_each_worker(const struct rcs_rcu_design *d)
{
	static struct rcs_cpus cpus;
	struct rcs_rcu_thread self = {.rcu = &rcu};
	struct rcs_callbacks *c;
	struct note note = {.sleeps_us = 20000};
	cpu_set_t before;
	unsigned ran;

	assert_int_equal(rcs_cpus_available(&cpus, NULL), 0);
	rcu.options.per_cpu = true;
	c = create(d, true);
	rcu.options.per_cpu = false;
	sched_getaffinity(0, sizeof(before), &before);
	assert_int_equal(rcs_cpus_bind(cpus.id[cpus.count - 1], NULL), 0);
	give(c, &self, &note);
	sched_setaffinity(0, sizeof(before), &before);
	assert_int_equal(rcs_callbacks_barrier(c, NULL), 0);
	ran = LOAD(note.ran);
	rcs_callbacks_leave(c, &self);
	rcs_callbacks_destroy(c);
	assert_int_equal(note.ran, 1);
	return ran == 1;
}

static bool leaving_loses_nothing(const struct rcs_rcu_design *d)
{
	struct rcs_callbacks *c = create(d, false);
	struct rcs_rcu_thread self = {.rcu = &rcu};
	struct note other = {.ran = 0}, note = {.ran = 0};

	give(c, NULL, &other);
	until(&begun, 1); /* the worker is busy */
	give(c, &self, &note);
	rcs_callbacks_leave(c, &self);
	open_gate();
	assert_int_equal(rcs_callbacks_barrier(c, NULL), 0);
	rcs_callbacks_destroy(c);
	return note.ran == 1;
}

static bool (*const properties[])(const struct rcs_rcu_design *d) = {
	waits_for_a_grace_period, waits_for_one_of_its_own,	 keeps_order,
	runs_each_once,		  loses_none_in_a_race,		 barrier_waits,
	leaving_loses_nothing,	  barrier_waits_for_each_worker,
};

static void the_honest_one_has_every_property(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(properties) / sizeof(properties[0]); i++)
		assert_true(properties[i](&honest));
	assert_true(loses_none(&honest, false));
}

static void each_lie_is_found_out(void **state)
{
	static const struct rcs_rcu_design at_once = {.call_at_once = true},
					   joins = {.call_joins = true},
					   reverses = {.call_reverses = true},
					   twice = {.call_twice = true},
					   never = {.call_never = true},
					   races = {.call_races = true},
					   barrier_at_once = {.barrier_at_once = true},
					   skips_one = {.barrier_skips_one = true},
					   of_taken = {.barrier_of_taken = true},
					   forgets = {.leave_forgets = true};

	(void)state;
	assert_false(waits_for_a_grace_period(&at_once));
	assert_false(waits_for_one_of_its_own(&joins));
	assert_false(keeps_order(&reverses));
	assert_false(runs_each_once(&twice));
	assert_false(runs_each_once(&never));
	assert_false(loses_none_in_a_race(&races));
	assert_false(barrier_waits(&barrier_at_once));
	assert_false(barrier_waits(&of_taken));
	assert_false(barrier_waits_for_each_worker(&skips_one));
	assert_false(leaving_loses_nothing(&forgets));
}

static void a_failed_grace_period_keeps_callbacks(void **state)
{
	struct rcs_callbacks *c = create(&honest, true);
	struct note note = {.ran = 0};

	(void)state;
	STORE(outcome, -EPERM);
	give(c, NULL, &note);
	assert_int_equal(rcs_callbacks_barrier(c, NULL), -EPERM);
	assert_int_equal(rcs_callbacks_barrier(c, NULL), -EPERM);
	assert_int_equal(LOAD(note.ran), 0);
	STORE(outcome, 0);
	/* One error may still be under way. */
	while (rcs_callbacks_barrier(c, NULL) != 0)
		;
	assert_int_equal(LOAD(note.ran), 1);
	rcs_callbacks_destroy(c);
}

/* A thread in barrier(), and what that came to. */
struct asker {
	struct rcs_callbacks *c;
	pthread_t thread;
	int result;
};

static void *ask_for_all(void *argument)
{
	struct asker *asker = argument;

	asker->result = rcs_callbacks_barrier(asker->c, NULL);
	return NULL;
}

/* It waits for its answer from here on. */
static void start_asker(struct asker *asker, struct rcs_callbacks *c)
{
	*asker = (struct asker){.c = c};
	assert_int_equal(pthread_create(&asker->thread, NULL, ask_for_all, asker), 0);
	until(&c->workers[0].waiters, 1);
}

/* That grace period may begin, but not fail, before barrier() does. */
static void an_error_of_before_is_not_told(void **state)
{
	struct rcs_callbacks *c = create(&honest, false);
	struct note note = {.ran = 0};
	struct asker asker;

	(void)state;
	STORE(outcome, -EPERM);
	give(c, NULL, &note);
	until(&begun, 1);
	start_asker(&asker, c);
	STORE(allowed, 1);
	until(&begun, 2);
	STORE(outcome, 0);
	open_gate();
	pthread_join(asker.thread, NULL);
	assert_int_equal(asker.result, 0);
	assert_int_equal(LOAD(note.ran), 1);
	rcs_callbacks_destroy(c);
}

struct giver {
	struct rcs_callbacks *c;
	struct note note;
	pthread_t thread;
};

static void *give_one(void *argument)
{
	struct giver *giver = argument;

	give(giver->c, NULL, &giver->note);
	return NULL;
}

/* Who asks while a worker is being started is told if it cannot be. */
static void a_worker_that_cannot_be_started_is_told_of(void **state)
{
	struct rcs_callbacks *c = create(&honest, true);
	struct giver giver = {.c = c};
	struct note second = {.ran = 0};
	struct asker asker;

	(void)state;
	alarm(60);
	STORE(is_failing, 0);
	STORE(may_fail, 0);
	STORE(is_to_fail, 1);
	assert_int_equal(pthread_create(&giver.thread, NULL, give_one, &giver), 0);
	until(&is_failing, 1);
	give(c, NULL, &second);
	start_asker(&asker, c);
	STORE(may_fail, 1);
	pthread_join(giver.thread, NULL);
	pthread_join(asker.thread, NULL);
	assert_int_equal(asker.result, -EAGAIN);
	assert_int_equal(LOAD(giver.note.ran), 0);
	/* The next one starts it, and has what was kept run. */
	assert_int_equal(rcs_callbacks_barrier(c, NULL), 0);
	assert_int_equal(LOAD(giver.note.ran), 1);
	assert_int_equal(LOAD(second.ran), 1);
	rcs_callbacks_destroy(c);
	alarm(0);
}

/* How a worker is scheduled, as its callback finds it. The kernel is asked: musl's
 * sched_getscheduler() refuses. */
struct schedule {
	struct rcs_rcu_head head; /* first */
	int policy;
};

static void look_at_schedule(struct rcs_rcu_head *head)
{
	((struct schedule *)(void *)head)->policy =
		(int)syscall(SYS_sched_getscheduler, 0);
}

static void *give_in_the_background(void *argument)
{
	const struct sched_param none = {.sched_priority = 0};
	struct rcs_callbacks *c = argument;
	struct schedule schedule = {.policy = -1};

	assert_int_equal(pthread_setschedparam(pthread_self(), SCHED_BATCH, &none), 0);
	rcs_callbacks_call(c, NULL, &schedule.head, look_at_schedule);
	assert_int_equal(rcs_callbacks_barrier(c, NULL), 0);
	assert_int_equal(schedule.policy, SCHED_OTHER);
	return NULL;
}

static void a_worker_does_not_run_as_its_first_caller(void **state)
{
	struct rcs_callbacks *c = create(&honest, true);
	pthread_t thread;

	(void)state;
	assert_int_equal(pthread_create(&thread, NULL, give_in_the_background, c), 0);
	pthread_join(thread, NULL);
	rcs_callbacks_destroy(c);
}

/* A callback that gives another once its worker is to stop. */
struct last {
	struct rcs_rcu_head head; /* first */
	struct rcs_callbacks *c;
	struct note *note;
};

static void give_when_stopped(struct rcs_rcu_head *head)
{
	struct last *last = (struct last *)(void *)head;

	until(&last->c->workers[last->c->count - 1].stop, 1);
	give(last->c, NULL, last->note);
}

static void the_end_starts_no_worker(void **state)
{
	static struct rcs_cpus cpus;
	struct rcs_rcu_thread self = {.rcu = &rcu};
	struct note note = {.ran = 0};
	struct last last = {.note = &note};
	unsigned before;
	cpu_set_t all;

	(void)state;
	assert_int_equal(rcs_cpus_available(&cpus, NULL), 0);
	/* One worker cannot start another. */
	if (cpus.count < 2)
		return;
	rcu.options.per_cpu = true;
	last.c = create(&honest, true);
	rcu.options.per_cpu = false;
	sched_getaffinity(0, sizeof(all), &all);
	assert_int_equal(rcs_cpus_bind(cpus.id[cpus.count - 1], NULL), 0);
	before = LOAD(started);
	rcs_callbacks_call(last.c, &self, &last.head, give_when_stopped);
	sched_setaffinity(0, sizeof(all), &all);
	assert_int_equal(LOAD(started), before + 1);
	rcs_callbacks_leave(last.c, &self);
	rcs_callbacks_destroy(last.c);
	assert_int_equal(LOAD(note.ran), 1);
	assert_int_equal(LOAD(started), before + 1);
}

static void what_is_left_runs_at_the_end(void **state)
{
	struct rcs_callbacks *c = create(&honest, true);
	struct note note = {.ran = 0};

	(void)state;
	STORE(outcome, -EPERM);
	give(c, NULL, &note);
	rcs_callbacks_destroy(c);
	assert_int_equal(note.ran, 1);
	rcs_callbacks_destroy(NULL);
}

static void a_kick_is_a_grace_period(void **state)
{
	struct rcs_callbacks *c = create(&honest, true);

	(void)state;
	for (unsigned i = 0; i < 20; i++) {
		unsigned before = LOAD(begun);

		rcs_callbacks_kick(c);
		until(&over, before + 1);
	}
	/* Nothing is queued: no grace period is needed. */
	assert_int_equal(rcs_callbacks_barrier(c, NULL), 0);
	rcs_callbacks_destroy(c);
}

/* A callback that gives another. */
struct link {
	struct rcs_rcu_head head;
	struct rcs_callbacks *c;
	unsigned left, *ran;
};

static void go_on(struct rcs_rcu_head *head)
{
	struct link *link = (struct link *)(void *)head;

	ADD(*link->ran);
	if (link->left-- > 0)
		rcs_callbacks_call(link->c, NULL, head, go_on);
}

static void callbacks_give_callbacks(void **state)
{
	struct rcs_callbacks *c = create(&honest, true);
	unsigned ran = 0;
	struct link link = {.c = c, .left = 50, .ran = &ran};

	(void)state;
	rcs_callbacks_call(c, NULL, &link.head, go_on);
	assert_int_equal(rcs_callbacks_barrier(c, NULL), 0);
	assert_true(LOAD(ran) >= 1);
	rcs_callbacks_destroy(c);
	assert_int_equal(ran, 51);
}

static int in_the_child(struct rcs_callbacks *c, struct note *taken,
			struct note *queued)
{
	struct note own = {.ran = 0};
	unsigned before = LOAD(begun);

	alarm(60);
	rcs_callbacks_let_go(c, true);
	rcs_callbacks_after_fork(c, true);
	open_gate();
	/* What was pending needs nobody to ask for it. */
	if (RCS_CALLBACKS_RESUME && taken != NULL) {
		until(&taken->ran, 1);
		until(&queued->ran, 1);
	} else if (RCS_CALLBACKS_RESUME) {
		until(&over, before + 1);
	}
	if (rcs_callbacks_barrier(c, NULL) != 0 ||
	    (taken != NULL && (taken->ran != 1 || queued->ran != 1)))
		return 1;
	rcs_callbacks_call(c, NULL, &own.head, run);
	if (rcs_callbacks_barrier(c, NULL) != 0 || own.ran != 1)
		return 2;
	rcs_callbacks_destroy(c);
	return 0;
}

static void fork_child(struct rcs_callbacks *c, struct note *taken, struct note *queued)
{
	int status;
	pid_t child;

	rcs_callbacks_before_fork(c);
	rcs_callbacks_hold(c);
	child = fork();
	if (child == 0)
		_exit(in_the_child(c, taken, queued));
	rcs_callbacks_let_go(c, false);
	rcs_callbacks_after_fork(c, false);
	assert_true(child > 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

#if !RCS_TSAN /* it forbids children with threads of their own */
static void a_child_has_the_queues(void **state)
{
	struct rcs_callbacks *c = create(&honest, false);
	struct rcs_rcu_thread self = {.rcu = &rcu};
	struct note taken = {.ran = 0}, queued = {.ran = 0};

	(void)state;
	give(c, NULL, &taken);
	until(&begun, 1);
	give(c, &self, &queued);
	fork_child(c, &taken, &queued);
	open_gate();
	assert_int_equal(rcs_callbacks_barrier(c, NULL), 0);
	assert_int_equal(LOAD(taken.ran), 1);
	assert_int_equal(LOAD(queued.ran), 1);
	rcs_callbacks_leave(c, &self);
	rcs_callbacks_destroy(c);
}
#endif

#if !RCS_TSAN /* it forbids children with threads of their own */
/* Whether its worker had noticed the kick or not. */
static void a_child_has_the_kicks(void **state)
{
	struct rcs_callbacks *c = create(&honest, false);

	(void)state;
	rcs_callbacks_kick(c);
	until(&begun, 1);
	fork_child(c, NULL, NULL);
	open_gate();
	until(&over, 1);
	rcs_callbacks_destroy(c);
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_honest_one_has_every_property),
		cmocka_unit_test(each_lie_is_found_out),
		cmocka_unit_test(a_failed_grace_period_keeps_callbacks),
		cmocka_unit_test(an_error_of_before_is_not_told),
		cmocka_unit_test(a_worker_that_cannot_be_started_is_told_of),
		cmocka_unit_test(a_worker_does_not_run_as_its_first_caller),
		cmocka_unit_test(the_end_starts_no_worker),
		cmocka_unit_test(what_is_left_runs_at_the_end),
		cmocka_unit_test(a_kick_is_a_grace_period),
		cmocka_unit_test(callbacks_give_callbacks),
#if !RCS_TSAN
		cmocka_unit_test(a_child_has_the_queues),
#endif
#if !RCS_TSAN
		cmocka_unit_test(a_child_has_the_kicks),
#endif
	};

	rcs_cycles_per_ns();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
