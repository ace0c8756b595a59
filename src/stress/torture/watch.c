/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The watch: grace periods must end as long as readers leave their sections. A busy
 * machine is no violation: time counts only when each reader has had a CPU meanwhile,
 * and nobody who could end a grace period waits for one.
 *
 * Where a violation is asked for, it need not be patient if it sees that nobody will
 * ever go on: some ticks in a row all threads that could end a grace period sleep in
 * the kernel, and none has run in between; and meanwhile each reader was in no section
 * several times, so that it has seen any mark that was there before, and woken whom it
 * should. Whoever is woken does not sleep, even if it has to wait for a CPU, so load
 * makes this take longer, and never makes it wrong. Updaters that stay away are waited
 * for by nobody. One that looks for what others are to do must have looked in vain
 * since.
 */
#include <time.h>

#include "stress/torture/asleep.h"
#include "stress/torture/rig.h"

#define TICKS	     200 /* of 50 ms: 10 s, … */
#define THREAD_TICKS 2	 /* … and for each thread that may want the CPU */
#define SECTIONS     8	 /* that a reader must have been through */

#define SPUN_NS	      UINT64_C(1000000000) /* of CPU time, in one turn */
#define ASLEEP_TICKS  4
#define ASLEEP_PASSES 4 /* of each reader, or looks of an updater, since then */

static rcs_torture_word turns(const struct rcs_torture *t)
{
	rcs_torture_word sum = 0;

	for (int u = 0; u < t->runner.writers; u++)
		sum += rcs_torture_load(&t->updater[u].turns);
	return sum;
}

static void look(struct rcs_torture *t)
{
	t->watch.turns = turns(t);
	t->watch.ticks = 0;
	t->watch.asleep = 0;
	for (int r = 0; r < t->runner.readers; r++)
		t->watch.sections[r] = rcs_torture_load(&t->reader[r].sections);
}

void rcs_torture_watch_start(struct rcs_torture *t)
{
	t->watch.stuck = false;
	look(t);
}

unsigned rcs_torture_watch_ticks(const struct rcs_torture *t)
{
	unsigned ticks = t->options.stuck_ticks != 0 ? t->options.stuck_ticks : TICKS;

	return ticks + (unsigned)(t->runner.writers + t->runner.readers) * THREAD_TICKS;
}

bool rcs_torture_watch_suspects(const struct rcs_torture *t)
{
	return t->kill && !t->watch.stuck &&
	       (t->watch.ticks > 0 || ck_pr_load_uint(&t->pause) != 0);
}

/* Those that may be awake though nobody goes on; *waiting: updaters that do not. */
static size_t list_others(const struct rcs_torture *t, unsigned *waiting,
			  rcs_torture_word *looks)
{
	pid_t *others = t->watch.others;
	size_t count = 0;

	others[count++] = rcs_torture_tid();
	for (int r = 0; r < t->runner.readers; r++)
		others[count++] = t->reader[r].tid;
	for (int a = 0; a < RCS_ANTAGONISTS_MAX; a++)
		others[count++] = t->antagonist[a];
	*waiting = 0;
	*looks = 0;
	for (int n = 0; n < t->runner.writers; n++) {
		const struct rcs_torture_updater *u = &t->updater[n];
		bool parked = rcs_torture_load(&u->parked) != 0;
		bool looking = rcs_torture_load(&u->looking) != 0;

		*waiting += !parked;
		*looks += rcs_torture_load(&u->looks);
		if (parked || looking)
			others[count++] = u->tid;
	}
	return count;
}

static bool readers_passed(const struct rcs_torture *t)
{
	for (int r = 0; r < t->runner.readers; r++)
		if (rcs_torture_load(&t->reader[r].passes) - t->watch.passes[r] <
		    ASLEEP_PASSES)
			return false;
	return true;
}

