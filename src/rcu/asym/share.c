/* SPDX-License-Identifier: BSD-2-Clause */
/* Sharing of grace periods: see share.h. */
#include "rcu/asym/share.h"

#include <ck_pr.h>
#include <limits.h>
#include <sched.h>

#include "host/clock.h"
#include "host/futex.h"
#include "rcu/read/asym.h"

/* Longer than it takes some threads to call again; and how long to do without. */
#define GATHER_NS UINT64_C(100000)
#define HURRY	  100

unsigned long rcs_asym_required(struct rcs_asym *asym, const struct rcs_rcu_design *d)
{
	unsigned long begun;

	/*
	 * Pairs with the fence behind the store of `begun` in rcs_asym_begin(): if that
	 * store is not seen here, what the caller did before is seen by that grace
	 * period, which begins after.
	 */
	ck_pr_fence_memory();
	begun = __atomic_load_n(&asym->begun, __ATOMIC_RELAXED);
	if (d->shares_early && begun != __atomic_load_n(&asym->over, __ATOMIC_RELAXED))
		return begun;
	return begun + 1;
}

bool rcs_asym_is_over(struct rcs_asym *asym, unsigned long required)
{
	/* Pairs with the release of `over` in rcs_asym_grace(). */
	unsigned long over = __atomic_load_n(&asym->over, __ATOMIC_ACQUIRE);

	if (asym->design->over_unsigned ? over < required
					: over - required > ULONG_MAX / 2)
		return false;
	/* A grace period is a full barrier, for those who share it as well. */
	ck_pr_fence_memory();
	return true;
}

void rcs_asym_await_news(struct rcs_asym *asym, unsigned long required, unsigned seen)
{
	unsigned side = required & 1;

	__atomic_fetch_add(&asym->sleeping[side], 1, __ATOMIC_SEQ_CST);
	/* Before the kernel looks at the word: pairs with the fence in
	 * rcs_asym_release(). */
	ck_pr_fence_memory();
	(void)rcs_futex_wait(&asym->news[side], seen, NULL);
	__atomic_fetch_sub(&asym->sleeping[side], 1, __ATOMIC_RELAXED);
}

void rcs_asym_gather(struct rcs_asym *asym)
{
	uint64_t begun_ns;

	if (ck_pr_load_uint(&asym->shared) == 0)
		return;
	ck_pr_store_uint(&asym->shared, 0);
	if (asym->hurry > 0) {
		asym->hurry--;
		return;
	}
	begun_ns = rcs_clock_ns();
	sched_yield();
	if (rcs_clock_ns() - begun_ns > GATHER_NS)
		asym->hurry = HURRY;
}

void rcs_asym_release(struct rcs_asym *asym)
{
	unsigned done = asym->over & 1, next = done ^ 1;

	pthread_mutex_unlock(&asym->running);
	__atomic_fetch_add(&asym->news[done], 1, __ATOMIC_SEQ_CST);
	__atomic_fetch_add(&asym->news[next], 1, __ATOMIC_SEQ_CST);
	/* Pairs with the fence in rcs_asym_await_news(): either the sleeper is seen
	 * here, or it sees other news, and does not sleep. */
	ck_pr_fence_memory();
	if (ck_pr_load_uint(&asym->sleeping[done]) > 0 && !asym->design->done_sleeps) {
		rcs_futex_wake(&asym->news[done]);
		ck_pr_store_uint(&asym->shared, 1);
	}
	if (ck_pr_load_uint(&asym->sleeping[next]) > 0 && !asym->design->next_sleeps)
		rcs_futex_wake_one(&asym->news[next]);
}

void rcs_asym_wake(struct rcs_asym_thread *self)
{
	rcs_asym_store(&self->waiting, 0);
	/* The mark is gone before the next section begins, or it would take away the
	 * mark that is made for that one. */
	ck_pr_fence_memory();
	__atomic_fetch_add(&self->asym->departed, 1, __ATOMIC_SEQ_CST);
	rcs_futex_wake(&self->asym->departed);
}
