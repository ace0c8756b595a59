/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The RCU that tests with rcu_read_lock() and synchronize_rcu() run on: asym, over the
 * heavy side of the arm that a round is of. So a barrier is judged by what RCU makes of
 * it, and the control is the same RCU over a twin.
 *
 * Each group has a domain of its own, and each seat is registered in that of its group
 * while it runs a segment. Sections are within an instance, and so nobody waits for
 * another seat from within one.
 *
 * Grace periods are expedited ones: others may sleep until a reader wakes them, and
 * that they are woken takes the very order between reader and grace period that a twin
 * does not give.
 */
#include <errno.h>
#include <stdlib.h>

#include "litmus/sections.h"
#include "rcu/read/asym.h"
#include "stress/batched_rig.h"

extern const struct rcs_rcu_flavour rcs_rcu_asym;

/* From the begin of a thread's word to where amplifiers may store: behind all that is
 * kept in its line. */
#define FREE_BYTES 32

/* The seat that this thread is in: a grace period may be run for another one's. */
static _Thread_local struct rcs_batched_seat *seated;

static int heavy(void *nobody)
{
	(void)nobody;
	seated->native.heavy(&seated->native);
	return seated->error;
}

static struct rcs_batched_seat *seat_of(struct rcs_native_env *env)
{
	return (struct rcs_batched_seat *)(void *)env;
}

static void read_lock(struct rcs_native_env *env, int fenced)
{
	rcs_read_lock_asym(seat_of(env)->reader, fenced != 0);
}

static void read_unlock(struct rcs_native_env *env, int fenced)
{
	rcs_read_unlock_asym(seat_of(env)->reader, fenced != 0);
}

static void synchronize(struct rcs_native_env *env)
{
	struct rcs_batched_seat *seat = seat_of(env);
	struct rcs_rcu *rcu = seat->batched->rcu[seat->group];
	int error = rcs_rcu_asym.synchronize_expedited(rcu, seat->reader);

	if (error != 0)
		seat->error = error;
}

int rcs_batched_rcu_create(struct rcs_batched *b, struct rcs_error *e)
{
	const struct rcs_rcu_options options = {.ground.heavy = heavy};

	if (!rcs_litmus_has_rcu(b->test))
		return 0;
	b->rcu = calloc((size_t)b->groups, sizeof(*b->rcu));
	if (b->rcu == NULL)
		return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for %d RCU domains",
				b->groups);
	for (int g = 0; g < b->groups; g++) {
		b->rcu[g] = rcs_rcu_asym.create(&options, e);
		if (b->rcu[g] == NULL)
			return -1;
	}
	return 0;
}

void rcs_batched_rcu_destroy(struct rcs_batched *b)
{
	for (int g = 0; b->rcu != NULL && g < b->groups; g++) {
		if (b->rcu[g] != NULL)
			rcs_rcu_asym.destroy(b->rcu[g]);
	}
	free(b->rcu);
}

bool rcs_batched_rcu_enter(struct rcs_batched_seat *seat)
{
	const struct rcs_batched *b = seat->batched;

	if (b->rcu == NULL)
		return true;
	seat->reader = rcs_rcu_asym.enter(b->rcu[seat->group], "seat", &seat->refused);
	if (seat->reader == NULL)
		return false;
	seated = seat;
	seat->native.read_lock = read_lock;
	seat->native.read_unlock = read_unlock;
	seat->native.synchronize = synchronize;
	return true;
}

void rcs_batched_rcu_leave(struct rcs_batched_seat *seat)
{
	if (seat->reader == NULL)
		return;
	rcs_rcu_asym.leave(seat->reader);
	seat->reader = NULL;
	seated = NULL;
}

void rcs_batched_rcu_amplify(struct rcs_batched_seat *seat)
{
	char *word = rcs_rcu_asym.word(seat->reader);

	seat->amplify.own = (rcs_seq *)(void *)word;
	seat->amplify.refill = (rcs_seq *)(void *)(word + FREE_BYTES);
}
