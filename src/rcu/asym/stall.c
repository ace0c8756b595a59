/* SPDX-License-Identifier: BSD-2-Clause */
/* Stalled grace periods: see stall.h. */
#include "rcu/asym/stall.h"

#include <string.h>

#include "host/clock.h"
#include "rcu/read/asym.h"

#define STALL_NS UINT64_C(10000000000)
#define TOLD_MAX 8 /* threads, each time */

/* What is told of a thread, which may be gone by then. */
struct stalled {
	struct rcs_rcu_stall stall;
	char name[sizeof(((struct rcs_rcu_thread *)NULL)->name)];
};

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

/* Those that the scan waits for. Gives how many. */
static size_t find(struct rcs_asym *asym, uint64_t waited_ns, struct stalled *found)
{
	struct rcs_asym_thread *t;
	size_t count = 0;

	pthread_mutex_lock(&asym->registry);
	for (t = asym->threads; t != NULL && count < TOLD_MAX; t = t->next) {
		rcs_asym_word word = rcs_asym_load(&t->word);
		struct stalled *s = &found[count];

		if (t->passed == asym->scans ||
		    !rcs_asym_busy(word, asym->word, asym->design))
			continue;
		memcpy(s->name, t->thread.name, sizeof(s->name));
		s->stall = (struct rcs_rcu_stall){
			.thread = s->name,
			.tid = t->thread.tid,
			.waited_ns = waited_ns,
			.nesting = (unsigned)rcs_asym_nesting(word),
			.entry = __atomic_load_n(&t->thread.entry, __ATOMIC_RELAXED),
		};
		count++;
	}
	pthread_mutex_unlock(&asym->registry);
	return count;
}

void rcs_asym_stall_look(struct rcs_asym_stall_watch *watch, struct rcs_asym *asym)
{
	const struct rcs_rcu_options *o = &asym->rcu.options;
	struct stalled found[TOLD_MAX];
	uint64_t now = rcs_clock_ns();
	size_t count;

	if (now < watch->next_ns)
		return;
	watch->next_ns = now + patience(asym);
	if (o->stalled == NULL)
		return;
	count = find(asym, now - watch->begun_ns, found);
	/* Without the lock: who is told may enter or leave. */
	for (size_t n = 0; n < count; n++)
		o->stalled(&found[n].stall, o->stalled_argument);
}

uint64_t rcs_asym_stall_left(const struct rcs_asym_stall_watch *watch)
{
	uint64_t now = rcs_clock_ns();

	return now < watch->next_ns ? watch->next_ns - now : 1;
}
