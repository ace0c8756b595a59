/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sleeping on a word of memory (futex(2)). All sleepers are woken at once and go their
 * ways; those of a condition variable would queue for its mutex first, each behind
 * whatever already runs on the next one's CPU.
 */
#ifndef RCS_HOST_FUTEX_H
#define RCS_HOST_FUTEX_H

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* 32-bit architectures have a second one, for a time_t of 64 bits, or that one only. */
#ifndef SYS_futex
#define SYS_futex SYS_futex_time64
#elif !defined(SYS_futex_time64)
#define SYS_futex_time64 SYS_futex
#endif
#define RCS_SYS_FUTEX (sizeof(time_t) > sizeof(long) ? SYS_futex_time64 : SYS_futex)

/* The kernel's ABI: not every C library ships <linux/futex.h>. Within one process. */
#define RCS_FUTEX_WAIT (0 | 128)
#define RCS_FUTEX_WAKE (1 | 128)

/*
 * Sleeps while *word is value, for so long at most (NULL: for ever), which no clock
 * that steps makes longer or shorter. true: the time is up; false: woken, or *word was
 * another, or no reason at all, so ask again.
 */
static inline bool rcs_futex_wait(unsigned *word, unsigned value,
				  const struct timespec *most)
{
	return syscall(RCS_SYS_FUTEX, word, RCS_FUTEX_WAIT, value, most, NULL, 0) !=
		       0 &&
	       errno == ETIMEDOUT;
}

/* Wakes all who sleep on word; change it first. */
static inline void rcs_futex_wake(unsigned *word)
{
	(void)syscall(RCS_SYS_FUTEX, word, RCS_FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}

/* Wakes one of them. */
static inline void rcs_futex_wake_one(unsigned *word)
{
	(void)syscall(RCS_SYS_FUTEX, word, RCS_FUTEX_WAKE, 1, NULL, NULL, 0);
}

#endif
