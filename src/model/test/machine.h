/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For the unit tests: two machines that run a litmus test step by step, in all ways.
 * What they find is what the models of the same name must allow, and nothing else; so
 * they share no code with them.
 *
 * Sequential consistency: one step of one thread after the other. x86-TSO (P. Sewell
 * et al., CACM 2010): each thread has a buffer, from which its stores go to memory in
 * order, and which its own loads look at first. Locked instructions, smp_mb() and
 * smp_store_mb() wait until it is empty; no other fence does anything.
 *
 * smp_memb() waits for the caller's own buffer, and then, for each other thread, for a
 * moment at which that thread's buffer is empty. synchronize_rcu() waits for the
 * caller's own buffer, and then for each section that another thread had begun by then,
 * until it has ended and all stores from before its end are in memory.
 */
#ifndef RCS_MODEL_TEST_MACHINE_H
#define RCS_MODEL_TEST_MACHINE_H

#include "model/prove.h"

enum machine_kind {
	MACHINE_SC,
	MACHINE_TSO,
};

struct machine_finals {
	/* NULL; or why the rest is not known: too many states, SRCU, large numbers. */
	const char *why_not;
	int visited;
	int columns, count;
	struct rcs_litmus_value *value; /* rows of `columns`, in order, each once */
};

/* To be released, whatever comes. */
struct machine_finals machine_run(const struct rcs_litmus *test, enum machine_kind kind,
				  enum rcs_prove_barrier barrier, int columns,
				  const struct rcs_state_column *column);
void machine_release(struct machine_finals *finals);

/* Is that row among them? */
bool machine_finds(const struct machine_finals *finals,
		   const struct rcs_litmus_value *value);

#endif
