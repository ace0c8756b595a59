/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Cache-line flushes that user space may issue, by architecture. A store to a
 * line that was just flushed waits for memory, and what follows it in program
 * order waits behind it: the raw material of the amplifiers.
 */
#ifndef RCS_HOST_FLUSH_H
#define RCS_HOST_FLUSH_H

#include <stdbool.h>

/*
 * Whether rcs_flush() below may be called: RCS_HAVE_FLUSH says that there is an
 * instruction, and on RISC-V the kernel is asked whether user space may issue it.
 *
 * x86 has clflushopt and clwb as well. clflush is taken: it is ordered with other
 * clflushes and with stores to its line, so that flush and store make a chain, which
 * is what an amplifier wants. (Tried: chains of the others hit a tenth as often, or
 * never.)
 */
bool rcs_flush_works(void);

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
#elif defined(__riscv)
/* cbo.flush, where the kernel lets user space have it (senvcfg.CBCFE). */
#define RCS_HAVE_FLUSH 1

static inline void rcs_flush(const volatile void *line)
{
	__asm__ __volatile__(".insn i 0x0f, 2, x0, %0, 2" : : "r"(line) : "memory");
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
