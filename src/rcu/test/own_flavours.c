/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * asym and qsbr of this program as plug-ins for it: RCUs that have every member of
 * rcustress.h. The same with some of them left out, and with one that is wrong. The
 * object has functions of the same names as the program that loads it, which is to be
 * no matter. Where RCUSTRESS_TEST_COUNTS names a file, a domain that ends appends a
 * line of how often it was asked for what.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rcu/rcu.h"
#include "rcustress.h"

extern const struct rcs_rcu_flavour rcs_rcu_asym, rcs_rcu_qsbr;

struct counts {
	unsigned long sections, handlers, words, expedited, calls, barriers, polls,
		forks, announcements;
};

struct domain {
	const struct rcs_rcu_flavour *of;
	struct rcs_rcu *rcu;
	struct rcustress_rcu_options options;
	struct counts counts;
};

/* One at a time. */
static struct domain *current;
static bool counting;

static void count(unsigned long *what)
{
	if (counting)
		(void)__atomic_add_fetch(what, 1, __ATOMIC_RELAXED);
}

static struct rcs_rcu_thread *thread(void *self)
{
	return self;
}

static const struct rcs_rcu_flavour *flavour_of(void *self)
{
	return thread(self)->rcu->flavour;
}

static void stalled(const struct rcs_rcu_stall *stall, void *argument)
{
	const struct rcustress_rcu_options *o = argument;

	o->stalled(stall->thread, stall->tid, stall->waited_ns, o->stalled_argument);
}

static int create(const struct rcs_rcu_flavour *of,
		  const struct rcustress_rcu_options *options, void **rcu)
{
	struct domain *d = calloc(1, sizeof(*d));
	struct rcs_rcu_options ours = {
		.ground = {options->heavy, options->writer, NULL, NULL},
		.stalled = stalled,
		.stall_ns = options->stall_ns,
		.near_wrap = options->near_wrap != 0,
	};
	struct rcs_error e;

	if (d == NULL)
		return -ENOMEM;
	d->of = of;
	d->options = *options;
	ours.stalled_argument = &d->options;
	d->rcu = of->create(&ours, &e);
	if (d->rcu == NULL) {
		free(d);
		return -ENOMEM;
	}
	counting = getenv("RCUSTRESS_TEST_COUNTS") != NULL;
	current = d;
	*rcu = d;
	return 0;
}

static int create_asym(const struct rcustress_rcu_options *options, void **rcu)
{
	return create(&rcs_rcu_asym, options, rcu);
}

static int create_qsbr(const struct rcustress_rcu_options *options, void **rcu)
{
	return create(&rcs_rcu_qsbr, options, rcu);
}

static void tell(const struct counts *c)
{
	FILE *file = fopen(getenv("RCUSTRESS_TEST_COUNTS"), "a");

	if (file == NULL)
		return;
	(void)fprintf(file,
		      "sections=%lu handlers=%lu words=%lu expedited=%lu calls=%lu "
		      "barriers=%lu polls=%lu forks=%lu announcements=%lu\n",
		      c->sections, c->handlers, c->words, c->expedited, c->calls,
		      c->barriers, c->polls, c->forks, c->announcements);
	(void)fclose(file);
}

static void destroy(void *rcu)
{
	struct domain *d = rcu;

	d->of->destroy(d->rcu);
	if (counting)
		tell(&d->counts);
	free(d);
}

static int enter(void *rcu, const char *name, void **self)
{
	const struct domain *d = rcu;
	struct rcs_error e;

	*self = d->of->enter(d->rcu, name, &e);
	return *self == NULL ? -ENOMEM : 0;
}

static void leave(void *self)
{
	flavour_of(self)->leave(thread(self));
}

/* As long as a handler runs, its signal is blocked. */
static void count_section(void)
{
	sigset_t blocked;

	if (!counting)
		return;
	count(&current->counts.sections);
	if (pthread_sigmask(SIG_SETMASK, NULL, &blocked) == 0 &&
	    sigismember(&blocked, SIGRTMIN + 7) == 1)
		count(&current->counts.handlers);
}

static void read_lock(void *self)
{
	count_section();
	flavour_of(self)->read_lock(thread(self));
}

static void read_unlock(void *self)
{
	flavour_of(self)->read_unlock(thread(self));
}

static int synchronize(void *rcu, void *self)
{
	const struct domain *d = rcu;

	return d->of->synchronize(d->rcu, self);
}

static void quiescent(void *self)
{
	count(&current->counts.announcements);
	flavour_of(self)->quiescent(thread(self));
}

static void offline(void *self)
{
	count(&current->counts.announcements);
	flavour_of(self)->offline(thread(self));
}

static void online(void *self)
{
	flavour_of(self)->online(thread(self));
}

static void *word(void *self)
{
	count(&current->counts.words);
	return flavour_of(self)->word(thread(self));
}

static int synchronize_expedited(void *rcu, void *self)
{
	struct domain *d = rcu;

	count(&d->counts.expedited);
	return d->of->synchronize_expedited(d->rcu, self);
}

