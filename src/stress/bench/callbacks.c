/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How often producers call(), and how often callbacks are run: producers give one
 * object after the other, each again once it has been run, until time is up; then the
 * last of them waits in barrier() for all that are still queued. The first rate is
 * over the time in which they gave, the second until barrier() came back.
 *
 * A producer that runs out of objects waits for callbacks, so that what is queued has
 * a bound, as it would have by the memory of a program that frees.
 */
#include "stress/bench/rig.h"

#include <ck_pr.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#ifdef RCS_URCU_HERE
#include <urcu/urcu-memb.h>
#endif

#include "host/clock.h"
#include "stress/bench/median.h"

#define ROUNDS	     8
#define ROUND_MIN_NS UINT64_C(1000000)
#define OBJECTS	     (UINT32_C(1) << 18) /* of all producers */
/* Looking at the clock takes as long as a call(). */
#define BETWEEN_LOOKS 64

struct object {
	union {
		struct rcs_rcu_head head;
#ifdef RCS_URCU_HERE
		struct rcu_head native;
#endif
	};
	unsigned queued;
};

static void run_it(struct rcs_rcu_head *head)
{
	struct object *object =
		(struct object *)(void *)((char *)head - offsetof(struct object, head));

	/* After the callback's use of it: pairs with the look in is_free(). */
	__atomic_store_n(&object->queued, 0, __ATOMIC_RELEASE);
}

#ifdef RCS_URCU_HERE
static void run_native(struct rcu_head *head)
{
	/* Both heads begin the object. */
	run_it((struct rcs_rcu_head *)(void *)head);
}
#endif

static void give(const struct rcs_bench_subject *s, struct rcs_rcu_thread *self,
		 struct object *object)
{
	object->queued = 1;
#ifdef RCS_URCU_HERE
	if (s->native) {
		urcu_memb_flavor.update_call_rcu(&object->native, run_native);
		return;
	}
#endif
	s->flavour->call(s->rcu, self, &object->head, run_it);
}

/* 0, or a negative errno value. */
static int await_all(const struct rcs_bench_subject *s)
{
#ifdef RCS_URCU_HERE
	if (s->native) {
		urcu_memb_flavor.barrier();
		return 0;
	}
#endif
	return s->flavour->barrier(s->rcu, NULL);
}

static bool is_free(const struct object *object)
{
	return __atomic_load_n(&object->queued, __ATOMIC_ACQUIRE) == 0;
}

static struct object *objects_of(struct rcs_bench_rig *rig, int thread, uint32_t *count)
{
	*count = OBJECTS / (uint32_t)rig->plan->writers;
	return (struct object *)rig->objects + (size_t)thread * *count;
}

static void give_until_over(struct rcs_bench_rig *rig, int thread,
			    struct rcs_rcu_thread *self)
{
	struct rcs_bench_subject *s = rig->now;
	struct rcs_bench_tally *tally = &rig->tally[thread];
	bool quiesces = (s->flavour->abilities & RCS_RCU_QUIESCES) != 0;
	uint32_t count, at = 0;
	struct object *object = objects_of(rig, thread, &count);

	for (uint64_t n = 0;; n++) {
		if (n % BETWEEN_LOOKS == 0) {
			if (quiesces)
				s->flavour->quiescent(self);
			if (rcs_bench_over(rig))
				return;
		}
		if (!is_free(&object[at])) {
			/* The workers may need this CPU, and the reader's word. */
			(void)sched_yield();
			n = -UINT64_C(1); /* and look */
			continue;
		}
		give(s, self, &object[at]);
		tally->count++;
		at = at + 1 == count ? 0 : at + 1;
	}
}

static void produce_for_a_round(struct rcs_bench_rig *rig, int thread)
{
	struct rcs_bench_subject *s = rig->now;
	struct rcs_bench_tally *tally = &rig->tally[thread];
	struct rcs_rcu_thread *self = rcs_bench_enter(rig, thread);
	int err = 0;

	tally->count = 0;
	tally->begun_ns = rcs_clock_ns();
	if (self != NULL)
		give_until_over(rig, thread, self);
	tally->ended_ns = rcs_clock_ns();
	if (self != NULL)
		rcs_bench_leave(self);
	if (ck_pr_faa_uint(&rig->giving, -1u) != 1)
		return;
	err = await_all(s);
	rig->drained_ns = rcs_clock_ns();
	if (err != 0)
		rcs_fail(&rig->error[thread], RCS_ERROR_FAULT, "barrier() fails: %s",
			 strerror(-err));
}

/* What barrier() promised. */
static uint32_t left_over(const struct object *object)
{
	uint32_t left = 0;

	for (uint32_t i = 0; i < OBJECTS; i++)
		left += !is_free(&object[i]);
	return left;
}

static int once(struct rcs_bench_rig *rig, struct rcs_bench_subject *s,
		struct rcs_error *e)
{
	uint64_t ns = rig->plan->bench.share_ns / ROUNDS;
	struct rcs_bench_tally given, run;
	uint32_t left;

	rig->giving = (unsigned)rig->plan->writers;
	if (rcs_bench_round(rig, s, produce_for_a_round,
			    ns > ROUND_MIN_NS ? ns : ROUND_MIN_NS, e) != 0)
		return -1;
	left = left_over(rig->objects);
	if (left > 0) {
		/* They may still be run: the memory is not to be used again. */
		return rcs_fail(e, RCS_ERROR_FAULT,
				"%s: barrier() came back before %u callbacks had run",
				s->row->name, left);
	}
	given = run = rcs_bench_sum(rig);
	run.ended_ns = rig->drained_ns;
	rcs_bench_note(rig, s, rcs_bench_per_second(&given),
		       rcs_bench_per_second(&run));
	return 0;
}

/*
 * Has workers started from this thread, which is not bound to a CPU: they would inherit
 * that of the producer that was the first to call(), and share it.
 */
static int start_workers(struct rcs_bench_subject *s, struct object *object,
			 struct rcs_error *e)
{
	struct rcs_rcu_thread *self = s->flavour->enter(s->rcu, "bench", e);
	int err;

	if (self == NULL)
		return -1;
	give(s, self, object);
	s->flavour->leave(self);
	err = await_all(s);
	if (err != 0)
		return rcs_fail(e, RCS_ERROR_FAULT, "barrier() fails: %s",
				strerror(-err));
	return 0;
}

int rcs_bench_callbacks(struct rcs_bench_rig *rig, struct rcs_error *e)
{
	struct object *object = calloc(OBJECTS, sizeof(*object));

	if (object == NULL)
		return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for %u callbacks",
				OBJECTS);
	rig->objects = object;
	for (uint32_t i = 0; i < rig->subjects; i++) {
		struct rcs_bench_subject *s = &rig->subject[i];

		if (s->rcu != NULL && start_workers(s, object, e) != 0)
			return -1;
	}
	if (rcs_bench_rounds(rig, ROUNDS, once, e) != 0)
		return -1;
	for (uint32_t i = 0; i < rig->subjects; i++) {
		struct rcs_bench_subject *s = &rig->subject[i];

		s->row->per_second = rcs_bench_median(s->value, s->rounds);
		s->row->invoked = rcs_bench_median(s->second, s->rounds);
	}
	free(object);
	rig->objects = NULL;
	return 0;
}
