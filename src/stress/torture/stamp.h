/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Stamps: the most sensitive check. An updater stores `started`, waits for a grace
 * period, stores `done`. A section that began before it started must not see it done.
 * Nothing is freed, so updaters can do this as fast as grace periods go.
 */
#ifndef RCS_STRESS_TORTURE_STAMP_H
#define RCS_STRESS_TORTURE_STAMP_H

#include "stress/torture/result.h"
#include "stress/torture/word.h"

struct rcs_torture_stamp {
	rcs_torture_word
		started;       /* the number of the grace period that is waited for */
	rcs_torture_word done; /* of the last one that was over */
	/* Of that one, stored before `done`, for the story. */
	rcs_torture_word way;
	/* `started` and `done`, for those who load them without ceremony. */
	unsigned short plain, plain_done;
	rcs_torture_word call; /* the newest call then: see struct rcs_torture_meter */
} RCS_TORTURE_ALIGNED;

/* Before the grace period; nothing else than that orders it. */
RCS_TORTURE_INLINE void rcs_torture_stamp_start(struct rcs_torture_stamp *stamp,
						rcs_torture_word number)
{
	rcs_torture_store(&stamp->started, number);
	__atomic_store_n(&stamp->plain, (unsigned short)number, __ATOMIC_RELAXED);
	__asm__ __volatile__("" ::: "memory");
}

/* After it; see there. */
RCS_TORTURE_INLINE void rcs_torture_stamp_end(struct rcs_torture_stamp *stamp,
					      rcs_torture_word number,
					      enum rcs_torture_way way,
					      rcs_torture_word call)
{
	rcs_torture_store(&stamp->way, way);
	rcs_torture_store(&stamp->call, call);
	__asm__ __volatile__("" ::: "memory");
	rcs_torture_store(&stamp->done, number);
	__atomic_store_n(&stamp->plain_done, (unsigned short)number, __ATOMIC_RELAXED);
}

#endif
