/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is the same in all executions that take the same paths: the events of every
 * thread, where they point, in which order they stand and how they depend on each
 * other. Only the values, and who reads from whom, are open: see execution.h.
 *
 * What the program does is said here in the terms of the C primitives (an event knows
 * its row of litmus/primitive.h); what that means on a machine is the model's business.
 */
#ifndef RCS_MODEL_SKELETON_H
#define RCS_MODEL_SKELETON_H

#include "litmus/ast.h"
#include "model/relation.h"

/* What an event is; each is of one kind, and rcs_events_of() gives the set of a kind.
 */
enum rcs_event_kind {
	RCS_EVENT_READ,	 /* of memory, the read of an RMW and of a lock included */
	RCS_EVENT_WRITE, /* to memory, the write of an RMW, of a lock, of an unlock */
	RCS_EVENT_FENCE, /* ordering says which; not MEMB */
	/*
	 * smp_memb(): two points of its thread. Each is a full fence there; what other
	 * threads have to do with it comes as `strong` (model.h).
	 */
	RCS_EVENT_MEMB_ENTRY,
	RCS_EVENT_MEMB_EXIT,
	RCS_EVENT_RCU_LOCK,
	RCS_EVENT_RCU_UNLOCK,
	/* synchronize_rcu(): again two points, and full fences. The entry stands for
	 * the call where a model wants one event of it. */
	RCS_EVENT_RCU_ENTRY,
	RCS_EVENT_RCU_EXIT,
	RCS_EVENT_SRCU_ENTRY, /* location is that of the srcu_struct */
	RCS_EVENT_SRCU_EXIT,
	/*
	 * srcu_read_lock() and srcu_read_unlock() are a read and a write of the
	 * srcu_struct to the kernel's model, and so they are found as. To machines they
	 * are calls that do who knows what, and their models are shown them as these.
	 */
	RCS_EVENT_SRCU_LOCK,
	RCS_EVENT_SRCU_UNLOCK,
	RCS_EVENT_KINDS
};

struct rcs_event {
	enum rcs_event_kind kind;
	int8_t thread;
	int8_t location; /* -1: none */
	/*
	 * What the primitive does, and how strongly. A write that rcu_assign_pointer()
	 * makes is a WRITE of RELEASE; smp_store_mb() is a WRITE of RELAXED and a FENCE
	 * of MB; both events of xchg() are EXCHANGE of FULL, of spin_lock() LOCK of
	 * ACQUIRE; that of spin_unlock() is UNLOCK of RELEASE.
	 */
	enum rcs_action action;
	enum rcs_ordering ordering;
	/*
	 * The read of an RMW that did not write: a cmpxchg() that found another value,
	 * atomic_add_unless() that found its limit, spin_trylock() that found the lock
	 * taken. Its ordering is that of the primitive all the same.
	 */
	bool failed;
	/* A read of spin_is_locked() or of a failed spin_trylock(): the lock is taken.
	 */
	bool locked;
	struct rcs_position at; /* in the file */
};

struct rcs_skeleton {
	const struct rcs_litmus *test;
	int events, threads;
	/* By thread, and within one in program order. */
	struct rcs_event event[RCS_EVENTS];
	rcs_set of_thread[RCS_LITMUS_THREADS];
	rcs_set of_kind[RCS_EVENT_KINDS];
	rcs_set of_ordering[RCS_ORDER_MEMB + 1]; /* accesses and fences alike */
	rcs_set reads, writes, memory;		 /* memory: both */

	struct rcs_relation po;	     /* program order: transitive, irreflexive */
	struct rcs_relation inside;  /* int: both of one thread, identity included */
	struct rcs_relation outside; /* ext: of different threads */
	/* loc: events of one location, identity included. */
	struct rcs_relation location;
	struct rcs_relation
		po_location;	       /* po-loc: po between accesses of one location */
	struct rcs_relation po_memory; /* [M] ; po ; [M] */

	/*
	 * Dependencies from reads, through registers only: to the access whose address,
	 * or to the write whose value, was computed from what was read. An RMW's own
	 * read is not among those that its write depends on, but for `computed`.
	 */
	struct rcs_relation address, data;
	/* From the read of an RMW to its write, if that computes with the value. */
	struct rcs_relation computed;
	/* To all that stands in a branch of an if whose condition was computed from it:
	 * LKMM's ctrl. */
	struct rcs_relation control;
	/*
	 * The same, and to all that comes after the if: what a CPU makes of a branch,
	 * when one is there. It is not counted on after an if that has no primitive in
	 * it: a compiler may do without the jump. A lock that was waited for is one.
	 */
	struct rcs_relation control_after;
	struct rcs_relation rmw; /* read to write of one RMW, locks included */

	/* Outermost first lock to its unlock: rcu-rscs, all nesting levels. */
	struct rcs_relation rcu_section;
	bool rcu_unbalanced; /* a lock without unlock, or the reverse */
};

static inline rcs_set rcs_events_of(const struct rcs_skeleton *s, enum rcs_event_kind k)
{
	return s->of_kind[k];
}

/* Fences of one name (not smp_memb()). */
static inline rcs_set rcs_fences(const struct rcs_skeleton *s, enum rcs_ordering which)
{
	return s->of_kind[RCS_EVENT_FENCE] & s->of_ordering[which];
}

/* All points of calls that are full fences in their own thread, whatever else. */
static inline rcs_set rcs_calls(const struct rcs_skeleton *s)
{
	return s->of_kind[RCS_EVENT_MEMB_ENTRY] | s->of_kind[RCS_EVENT_MEMB_EXIT] |
	       s->of_kind[RCS_EVENT_RCU_ENTRY] | s->of_kind[RCS_EVENT_RCU_EXIT] |
	       s->of_kind[RCS_EVENT_SRCU_ENTRY] | s->of_kind[RCS_EVENT_SRCU_EXIT];
}

/* fencerel: from what stands before an event of the set to what stands after it. */
static inline struct rcs_relation rcs_fenced(const struct rcs_skeleton *s,
					     rcs_set fences)
{
	return rel_then(rel_to(s->po, fences), s->po);
}

/* The accesses of that action, failed ones included. */
rcs_set rcs_accesses(const struct rcs_skeleton *s, enum rcs_action action);

/* The skeleton as machines see it: with SRCU's sections as calls. */
void rcs_skeleton_for_machines(const struct rcs_skeleton *s,
			       struct rcs_skeleton *machine);

/* The reads of RMWs that failed. */
rcs_set rcs_failures(const struct rcs_skeleton *s);

/* Reads and writes of RMWs that did write, locks included. */
rcs_set rcs_rmw_events(const struct rcs_skeleton *s);

#endif
