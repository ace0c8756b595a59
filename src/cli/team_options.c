/* SPDX-License-Identifier: BSD-2-Clause */
/* What a run may take of the machine: see team_options.h. */
#include "cli/team_options.h"

#include <errno.h>
#include <inttypes.h>
#include <sched.h>
#include <string.h>
#include <sys/random.h>

#include "cli/values.h"
#include "host/clock.h"
#include "host/memory.h"
#include "stress/sb.h"
#include "verdict/status.h"

#define RCU_UPDATERS_MAX 8 /* more of them are no news to an RCU */

enum { KEY_READERS = 0x300, KEY_WRITERS, KEY_CPUS, KEY_AFFINITY, KEY_MEMORY, KEY_SEED };

static const struct argp_option options[] = {
	{NULL, 0, NULL, 0, "What it may take of the machine:", 3},
	{"threads", 't', "N", 0,
	 "Threads in all: one writer, the rest readers; of an RCU, up to a "
	 "quarter are updaters",
	 0},
	{"readers", KEY_READERS, "N", 0, "How many of them are readers", 0},
	{"writers", KEY_WRITERS, "N", 0, "How many of them are writers", 0},
	{"cpus", KEY_CPUS, "LIST", 0, "Use only these CPUs, such as 0-3,8", 0},
	{"affinity", KEY_AFFINITY, "HOW", 0,
	 "Where writer and reader sit: auto (each kind of pair of CPUs in turn), "
	 "siblings, cache, package, remote (that kind only), spread, compact, none",
	 0},
	{"memory", KEY_MEMORY, "SIZE", 0,
	 "For logs and cold memory (default: a quarter of what is free, at most 1G)",
	 0},
	{"seed", KEY_SEED, "N", 0, "Of all random choices (default: a new one)", 0},
	{0},
};

void rcs_option_check(struct argp_state *state, int failed, const char *option,
		      const char *value, const struct rcs_error *e)
{
	/* A plug-in may have crashed, which is no error of usage. */
	if (failed != 0)
		argp_failure(state,
			     e->kind == RCS_ERROR_FAULT || e->kind == RCS_ERROR_RESOURCE
				     ? RCS_EXIT_FAULT
				     : argp_err_exit_status,
			     0, "%s '%.60s': %s", option, value, e->text);
}

