/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Warming up on CPUs that can broadcast TLB invalidations (AMD's INVLPGB). Linux 6.15
 * and later go over to that for a process while it runs: when it has been seen on more
 * than three CPUs at once, which the kernel looks at now and then during shootdowns.
 * From then on its shootdowns interrupt nobody. A barrier that rests on them would hold
 * at first and fail later; so provoke it first, and judge what comes after.
 */
#ifndef RCS_STRESS_WARM_UP_H
#define RCS_STRESS_WARM_UP_H

#include <stdint.h>

#include "barrier/barrier.h"
#include "host/cpus.h"

/* The kernel's threshold; arch/x86/mm/tlb.c, consider_global_asid(). */
#define RCS_WARM_UP_CPUS 4

/*
 * Keeps the process busy on up to eight of these CPUs for ns nanoseconds, while one
 * thread calls the heavy side of this barrier, which has been set up with that state.
 * *calls is how often. 0; -1 and *e, UNSUPPORTED when there are fewer than
 * RCS_WARM_UP_CPUS of them and RESOURCE when threads could not be started.
 */
int rcs_warm_up(const struct rcs_barrier *barrier, void *state,
		const struct rcs_cpus *cpus, uint64_t ns, uint64_t *calls,
		struct rcs_error *e);

#endif
