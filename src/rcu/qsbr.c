/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * qsbr: an RCU by quiescent states. A reader does nothing as it enters and leaves
 * sections; now and then it announces that it is in none. A grace period is over when
 * every thread has made an announcement since it began, or is offline.
 *
 *	thread				grace period
 *
 *	  r = p, uses *r		(the caller unpublishes: p = new)
 *	n = number		(a)	full fence (e); number = number + 2, a release
 *	word = n, a release	(b)	full fence (d)
 *	  r = p, uses *r		for each thread: acquire word, until it is
 *					  number, or offline
 *					full fence (f)
 *					(the caller frees what it unpublished)
 *	online:
 *	word = n = number		offline:
 *	full fence		(c)	word = 0, a release (b)
 *	number is n still, acquire (a)?
 *	otherwise once more
 *
 * Announcing needs no full fence. A thread can only announce a number that it has
 * loaded, and (a) orders all that follows after what came before the grace period of
 * that number: a section that follows sees the new pointer, even if its loads run ahead
 * of the store of the word. And (b) orders all sections before it before the acquire of
 * the scan. A thread that finds its word up to date need not store again: the grace
 * period of that number has its announcement, and the next will have another number.
 *
 * The word of a thread that is online is the number or an older one: the one before,
 * as no grace period ends before all have announced its own; or what a thread had
 * loaded some time before it came online; or what was under way when a child of
 * fork() was made. How old it is does not matter: the scan asks whether they are
 * equal, and only the thread's own store makes them so, or a wrap as it comes online,
 * when it is in no section. So the number may wrap, however short a word is: it is
 * odd, and steps over 0, which is offline.
 *
 * (c) pairs with (d): a thread that comes online has stored its word, and the scan sees
 * that it is neither offline nor at the number; or the load that follows (c) sees the
 * number, and with (a) the new pointer. A number that was loaded long ago is no danger:
 * the thread is in no section before it has seen it a second time, and if the grace
 * period that it has in the end was begun under its eyes, it saw what came before.
 *
 * (e) and (f) make synchronize() a full barrier for its caller. (e) is also between
 * `begun` and the number, and pairs with the fence in required(): whoever finds a grace
 * period not begun yet has done what it did before that grace period. (f) pairs with
 * any full fence elsewhere, for what a section had seen of other CPUs' stores: on POWER
 * a release and an acquire are not enough.
 *
 * (g) in rcs_qsbr_wake() pairs with (h) in doze(), both in qsbr/wait.c: the thread
 * stores its word and looks whether anybody sleeps; the grace period says that it
 * sleeps and looks at the words. It is only on the way of a thread that announces a
 * number for the first time.
 */
#include "rcu/read/qsbr.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* Grace periods before counters wrap, where they are to. */
#define NEAR 40

extern const struct rcs_rcu_flavour rcs_rcu_qsbr;

static struct rcs_qsbr *qsbr_of(struct rcs_rcu *rcu)
{
	return (struct rcs_qsbr *)(void *)rcu;
}

/* Whether grace periods wait for the calling thread, which may be NULL. */
static bool is_online(const struct rcs_rcu_thread *self)
{
	const struct rcs_qsbr_thread *t = (const void *)self;

	return t != NULL && t->word != RCS_QSBR_OFFLINE;
}

/* Runs a grace period; `running` is held. */
static int grace(struct rcs_qsbr *qsbr, bool spins)
{
	const struct rcs_rcu_ground *ground = &qsbr->rcu.options.ground;
	unsigned long count = qsbr->begun + 1;
	int error = 0;

	__atomic_store_n(&qsbr->begun, count, __ATOMIC_RELAXED);
	ck_pr_fence_memory(); /* (e) */
	if (ground->instead != NULL) {
		error = ground->instead(ground->argument);
	} else {
		__atomic_store_n(&qsbr->number, qsbr->number + 2, __ATOMIC_RELEASE);
		ck_pr_fence_memory(); /* (d) */
		rcs_qsbr_wait(qsbr, spins);
	}
	if (error != 0)
		return error;
	ck_pr_fence_memory(); /* (f) */
	/* Pairs with the acquire in is_over(). */
	__atomic_store_n(&qsbr->over, count, __ATOMIC_RELEASE);
	return 0;
}

/* The first grace period that is sure to begin after this. */
static unsigned long required(struct rcs_qsbr *qsbr)
{
	ck_pr_fence_memory(); /* pairs with (e) */
	return __atomic_load_n(&qsbr->begun, __ATOMIC_RELAXED) + 1;
}

