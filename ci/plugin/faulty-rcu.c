/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * RCU plug-ins with everything wrong that a struct can have wrong; and one that works
 * until it is told not to: with FAULTY_RCU="FUNCTION HOW AFTER" in the environment, the
 * call of that number of that function crashes, hangs (spins), sleeps, fails, returns
 * an odd result, or ends the process. For ci/rcu-plugins.bats.
 */
#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <rcustress.h>

/* What it is told, and how often that function was called. */
static struct {
	char function[32], how[16];
	int after, calls;
} fault;

static void look_up(void)
{
	const char *text = getenv("FAULTY_RCU");

	if (text == NULL ||
	    sscanf(text, "%31s %15s %d", fault.function, fault.how, &fault.after) != 3)
		fault.function[0] = '\0';
}

static void *sleeps(void *nothing)
{
	for (;;)
		pause();
	return nothing;
}

/* The result of a function that returns one. */
static int strike(const char *function)
{
	volatile int spins = 1;
	volatile int *volatile nowhere = NULL;
	pthread_t thread;

	if (strcmp(function, fault.function) != 0 ||
	    __atomic_add_fetch(&fault.calls, 1, __ATOMIC_RELAXED) != fault.after)
		return 0;
	if (strcmp(fault.how, "crashes") == 0)
		*nowhere = 1;
	else if (strcmp(fault.how, "aborts") == 0)
		abort();
	else if (strcmp(fault.how, "ends") == 0)
		_exit(3);
	else if (strcmp(fault.how, "thread") == 0)
		(void)pthread_create(&thread, NULL, sleeps, NULL);
	else if (strcmp(fault.how, "odd") == 0)
		return 7;
	else if (strcmp(fault.how, "fails") == 0)
		return -ETIMEDOUT;
	while (strcmp(fault.how, "hangs") == 0 && spins)
		;
	while (strcmp(fault.how, "sleeps") == 0)
		pause();
	return 0;
}

/* A try has one thread. */
static const char *here(const char *in_a_try, const char *in_a_cell, unsigned entered)
{
	DIR *folder = opendir("/proc/self/task");
	int tasks = 0;

	while (folder != NULL && readdir(folder) != NULL)
		tasks++;
	if (folder != NULL)
		closedir(folder);
	return tasks > 3 || entered > 1 ? in_a_cell : in_a_try;
}

/* Readers are counted, by the parity of a number. */
struct domain {
	unsigned number, readers[2], entered;
	pthread_mutex_t lock;
};

struct reader {
	struct domain *domain;
	unsigned nesting, parity;
};

static int probe(void)
{
	look_up();
	return strike("probe");
}

static int create(const struct rcustress_rcu_options *options, void **rcu)
{
	struct domain *d = calloc(1, sizeof(*d));

	(void)options;
	if (d == NULL)
		return -ENOMEM;
	look_up();
	pthread_mutex_init(&d->lock, NULL);
	*rcu = d;
	return strike(here("create", "create_in_cell", 0));
}

static void destroy(void *rcu)
{
	const struct domain *d = rcu;

	(void)strike(here("destroy", "destroy_in_cell", d->entered));
	free(rcu);
}

static int enter(void *rcu, const char *name, void **self)
{
	struct reader *r = calloc(1, sizeof(*r));
	int result = strike("enter");

	(void)name;
	if (r == NULL)
		return -ENOMEM;
	if (result != 0) {
		free(r);
		return result;
	}
	r->domain = rcu;
	(void)__atomic_add_fetch(&r->domain->entered, 1, __ATOMIC_RELAXED);
	*self = r;
	return 0;
}

static void leave(void *self)
{
	(void)strike("leave");
	free(self);
}

static void read_lock(void *self)
{
	struct reader *r = self;

	(void)strike("read_lock");
	if (r->nesting++ > 0)
		return;
	r->parity = __atomic_load_n(&r->domain->number, __ATOMIC_SEQ_CST) % 2;
	(void)__atomic_add_fetch(&r->domain->readers[r->parity], 1, __ATOMIC_SEQ_CST);
}