static void call(void *rcu, void *self, struct rcustress_rcu_head *head,
		 rcustress_rcu_callback *function)
{
	struct domain *d = rcu;

	count(&d->counts.calls);
	d->of->call(d->rcu, self, (struct rcs_rcu_head *)(void *)head,
		    (rcs_rcu_callback *)(void (*)(void))function);
}

static int barrier(void *rcu, void *self)
{
	struct domain *d = rcu;

	count(&d->counts.barriers);
	return d->of->barrier(d->rcu, self);
}

static uint64_t get_state(void *rcu)
{
	const struct domain *d = rcu;

	return d->of->get_state(d->rcu);
}

static uint64_t start_poll(void *rcu, void *self)
{
	struct domain *d = rcu;

	count(&d->counts.polls);
	return d->of->start_poll(d->rcu, self);
}

static int poll(void *rcu, uint64_t cookie)
{
	const struct domain *d = rcu;

	return d->of->poll(d->rcu, cookie);
}

static int cond_synchronize(void *rcu, void *self, uint64_t cookie)
{
	struct domain *d = rcu;

	count(&d->counts.polls);
	return d->of->cond_synchronize(d->rcu, self, cookie);
}

static void before_fork(void *rcu, void *self)
{
	struct domain *d = rcu;

	count(&d->counts.forks);
	d->of->before_fork(d->rcu, self);
}

static void after_fork_parent(void *rcu)
{
	const struct domain *d = rcu;

	d->of->after_fork_parent(d->rcu);
}

static void after_fork_child(void *rcu, void *self)
{
	const struct domain *d = rcu;

	d->of->after_fork_child(d->rcu, self);
}

/* What is wrong. */

static int at_once(void *rcu, void *self)
{
	(void)rcu;
	(void)self;
	return 0;
}

static int cond_at_once(void *rcu, void *self, uint64_t cookie)
{
	(void)rcu;
	(void)self;
	(void)cookie;
	return 0;
}

static int always_over(void *rcu, uint64_t cookie)
{
	(void)rcu;
	(void)cookie;
	return 1;
}

static int never_over(void *rcu, uint64_t cookie)
{
	(void)rcu;
	(void)cookie;
	return 0;
}

static void call_at_once(void *rcu, void *self, struct rcustress_rcu_head *head,
			 rcustress_rcu_callback *function)
{
	(void)rcu;
	(void)self;
	function(head);
}

static void call_never(void *rcu, void *self, struct rcustress_rcu_head *head,
		       rcustress_rcu_callback *function)
{
	(void)rcu;
	(void)self;
	(void)head;
	(void)function;
}

/* Not the very first, which is that of a try. */
static int barrier_fails(void *rcu, void *self)
{
	static unsigned calls;

	if (__atomic_add_fetch(&calls, 1, __ATOMIC_RELAXED) > 3)
		return -ETIMEDOUT;
	return barrier(rcu, self);
}

/* It waits for ever, for locks of the parent's. */
static void child_gets_nothing(void *rcu, void *self)
{
	(void)rcu;
	(void)self;
}

static void child_ends(void *rcu, void *self)
{
	(void)rcu;
	(void)self;
	_exit(1);
}

#define READS                                                                          \
	.destroy = destroy, .enter = enter, .leave = leave, .read_lock = read_lock,    \
	.read_unlock = read_unlock
#define PERIODS	  .synchronize = synchronize
#define EXPEDITED .synchronize_expedited = synchronize_expedited
#define WORD	  .word = word
#define CALLS	  .call = call, .barrier = barrier
#define POLLS                                                                          \
	.get_state = get_state, .start_poll = start_poll, .poll = poll,                \
	.cond_synchronize = cond_synchronize
#define FORKS                                                                          \
	.before_fork = before_fork, .after_fork_parent = after_fork_parent,            \
	.after_fork_child = after_fork_child

#define FLAVOUR(symbol, shown, with, ...)                                              \
	RCUSTRESS_EXPORT const struct rcustress_rcu symbol = {                         \
		.size = sizeof(struct rcustress_rcu),                                  \
		.abi = RCUSTRESS_ABI,                                                  \
		.flags = (with),                                                       \
		.name = (shown),                                                       \
		.summary = "one of rcustress, as a plug-in",                           \
		READS,                                                                 \
		__VA_ARGS__}

#define ON_BARRIER RCUSTRESS_RCU_ON_BARRIER
#define ASYM                                                                           \
	(ON_BARRIER | RCUSTRESS_RCU_IN_HANDLERS | RCUSTRESS_RCU_FORKS |                \
	 RCUSTRESS_RCU_FORGIVES_EXIT | RCUSTRESS_RCU_TELLS_STALLS)

FLAVOUR(rcustress_rcu, "own-asym", ASYM, .create = create_asym, PERIODS, EXPEDITED,
	WORD, CALLS, POLLS, FORKS);
FLAVOUR(no_calls, "no-calls", ASYM, .create = create_asym, PERIODS, EXPEDITED, WORD,
	POLLS, FORKS);
FLAVOUR(no_polls, "no-polls", ASYM, .create = create_asym, PERIODS, EXPEDITED, WORD,
	CALLS, FORKS);
