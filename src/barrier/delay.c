/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Control: a local full fence, a wait of NS nanoseconds, a local full fence. It is
 * what a slow barrier that does nothing remotely looks like: its own duration lets
 * the readers' stores drain, and so hides that it orders nothing. The fences stand
 * for the system call, which does not leave the caller's store buffer full either.
 */
#include "barrier/barrier.h"

#include <ck_pr.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

#include "host/clock.h"

#define NS_MOST 1000000000

static int read_ns(const char *parameter, uint64_t *ns)
{
	char *end;
	unsigned long long value;

	if (*parameter < '0' || *parameter > '9')
		return -1;
	errno = 0;
	value = strtoull(parameter, &end, 10);
	if (errno != 0 || *end != '\0' || value > NS_MOST)
		return -1;
	*ns = value;
	return 0;
}

static int check(const char *parameter, struct rcs_error *e)
{
	uint64_t ns;

	if (read_ns(parameter, &ns) != 0)
		return rcs_fail(e, RCS_ERROR_USAGE,
				"barrier 'delay:NS': '%.40s' is not a number of "
				"nanoseconds from 0 to %d",
				parameter, NS_MOST);
	return 0;
}

static int setup(const char *parameter, void **state, struct rcs_error *e)
{
	uint64_t *cycles = malloc(sizeof(*cycles));
	uint64_t ns = 0;

	if (cycles == NULL)
		return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for barrier 'delay'");
	(void)read_ns(parameter, &ns);
	*cycles = rcs_cycles_from_ns(ns);
	*state = cycles;
	return 0;
}

static int heavy(void *writer)
{
	const uint64_t *cycles = writer;
	uint64_t start = rcs_cycles();

	/* Neither fence has a partner: readers have a compiler barrier. */
	ck_pr_fence_memory();
	rcs_spin_until(start + *cycles);
	ck_pr_fence_memory();
	return 0;
}

const struct rcs_barrier rcs_barrier_delay = {
	.name = "delay",
	.parameter = "NS",
	.parameter_default = "3000",
	.check = check,
	.summary = "local fence, wait NS nanoseconds, local fence",
	.in_the_wild = "any barrier whose effect is only that it takes time",
	.claim = "nowhere",
	.control = true,
	.setup = setup,
	.heavy = heavy,
	.teardown = free,
};
