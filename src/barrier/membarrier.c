/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * membarrier(2), MEMBARRIER_CMD_PRIVATE_EXPEDITED: the kernel interrupts every
 * other CPU that runs a thread of this process and issues a full barrier there; a
 * CPU that does not, passes one when it switches to it. The process must register
 * first, which cannot be undone and is inherited over fork.
 */
#include "barrier/barrier.h"

#include <errno.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* From the kernel's ABI; not every C library ships <linux/membarrier.h>. */
#define CMD_PRIVATE_EXPEDITED	       (1 << 3)
#define CMD_REGISTER_PRIVATE_EXPEDITED (1 << 4)

static long membarrier(int command)
{
	return syscall(SYS_membarrier, command, 0, 0);
}

static int setup(const char *parameter, void **state, struct rcs_error *e)
{
	(void)parameter;
	*state = NULL;
	if (membarrier(CMD_REGISTER_PRIVATE_EXPEDITED) != 0)
		return rcs_fail(e, RCS_ERROR_UNSUPPORTED,
				"membarrier cannot register PRIVATE_EXPEDITED: %s%s",
				strerror(errno),
				errno == ENOSYS || errno == EINVAL
					? " (needs Linux 4.14 with CONFIG_MEMBARRIER)"
					: "");
	return 0;
}

static int heavy(void *writer)
{
	(void)writer;
	/* The barrier: pairs with the light side of every reader. */
	return membarrier(CMD_PRIVATE_EXPEDITED) == 0 ? 0 : -errno;
}

const struct rcs_barrier rcs_barrier_membarrier = {
	.name = "membarrier",
	.summary = "membarrier(2) PRIVATE_EXPEDITED",
	.in_the_wild = "liburcu, OpenJDK, folly, .NET, Seastar, tcmalloc",
	.claim = "every architecture, Linux 4.14 and later",
	.claimed_here = true,
	.setup = setup,
	.heavy = heavy,
};
