/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Cache-line flushes that user space may issue, by architecture. A store to a
 * line that was just flushed waits for memory, and what follows it in program
 * order waits behind it: the raw material of the amplifiers.
 */
#ifndef RCS_HOST_FLUSH_H
#define RCS_HOST_FLUSH_H

#include <stdbool.h>

#define RCS_LINE 64

#if defined(__x86_64__)
/* clflush and movnti are part of every x86-64. */
#define RCS_HAVE_FLUSH	1
#define RCS_HAVE_STREAM 1

static inline void rcs_flush(const volatile void *line)
{
	__asm__ __volatile__("clflush %0"
			     :
			     : "m"(*(const volatile char *)line)
			     : "memory");
}

/* A non-temporal store of one word: past the caches, through a write-combiner. */
static inline void rcs_stream(volatile void *word, unsigned long value)
{
	__asm__ __volatile__("movnti %1, %0"
			     : "=m"(*(volatile unsigned long *)word)
			     : "r"(value)
			     : "memory");
}
#elif defined(__aarch64__)
/* Linux lets user space clean and invalidate (SCTLR_EL1.UCI). */
#define RCS_HAVE_FLUSH 1

static inline void rcs_flush(const volatile void *line)
{
	__asm__ __volatile__("dc civac, %0" : : "r"(line) : "memory");
}
#elif defined(__powerpc64__)
#define RCS_HAVE_FLUSH 1

static inline void rcs_flush(const volatile void *line)
{
	__asm__ __volatile__("dcbf 0, %0" : : "r"(line) : "memory");
}
#endif

#ifndef RCS_HAVE_FLUSH
#define RCS_HAVE_FLUSH 0
#endif
#ifndef RCS_HAVE_STREAM
#define RCS_HAVE_STREAM 0
#endif

#if !RCS_HAVE_FLUSH
static inline void rcs_flush(const volatile void *line)
{
	(void)line;
}
#endif

#if !RCS_HAVE_STREAM
static inline void rcs_stream(volatile void *word, unsigned long value)
{
	*(volatile unsigned long *)word = value;
}
#endif

#endif
