/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The mprotect(2) barrier: make a page writable, store to it, make it read-only.
 * The store gives the page a dirty, writable entry in the page table; taking the
 * write permission away obliges the kernel to have that entry dropped from the TLB
 * of every CPU that runs this process before mprotect returns. On x86 it does so by
 * an interrupt, and taking an interrupt drains the store buffer: a full barrier on
 * each of those CPUs. A CPU that does not run the process passed a barrier when it
 * switched away (Linux: switch_mm(), arch/x86/mm/tlb.c).
 *
 * The page is locked only as a courtesy: the store of the very same call made it
 * resident, and a page that the kernel takes away in between needs a shootdown too.
 * So a failing mlock (RLIMIT_MEMLOCK) does not matter.
 *
 * Where the TLB is invalidated by broadcast (arm64 TLBI, POWER radix tlbie, s390
 * IPTE, x86 with INVLPGB) no other CPU is interrupted and nothing is claimed.
 */
#include "barrier/barrier.h"
#include "barrier/page.h"

#include <errno.h>
#include <sys/mman.h>

static int heavy(void *writer)
{
	const struct rcs_page *page = writer;

	if (mprotect(page->address, page->size, PROT_READ | PROT_WRITE) != 0)
		return -errno;
	*(volatile char *)page->address = 1;
	/* The barrier: pairs with the light side of every reader. */
	if (mprotect(page->address, page->size, PROT_READ) != 0)
		return -errno;
	return 0;
}

const struct rcs_barrier rcs_barrier_mprotect = {
	.name = "mprotect",
	.summary = "page to RW, store to it, page to R: revokes write permission",
	.in_the_wild = "folly (fallback of asymmetric_thread_fence), Tencent flare",
	.claim = "x86 without INVLPGB: shootdown by interrupt; "
		 "not arm64, POWER radix, s390",
	.locking = "a failed mlock does not matter: each call stores to the page first",
	.by_shootdown = true,
#if defined(__x86_64__) || defined(__i386__)
	.claimed_here = true,
#endif
	.writer_enter = rcs_page_enter_locked,
	.writer_leave = rcs_page_leave,
	.heavy = heavy,
};
