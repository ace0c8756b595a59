/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The smallest there is: a barrier that rests on a fence on both sides. The writer's is
 * here, the readers' is asked for by the flag; without the flag it would be the mistake
 * of nothing.cc.
 *
 *     cc -shared -fPIC -O2 -o readers-fence.so readers-fence.c $(pkg-config --cflags
 * rcustress) rcustress --barrier ./readers-fence.so
 */
#include <rcustress.h>

static int heavy(void *writer)
{
	(void)writer;
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	return 0;
}

const struct rcustress_barrier rcustress_barrier = {
	.size = sizeof(rcustress_barrier),
	.abi = RCUSTRESS_ABI,
	.flags = RCUSTRESS_READERS_FENCE,
	.name = "readers-fence",
	.summary = "a full fence in writers, and one in readers",
	.heavy = heavy,
};