static bool is_over(struct rcs_qsbr *qsbr, unsigned long count)
{
	/* Acquire pairs with the release in grace(). */
	if ((long)(__atomic_load_n(&qsbr->over, __ATOMIC_ACQUIRE) - count) < 0)
		return false;
	ck_pr_fence_memory(); /* as (f), where another ran it */
	return true;
}

/*
 * All who come while a grace period runs wait for `running`; the first to have it runs
 * one, which began after the others had come, and these find it over.
 */
static int until_over(struct rcs_rcu *rcu, struct rcs_rcu_thread *self,
		      unsigned long count, bool spins)
{
	struct rcs_qsbr *qsbr = qsbr_of(rcu);
	bool online = is_online(self);
	int error = 0;

	if (is_over(qsbr, count))
		return 0;
	if (online)
		rcs_qsbr_offline(self);
	pthread_mutex_lock(&qsbr->running);
	if (!is_over(qsbr, count))
		error = grace(qsbr, spins);
	pthread_mutex_unlock(&qsbr->running);
	if (online)
		rcs_qsbr_online(self);
	return error;
}

static int synchronize(struct rcs_rcu *rcu, struct rcs_rcu_thread *self)
{
	return until_over(rcu, self, required(qsbr_of(rcu)), false);
}

static int synchronize_expedited(struct rcs_rcu *rcu, struct rcs_rcu_thread *self)
{
	return until_over(rcu, self, required(qsbr_of(rcu)), true);
}

static uint64_t get_state(struct rcs_rcu *rcu)
{
	return required(qsbr_of(rcu));
}

static uint64_t start_poll(struct rcs_rcu *rcu, struct rcs_rcu_thread *self)
{
	uint64_t cookie = required(qsbr_of(rcu));

	(void)self;
	rcs_callbacks_kick(qsbr_of(rcu)->callbacks);
	return cookie;
}

static bool poll(struct rcs_rcu *rcu, uint64_t cookie)
{
	return is_over(qsbr_of(rcu), (unsigned long)cookie);
}

static int cond_synchronize(struct rcs_rcu *rcu, struct rcs_rcu_thread *self,
			    uint64_t cookie)
{
	return until_over(rcu, self, (unsigned long)cookie, false);
}

static void call(struct rcs_rcu *rcu, struct rcs_rcu_thread *self,
		 struct rcs_rcu_head *head, rcs_rcu_callback *function)
{
	rcs_callbacks_call(qsbr_of(rcu)->callbacks, self, head, function);
}

static int barrier(struct rcs_rcu *rcu, struct rcs_rcu_thread *self)
{
	bool online = is_online(self);
	int error;

	if (online)
		rcs_qsbr_offline(self);
	error = rcs_callbacks_barrier(qsbr_of(rcu)->callbacks, self);
	if (online)
		rcs_qsbr_online(self);
	return error;
}

static struct rcs_rcu *create(const struct rcs_rcu_options *options,
			      struct rcs_error *e)
{
	static const struct rcs_rcu_design honest;
	struct rcs_qsbr *qsbr = aligned_alloc(__alignof__(*qsbr), sizeof(*qsbr));

	if (qsbr == NULL) {
		rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for an RCU domain");
		return NULL;
	}
	memset(qsbr, 0, sizeof(*qsbr));
	qsbr->rcu.flavour = &rcs_rcu_qsbr;
	qsbr->rcu.options = *options;
	qsbr->number = options->near_wrap ? ULONG_MAX - 2 * NEAR : 1;
	qsbr->begun = qsbr->over = options->near_wrap ? ULONG_MAX - NEAR / 2 : 0;
	pthread_mutex_init(&qsbr->running, NULL);
	rcs_rcu_registry_init(&qsbr->registry);
	qsbr->callbacks = rcs_callbacks_create(&qsbr->rcu, &honest, e);
	if (qsbr->callbacks == NULL) {
		rcs_rcu_registry_destroy(&qsbr->registry);
		pthread_mutex_destroy(&qsbr->running);
		free(qsbr);
		return NULL;
	}
	return &qsbr->rcu;
}

static void destroy(struct rcs_rcu *rcu)
{
	struct rcs_qsbr *qsbr = qsbr_of(rcu);

	rcs_callbacks_destroy(qsbr->callbacks);
	rcs_rcu_registry_destroy(&qsbr->registry);
	pthread_mutex_destroy(&qsbr->running);
	free(qsbr);
}

