/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The affinity barrier: the writer moves itself to every CPU that the process may
 * use, one after the other, and checks that it arrived. To run there it must take the
 * place of whoever ran there before, and a context switch is a full barrier. It takes
 * no more than sched_setaffinity(2), and as long as the scheduler pleases.
 *
 * Threads that may run on other CPUs than these are not reached.
 */
#include "barrier/barrier.h"

#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

#include "host/cpus.h"

#define ARRIVE_TRIES 100

struct visitor {
	const struct rcs_cpus *cpus;
	size_t size; /* of a mask, in bytes */
	cpu_set_t *one, *usual;
};

static int setup(const char *parameter, void **state, struct rcs_error *e)
{
	struct rcs_cpus *cpus = malloc(sizeof(*cpus));

	(void)parameter;
	if (cpus == NULL)
		return rcs_fail(e, RCS_ERROR_RESOURCE,
				"no memory for barrier 'affinity'");
	if (rcs_cpus_available(cpus, e) != 0) {
		free(cpus);
		return -1;
	}
	*state = cpus;
	return 0;
}

static void writer_leave(void *state, void *writer)
{
	struct visitor *v = writer;

	(void)state;
	CPU_FREE(v->one);
	CPU_FREE(v->usual);
	free(v);
}

static int writer_enter(void *state, void **writer, struct rcs_error *e)
{
	struct visitor *v = calloc(1, sizeof(*v));

	if (v == NULL)
		return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for a CPU mask");
	v->cpus = state;
	v->size = CPU_ALLOC_SIZE(RCS_CPUS_MAX);
	v->one = CPU_ALLOC(RCS_CPUS_MAX);
	v->usual = CPU_ALLOC(RCS_CPUS_MAX);
	if (v->one == NULL || v->usual == NULL) {
		writer_leave(state, v);
		return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for a CPU mask");
	}
	*writer = v;
	return 0;
}

static int visit(struct visitor *v, int cpu)
{
	CPU_ZERO_S(v->size, v->one);
	CPU_SET_S(cpu, v->size, v->one);
	if (sched_setaffinity(0, v->size, v->one) != 0)
		return -errno;
	for (int n = 0; n < ARRIVE_TRIES; n++) {
		/* The barrier: pairs with the light side of whoever ran here. */
		if (sched_getcpu() == cpu)
			return 0;
		sched_yield();
	}
	return -EAGAIN;
}

static int heavy(void *writer)
{
	struct visitor *v = writer;
	int err = 0;

	if (sched_getaffinity(0, v->size, v->usual) != 0)
		return -errno;
	for (int i = 0; i < v->cpus->count && err == 0; i++)
		err = visit(v, v->cpus->id[i]);
	if (sched_setaffinity(0, v->size, v->usual) != 0 && err == 0)
		err = -errno;
	return err;
}

const struct rcs_barrier rcs_barrier_affinity = {
	.name = "affinity",
	.summary = "the writer visits every CPU the process may use",
	.in_the_wild = "tcmalloc (fallback without membarrier)",
	.claim = "every architecture, for threads that keep to these CPUs",
	.claimed_here = true,
	.setup = setup,
	.writer_enter = writer_enter,
	.writer_leave = writer_leave,
	.heavy = heavy,
	.teardown = free,
};
