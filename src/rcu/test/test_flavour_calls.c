/* SPDX-License-Identifier: BSD-2-Clause */
/* Callbacks of every flavour, and what a child of fork() has of it. */
#include "rcu/test/readers.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

#include "host/sanitizer.h"
#include "rcu/callbacks.h"

static const struct rcs_rcu_options plain;

/* A callback that looks at a reader as it runs. */
struct note {
	struct rcs_rcu_head head; /* first */
	struct reader *reader;
	unsigned number; /* of those its thread gave */
	unsigned *last;	 /* the number of the last that ran */
	unsigned ran, too_early, disorder;
};

static void run(struct rcs_rcu_head *head)
{
	struct note *note = (struct note *)(void *)head;

	if (note->reader != NULL && LOAD(note->reader->left) == 0)
		ADD(note->too_early);
	if (note->last != NULL) {
		if (*note->last + 1 != note->number)
			ADD(note->disorder);
		*note->last = note->number;
	}
	ADD(note->ran);
}

/* One is given from within a section, one without being registered, one by a thread
 * that leaves at once. */
static void waits_for_readers(const struct rcs_rcu_flavour *flavour)
{
	struct rcs_rcu *rcu = domain(flavour, plain);
	struct reader reader;
	struct note notes[3] = {
		{.reader = &reader}, {.reader = &reader}, {.reader = &reader}};
	struct rcs_rcu_thread *self;

	start_reader(&reader, rcu, 1);
	self = flavour->enter(rcu, "calls", NULL);
	flavour->read_lock(self);
	flavour->call(rcu, self, &notes[0].head, run);
	flavour->read_unlock(self);
	flavour->call(rcu, NULL, &notes[1].head, run);
	flavour->call(rcu, self, &notes[2].head, run);
	flavour->leave(self);
	usleep(5000); /* a while to be wrong in */
	end_reader(&reader);
	assert_int_equal(flavour->barrier(rcu, NULL), 0);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(notes[i].ran, 1);
		assert_int_equal(notes[i].too_early, 0);
	}
	flavour->destroy(rcu);
}

static void callbacks_wait_for_readers(void **state)
{
	(void)state;
	with_each(waits_for_readers);
}

/* Threads that give callbacks, and read in between. */
enum { PRODUCERS = 4, EACH = 2000 };

struct producer {
	struct rcs_rcu *rcu;
	pthread_t thread;
	struct note *notes;
	unsigned last;
	int result;
};

static void *produce(void *argument)
{
	struct producer *p = argument;
	const struct rcs_rcu_flavour *flavour = p->rcu->flavour;
	struct rcs_rcu_thread *self = flavour->enter(p->rcu, "produces", NULL);

	for (unsigned i = 0; i < EACH; i++) {
		p->notes[i] = (struct note){.number = i + 1, .last = &p->last};
		if (i % 3 == 0)
			flavour->read_lock(self);
		flavour->call(p->rcu, self, &p->notes[i].head, run);
		if (i % 3 == 0)
			flavour->read_unlock(self);
		if (i % 100 == 0)
			flavour->quiescent(self);
	}
	/* Registered, and online where that is told apart. */
	p->result = flavour->barrier(p->rcu, self);
	for (unsigned i = 0; i < EACH; i++)
		p->result += LOAD(p->notes[i].ran) == 1 ? 0 : 1;
	flavour->leave(self);
	return NULL;
}

static void check_producers(const struct rcs_rcu_flavour *flavour, bool per_cpu)
{
	struct rcs_rcu *rcu =
		domain(flavour, (struct rcs_rcu_options){.per_cpu = per_cpu});
	struct producer producers[PRODUCERS];

	for (int i = 0; i < PRODUCERS; i++) {
		producers[i] = (struct producer){
			.rcu = rcu, .notes = calloc(EACH, sizeof(struct note))};
		assert_int_equal(pthread_create(&producers[i].thread, NULL, produce,
						&producers[i]),
				 0);
	}
	for (int i = 0; i < PRODUCERS; i++)
		pthread_join(producers[i].thread, NULL);
	flavour->destroy(rcu);
	for (int i = 0; i < PRODUCERS; i++) {
		assert_int_equal(producers[i].result, 0);
		for (int k = 0; k < EACH; k++) {
			assert_int_equal(producers[i].notes[k].ran, 1);
			assert_int_equal(producers[i].notes[k].disorder, 0);
		}
		free(producers[i].notes);
	}
}

