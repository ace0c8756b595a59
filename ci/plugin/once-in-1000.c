/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Two barriers in one object: membarrier(2), of which one call in 1,000 of a writer
 * goes wrong. With the first it does nothing for other CPUs, and says that all is well:
 * BROKEN, if enough calls are looked at. With the second it says so itself: FAULT.
 *
 *     cc -shared -fPIC -O2 -o once.so once-in-1000.c $(pkg-config --cflags rcustress)
 *     rcustress --barrier ./once.so --sensitivity 2000
 *     rcustress --barrier ./once.so:fails
 */
#include <errno.h>
#include <linux/membarrier.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <rcustress.h>

#define EVERY 1000

static int membarrier(int command)
{
	return syscall(SYS_membarrier, command, 0, 0) != 0 ? -errno : 0;
}

/* A kernel or a seccomp filter without it: SKIPPED. */
static int probe(void)
{
	return membarrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED);
}

static int setup(void **state)
{
	(void)state;
	return membarrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED);
}

/* Each writer counts for itself: nothing is shared, so nothing orders by accident. */
static int writer_enter(void *state, void **writer)
{
	(void)state;
	*writer = calloc(1, sizeof(unsigned));
	return *writer != NULL ? 0 : -ENOMEM;
}

static void writer_leave(void *state, void *writer)
{
	(void)state;
	free(writer);
}

static int is_due(unsigned *calls)
{
	return ++*calls % EVERY == 0;
}

static int forgets(void *writer)
{
	if (!is_due(writer))
		return membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED);
	__atomic_thread_fence(__ATOMIC_SEQ_CST); /* for its own CPU only */
	return 0;
}

static int fails_at_times(void *writer)
{
	if (is_due(writer))
		return -EAGAIN;
	return membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED);
}

const struct rcustress_barrier rcustress_barrier = {
	.size = sizeof(rcustress_barrier),
	.abi = RCUSTRESS_ABI,
	.name = "once-in-1000",
	.summary = "membarrier, but a local fence in every 1,000th call",
	.probe = probe,
	.setup = setup,
	.writer_enter = writer_enter,
	.writer_leave = writer_leave,
	.heavy = forgets,
};

/* Any other symbol has to be named: ./once.so:fails. */
RCUSTRESS_EXPORT const struct rcustress_barrier fails = {
	.size = sizeof(fails),
	.abi = RCUSTRESS_ABI,
	.name = "fails-in-1000",
	.summary = "membarrier, but -EAGAIN in every 1,000th call",
	.probe = probe,
	.setup = setup,
	.writer_enter = writer_enter,
	.writer_leave = writer_leave,
	.heavy = fails_at_times,
};
