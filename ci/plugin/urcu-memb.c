/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * liburcu's default flavour as a plug-in for rcustress: how to put a library's RCU
 * under the torture.
 *
 *   cc -shared -fPIC -O2 -o urcu-memb.so urcu-memb.c \
 *      $(pkg-config --cflags rcustress) $(pkg-config --cflags --libs liburcu-memb)
 *   rcustress --rcu ./urcu-memb.so rcu
 *
 * It brings its own barrier, membarrier(2), and so has no RCUSTRESS_RCU_ON_BARRIER; its
 * state is the library's, so that one domain at a time is all there can be.
 */
#include <errno.h>
#include <stdlib.h>

#define RCU_MEMBARRIER
#include <urcu.h>

#include <rcustress.h>

struct domain {
	struct call_rcu_data *worker; /* that runs what call() was given */
};

static int create(const struct rcustress_rcu_options *options, void **rcu)
{
	struct domain *d = malloc(sizeof(*d));

	(void)options;
	if (d == NULL)
		return -ENOMEM;
	/* One of its own, as the library's default one is never ended. */
	d->worker = create_call_rcu_data(0, -1);
	if (d->worker == NULL) {
		free(d);
		return -EAGAIN;
	}
	*rcu = d;
	return 0;
}

static void destroy(void *rcu)
{
	struct domain *d = rcu;

	rcu_barrier();
	call_rcu_data_free(d->worker);
	free(d);
}

static int enter(void *rcu, const char *name, void **self)
{
	(void)name;
	rcu_register_thread();
	set_thread_call_rcu_data(((struct domain *)rcu)->worker);
	*self = rcu;
	return 0;
}

static void leave(void *self)
{
	(void)self;
	set_thread_call_rcu_data(NULL);
	rcu_unregister_thread();
}

static void read_lock(void *self)
{
	(void)self;
	rcu_read_lock();
}

static void read_unlock(void *self)
{
	(void)self;
	rcu_read_unlock();
}

static int synchronize(void *rcu, void *self)
{
	(void)rcu;
	(void)self;
	synchronize_rcu();
	return 0;
}

_Static_assert(sizeof(struct rcu_head) <= sizeof(struct rcustress_rcu_head),
	       "the library's head is to fit in");

static void call(void *rcu, void *self, struct rcustress_rcu_head *head,
		 rcustress_rcu_callback *function)
{
	struct domain *d = rcu;
	/* A callback of the library runs in its worker, which is registered. */
	int guest = self == NULL && get_thread_call_rcu_data() != d->worker;

	/* The library wants its callers registered. */
	if (guest) {
		rcu_register_thread();
		set_thread_call_rcu_data(d->worker);
	}
	call_rcu((struct rcu_head *)(void *)head,
		 (void (*)(struct rcu_head *))(void (*)(void))function);
	if (guest) {
		set_thread_call_rcu_data(NULL);
		rcu_unregister_thread();
	}
}

static int barrier_of(void *rcu, void *self)
{
	(void)rcu;
	(void)self;
	rcu_barrier();
	return 0;
}

RCUSTRESS_EXPORT const struct rcustress_rcu rcustress_rcu = {
	.size = sizeof(struct rcustress_rcu),
	.abi = RCUSTRESS_ABI,
	.name = "my-urcu",
	.summary = "liburcu's default flavour, by its functions",
	.create = create,
	.destroy = destroy,
	.enter = enter,
	.leave = leave,
	.read_lock = read_lock,
	.read_unlock = read_unlock,
	.synchronize = synchronize,
	.call = call,
	.barrier = barrier_of,
};
