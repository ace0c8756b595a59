/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The munmap(2) barrier: map a page, store to it, take it away. The store gave it an
 * entry in the page table, and an entry that goes must go from the TLB of every CPU
 * that runs this process before the memory can be used for something else. Why the
 * interrupt for that is a barrier: see mprotect.c.
 *
 * The mail that proposed mprotect to liburcu in 2015 names it, as the dearer way.
 * Locking is no question: the page is resident, since this very call stored to it.
 * Each call has a mapping of its own, so writers share nothing.
 */
#include "barrier/barrier.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

static int heavy(void *writer)
{
	size_t size = (size_t)sysconf(_SC_PAGESIZE);
	void *page = mmap(NULL, size, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	(void)writer;
	if (page == MAP_FAILED)
		return -errno;
	*(volatile char *)page = 1;
	/* The barrier: pairs with the light side of every reader. */
	return munmap(page, size) == 0 ? 0 : -errno;
}

const struct rcs_barrier rcs_barrier_munmap = {
	.name = "munmap",
	.summary = "map a page, store to it, unmap it",
	.in_the_wild =
		"every program that unmaps memory, by accident; no library known",
	.claim = "x86 without INVLPGB: shootdown by interrupt; "
		 "not arm64, POWER radix, s390",
	.locking = "not locked, and need not be: each call stores to the page first",
	.by_shootdown = true,
#if defined(__x86_64__) || defined(__i386__)
	.claimed_here = true,
#endif
	.heavy = heavy,
};
