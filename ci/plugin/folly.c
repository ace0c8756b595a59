/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A barrier as folly has it today, where there is no membarrier(2): one page for the
 * whole process, read-only between calls. A call makes it writable, stores to it and
 * makes it read-only again, which takes a TLB entry away that other CPUs may have, so
 * that the kernel has to tell them.
 *
 *     cc -shared -fPIC -O2 -o folly.so folly.c $(pkg-config --cflags rcustress)
 *     rcustress --barrier ./folly.so
 *
 * Writers share the page, so that one of them has it at a time: without the mutex one
 * writer could store to a page that another has just protected.
 */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include <rcustress.h>

struct shared {
	pthread_mutex_t lock;
	char *page;
	size_t size;
};

static int setup(void **state)
{
	struct shared *s = calloc(1, sizeof(*s));

	if (s == NULL)
		return -ENOMEM;
	s->size = (size_t)sysconf(_SC_PAGESIZE);
	s->page = mmap(NULL, s->size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (s->page == MAP_FAILED) {
		int err = errno;

		free(s);
		return -err;
	}
	(void)pthread_mutex_init(&s->lock, NULL);
	*state = s;
	return 0;
}

static int take_away(const struct shared *s)
{
	if (mprotect(s->page, s->size, PROT_READ | PROT_WRITE) != 0)
		return -errno;
	/* Without it there is no TLB entry to take away: see folly-first.c. */
	*(volatile char *)s->page = 0;
	return mprotect(s->page, s->size, PROT_READ) != 0 ? -errno : 0;
}

static int heavy(void *writer)
{
	struct shared *s = writer;
	int result;

	(void)pthread_mutex_lock(&s->lock);
	result = take_away(s);
	(void)pthread_mutex_unlock(&s->lock);
	return result;
}

static void teardown(void *state)
{
	struct shared *s = state;

	(void)munmap(s->page, s->size);
	(void)pthread_mutex_destroy(&s->lock);
	free(s);
}

const struct rcustress_barrier rcustress_barrier = {
	.size = sizeof(rcustress_barrier),
	.abi = RCUSTRESS_ABI,
	.flags = RCUSTRESS_BY_SHOOTDOWN,
	.name = "folly",
	.summary = "one page for all: to RW, store to it, to R, under a mutex",
	.setup = setup,
	.heavy = heavy,
	.teardown = teardown,
};