static void read_unlock(void *self)
{
	struct reader *r = self;

	(void)strike("read_unlock");
	if (--r->nesting > 0)
		return;
	(void)__atomic_sub_fetch(&r->domain->readers[r->parity], 1, __ATOMIC_SEQ_CST);
}

/* One flip may find a reader that was late: two. */
static int wait_for_readers(struct domain *d)
{
	pthread_mutex_lock(&d->lock);
	for (int flip = 0; flip < 2; flip++) {
		unsigned old = __atomic_fetch_add(&d->number, 1, __ATOMIC_SEQ_CST) % 2;

		while (__atomic_load_n(&d->readers[old], __ATOMIC_SEQ_CST) != 0)
			sched_yield();
	}
	pthread_mutex_unlock(&d->lock);
	return 0;
}

static int synchronize(void *rcu, void *self)
{
	int result = strike("synchronize");

	(void)self;
	return result != 0 ? result : wait_for_readers(rcu);
}

static int synchronize_expedited(void *rcu, void *self)
{
	int result = strike("synchronize_expedited");

	(void)self;
	return result != 0 ? result : wait_for_readers(rcu);
}

static void *word(void *self)
{
	(void)self;
	(void)strike("word");
	return NULL;
}

/* Callbacks and cookies: of no use. */
static void call(void *rcu, void *self, struct rcustress_rcu_head *head,
		 rcustress_rcu_callback *function)
{
	(void)head;
	(void)rcu;
	(void)self;
	(void)function;
	(void)strike("call");
}

static int barrier(void *rcu, void *self)
{
	(void)rcu;
	(void)self;
	/* The first in a cell, before it is found that nothing was called. */
	return strike(here("barrier", "barrier_in_cell", 0));
}

static uint64_t get_state(void *rcu)
{
	(void)rcu;
	(void)strike("get_state");
	return 0;
}

static uint64_t start_poll(void *rcu, void *self)
{
	(void)rcu;
	(void)self;
	(void)strike("start_poll");
	return 0;
}

static int poll(void *rcu, uint64_t cookie)
{
	(void)rcu;
	(void)cookie;
	(void)strike("poll");
	return 0;
}

static int cond_synchronize(void *rcu, void *self, uint64_t cookie)
{
	int result = strike("cond_synchronize");

	(void)self;
	(void)cookie;
	return result != 0 ? result : wait_for_readers(rcu);
}

static void quiet(void *self)
{
	(void)self;
}

static void forks(void *rcu, void *self)
{
	(void)rcu;
	(void)self;
}

static void forks_parent(void *rcu)
{
	(void)rcu;
}

#define HEAD   .size = sizeof(struct rcustress_rcu), .abi = RCUSTRESS_ABI
#define NAMED  .name = "faulty", .summary = "counts readers"
#define DOMAIN .create = create, .destroy = destroy
#define THREAD .enter = enter, .leave = leave
#define READS  .read_lock = read_lock, .read_unlock = read_unlock
#define PERIOD .synchronize = synchronize
#define ALL    NAMED, DOMAIN, THREAD, READS, PERIOD

#define FAULTY(symbol, ...)                                                            \
	RCUSTRESS_EXPORT const struct rcustress_rcu symbol = {__VA_ARGS__}

FAULTY(rcustress_rcu, HEAD, ALL, .probe = probe, .word = word,
       .synchronize_expedited = synchronize_expedited);
/* Callbacks and cookies that are never asked whether they are right. */
FAULTY(calls, HEAD, ALL, .call = call, .barrier = barrier);
FAULTY(polls, HEAD, ALL, .get_state = get_state, .start_poll = start_poll, .poll = poll,
       .cond_synchronize = cond_synchronize);
FAULTY(handlers, HEAD, ALL, .flags = RCUSTRESS_RCU_IN_HANDLERS);

