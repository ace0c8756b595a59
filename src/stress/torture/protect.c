/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Objects on pages of their own, which are taken away for a while after the grace
 * period: a section that holds one for too long faults, whatever it does with it. The
 * handler notes that down and gives the page back, so that the section goes on and the
 * arm with it. A fault elsewhere is none of this and goes where it would have gone.
 *
 * mprotect() interrupts the other CPUs, which makes a barrier of it that could mend
 * what is broken: one in some hundreds of grace periods has it, and none of those that
 * updaters wait for as fast as they can.
 */
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>

#include "host/clock.h"
#include "host/memory.h"
#include "rcu/pointer.h"
#include "stress/torture/environment.h"
#include "stress/torture/section.h"

#define GONE_NS 100000

/* Who reads in this thread. volatile: looked at by its own handler. */
static __thread struct rcs_torture_reader *volatile self;
static struct sigaction previous;

void rcs_torture_protect_reads_as(struct rcs_torture_reader *r)
{
	self = r;
	__asm__ __volatile__("" ::: "memory");
}

static struct rcs_torture_object *object_of(const struct rcs_torture *t, int updater)
{
	return (struct rcs_torture_object *)(void *)(t->pages +
						     (size_t)updater * t->page_size);
}

/* Whose page that is; -1: nobody's. */
static int owner_of(const struct rcs_torture *t, const char *address)
{
	size_t size = (size_t)t->runner.writers * t->page_size;

	if (t->pages == NULL || address < t->pages || address >= t->pages + size)
		return -1;
	return (int)((size_t)(address - t->pages) / t->page_size);
}

/* Nothing here that a handler may not do: the log is the thread's own. */
static void note_fault(struct rcs_torture_reader *r, int owner)
{
	const struct rcs_torture_section *s = r->section;
	struct rcs_torture_object *object = object_of(r->torture, owner);
	struct rcs_torture_note note = {
		.check = RCS_TORTURE_PROTECTED,
		.updater = (rcs_torture_word)owner,
	};

	(void)mprotect(object, r->torture->page_size, PROT_READ | PROT_WRITE);
	note.held = note.found = rcs_torture_load(&object->sequence);
	note.object = rcs_torture_load(&object->pipe);
	note.way = rcs_torture_load(&object->way);
	note.call = rcs_torture_load(&object->call);
	rcs_torture_section_tell(r, s, &note);
}

static void on_fault(int signal, siginfo_t *info, void *context)
{
	struct rcs_torture_reader *r = self;
	int owner = r != NULL && r->section != NULL && info->si_code > 0
			    ? owner_of(r->torture, info->si_addr)
			    : -1;

	(void)context;
	if (owner >= 0) {
		note_fault(r, owner);
		return;
	}
	/* A real crash: it happens again, and is not kept from it. */
	(void)sigaction(signal, &previous, NULL);
	if (info->si_code <= 0)
		(void)raise(signal);
}

static void catch_faults(void)
{
	struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO},
			 now;

	(void)sigaction(SIGSEGV, NULL, &now);
	if ((now.sa_flags & SA_SIGINFO) != 0 && now.sa_sigaction == on_fault)
		return;
	(void)sigemptyset(&action.sa_mask);
	(void)sigaction(SIGSEGV, &action, &previous);
}

int rcs_torture_protect_set_up(struct rcs_torture *t, struct rcs_error *e)
{
	size_t writers = (size_t)t->runner.writers;

	t->page_size = (size_t)sysconf(_SC_PAGESIZE);
	t->pages =
		rcs_memory_pages(writers * t->page_size, "pages to be taken away", e);
	if (t->pages == NULL)
		return -1;
	for (int u = 0; u < t->runner.writers; u++) {
		rcs_torture_object_fill(object_of(t, u), (rcs_torture_word)u + 1);
		t->updater[u].page.object = object_of(t, u);
	}
	catch_faults();
	return 0;
}

void rcs_torture_protect_take_down(struct rcs_torture *t)
{
	rcs_memory_release(t->pages, (size_t)t->runner.writers * t->page_size);
}

void rcs_torture_protect(struct rcs_torture_updater *u)
{
	struct rcs_torture *t = u->torture;
	struct rcs_torture_object *object = object_of(t, u->number);
	rcs_torture_word number;

	(void)rcs_rcu_exchange(&u->page.object, NULL);
	rcs_torture_store(&object->pipe, 1);
	number = rcs_torture_wait_for_period(u, RCS_TORTURE_SYNCHRONIZE);
	/* Without a grace period it is what it was. */
	if (number != 0) {
		rcs_torture_object_free(object, u, RCS_TORTURE_SYNCHRONIZE, number);
		(void)mprotect(object, t->page_size, PROT_NONE);
		rcs_spin_until(rcs_cycles() + rcs_cycles_from_ns(rcs_random_below(
						      &u->random, GONE_NS)));
		(void)mprotect(object, t->page_size, PROT_READ | PROT_WRITE);
		rcs_torture_object_fill(object, ++u->pages_used);
	} else {
		rcs_torture_store(&object->pipe, 0);
	}
	(void)rcs_rcu_exchange(&u->page.object, (void *)object);
}
