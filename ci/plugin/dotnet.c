/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A barrier as .NET has it, where there is no membarrier(2): a page that is locked in
 * memory, or else there is no barrier. A call makes it accessible, adds to it
 * atomically and takes all access away.
 *
 *     cc -shared -fPIC -O2 -o dotnet.so dotnet.c $(pkg-config --cflags rcustress)
 *     rcustress --barrier ./dotnet.so
 *
 * The runtime has one page, and a lock around it; here each writer has its own, which
 * shows what writer_enter() is for: writers do not wait for each other.
 */
#include <errno.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <unistd.h>

#include <rcustress.h>

static size_t page_size(void)
{
	return (size_t)sysconf(_SC_PAGESIZE);
}

/* What each writer has: a page, readable and writable, and locked. */
static int writer_enter(void *state, void **writer)
{
	void *page = mmap(NULL, page_size(), PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int err;

	(void)state;
	if (page == MAP_FAILED)
		return -errno;
	if (mlock(page, page_size()) == 0) {
		*writer = page;
		return 0;
	}
	err = errno;
	(void)munmap(page, page_size());
	return -err;
}

static void writer_leave(void *state, void *writer)
{
	(void)state;
	(void)munmap(writer, page_size());
}

/* Where it may lock no page (RLIMIT_MEMLOCK), it cannot be tested: that is no fault. */
static int probe(void)
{
	void *page;
	int result = writer_enter(NULL, &page);

	if (result == 0)
		writer_leave(NULL, page);
	return result;
}

static int heavy(void *writer)
{
	if (mprotect(writer, page_size(), PROT_READ | PROT_WRITE) != 0)
		return -errno;
	/* The CPU gets a TLB entry, dirty and writable; taking it away is the barrier.
	 */
	(void)atomic_fetch_add((atomic_int *)writer, 1);
	return mprotect(writer, page_size(), PROT_NONE) != 0 ? -errno : 0;
}

const struct rcustress_barrier rcustress_barrier = {
	.size = sizeof(rcustress_barrier),
	.abi = RCUSTRESS_ABI,
	.flags = RCUSTRESS_BY_SHOOTDOWN,
	.name = "dotnet",
	.summary = "a locked page: to RW, add to it, to no access",
	.probe = probe,
	.writer_enter = writer_enter,
	.writer_leave = writer_leave,
	.heavy = heavy,
};
