/* SPDX-License-Identifier: BSD-2-Clause */
/* Stalled grace periods: see stall.h. */
#include "rcu/asym/stall.h"

#include "host/clock.h"
#include "rcu/read/asym.h"

#define STALL_NS UINT64_C(10000000000)

static uint64_t patience(const struct rcs_asym *asym)
{
	return asym->rcu.options.stall_ns > 0 ? asym->rcu.options.stall_ns : STALL_NS;
}

void rcs_asym_stall_begin(struct rcs_asym_stall_watch *watch,
			  const struct rcs_asym *asym)
{
	watch->begun_ns = rcs_clock_ns();
	watch->next_ns = watch->begun_ns + patience(asym);
}

void rcs_asym_stall_look(struct rcs_asym_stall_watch *watch, struct rcs_asym *asym)
{
	const struct rcs_rcu_options *o = &asym->rcu.options;
	uint64_t now = rcs_clock_ns();

	if (now < watch->next_ns)
		return;
	watch->next_ns = now + patience(asym);
	if (o->stalled == NULL)
		return;
	pthread_mutex_lock(&asym->registry);
	for (struct rcs_asym_thread *t = asym->threads; t != NULL; t = t->next) {
		struct rcs_rcu_stall stall = {
			.thread = t->thread.name,
			.tid = t->thread.tid,
			.waited_ns = now - watch->begun_ns,
			.nesting = (unsigned)rcs_asym_nesting(rcs_asym_load(&t->word),
							      asym->design),
			.entry = __atomic_load_n(&t->thread.entry, __ATOMIC_RELAXED),
		};

		if (t->passed != asym->scans)
			o->stalled(&stall, o->stalled_argument);
	}
	pthread_mutex_unlock(&asym->registry);
}

uint64_t rcs_asym_stall_left(const struct rcs_asym_stall_watch *watch)
{
	uint64_t now = rcs_clock_ns();

	return now < watch->next_ns ? watch->next_ns - now : 1;
}
