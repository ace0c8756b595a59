/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ck_epoch: the epochs of libck (after Fraser). A reader marks itself active with a
 * full fence and notes the epoch; a grace period moves the epoch on when all who are
 * active have noted it, twice, or ends at once when nobody is active. Its fences are
 * libck's.
 *
 * Callbacks are those of callbacks.h over ck_epoch_synchronize(). libck has a call of
 * its own, but no thread that would run what was called: callbacks stay in the caller's
 * record until the caller itself polls, they run the newest first, and no other thread
 * can wait for them. That is less than what a flavour promises of call() and barrier().
 */
#include "rcu/read/ck_epoch.h"

#include <limits.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "host/clock.h"
#include "rcu/callbacks.h"
#include "rcu/ground.h"

extern const struct rcs_rcu_flavour rcs_rcu_ck_epoch;

/* Epochs before they wrap, where they are to. */
#define NEAR 5
/* While a grace period waits: it spins, then sleeps so long at a time. */
#define SPIN_NS	 UINT64_C(30000)
#define SLEEP_US 50
/* Before a stall is told of, where nobody says when. */
#define STALL_NS UINT64_C(10000000000)

struct rcs_ck_epoch {
	struct rcs_rcu rcu;
	struct rcs_callbacks *callbacks;
	struct rcs_rcu_registry registry;
	pthread_mutex_t instead; /* one such call at a time */
	ck_epoch_t epoch __attribute__((aligned(128)));
};

CK_STACK_CONTAINER(ck_epoch_record_t, record_next, record_of)

static struct rcs_ck_epoch *ck_of(struct rcs_rcu *rcu)
{
	return (struct rcs_ck_epoch *)(void *)rcu;
}

static void destroy(struct rcs_rcu *rcu)
{
	struct rcs_ck_epoch *ck = ck_of(rcu);
	ck_stack_entry_t *entry, *next;

	rcs_callbacks_destroy(ck->callbacks);
	for (entry = CK_STACK_FIRST(&ck->epoch.records); entry != NULL; entry = next) {
		next = CK_STACK_NEXT(entry);
		free(record_of(entry));
	}
	rcs_rcu_registry_destroy(&ck->registry);
	pthread_mutex_destroy(&ck->instead);
	free(ck);
}

static struct rcs_rcu *create(const struct rcs_rcu_options *options,
			      struct rcs_error *e)
{
	static const struct rcs_rcu_design honest;
	struct rcs_ck_epoch *ck = aligned_alloc(__alignof__(*ck), sizeof(*ck));

	if (ck == NULL) {
		rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for an RCU domain");
		return NULL;
	}
	memset(ck, 0, sizeof(*ck));
	ck->rcu.flavour = &rcs_rcu_ck_epoch;
	ck->rcu.options = *options;
	pthread_mutex_init(&ck->instead, NULL);
	rcs_rcu_registry_init(&ck->registry);
	ck_epoch_init(&ck->epoch);
	if (options->near_wrap)
		ck->epoch.epoch = UINT_MAX - NEAR;
	ck->callbacks = rcs_callbacks_create(&ck->rcu, &honest, e);
	if (ck->callbacks == NULL) {
		destroy(&ck->rcu);
		return NULL;
	}
	return &ck->rcu;
}

static void stand_on(struct rcs_rcu *rcu, const struct rcs_rcu_ground *ground)
{
	pthread_mutex_lock(&ck_of(rcu)->instead);
	rcu->options.ground = *ground;
	pthread_mutex_unlock(&ck_of(rcu)->instead);
}

/* One that a thread has left behind, or another. Under the lock of the registry. */
static struct rcs_ck_epoch_record *record(struct rcs_ck_epoch *ck)
{
	ck_epoch_record_t *old = ck_epoch_recycle(&ck->epoch, NULL);
	struct rcs_ck_epoch_record *own = (struct rcs_ck_epoch_record *)(void *)old;

	if (own != NULL)
		return own;
	own = aligned_alloc(__alignof__(*own), sizeof(*own));
	if (own == NULL)
		return NULL;
	memset(own, 0, sizeof(*own));
	ck_epoch_register(&ck->epoch, &own->record, NULL);
	return own;
}

static struct rcs_rcu_thread *enter(struct rcs_rcu *rcu, const char *name,
				    struct rcs_error *e)
{
	struct rcs_ck_epoch *ck = ck_of(rcu);
	struct rcs_ck_epoch_thread *t =
		rcs_rcu_registry_new(rcu, sizeof(*t), __alignof__(*t), name, e);

	if (t == NULL)
		return NULL;
	pthread_mutex_lock(&ck->registry.lock);
	t->own = record(ck);
	if (t->own != NULL) {
		memcpy(t->own->name, t->member.thread.name, sizeof(t->own->name));
		t->own->tid = t->member.thread.tid;
	}
	pthread_mutex_unlock(&ck->registry.lock);
	if (t->own == NULL) {
		rcs_fail(e, RCS_ERROR_RESOURCE, "no memory to register thread '%.15s'",
			 name);
		free(t);
		return NULL;
	}
	rcs_rcu_registry_add(&ck->registry, &t->member);
	return &t->member.thread;
}

