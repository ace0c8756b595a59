/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A whole RCU in a page, as a plug-in for rcustress, and the same with a bug:
 *
 *   cc -shared -fPIC -O2 -o tiny-rcu.so tiny-rcu.c $(pkg-config --cflags rcustress)
 *   rcustress --barrier membarrier --rcu ./tiny-rcu.so rcu
 *   rcustress --barrier membarrier --rcu ./tiny-rcu.so:hasty rcu
 *
 * Each reader has a word: 0, or the number of the grace period that was the newest when
 * its section began. A grace period makes every CPU pass a barrier, takes a new number,
 * and waits until no word has an older one. Readers have no fence: it rests on the
 * barrier that it is put on.
 */
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

#include <rcustress.h>

struct reader {
	/* In two lines of its own: rcustress stores to them, see word(). */
	unsigned long word __attribute__((aligned(128)));
	char rest[128 - sizeof(unsigned long)];
	struct domain *domain;
	unsigned nesting;
	struct reader *next;
};

struct domain {
	const struct rcustress_rcu_options *options;
	unsigned long newest __attribute__((aligned(128))); /* grace period */
	pthread_mutex_t lock;				    /* of all below */
	struct reader *readers;
};

static int create(const struct rcustress_rcu_options *options, void **rcu)
{
	struct domain *d = aligned_alloc(128, sizeof(*d));

	if (d == NULL)
		return -ENOMEM;
	memset(d, 0, sizeof(*d));
	d->options = options;
	d->newest = 1;
	pthread_mutex_init(&d->lock, NULL);
	*rcu = d;
	return 0;
}

static void destroy(void *rcu)
{
	struct domain *d = rcu;

	pthread_mutex_destroy(&d->lock);
	free(d);
}

static int enter(void *rcu, const char *name, void **self)
{
	struct domain *d = rcu;
	struct reader *r = aligned_alloc(128, sizeof(*r));

	(void)name;
	if (r == NULL)
		return -ENOMEM;
	memset(r, 0, sizeof(*r));
	r->domain = d;
	pthread_mutex_lock(&d->lock);
	r->next = d->readers;
	d->readers = r;
	pthread_mutex_unlock(&d->lock);
	*self = r;
	return 0;
}

static void leave(void *self)
{
	struct reader *r = self, **at;
	struct domain *d = r->domain;

	pthread_mutex_lock(&d->lock);
	for (at = &d->readers; *at != r; at = &(*at)->next)
		;
	*at = r->next;
	pthread_mutex_unlock(&d->lock);
	free(r);
}

static void *word(void *self)
{
	return &((struct reader *)self)->word;
}

static void read_lock(void *self)
{
	struct reader *r = self;

	if (r->nesting++ > 0)
		return;
	__atomic_store_n(&r->word,
			 __atomic_load_n(&r->domain->newest, __ATOMIC_RELAXED),
			 __ATOMIC_RELAXED);
	/* The light side: pairs with heavy() in wait_for_readers(). */
	__asm__ __volatile__("" ::: "memory");
}

static void read_unlock(void *self)
{
	struct reader *r = self;

	if (--r->nesting > 0)
		return;
	/* After all that the section did: pairs with the load in wait_for_readers(). */
	__atomic_store_n(&r->word, 0, __ATOMIC_RELEASE);
}

static int wait_for_readers(struct domain *d, int hasty)
{
	unsigned long number;
	int error = 0;

	pthread_mutex_lock(&d->lock);
	/*
	 * A section whose word is not seen below began after this, and sees what the
	 * caller did before: pairs with the light side in read_lock().
	 */
	if (!hasty)
		error = d->options->heavy(d->options->writer);
	/*
	 * Only now: who has the new number has it from after the barrier, and so has
	 * loaded nothing before it, though readers load without any order.
	 */
	number = d->newest + 1 != 0 ? d->newest + 1 : 1;
	__atomic_store_n(&d->newest, number, __ATOMIC_RELAXED);
	for (struct reader *r = d->readers; r != NULL && error == 0; r = r->next) {
		unsigned long has;

		while ((has = __atomic_load_n(&r->word, __ATOMIC_ACQUIRE)) != 0 &&
		       has != number)
			sched_yield();
	}
	/* POWER wants it: an acquire alone does not order the caller's stores after
	 * those of other CPUs that the section saw. */
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	pthread_mutex_unlock(&d->lock);
	return error;
}

static int synchronize(void *rcu, void *self)
{
	(void)self;
	return wait_for_readers(rcu, 0);
}

/* The bug: "words are stored to atomically, so a look at each is enough". But what a
 * reader has stored may not be there yet. */
static int synchronize_hastily(void *rcu, void *self)
{
	struct domain *d = rcu;

	(void)self;
	return wait_for_readers(d, 1);
}

RCUSTRESS_EXPORT const struct rcustress_rcu rcustress_rcu = {
	.size = sizeof(struct rcustress_rcu),
	.abi = RCUSTRESS_ABI,
	.flags = RCUSTRESS_RCU_ON_BARRIER,
	.name = "tiny",
	.summary = "the newest grace period's number in each reader, one heavy call",
	.create = create,
	.destroy = destroy,
	.enter = enter,
	.leave = leave,
	.read_lock = read_lock,
	.read_unlock = read_unlock,
	.synchronize = synchronize,
	.word = word,
};

RCUSTRESS_EXPORT const struct rcustress_rcu hasty = {
	.size = sizeof(struct rcustress_rcu),
	.abi = RCUSTRESS_ABI,
	.flags = RCUSTRESS_RCU_ON_BARRIER,
	.name = "hasty",
	.summary = "the same, without the heavy call",
	.create = create,
	.destroy = destroy,
	.enter = enter,
	.leave = leave,
	.read_lock = read_lock,
	.read_unlock = read_unlock,
	.synchronize = synchronize_hastily,
	.word = word,
};