static void runs_each_once_in_order(const struct rcs_rcu_flavour *flavour)
{
	check_producers(flavour, false);
	check_producers(flavour, true);
}

static void each_callback_runs_once_and_in_order(void **state)
{
	(void)state;
	with_each(runs_each_once_in_order);
}

static int fails(void *argument)
{
	(void)argument;
	return -EPERM;
}

static int succeeds(void *argument)
{
	(void)argument;
	return 0;
}

static void keeps_callbacks(const struct rcs_rcu_flavour *flavour)
{
	struct rcs_rcu_ground bad = {.heavy = fails, .instead = fails};
	struct rcs_rcu *rcu = domain(flavour, (struct rcs_rcu_options){.ground = bad});
	struct note note = {.ran = 0};

	flavour->call(rcu, NULL, &note.head, run);
	assert_int_equal(flavour->barrier(rcu, NULL), -EPERM);
	assert_int_equal(LOAD(note.ran), 0);
	/* It has not run, and does so as the domain ends, when nobody reads. */
	flavour->destroy(rcu);
	assert_int_equal(note.ran, 1);
	/* A ground that cannot tell readers apart lets callbacks run all the same. */
	rcu = domain(flavour, plain);
	bad.heavy = bad.instead = succeeds;
	flavour->stand_on(rcu, &bad);
	note.ran = 0;
	flavour->call(rcu, NULL, &note.head, run);
	assert_int_equal(flavour->barrier(rcu, NULL), 0);
	assert_int_equal(note.ran, 1);
	flavour->destroy(rcu);
}

static void a_failing_ground_keeps_callbacks(void **state)
{
	(void)state;
	with_each(keeps_callbacks);
}

/* The child does not have the reader, and must not wait for it. */
static int in_the_child(struct rcs_rcu *rcu, struct rcs_rcu_thread *self,
			struct note *given, const uint64_t *cookie)
{
	const struct rcs_rcu_flavour *flavour = rcu->flavour;
	struct note own = {.ran = 0};

	alarm(60);
	flavour->after_fork_child(rcu, self);
	/* What was pending goes on, with nobody to ask for it. */
	if (RCS_CALLBACKS_RESUME)
		until(&given->ran, 1);
	while (RCS_CALLBACKS_RESUME && cookie != NULL && !flavour->poll(rcu, *cookie))
		usleep(50);
	flavour->read_lock(self);
	flavour->read_unlock(self);
	if (flavour->synchronize(rcu, self) != 0)
		return 1;
	flavour->call(rcu, self, &own.head, run);
	if (flavour->barrier(rcu, self) != 0 || own.ran != 1)
		return 2;
	if (LOAD(given->ran) != 1)
		return 3;
	flavour->leave(self);
	flavour->destroy(rcu);
	return 0;
}

