/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Whether threads sleep and do nothing: what tells a thread that nobody wakes from one
 * that only waits for a CPU, which is not asleep, however long it waits.
 */
#ifndef RCS_STRESS_TORTURE_ASLEEP_H
#define RCS_STRESS_TORTURE_ASLEEP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * Whether all threads of that process, but for some, sleep (and can be woken). *slept
 * is then a number that stays the same as long as these are the same threads and none
 * of them has run. false as well where the kernel does not say.
 */
bool rcs_torture_asleep(pid_t process, const pid_t *except, size_t count,
			uint64_t *slept);

#endif
