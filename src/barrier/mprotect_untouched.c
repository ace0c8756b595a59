/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Control: mprotect(2) on a page that nobody ever touched. It has no entry in the
 * page table, so no TLB can hold one, so no shootdown is needed and no interrupt is
 * sent. Both calls return 0. folly's first version (2016) was this.
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
	if (mprotect(page->address, page->size, PROT_READ) != 0)
		return -errno;
	return 0;
}

const struct rcs_barrier rcs_barrier_mprotect_untouched = {
	.name = "mprotect-untouched",
	.summary = "page to RW and to R, never stored to: no shootdown is needed",
	.in_the_wild = "folly's first version (July 2016), mended the next day",
	.claim = "nowhere",
	.locking = "not locked: that would make the page resident, and this a barrier",
	.control = true,
	.writer_enter = rcs_page_enter,
	.writer_leave = rcs_page_leave,
	.heavy = heavy,
};