static void child_goes_on(const struct rcs_rcu_flavour *flavour)
{
	struct rcs_rcu *rcu;
	struct rcs_rcu_thread *self;
	struct reader reader;
	struct note given = {.ran = 0};
	uint64_t cookie = 0;
	int status;
	pid_t child;

	if (!able(flavour, RCS_RCU_FORKS)) {
		assert_null(flavour->before_fork);
		assert_null(flavour->after_fork_parent);
		assert_null(flavour->after_fork_child);
		return;
	}
	rcu = domain(flavour, plain);
	self = flavour->enter(rcu, "forks", NULL);
	start_reader(&reader, rcu, 1);
	/* Its grace period may hold locks until the reader leaves, which it does once
	 * the fork is under way. */
	flavour->call(rcu, self, &given.head, run);
	if (flavour->poll != NULL)
		cookie = flavour->start_poll(rcu, self);
	flavour->offline(self);
	STORE(reader.leave, 1);
	flavour->before_fork(rcu, self);
	child = fork();
	if (child == 0)
		_exit(in_the_child(rcu, self, &given,
				   flavour->poll != NULL ? &cookie : NULL));
	flavour->after_fork_parent(rcu);
	assert_true(child > 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	pthread_join(reader.thread, NULL);
	assert_int_equal(flavour->barrier(rcu, self), 0);
	assert_int_equal(given.ran, 1);
	flavour->leave(self);
	flavour->destroy(rcu);
}

/* The same with readers that stay in their sections all the while. */
static void child_is_alone(const struct rcs_rcu_flavour *flavour)
{
	struct rcs_rcu *rcu;
	struct rcs_rcu_thread *self;
	struct reader reader;
	struct note none = {.ran = 1};
	int status;
	pid_t child;

	if (!able(flavour, RCS_RCU_FORKS))
		return;
	rcu = domain(flavour, plain);
	self = flavour->enter(rcu, "forks", NULL);
	start_reader(&reader, rcu, 1);
	flavour->before_fork(rcu, self);
	child = fork();
	if (child == 0)
		_exit(in_the_child(rcu, self, &none, NULL));
	flavour->after_fork_parent(rcu);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	end_reader(&reader);
	assert_int_equal(flavour->synchronize(rcu, self), 0);
	flavour->leave(self);
	flavour->destroy(rcu);
}

#if !RCS_TSAN /* it forbids children with threads of their own */
static void a_child_may_go_on_where_that_is_said(void **state)
{
	(void)state;
	/* Its allocator is locked for good in the child of a thread whose neighbour was
	 * freeing something. */
	for (int i = 0; i < (RCS_ASAN ? 0 : 10); i++)
		with_each(child_goes_on);
	with_each(child_is_alone);
}
#endif

/* A thread that is about to wait for others. */
struct party {
	struct rcs_rcu *rcu;
	pthread_t thread;
	pid_t tid;
	unsigned about;
};

static void say_about(struct party *party)
{
	party->tid = (pid_t)syscall(SYS_gettid);
	STORE(party->about, 1);
}

/* Until it sleeps; where the kernel does not say, the test finds out less. */
static void until_it_waits(struct party *party)
{
	char path[64], line[256];

	until(&party->about, 1);
	(void)snprintf(path, sizeof(path), "/proc/self/task/%d/stat", (int)party->tid);
	for (;;) {
		FILE *file = fopen(path, "r");
		const char *state = NULL;

		if (file != NULL) {
			if (fgets(line, sizeof(line), file) != NULL)
				state = strrchr(line, ')');
			(void)fclose(file);
		}
		if (state == NULL || strncmp(state, ") S", 3) == 0)
			return;
		usleep(50);
	}
}

static void *run_grace_period(void *argument)
{
	struct party *party = argument;

	say_about(party);
	assert_int_equal(party->rcu->flavour->synchronize(party->rcu, NULL), 0);
	return NULL;
}

static void *get_ready_to_fork(void *argument)
{
	struct party *party = argument;
	const struct rcs_rcu_flavour *flavour = party->rcu->flavour;

	say_about(party);
	flavour->before_fork(party->rcu, NULL);
	flavour->after_fork_parent(party->rcu);
	return NULL;
}

/* A reader that gives its first callback in its section, or ends there. */
struct caller {
	struct rcs_rcu *rcu;
	pthread_t thread;
	bool ends;
	unsigned in, go;
	struct note note;
};

static void *call_in_section(void *argument)
{
	struct caller *caller = argument;
	const struct rcs_rcu_flavour *flavour = caller->rcu->flavour;
	struct rcs_rcu_thread *self = flavour->enter(caller->rcu, "calls", NULL);

	flavour->read_lock(self);
	if (caller->ends)
		flavour->call(caller->rcu, self, &caller->note.head, run);
	STORE(caller->in, 1);
	until(&caller->go, 1);
	if (caller->ends)
		return NULL;
	flavour->call(caller->rcu, self, &caller->note.head, run);
	flavour->read_unlock(self);
	flavour->leave(self);
	return NULL;
}

static void check_fork_beside(const struct rcs_rcu_flavour *flavour, bool ends)
{
	struct rcs_rcu *rcu = domain(flavour, plain);
	struct caller caller = {.rcu = rcu, .ends = ends};
	struct party waits = {.rcu = rcu}, forks = {.rcu = rcu};

	assert_int_equal(pthread_create(&caller.thread, NULL, call_in_section, &caller),
			 0);
	until(&caller.in, 1);
	assert_int_equal(pthread_create(&waits.thread, NULL, run_grace_period, &waits),
			 0);
	until_it_waits(&waits);
	assert_int_equal(pthread_create(&forks.thread, NULL, get_ready_to_fork, &forks),
			 0);
	until_it_waits(&forks);
	STORE(caller.go, 1);
	pthread_join(caller.thread, NULL);
	pthread_join(waits.thread, NULL);
	pthread_join(forks.thread, NULL);
	assert_int_equal(flavour->barrier(rcu, NULL), 0);
	assert_int_equal(caller.note.ran, 1);
	flavour->destroy(rcu);
}

/* It is waited for by a grace period, and that by who forks, whom it must not want. */
static void lets_readers_on(const struct rcs_rcu_flavour *flavour)
{
	if (!able(flavour, RCS_RCU_FORKS) || able(flavour, RCS_RCU_QUIESCES))
		return;
	alarm(60);
	check_fork_beside(flavour, false);
	if (able(flavour, RCS_RCU_FORGIVES_EXIT))
		check_fork_beside(flavour, true);
	alarm(0);
}

static void readers_go_on_beside_a_fork(void **state)
{
	(void)state;
	with_each(lets_readers_on);
}

/* A callback that waits for a grace period, when it is told to. */
struct waiting {
	struct rcs_rcu_head head; /* first */
	struct rcs_rcu *rcu;
	unsigned in, go, over;
};

static void wait_in_callback(struct rcs_rcu_head *head)
{
	struct waiting *w = (struct waiting *)(void *)head;

	STORE(w->in, 1);
	until(&w->go, 1);
	assert_int_equal(w->rcu->flavour->synchronize(w->rcu, NULL), 0);
	STORE(w->over, 1);
}

/* The thread that forks announces nothing: it is not to be waited for. */
static void lets_callbacks_on(const struct rcs_rcu_flavour *flavour)
{
	struct rcs_rcu_thread *self;
	struct waiting w = {.in = 0};

	if (!able(flavour, RCS_RCU_FORKS))
		return;
	alarm(60);
	w.rcu = domain(flavour, plain);
	self = flavour->enter(w.rcu, "forks", NULL);
	flavour->call(w.rcu, self, &w.head, wait_in_callback);
	while (LOAD(w.in) == 0)
		flavour->quiescent(self);
	STORE(w.go, 1);
	flavour->before_fork(w.rcu, self);
	assert_int_equal(LOAD(w.over), 1);
	flavour->after_fork_parent(w.rcu);
	alarm(0);
	flavour->leave(self);
	flavour->destroy(w.rcu);
}

static void callbacks_go_on_beside_a_fork(void **state)
{
	(void)state;
	with_each(lets_callbacks_on);
}

/* It was online, and is so again: grace periods wait for it. */
static void is_online_again(const struct rcs_rcu_flavour *flavour)
{
	struct rcs_rcu *rcu;
	struct rcs_rcu_thread *self;
	uint64_t cookie;

	if (!able(flavour, RCS_RCU_FORKS) || !able(flavour, RCS_RCU_QUIESCES))
		return;
	rcu = domain(flavour, plain);
	self = flavour->enter(rcu, "forks", NULL);
	flavour->before_fork(rcu, self);
	flavour->after_fork_parent(rcu);
	cookie = flavour->start_poll(rcu, self);
	usleep(5000); /* a while to be wrong in */
	assert_false(flavour->poll(rcu, cookie));
	flavour->quiescent(self);
	while (!flavour->poll(rcu, cookie))
		flavour->quiescent(self);
	flavour->leave(self);
	flavour->destroy(rcu);
}

static void who_forked_is_waited_for_again(void **state)
{
	(void)state;
	with_each(is_online_again);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(callbacks_wait_for_readers),
		cmocka_unit_test(each_callback_runs_once_and_in_order),
		cmocka_unit_test(a_failing_ground_keeps_callbacks),
#if !RCS_TSAN
		cmocka_unit_test(a_child_may_go_on_where_that_is_said),
#endif
		cmocka_unit_test(readers_go_on_beside_a_fork),
		cmocka_unit_test(callbacks_go_on_beside_a_fork),
		cmocka_unit_test(who_forked_is_waited_for_again),
	};

	return cmocka_run_group_tests(tests, ready_heavy, NULL);
}