FLAVOUR(no_word, "no-word", ASYM, .create = create_asym, PERIODS, EXPEDITED, CALLS,
	POLLS, FORKS);
FLAVOUR(no_expedited, "no-expedited", ASYM, .create = create_asym, PERIODS, WORD, CALLS,
	POLLS, FORKS);
FLAVOUR(no_forks, "no-forks", ASYM & ~RCUSTRESS_RCU_FORKS, .create = create_asym,
	PERIODS, EXPEDITED, WORD, CALLS, POLLS);
FLAVOUR(no_handlers, "no-handlers", ASYM & ~RCUSTRESS_RCU_IN_HANDLERS,
	.create = create_asym, PERIODS, EXPEDITED, WORD, CALLS, POLLS, FORKS);
FLAVOUR(least, "least", ON_BARRIER, .create = create_asym, PERIODS);

/* The name of a flavour's file, which is not its name: asym-two. */
FLAVOUR(asym_two, "asym_two", ON_BARRIER, .create = create_asym, PERIODS);

#define QSBR	 (RCUSTRESS_RCU_QUIESCES | RCUSTRESS_RCU_FORKS | RCUSTRESS_RCU_TELLS_STALLS)
#define QUIESCES .quiescent = quiescent, .offline = offline, .online = online

FLAVOUR(qsbr, "own-qsbr", QSBR, .create = create_qsbr, PERIODS, QUIESCES, EXPEDITED,
	WORD, CALLS, POLLS, FORKS);

#define WRONG_CALL(wrong) .call = wrong, .barrier = barrier
#define WRONG_POLL(poll_, cond_)                                                       \
	.get_state = get_state, .start_poll = start_poll, .poll = poll_,               \
	.cond_synchronize = cond_

FLAVOUR(asym_at_once, "at-once", ON_BARRIER, .create = create_asym,
	.synchronize = at_once);
FLAVOUR(asym_expedited_at_once, "expedited-at-once", ON_BARRIER, .create = create_asym,
	PERIODS, .synchronize_expedited = at_once);
FLAVOUR(asym_call_at_once, "call-at-once", ON_BARRIER, .create = create_asym, PERIODS,
	WRONG_CALL(call_at_once));
FLAVOUR(asym_call_never, "call-never", ON_BARRIER, .create = create_asym, PERIODS,
	WRONG_CALL(call_never));
FLAVOUR(asym_barrier_at_once, "barrier-at-once", ON_BARRIER, .create = create_asym,
	PERIODS, .call = call, .barrier = at_once);
FLAVOUR(asym_barrier_fails, "barrier-fails", ON_BARRIER, .create = create_asym, PERIODS,
	.call = call, .barrier = barrier_fails);
FLAVOUR(asym_always_over, "always-over", ON_BARRIER, .create = create_asym, PERIODS,
	WRONG_POLL(always_over, cond_synchronize));
FLAVOUR(asym_never_over, "never-over", ON_BARRIER, .create = create_asym, PERIODS,
	WRONG_POLL(never_over, cond_synchronize));
FLAVOUR(asym_cond_at_once, "cond-at-once", ON_BARRIER, .create = create_asym, PERIODS,
	WRONG_POLL(poll, cond_at_once));
FLAVOUR(asym_child_gets_nothing, "child-gets-nothing", ON_BARRIER | RCUSTRESS_RCU_FORKS,
	.create = create_asym, PERIODS, .before_fork = before_fork,
	.after_fork_parent = after_fork_parent, .after_fork_child = child_gets_nothing);

FLAVOUR(asym_child_ends, "child-ends", ON_BARRIER | RCUSTRESS_RCU_FORKS,
	.create = create_asym, PERIODS, .before_fork = before_fork,
	.after_fork_parent = after_fork_parent, .after_fork_child = child_ends);

FLAVOUR(qsbr_at_once, "qsbr-at-once", QSBR, .create = create_qsbr, QUIESCES, FORKS,
	.synchronize = at_once);
FLAVOUR(qsbr_call_at_once, "qsbr-call-at-once", QSBR, .create = create_qsbr, QUIESCES,
	FORKS, PERIODS, WRONG_CALL(call_at_once));
FLAVOUR(qsbr_call_never, "qsbr-call-never", QSBR, .create = create_qsbr, QUIESCES,
	FORKS, PERIODS, WRONG_CALL(call_never));
FLAVOUR(qsbr_barrier_at_once, "qsbr-barrier-at-once", QSBR, .create = create_qsbr,
	QUIESCES, FORKS, PERIODS, .call = call, .barrier = at_once);
FLAVOUR(qsbr_always_over, "qsbr-always-over", QSBR, .create = create_qsbr, QUIESCES,
	FORKS, PERIODS, WRONG_POLL(always_over, cond_synchronize));
FLAVOUR(qsbr_child_gets_nothing, "qsbr-child-gets-nothing", QSBR, .create = create_qsbr,
	QUIESCES, PERIODS, .before_fork = before_fork,
	.after_fork_parent = after_fork_parent, .after_fork_child = child_gets_nothing);
