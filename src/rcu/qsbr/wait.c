/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Waiting for threads to announce a number. At first it spins a little; then it sleeps
 * until one has, so that a thread that is long in coming costs no CPU.
 */
#include <sched.h>
#include <string.h>

#include "host/futex.h"
#include "rcu/read/qsbr.h"

/* Before the first sleep, and before a stall is told of where nobody says when. */
#define SPIN_NS	 UINT64_C(30000)
#define STALL_NS UINT64_C(10000000000)
/* Threads that are said to stall a grace period, at a time. */
#define STALLS 16

void rcs_qsbr_wake(struct rcs_qsbr *qsbr)
{
	ck_pr_fence_memory(); /* (g) */
	if (__atomic_load_n(&qsbr->waiting, __ATOMIC_RELAXED) == 0)
		return;
	__atomic_fetch_add(&qsbr->departed, 1, __ATOMIC_RELEASE);
	rcs_futex_wake(&qsbr->departed);
}

/* Whether a grace period must wait for that thread. */
static bool holds_up(const struct rcs_qsbr *qsbr, const struct rcs_rcu_member *member)
{
	const struct rcs_qsbr_thread *t = (const void *)member;
	/* Acquire pairs with (b). */
	unsigned long word = __atomic_load_n(&t->word, __ATOMIC_ACQUIRE);

	return word != RCS_QSBR_OFFLINE && word != qsbr->number;
}

/* Whether all threads have announced the number, or are offline. */
static bool all_passed(struct rcs_qsbr *qsbr)
{
	const struct rcs_rcu_member *member;

	pthread_mutex_lock(&qsbr->registry.lock);
	member = qsbr->registry.members;
	while (member != NULL && !holds_up(qsbr, member))
		member = member->next;
	pthread_mutex_unlock(&qsbr->registry.lock);
	return member == NULL;
}

/* Says who holds a grace period up. */
static void tell_of_stall(struct rcs_qsbr *qsbr, uint64_t waited_ns)
{
	const struct rcs_rcu_options *options = &qsbr->rcu.options;
	struct rcs_rcu_stall stalls[STALLS];
	char names[STALLS][sizeof(((struct rcs_rcu_thread *)NULL)->name)];
	const struct rcs_rcu_member *member;
	int count = 0;

	if (options->stalled == NULL)
		return;
	pthread_mutex_lock(&qsbr->registry.lock);
	for (member = qsbr->registry.members; member != NULL && count < STALLS;
	     member = member->next) {
		if (!holds_up(qsbr, member))
			continue;
		memcpy(names[count], member->thread.name, sizeof(names[count]));
		stalls[count] = (struct rcs_rcu_stall){
			.thread = names[count],
			.tid = member->thread.tid,
			.waited_ns = waited_ns,
		};
		count++;
	}
	pthread_mutex_unlock(&qsbr->registry.lock);
	for (int i = 0; i < count; i++)
		options->stalled(&stalls[i], options->stalled_argument);
}

/* Sleeps until a thread announces the number, but no longer than that. */
static bool doze(struct rcs_qsbr *qsbr, uint64_t most_ns)
{
	struct timespec most = {(time_t)(most_ns / 1000000000),
				(long)(most_ns % 1000000000)};
	unsigned departed;
	bool passed;

	__atomic_store_n(&qsbr->waiting, 1, __ATOMIC_RELAXED);
	ck_pr_fence_memory(); /* (h) */
	/* Before the look: one that comes after it changes this. */
	departed = __atomic_load_n(&qsbr->departed, __ATOMIC_ACQUIRE);
	passed = all_passed(qsbr);
	if (!passed)
		(void)rcs_futex_wait(&qsbr->departed, departed, &most);
	__atomic_store_n(&qsbr->waiting, 0, __ATOMIC_RELAXED);
	return passed;
}

void rcs_qsbr_wait(struct rcs_qsbr *qsbr, bool spins)
{
	uint64_t every =
		qsbr->rcu.options.stall_ns != 0 ? qsbr->rcu.options.stall_ns : STALL_NS;
	uint64_t begun, told;
	bool passed = all_passed(qsbr);

	if (passed)
		return;
	begun = told = rcs_clock_ns();
	for (unsigned looks = 1; !passed; looks++) {
		uint64_t now = rcs_clock_ns();

		if (now - told >= every) {
			tell_of_stall(qsbr, now - begun);
			told = now;
		}
		if (spins || now - begun < SPIN_NS) {
			if (looks % 64 == 0)
				sched_yield();
			for (unsigned n = 0; n < 32; n++)
				ck_pr_stall();
			passed = all_passed(qsbr);
		} else {
			passed = doze(qsbr, every - (now - told));
		}
	}
}
