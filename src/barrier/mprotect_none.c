/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The mprotect(2) barrier as runtimes have it: make the page accessible, modify it
 * with an atomic add, take all access away. NONE to RW needs no shootdown, RW to
 * NONE does: one interrupt for each other CPU that runs the process, where the
 * variant in mprotect.c has two. Why an interrupt is a barrier: see there.
 */
#include "barrier/barrier.h"
#include "barrier/page.h"

#include <ck_pr.h>
#include <errno.h>
#include <sys/mman.h>

static int heavy(void *writer)
{
	const struct rcs_page *page = writer;

	if (mprotect(page->address, page->size, PROT_READ | PROT_WRITE) != 0)
		return -errno;
	ck_pr_inc_uint((unsigned int *)page->address);
	/* The barrier: pairs with the light side of every reader. */
	if (mprotect(page->address, page->size, PROT_NONE) != 0)
		return -errno;
	return 0;
}

const struct rcs_barrier rcs_barrier_mprotect_none = {
	.name = "mprotect-none",
	.summary = "page to RW, atomic add to it, page to NONE: revokes all access",
	.in_the_wild = ".NET (FlushProcessWriteBuffers), Mono, Julia, seize",
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
