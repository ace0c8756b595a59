/* SPDX-License-Identifier: BSD-2-Clause */
/* What befalls a reader within its section, and its priority: see environment.h. */
#include <errno.h>
#include <sched.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "stress/torture/environment.h"

#define SLEEP_MOST_NS 300000
#define NICE_MOST     19

void rcs_torture_disturb(struct rcs_torture_reader *r)
{
	const struct timespec t = {
		0, (long)rcs_random_below(&r->random, SLEEP_MOST_NS) + 1};

	switch (rcs_random_below(&r->random, 3)) {
	case 0:
		(void)sched_yield();
		break;
	case 1:
		(void)nanosleep(&t, NULL);
		break;
	default:
		if (rcs_torture_has(r->torture, RCS_TORTURE_SHUFFLE))
			rcs_torture_shuffle(r);
		break;
	}
	rcs_torture_was_away(r);
}

/* Any thread may give its priority up; to have it back takes a right. */
static bool may_change_back(void)
{
	struct rlimit limit;

	/* RLIMIT_NICE n allows for nice values from 20 - n on. */
	return geteuid() == 0 ||
	       (getrlimit(RLIMIT_NICE, &limit) == 0 && limit.rlim_cur >= 20);
}

void rcs_torture_reprioritize(struct rcs_torture_reader *r)
{
	int nice = (int)rcs_random_below(&r->random, NICE_MOST + 1);

	if (!may_change_back())
		return;
	r->reprioritized =
		setpriority(PRIO_PROCESS, (id_t)rcs_torture_tid(), nice) == 0;
}

void rcs_torture_reprioritize_back(struct rcs_torture_reader *r)
{
	if (r->reprioritized)
		(void)setpriority(PRIO_PROCESS, (id_t)rcs_torture_tid(), r->nice);
	r->reprioritized = false;
}
