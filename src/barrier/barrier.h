/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The contract of a barrier under test: a pair of a light side, which readers run,
 * and a heavy side, which a writer calls. Each barrier is one file that ends in one
 * of these structs, and one line in catalogue.c.
 *
 * The light side is never called: it is compiled into the readers, as a compiler
 * barrier or, where `readers_fence` says so, as a full fence.
 *
 * Controls are barriers too: ones that do nothing remotely and say so. They must
 * come out BROKEN, which is how the program shows that it can tell.
 */
#ifndef RCS_BARRIER_BARRIER_H
#define RCS_BARRIER_BARRIER_H

#include <stdbool.h>
#include <stddef.h>

#include "host/error.h"

/* What may stand behind the colon of "name:parameter", the final NUL included. */
#define RCS_PARAMETER_SIZE 48
/* Room for "name:parameter". */
#define RCS_BARRIER_NAME_SIZE 96

struct rcs_barrier {
	const char *name;
	const char *plugin;	 /* "path:symbol"; NULL: it is one of rcustress */
	const char *summary;	 /* one line: what the heavy side does */
	const char *in_the_wild; /* who relies on this very sequence */
	const char *claim;	 /* where it is said to order memory, and why there */
	bool claimed_here;	 /* the claim covers the architecture of this build */
	bool by_shootdown;	 /* it rests on TLB shootdowns by interrupt */
	const char *locking;	 /* page-based: whether a failed mlock matters */
	bool control;		 /* does nothing remotely: expected BROKEN */
	bool readers_fence;	 /* the light side is a full fence */

	/* Name of the parameter in help texts ("NS"); NULL: it takes none. */
	const char *parameter;
	const char *parameter_default;
	/* Whether a parameter is well-formed; -1 and *e (usage). NULL: takes none. */
	int (*check)(const char *parameter, struct rcs_error *e);

	/*
	 * Readies the process: registrations, handlers. Called once, before any
	 * thread of the cell is started. *state goes to the calls below. NULL: nothing
	 * to do. An error of kind UNSUPPORTED makes the cell SKIPPED.
	 */
	int (*setup)(const char *parameter, void **state, struct rcs_error *e);
	/* In every reader and writer, before its first and after its last round. */
	int (*thread_enter)(void *state, struct rcs_error *e);
	void (*thread_leave)(void *state);
	/*
	 * Readies one writer, in its own thread: what two writers must not share (a
	 * page whose protection one revokes while the other stores to it). *writer
	 * goes to heavy() of this writer alone. NULL: *writer is the state.
	 */
	int (*writer_enter)(void *state, void **writer, struct rcs_error *e);
	void (*writer_leave)(void *state, void *writer);
	/*
	 * The heavy side. Pairs with the light side of every other thread. Called
	 * only from the writer that `writer` belongs to; several writers may be in
	 * their calls at once. 0, or a negative errno value: the barrier was not made.
	 */
	int (*heavy)(void *writer);
	/* After all threads have left. NULL: nothing to do. */
	void (*teardown)(void *state);
};

/* A barrier with its parameter, as a run names it. */
struct rcs_barrier_choice {
	const struct rcs_barrier *barrier;
	char name[RCS_BARRIER_NAME_SIZE];   /* "delay:3000" */
	char parameter[RCS_PARAMETER_SIZE]; /* "3000", or "" */
};

/* The list, in the order in which it is shown: sound ones first, then controls. */
extern const struct rcs_barrier *const rcs_barriers[];
extern const size_t rcs_barrier_count;

/*
 * Whether the barrier is said to order memory on this machine: the claim covers the
 * architecture, and, if it rests on shootdowns by interrupt, the CPU has no broadcast
 * that the kernel would use instead.
 */
bool rcs_barrier_claimed(const struct rcs_barrier *barrier);

/*
 * Finds "name" or "name:parameter"; a missing parameter gets its default. Text with a
 * slash is a plug-in, "path[:symbol]", which is known by its name from then on. -1 and
 * *e: USAGE when there is no such barrier or the parameter is malformed; of a plug-in
 * also FAULT and RESOURCE, see plugin.h.
 */
int rcs_barrier_find(const char *text, struct rcs_barrier_choice *choice,
		     struct rcs_error *e);

/*
 * Whether the barrier can be set up and called here: tries it in a child process,
 * since a seccomp filter may kill and a registration cannot be undone. 0, or -1 and
 * *e: RCS_ERROR_UNSUPPORTED with the reason, or RESOURCE when no child can be had; and
 * FAULT for a plug-in that crashes, hangs or fails. Call it while the process has one
 * thread.
 */
int rcs_barrier_probe(const struct rcs_barrier_choice *choice, struct rcs_error *e);

#endif
