/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The madvise(2) barrier: store to a page, then MADV_DONTNEED it. The kernel drops
 * the page and must drop its entry from the TLB of every CPU that runs this process
 * before it returns; why the interrupt for that is a barrier: see mprotect.c. The
 * store is what makes it one: a page that is not there needs no shootdown.
 *
 * The page must not be locked: MADV_DONTNEED refuses locked pages with EINVAL (under
 * mlockall(MCL_FUTURE), say), so it is unlocked beforehand.
 */
#include "barrier/barrier.h"
#include "barrier/page.h"

#include <errno.h>
#include <sys/mman.h>

static int heavy(void *writer)
{
	const struct rcs_page *page = writer;

	*(volatile char *)page->address = 1;
	/* The barrier: pairs with the light side of every reader. */
	return madvise(page->address, page->size, MADV_DONTNEED) == 0 ? 0 : -errno;
}

static int writer_enter(void *state, void **writer, struct rcs_error *e)
{
	struct rcs_page *page;

	if (rcs_page_enter(state, writer, e) != 0)
		return -1;
	page = *writer;
	(void)munlock(page->address, page->size);
	return 0;
}

const struct rcs_barrier rcs_barrier_madvise = {
	.name = "madvise",
	.summary = "store to a page, then MADV_DONTNEED it",
	.in_the_wild = "Seastar, Wine (both refuse it on arm64)",
	.claim = "x86 without INVLPGB: shootdown by interrupt; "
		 "not arm64, POWER radix, s390",
	.locking = "not locked, and must not be: MADV_DONTNEED refuses locked pages",
	.by_shootdown = true,
#if defined(__x86_64__) || defined(__i386__)
	.claimed_here = true,
#endif
	.writer_enter = writer_enter,
	.writer_leave = rcs_page_leave,
	.heavy = heavy,
};