/* One that looks in vain, if there is one, has done so since. */
static bool updaters_looked(const struct rcs_torture *t, rcs_torture_word looks)
{
	bool looking = false;

	for (int u = 0; u < t->runner.writers; u++)
		looking = looking || rcs_torture_load(&t->updater[u].looking) != 0;
	return !looking || looks - t->watch.looks >= ASLEEP_PASSES;
}

/* Whether nobody will ever go on, as far as this tick can tell. */
static bool sleeps_for_ever(struct rcs_torture *t)
{
	struct rcs_torture_watch *w = &t->watch;
	rcs_torture_word looks;
	unsigned waiting;
	uint64_t slept;
	size_t others = list_others(t, &waiting, &looks);

	if (!t->kill || waiting == 0 ||
	    !rcs_torture_asleep(getpid(), w->others, others, &slept)) {
		w->asleep = 0;
		return false;
	}
	if (w->asleep == 0 || slept != w->slept) {
		w->asleep = 1;
		w->slept = slept;
		w->looks = looks;
		for (int r = 0; r < t->runner.readers; r++)
			w->passes[r] = rcs_torture_load(&t->reader[r].passes);
		return false;
	}
	return w->asleep++ >= ASLEEP_TICKS && readers_passed(t) &&
	       updaters_looked(t, looks);
}

static bool sections_passed(const struct rcs_torture *t)
{
	for (int r = 0; r < t->runner.readers; r++) {
		const struct rcs_torture_reader *reader = &t->reader[r];

		if (rcs_torture_load(&reader->sections) - t->watch.sections[r] <
			    SECTIONS &&
		    rcs_torture_load(&reader->parked) == 0)
			return false;
	}
	return true;
}

static uint64_t cpu_time(const struct rcs_torture_updater *u)
{
	struct timespec had;
	clockid_t clock;

	/* A thread of the team, which outlives the round. */
	if (u->tid == 0 || pthread_getcpuclockid(u->thread, &clock) != 0 ||
	    clock_gettime(clock, &had) != 0)
		return 0;
	return (uint64_t)had.tv_sec * 1000000000 + (uint64_t)had.tv_nsec;
}

/* Whether one has spun for long: what it has had of a CPU does not depend on the load.
 */
static bool one_has_spun(struct rcs_torture *t)
{
	bool one = false;

	for (int n = 0; n < t->runner.writers; n++) {
		struct rcs_torture_updater *u = &t->updater[n];
		uint64_t had = cpu_time(u);

		if (t->watch.ticks == 1)
			u->had_ns = had;
		one = one ||
		      (had > u->had_ns + SPUN_NS && rcs_torture_load(&u->looking) == 0);
	}
	return one;
}

/*
 * Whether it has taken far too long, and not because somebody wants for a CPU: they
 * sleep, or have spun for long.
 */
static bool takes_too_long(const struct rcs_torture *t, bool spun)
{
	rcs_torture_word looks;
	unsigned waiting;
	uint64_t slept;

	return t->watch.ticks >= rcs_torture_watch_ticks(t) && sections_passed(t) &&
	       (spun || rcs_torture_asleep(getpid(), t->watch.others,
					   list_others(t, &waiting, &looks), &slept));
}

void rcs_torture_watch_tick(struct rcs_torture *t)
{
	bool spun;

	if (ck_pr_load_uint(&t->updating) == 0 || t->watch.stuck)
		return;
	if (turns(t) != t->watch.turns) {
		look(t);
		return;
	}
	t->watch.ticks++;
	spun = one_has_spun(t);
	if (!sleeps_for_ever(t) && !(t->kill && spun && sections_passed(t)) &&
	    !takes_too_long(t, spun))
		return;
	t->watch.stuck = true;
	rcs_torture_update_fails(&t->updater[0], RCS_TORTURE_STUCK, 0, t->watch.turns);
	ck_pr_store_uint(&t->stop, 1);
	rcs_team_give_up(t->runner.team);
}