static void stand_on(struct rcs_rcu *rcu, const struct rcs_rcu_ground *ground)
{
	/* A worker may still be about to leave its last grace period. */
	pthread_mutex_lock(&qsbr_of(rcu)->running);
	rcu->options.ground = *ground;
	pthread_mutex_unlock(&qsbr_of(rcu)->running);
}

static struct rcs_rcu_thread *enter(struct rcs_rcu *rcu, const char *name,
				    struct rcs_error *e)
{
	struct rcs_qsbr_thread *t =
		rcs_rcu_registry_new(rcu, sizeof(*t), __alignof__(*t), name, e);

	if (t == NULL)
		return NULL;
	t->qsbr = qsbr_of(rcu);
	/* Offline as it is listed, then online: see (c). */
	rcs_rcu_registry_add(&t->qsbr->registry, &t->member);
	rcs_qsbr_online(&t->member.thread);
	return &t->member.thread;
}

static void leave(struct rcs_rcu_thread *self)
{
	struct rcs_qsbr_thread *t = (struct rcs_qsbr_thread *)(void *)self;

	rcs_callbacks_leave(t->qsbr->callbacks, self);
	rcs_qsbr_offline(self);
	rcs_rcu_registry_remove(&t->qsbr->registry, &t->member);
	free(t);
}

static void read_lock(struct rcs_rcu_thread *self)
{
	rcs_read_lock_qsbr(self, false);
}

static void read_unlock(struct rcs_rcu_thread *self)
{
	rcs_read_unlock_qsbr(self, false);
}

static void quiescent(struct rcs_rcu_thread *self)
{
	rcs_qsbr_quiescent(self);
}

static void offline(struct rcs_rcu_thread *self)
{
	rcs_qsbr_offline(self);
}

static void online(struct rcs_rcu_thread *self)
{
	rcs_qsbr_online(self);
}

/* Entering a section stores nothing. */
static void *word(struct rcs_rcu_thread *self)
{
	(void)self;
	return NULL;
}

/*
 * A callback that is half-way may wait for a grace period, and so for the thread that
 * forks, unless that is offline. `running` is not waited for: a child whose copy is
 * half-way through a grace period has simply lost that one.
 */
static void before_fork(struct rcs_rcu *rcu, struct rcs_rcu_thread *self)
{
	bool online = is_online(self);

	if (online)
		rcs_qsbr_offline(self);
	rcs_callbacks_before_fork(qsbr_of(rcu)->callbacks);
	rcs_callbacks_hold(qsbr_of(rcu)->callbacks);
	pthread_mutex_lock(&qsbr_of(rcu)->registry.lock);
	if (online)
		rcs_qsbr_online(self);
}

static void after_fork_parent(struct rcs_rcu *rcu)
{
	pthread_mutex_unlock(&qsbr_of(rcu)->registry.lock);
	rcs_callbacks_let_go(qsbr_of(rcu)->callbacks, false);
	rcs_callbacks_after_fork(qsbr_of(rcu)->callbacks, false);
}

static void after_fork_child(struct rcs_rcu *rcu, struct rcs_rcu_thread *self)
{
	struct rcs_qsbr *qsbr = qsbr_of(rcu);

	rcs_rcu_registry_outlive(&qsbr->registry, self);
	pthread_mutex_init(&qsbr->running, NULL);
	qsbr->waiting = 0;
	pthread_mutex_unlock(&qsbr->registry.lock);
	rcs_callbacks_let_go(qsbr->callbacks, true);
	rcs_callbacks_after_fork(qsbr->callbacks, true);
}

const struct rcs_rcu_flavour rcs_rcu_qsbr = {
	.name = "qsbr",
	.summary = "every thread has announced that it holds nothing",
	.source = "rcustress",
	.abilities = RCS_RCU_QUIESCES | RCS_RCU_FORKS | RCS_RCU_TELLS_STALLS,
	.create = create,
	.destroy = destroy,
	.stand_on = stand_on,
	.enter = enter,
	.leave = leave,
	.read_lock = read_lock,
	.read_unlock = read_unlock,
	.quiescent = quiescent,
	.offline = offline,
	.online = online,
	.word = word,
	.synchronize = synchronize,
	.synchronize_expedited = synchronize_expedited,
	.call = call,
	.barrier = barrier,
	.get_state = get_state,
	.start_poll = start_poll,
	.poll = poll,
	.cond_synchronize = cond_synchronize,
	.before_fork = before_fork,
	.after_fork_parent = after_fork_parent,
	.after_fork_child = after_fork_child,
};