static int read_affinity(const char *text, enum rcs_affinity *affinity,
			 struct rcs_error *e)
{
	static const char *const names[] = {
		[RCS_AFFINITY_AUTO] = "auto",
		[RCS_AFFINITY_SIBLINGS] = "siblings",
		[RCS_AFFINITY_CACHE] = "cache",
		[RCS_AFFINITY_PACKAGE] = "package",
		[RCS_AFFINITY_REMOTE] = "remote",
		[RCS_AFFINITY_SPREAD] = "spread",
		[RCS_AFFINITY_COMPACT] = "compact",
		[RCS_AFFINITY_NONE] = "none",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(text, names[i]) == 0) {
			*affinity = (enum rcs_affinity)i;
			return 0;
		}
	}
	return rcs_fail(e, RCS_ERROR_USAGE,
			"want auto, siblings, cache, package, remote, "
			"spread, compact or none");
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct rcs_team_options *o = state->input;
	struct rcs_error e;

	switch (key) {
	case 't':
		rcs_option_check(
			state,
			rcs_value_count(arg, 2, RCS_THREADS_MAX, &o->threads, &e),
			"--threads", arg, &e);
		break;
	case KEY_READERS:
		rcs_option_check(
			state,
			rcs_value_count(arg, 1, RCS_THREADS_MAX - 1, &o->readers, &e),
			"--readers", arg, &e);
		break;
	case KEY_WRITERS:
		rcs_option_check(
			state,
			rcs_value_count(arg, 1, RCS_THREADS_MAX - 1, &o->writers, &e),
			"--writers", arg, &e);
		break;
	case KEY_CPUS:
		rcs_option_check(state, rcs_cpus_parse(arg, &o->cpus, &e), "--cpus",
				 arg, &e);
		break;
	case KEY_AFFINITY:
		rcs_option_check(state, read_affinity(arg, &o->affinity, &e),
				 "--affinity", arg, &e);
		break;
	case KEY_MEMORY:
		rcs_option_check(state, rcs_value_size(arg, &o->memory, &e), "--memory",
				 arg, &e);
		break;
	case KEY_SEED:
		rcs_option_check(state,
				 rcs_value_count(arg, 0, UINT64_MAX, &o->seed, &e),
				 "--seed", arg, &e);
		o->seed_given = true;
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

const struct argp rcs_team_argp = {.options = options, .parser = parse};

static int settle_cpus(struct rcs_team_options *o, struct rcs_error *e)
{
	struct rcs_cpus available;
	cpu_set_t *set;
	size_t size = CPU_ALLOC_SIZE(RCS_CPUS_MAX);
	int failed;

	if (rcs_cpus_available(&available, e) != 0)
		return -1;
	if (o->cpus.count == 0) {
		o->cpus = available;
		return 0;
	}
	for (int i = 0, k = 0; i < o->cpus.count; i++) {
		while (k < available.count && available.id[k] < o->cpus.id[i])
			k++;
		if (k == available.count || available.id[k] != o->cpus.id[i]) {
			char have[128];

			rcs_cpus_print(&available, have, sizeof(have));
			return rcs_fail(
				e, RCS_ERROR_USAGE,
				"--cpus: CPU %d may not be used here: want some of "
				"%s",
				o->cpus.id[i], have);
		}
	}
	set = CPU_ALLOC(RCS_CPUS_MAX);
	if (set == NULL)
		return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for a CPU mask");
	CPU_ZERO_S(size, set);
	for (int i = 0; i < o->cpus.count; i++)
		CPU_SET_S(o->cpus.id[i], size, set);
	failed = sched_setaffinity(0, size, set);
	CPU_FREE(set);
	if (failed != 0)
		return rcs_fail(
			e, RCS_ERROR_RESOURCE,
			"cannot keep to the CPUs of --cpus: sched_setaffinity: %s",
			strerror(errno));
	return 0;
}

static int settle_threads(struct rcs_team_options *o, uint64_t by_default,
			  struct rcs_error *e)
{
	uint64_t cpus = (uint64_t)o->cpus.count;

	o->threads_given = o->threads > 0;
	o->split_given = o->readers > 0 || o->writers > 0;
	if (o->threads == 0 && o->readers > 0)
		o->threads = o->readers + (o->writers > 0 ? o->writers : 1);
	if (o->threads == 0) {
		o->threads = by_default > 0 ? by_default : cpus < 2 ? 2 : cpus;
		if (o->threads < o->writers * 2)
			o->threads = o->writers * 2;
	}
	if (o->writers == 0)
		o->writers = o->readers > 0 && o->threads > o->readers
				     ? o->threads - o->readers
				     : 1;
	if (o->readers == 0)
		o->readers = o->threads > o->writers ? o->threads - o->writers : 0;
	if (o->readers + o->writers != o->threads || o->threads > RCS_THREADS_MAX)
		return rcs_fail(e, RCS_ERROR_USAGE,
				"%" PRIu64 " readers and %" PRIu64
				" writers are not %" PRIu64 " threads (at most %d)",
				o->readers, o->writers, o->threads, RCS_THREADS_MAX);
	if (o->readers < o->writers)
		return rcs_fail(e, RCS_ERROR_USAGE,
				"%" PRIu64
				" writers need a reader each, but there are only "
				"%" PRIu64,
				o->writers, o->readers);
	return 0;
}

struct rcs_team_options rcs_team_of_rcu(const struct rcs_team_options *o,
					uint64_t updaters)
{
	struct rcs_team_options rcu = *o;

	if (rcu.split_given)
		return rcu;
	if (!rcu.threads_given && rcu.threads < 2 * updaters)
		rcu.threads = 2 * updaters;
	if (updaters < rcu.threads / 4)
		updaters = rcu.threads / 4;
	if (updaters > RCU_UPDATERS_MAX)
		updaters = RCU_UPDATERS_MAX;
	if (updaters > rcu.threads / 2)
		updaters = rcu.threads / 2;
	rcu.writers = updaters;
	rcu.readers = rcu.threads - rcu.writers;
	return rcu;
}

static int settle_memory(struct rcs_team_options *o, struct rcs_error *e)
{
	uint64_t least = rcs_sb_least_memory((int)o->writers, (int)o->readers);

	if (o->memory == 0)
		o->memory = rcs_memory_default();
	if (o->memory < least)
		return rcs_fail(e, RCS_ERROR_USAGE,
				"--memory: %" PRIu64 " KiB are too little for %" PRIu64
				" threads, which take %" PRIu64 " KiB",
				o->memory / 1024, o->threads, least / 1024 + 1);
	return 0;
}

/* Whether the threads can be seated as asked: before anything is said or done. */
static int try_seats(const struct rcs_team_options *o, struct rcs_error *e)
{
	static struct rcs_plan plan;

	return rcs_team_plan(o, &plan, e);
}

int rcs_team_settle(struct rcs_team_options *o, uint64_t default_threads,
		    struct rcs_error *e)
{
	if (settle_cpus(o, e) != 0 || settle_threads(o, default_threads, e) != 0 ||
	    settle_memory(o, e) != 0)
		return -1;
	if (!o->seed_given &&
	    getrandom(&o->seed, sizeof(o->seed), 0) != sizeof(o->seed))
		o->seed = rcs_clock_ns();
	if (!o->seed_given)
		o->seed >>= 32; /* short enough to type again */
	return try_seats(o, e);
}

/* Antagonists, where an amplifier may want them: on CPUs to spare, if there are any. */
static int count_antagonists(const struct rcs_team_options *o, const char *amplifier)
{
	uint64_t cpus = (uint64_t)o->cpus.count;
	uint64_t spare = cpus > o->threads ? cpus - o->threads : 0;

	if (strcmp(amplifier, "contend") == 0 && spare == 0)
		return 1;
	if (strcmp(amplifier, "contend") != 0 && strcmp(amplifier, "auto") != 0)
		return 0;
	return (int)(spare < RCS_ANTAGONISTS_MAX ? spare : RCS_ANTAGONISTS_MAX);
}

int rcs_team_plan(const struct rcs_team_options *o, struct rcs_plan *plan,
		  struct rcs_error *e)
{
	static struct rcs_seat seats[RCS_CPUS_MAX];

	plan->writers = (int)o->writers;
	plan->readers = (int)o->readers;
	plan->antagonists = count_antagonists(o, plan->amplifier);
	plan->memory = o->memory;
	plan->seed = o->seed;
	rcs_topology_read(&o->cpus, seats);
	return rcs_placement_fill(plan, seats, o->cpus.count, o->affinity, e);
}
