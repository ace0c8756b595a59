/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The mremap(2) barrier: store to a page, then move it to another address. The entry
 * for the old address must go from the TLB of every CPU that runs this process before
 * the call returns, or a store through it would be lost; why the interrupt for that is
 * a barrier: see mprotect.c.
 *
 * Each writer has two slots of its own and moves its page to and fro.
 * MREMAP_DONTUNMAP (Linux 5.7) leaves the old slot mapped, so that no other thread's
 * mapping can ever land in a hole that the next call would overwrite.
 */
#include "barrier/barrier.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef MREMAP_DONTUNMAP
#define MREMAP_DONTUNMAP 4
#endif

struct slots {
	size_t size; /* of a page */
	char *mapping;
	char *from, *to; /* the page is at `from` */
};

/* Guard, slot, guard, slot, guard: no slot is ever merged with a neighbour. */
static int writer_enter(void *state, void **writer, struct rcs_error *e)
{
	struct slots *s = malloc(sizeof(*s));

	(void)state;
	if (s == NULL)
		return rcs_fail(e, RCS_ERROR_RESOURCE,
				"no memory for a writer's slots");
	s->size = (size_t)sysconf(_SC_PAGESIZE);
	s->mapping =
		mmap(NULL, 5 * s->size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (s->mapping == MAP_FAILED) {
		free(s);
		return rcs_fail(e, RCS_ERROR_RESOURCE,
				"cannot map a writer's slots: mmap: %s",
				strerror(errno));
	}
	s->from = s->mapping + s->size;
	s->to = s->mapping + 3 * s->size;
	if (mprotect(s->from, s->size, PROT_READ | PROT_WRITE) != 0 ||
	    mprotect(s->to, s->size, PROT_READ | PROT_WRITE) != 0) {
		int err = errno;

		munmap(s->mapping, 5 * s->size);
		free(s);
		return rcs_fail(e, RCS_ERROR_UNSUPPORTED,
				"cannot make a writer's slots writable: mprotect: %s",
				strerror(err));
	}
	*writer = s;
	return 0;
}

static void writer_leave(void *state, void *writer)
{
	struct slots *s = writer;

	(void)state;
	munmap(s->mapping, 5 * s->size);
	free(s);
}

static int heavy(void *writer)
{
	struct slots *s = writer;
	char *was = s->from;

	*(volatile char *)was = 1;
	/* The barrier: pairs with the light side of every reader. */
	if (mremap(was, s->size, s->size,
		   MREMAP_MAYMOVE | MREMAP_FIXED | MREMAP_DONTUNMAP,
		   s->to) == MAP_FAILED)
		return -errno;
	s->from = s->to;
	s->to = was;
	return 0;
}

const struct rcs_barrier rcs_barrier_mremap = {
	.name = "mremap",
	.summary = "store to a page, then move it to another address",
	.in_the_wild =
		"allocators that move large blocks, by accident; no library known",
	.claim = "x86 without INVLPGB, Linux 5.7 and later: shootdown by interrupt; "
		 "not arm64, POWER radix, s390",
	.locking = "not locked, and need not be: each call stores to the page first",
	.by_shootdown = true,
#if defined(__x86_64__) || defined(__i386__)
	.claimed_here = true,
#endif
	.writer_enter = writer_enter,
	.writer_leave = writer_leave,
	.heavy = heavy,
};
