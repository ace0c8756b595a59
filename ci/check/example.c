/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Checks a barrier over membarrier(2) with rcustress-check, as a project's own test
 * suite may. Copy it, and put your barrier in place of the first part.
 *
 *     cc -O2 example.c $(pkg-config --cflags --libs --static rcustress-check)
 */
#include <rcustress-check.h>

#include <errno.h>
#include <linux/membarrier.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The barrier. In a real test these two come from the runtime that is tested. */

static int barrier_register(void)
{
	if (syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0) ==
	    0)
		return 0;
	return -errno;
}

static int barrier_heavy(void)
{
	if (syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0) == 0)
		return 0;
	return -errno;
}

/* The test. Its light side is a compiler barrier: `light` is left NULL. */

static int heavy(void *unused)
{
	(void)unused;
	return barrier_heavy();
}

int main(void)
{
	struct rcustress_check check = {
		.size = sizeof(check),
		.name = "membarrier",
		.heavy = heavy,
		.time_ms = 30000, /* at the most: it ends as soon as it can tell */
	};
	struct rcustress_check_result result = {.size = sizeof(result)};
	char text[2048];
	int error = barrier_register();

	if (error != 0) {
		printf("SKIPPED  membarrier(2) cannot be used here: error %d\n",
		       -error);
		return rcustress_verdict_status(RCUSTRESS_SKIPPED);
	}
	rcustress_check(&check, &result); /* an error of its own is a FAULT */
	rcustress_check_format(&result, text, sizeof(text));
	fputs(text, stdout);
	return rcustress_verdict_status(result.verdict);
}
