/* SPDX-License-Identifier: BSD-2-Clause */
/* Signal handlers that read: see environment.h. */
#include <errno.h>
#include <signal.h>

#include "host/clock.h"
#include "stress/torture/environment.h"
#include "stress/torture/section.h"

#define STAY_NS 20000

/* What the interrupted thread reads as; volatile: looked at by its own handler. */
static __thread struct rcs_torture_reader *volatile self;

static void read_here(int signal)
{
	struct rcs_torture_reader *r = self;
	struct rcs_torture_section s = {.stamps = 1, .depth = 1};
	int kept = errno;

	(void)signal;
	if (r == NULL)
		return;
	s.begun = (rcs_torture_word)rcs_cycles();
	s.stamp[0] = r->stamps[0];
	r->torture->flavour->read_lock(r->self);
	s.plain = __atomic_load_n(&s.stamp[0]->plain, __ATOMIC_RELAXED);
	s.started[0] = rcs_torture_load(&s.stamp[0]->started);
	rcs_spin_until(rcs_cycles() + rcs_cycles_from_ns(s.begun % STAY_NS));
	rcs_torture_section_check(r, &s);
	r->torture->flavour->read_unlock(r->self);
	errno = kept;
}

static int number(void)
{
	return SIGRTMIN + 7;
}

void rcs_torture_handler_install(void)
{
	struct sigaction action = {.sa_handler = read_here, .sa_flags = SA_RESTART};

	(void)sigemptyset(&action.sa_mask);
	(void)sigaction(number(), &action, NULL);
}

void rcs_torture_handler_send(struct rcs_torture *t)
{
	struct rcs_torture_reader *r;

	if (t->runner.readers == 0)
		return;
	r = &t->reader[t->handlers++ % (unsigned)t->runner.readers];
	/* A thread of the team, which outlives the round. */
	if (ck_pr_load_uint(&r->present) != 0)
		(void)pthread_kill(r->thread, number());
}

void rcs_torture_handler_reads_as(struct rcs_torture_reader *r)
{
	self = r;
	__asm__ __volatile__("" ::: "memory");
}