FAULTY(no_size, .abi = RCUSTRESS_ABI, ALL);
FAULTY(small, .size = 64, .abi = RCUSTRESS_ABI, ALL);
FAULTY(no_version, .size = sizeof(struct rcustress_rcu), ALL);
FAULTY(later, .size = sizeof(struct rcustress_rcu), .abi = RCUSTRESS_ABI + 1, ALL);

/* From a header that is newer: with nothing in what it added, and with something. */
struct longer {
	struct rcustress_rcu known;
	void *added;
};
RCUSTRESS_EXPORT const struct longer longer_empty = {
	{.size = sizeof(struct longer), .abi = RCUSTRESS_ABI, ALL}, NULL};
RCUSTRESS_EXPORT const struct longer longer_used = {
	{.size = sizeof(struct longer), .abi = RCUSTRESS_ABI, ALL}, &fault};

FAULTY(no_name, HEAD, .summary = "", DOMAIN, THREAD, READS, PERIOD);
FAULTY(odd_name, HEAD, .name = "a name", .summary = "", DOMAIN, THREAD, READS, PERIOD);
FAULTY(mutant_name, HEAD, .name = "mutant:no_heavy", .summary = "", DOMAIN, THREAD,
       READS, PERIOD);
FAULTY(long_name, HEAD, .name = "abcdefghijklmnopqrstuvwxy", .summary = "", DOMAIN,
       THREAD, READS, PERIOD);
FAULTY(own_name, HEAD, .name = "asym", .summary = "", DOMAIN, THREAD, READS, PERIOD);
FAULTY(all_name, HEAD, .name = "all", .summary = "", DOMAIN, THREAD, READS, PERIOD);
FAULTY(bad_name_pointer, HEAD, .name = (const char *)8, .summary = "", DOMAIN, THREAD,
       READS, PERIOD);

FAULTY(no_summary, HEAD, .name = "faulty", DOMAIN, THREAD, READS, PERIOD);
FAULTY(no_create, HEAD, NAMED, .destroy = destroy, THREAD, READS, PERIOD);
FAULTY(no_destroy, HEAD, NAMED, .create = create, THREAD, READS, PERIOD);
FAULTY(no_enter, HEAD, NAMED, DOMAIN, .leave = leave, READS, PERIOD);
FAULTY(no_leave, HEAD, NAMED, DOMAIN, .enter = enter, READS, PERIOD);
FAULTY(no_read_lock, HEAD, NAMED, DOMAIN, THREAD, .read_unlock = read_unlock, PERIOD);
FAULTY(no_read_unlock, HEAD, NAMED, DOMAIN, THREAD, .read_lock = read_lock, PERIOD);
FAULTY(no_synchronize, HEAD, NAMED, DOMAIN, THREAD, READS);

FAULTY(call_alone, HEAD, ALL, .call = call);
FAULTY(barrier_alone, HEAD, ALL, .barrier = barrier);
FAULTY(no_poll, HEAD, ALL, .get_state = get_state, .start_poll = start_poll,
       .cond_synchronize = cond_synchronize);
FAULTY(poll_alone, HEAD, ALL, .poll = poll);
FAULTY(no_online, HEAD, ALL, .flags = RCUSTRESS_RCU_QUIESCES, .quiescent = quiet,
       .offline = quiet);
FAULTY(no_after_fork_child, HEAD, ALL, .flags = RCUSTRESS_RCU_FORKS,
       .before_fork = forks, .after_fork_parent = forks_parent);
FAULTY(unknown_flag, HEAD, ALL, .flags = UINT32_C(1) << 20);

/* A barrier, where an RCU is wanted. It may fail, under an RCU of rcustress. */
static int set_up(void **state)
{
	(void)state;
	look_up();
	return 0;
}

static int heavy(void *writer)
{
	(void)writer;
	return strike("heavy");
}

RCUSTRESS_EXPORT const struct rcustress_barrier a_barrier = {
	.size = sizeof(struct rcustress_barrier),
	.abi = RCUSTRESS_ABI,
	.name = "a-barrier",
	.summary = "none",
	.setup = set_up,
	.heavy = heavy,
};
