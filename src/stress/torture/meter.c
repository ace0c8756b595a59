/* SPDX-License-Identifier: BSD-2-Clause */
/* Exposed calls: see meter.h. */
#include "stress/torture/meter.h"

#include <sched.h>

#include "host/clock.h"

bool rcs_torture_meter_note(struct rcs_torture_meter *meter, rcs_torture_word start,
			    rcs_torture_word end)
{
	rcs_torture_word made = meter->made;

	if (made - __atomic_load_n(&meter->counted, __ATOMIC_ACQUIRE) >=
	    RCS_TORTURE_NOTED)
		return false;
	meter->call[made % RCS_TORTURE_NOTED].start = start;
	meter->call[made % RCS_TORTURE_NOTED].end = end;
	meter->call[made % RCS_TORTURE_NOTED].cpu = sched_getcpu();
	/* Pairs with the acquire of who counts. */
	__atomic_store_n(&meter->made, made + 1, __ATOMIC_RELEASE);
	return true;
}

static bool before(rcs_torture_word a, rcs_torture_word b)
{
	return (long)(a - b) < 0;
}

/* Readers that this call was exposed to; -1: one may yet say that it was. */
static int meet(rcs_torture_word start, rcs_torture_word end, int cpu,
		rcs_torture_word lag, const struct rcs_torture_readers *readers,
		uint64_t *exposed)
{
	bool waits = (rcs_torture_word)rcs_cycles() - end < lag;
	int met = 0;

	for (int r = 0; r < readers->count; r++) {
		const struct rcs_torture_presence *p =
			readers->presence(readers->readers, r);
		rcs_torture_word now = rcs_torture_load(&p->now);

		/* Two threads do not run on one CPU at a time. */
		if (readers->cpu != NULL && cpu >= 0 && readers->cpu[r] == cpu)
			continue;
		if (before(now, end)) {
			if (waits)
				return -1;
			continue;
		}
		/* Stored before: pairs with the reader's order of stores. */
		__atomic_thread_fence(__ATOMIC_ACQUIRE);
		if (before(start, rcs_torture_load(&p->since)))
			continue;
		met++;
		if (exposed != NULL)
			exposed[r]++;
	}
	return met;
}

uint64_t rcs_torture_meter_count(struct rcs_torture_meter *meter,
				 const struct rcs_torture_readers *readers, bool all)
{
	/* Pairs with the release of who noted them down. */
	rcs_torture_word made = __atomic_load_n(&meter->made, __ATOMIC_ACQUIRE);
	rcs_torture_word n = meter->counted;
	rcs_torture_word lag =
		all ? 0 : (rcs_torture_word)rcs_cycles_from_ns(RCS_TORTURE_LAG_NS);
	uint64_t exposed = meter->exposed;

	for (; n != made; n++) {
		rcs_torture_word start = meter->call[n % RCS_TORTURE_NOTED].start;
		rcs_torture_word end = meter->call[n % RCS_TORTURE_NOTED].end;
		int cpu = meter->call[n % RCS_TORTURE_NOTED].cpu, met;

		/* First without counting: a reader may not have spoken yet. */
		if (lag > 0 && meet(start, end, cpu, lag, readers, NULL) < 0)
			break;
		met = meet(start, end, cpu, 0, readers, readers->exposed);
		meter->exposed += (uint64_t)met;
		meter->exposed_calls += met > 0;
		if (met > 0 && readers->samples != NULL)
			rcs_samples_add(readers->samples, end - start);
	}
	/* Their places may be used again: pairs with the load in …_note(). */
	__atomic_store_n(&meter->counted, n, __ATOMIC_RELEASE);
	return meter->exposed - exposed;
}
