/* SPDX-License-Identifier: BSD-2-Clause */
/* Changing CPUs: see environment.h. */
#include "host/cpus.h"
#include "stress/torture/environment.h"

static int seat_of(const struct rcs_torture_reader *r)
{
	const struct rcs_runner *runner = &r->torture->runner;

	return runner->placement->cpu[runner->writers + r->number];
}

void rcs_torture_shuffle(struct rcs_torture_reader *r)
{
	const struct rcs_runner *runner = &r->torture->runner;
	int threads = runner->writers + runner->readers;
	int cpu =
		runner->placement->cpu[rcs_random_below(&r->random, (uint32_t)threads)];

	/* Threads that are not bound are shuffled by the scheduler. */
	if (seat_of(r) < 0 || cpu < 0)
		return;
	r->shuffled = cpu != seat_of(r);
	(void)rcs_cpus_bind(cpu, NULL);
	rcs_torture_was_away(r);
}

void rcs_torture_shuffle_back(struct rcs_torture_reader *r)
{
	if (r->shuffled)
		(void)rcs_cpus_bind(seat_of(r), NULL);
	r->shuffled = false;
}