static void leave(struct rcs_rcu_thread *self)
{
	struct rcs_ck_epoch_thread *t = (struct rcs_ck_epoch_thread *)(void *)self;
	struct rcs_ck_epoch *ck = ck_of(self->rcu);

	rcs_callbacks_leave(ck->callbacks, self);
	pthread_mutex_lock(&ck->registry.lock);
	ck_epoch_unregister(&t->own->record);
	pthread_mutex_unlock(&ck->registry.lock);
	rcs_rcu_registry_remove(&ck->registry, &t->member);
	free(t);
}

static void read_lock(struct rcs_rcu_thread *self)
{
	rcs_read_lock_ck_epoch(self, false);
}

static void read_unlock(struct rcs_rcu_thread *self)
{
	rcs_read_unlock_ck_epoch(self, false);
}

static void *word(struct rcs_rcu_thread *self)
{
	return &((struct rcs_ck_epoch_thread *)(void *)self)->own->record.active;
}

/* A grace period that waits. */
struct wait {
	struct rcs_ck_epoch *ck;
	uint64_t begun, told;
	unsigned looks;
};

static void tell_of_stall(const struct wait *wait, uint64_t now,
			  const ck_epoch_record_t *record)
{
	const struct rcs_ck_epoch_record *own = (const void *)record;
	const struct rcs_rcu_options *options = &wait->ck->rcu.options;
	char name[sizeof(own->name)];
	struct rcs_rcu_stall stall = {
		.thread = name,
		.waited_ns = now - wait->begun,
		.nesting = ck_pr_load_uint(&record->active),
	};

	pthread_mutex_lock(&wait->ck->registry.lock);
	memcpy(name, own->name, sizeof(name));
	stall.tid = own->tid;
	pthread_mutex_unlock(&wait->ck->registry.lock);
	options->stalled(&stall, options->stalled_argument);
}

/* Called by libck whenever it has found that record to be waited for. */
static void pause_a_little(ck_epoch_t *epoch, ck_epoch_record_t *record, void *argument)
{
	struct wait *wait = argument;
	uint64_t now = rcs_clock_ns(), every = wait->ck->rcu.options.stall_ns;

	(void)epoch;
	if (wait->begun == 0)
		wait->begun = wait->told = now;
	if (wait->ck->rcu.options.stalled != NULL &&
	    now - wait->told >= (every != 0 ? every : STALL_NS)) {
		tell_of_stall(wait, now, record);
		wait->told = now;
	}
	if (now - wait->begun > SPIN_NS)
		usleep(SLEEP_US);
	else if (++wait->looks % 64 == 0)
		sched_yield();
}

static int synchronize(struct rcs_rcu *rcu, struct rcs_rcu_thread *self)
{
	struct wait wait = {.ck = ck_of(rcu)};
	int result = 0;

	(void)self;
	if (rcs_rcu_instead(rcu, &ck_of(rcu)->instead, &result))
		return result;
	RCS_TSAN_RELEASE(rcu);
	ck_epoch_synchronize_wait(&ck_of(rcu)->epoch, pause_a_little, &wait);
	RCS_TSAN_ACQUIRE(rcu);
	return 0;
}

/* As ck_epoch_synchronize() has it, without a record: it spins, and tells nobody of
 * stalls. */
static int synchronize_expedited(struct rcs_rcu *rcu, struct rcs_rcu_thread *self)
{
	int result = 0;

	(void)self;
	if (rcs_rcu_instead(rcu, &ck_of(rcu)->instead, &result))
		return result;
	RCS_TSAN_RELEASE(rcu);
	ck_epoch_synchronize_wait(&ck_of(rcu)->epoch, NULL, NULL);
	RCS_TSAN_ACQUIRE(rcu);
	return 0;
}

static void call(struct rcs_rcu *rcu, struct rcs_rcu_thread *self,
		 struct rcs_rcu_head *head, rcs_rcu_callback *function)
{
	rcs_callbacks_call(ck_of(rcu)->callbacks, self, head, function);
}

static int barrier(struct rcs_rcu *rcu, struct rcs_rcu_thread *self)
{
	return rcs_callbacks_barrier(ck_of(rcu)->callbacks, self);
}

const struct rcs_rcu_flavour rcs_rcu_ck_epoch = {
	.name = "ck-epoch",
	.summary =
		"a full fence as it enters, and an epoch that all readers have noted",
	.source = "Concurrency Kit",
	.abilities = RCS_RCU_TELLS_STALLS,
	.create = create,
	.destroy = destroy,
	.stand_on = stand_on,
	.enter = enter,
	.leave = leave,
	.read_lock = read_lock,
	.read_unlock = read_unlock,
	.quiescent = rcs_rcu_nothing,
	.offline = rcs_rcu_nothing,
	.online = rcs_rcu_nothing,
	.word = word,
	.synchronize = synchronize,
	.synchronize_expedited = synchronize_expedited,
	.call = call,
	.barrier = barrier,
};
