/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Spin locks of generated code: an acquiring compare-and-exchange, as the fast path of
 * the kernel's queued locks, and a releasing store. Part of native/primitives.h.
 *
 * A locked section is as ordered in all variants: what is stripped of a test are its
 * fences, not its mutual exclusion.
 */
#ifndef RCS_LITMUS_NATIVE_LOCKS_H
#define RCS_LITMUS_NATIVE_LOCKS_H

#include <sched.h>

#define RCS_LOCK_SPINS 100 /* then the holder may need this CPU */

RCS_INLINE intptr_t rcs_trylock(enum rcs_variant v, struct rcs_cell cell)
{
	intptr_t found = 1;

	if (cell.width == RCS_INT)
		found = rcs_cpu_compare_int(RCS_ACQUIRE, cell.at, 0, 1);
	rcs_between(v);
	return found == 0;
}

/* Without the lock when the run is stopped: a file may lock and never unlock. */
RCS_INLINE void rcs_lock(enum rcs_variant v, struct rcs_native_env *env,
			 struct rcs_cell cell)
{
	unsigned spins = 0;

	while (cell.width == RCS_INT && !rcs_trylock(v, cell) &&
	       !rcs_stopped(env->stop)) {
		rcs_cpu_pause();
		if (++spins % RCS_LOCK_SPINS == 0)
			(void)sched_yield();
	}
}

RCS_INLINE void rcs_unlock(enum rcs_variant v, struct rcs_cell cell)
{
	if (cell.width == RCS_INT)
		rcs_cpu_store_int(RCS_RELEASE, cell.at, 0);
	rcs_between(v);
}

RCS_INLINE intptr_t rcs_is_locked(enum rcs_variant v, struct rcs_cell cell)
{
	return rcs_read(v, RCS_RELAXED, cell) != 0;
}

#endif
