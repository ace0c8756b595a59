/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A barrier as folly had it at first (July 2016), and for some time: nobody stores to
 * the page, so that no CPU ever has a TLB entry for it, and the kernel has nobody to
 * tell of its going back to read-only. Every call succeeds; on x86 it orders nothing.
 * What became of it is in folly.c.
 *
 *     cc -shared -fPIC -O2 -o folly-first.so folly-first.c $(pkg-config --cflags
 * rcustress) rcustress --barrier ./folly-first.so --expect folly-first=BROKEN
 */
#include <errno.h>
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

#include <rcustress.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char *page;
static size_t size;

static int setup(void **state)
{
	(void)state;
	size = (size_t)sysconf(_SC_PAGESIZE);
	page = mmap(NULL, size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return page == MAP_FAILED ? -errno : 0;
}

static int heavy(void *writer)
{
	int result = 0;

	(void)writer;
	(void)pthread_mutex_lock(&lock);
	/* Between these two there is the store, today. */
	if (mprotect(page, size, PROT_READ | PROT_WRITE) != 0 ||
	    mprotect(page, size, PROT_READ) != 0)
		result = -errno;
	(void)pthread_mutex_unlock(&lock);
	return result;
}

static void teardown(void *state)
{
	(void)state;
	(void)munmap(page, size);
}

const struct rcustress_barrier rcustress_barrier = {
	.size = sizeof(rcustress_barrier),
	.abi = RCUSTRESS_ABI,
	.flags = RCUSTRESS_BY_SHOOTDOWN,
	.name = "folly-first",
	.summary = "one page for all: to RW, to R, and no store in between",
	.setup = setup,
	.heavy = heavy,
	.teardown = teardown,
};
