/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sleeping on a word of memory (futex(2)). All sleepers are woken at once and go their
 * ways; those of a condition variable would queue for its mutex first, each behind
 * whatever already runs on the next one's CPU.
 */
#ifndef RCS_HOST_FUTEX_H
#define RCS_HOST_FUTEX_H

#include <limits.h>
#include <linux/futex.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

/* 32-bit architectures that came after 2038 was seen to have this one only. */
#ifndef SYS_futex
#define SYS_futex SYS_futex_time64
#endif

/* Sleeps while *word is value; may return for no reason, so ask again. */
static inline void rcs_futex_wait(uint32_t *word, uint32_t value)
{
	(void)syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, value, NULL, NULL, 0);
}

/* Wakes all who sleep on word; change it first. */
static inline void rcs_futex_wake(uint32_t *word)
{
	(void)syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, INT_MAX, NULL, NULL, 0);
}

#endif
