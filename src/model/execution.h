/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A candidate execution: a skeleton, the values, and who reads from whom and who
 * overwrites whom. All that come here are coherent, and their RMWs atomic: on each
 * location by itself they look as if everything were done one after the other
 * (acyclic po-loc | rf | co | fr, and empty rmw & (fre ; coe)). That holds in every
 * model, so none needs to look again.
 */
#ifndef RCS_MODEL_EXECUTION_H
#define RCS_MODEL_EXECUTION_H

#include "model/skeleton.h"

struct rcs_execution {
	const struct rcs_skeleton *skeleton;
	struct rcs_litmus_value value[RCS_EVENTS]; /* read or written */
	int8_t source[RCS_EVENTS]; /* of a read: the write; -1: the initial value */
	/*
	 * While an execution is being built, the reads and writes of the locations that
	 * were not decided yet stand in no relation; `decided` has the others. What a
	 * model forbids then must stay forbidden whatever comes.
	 */
	rcs_set decided;
	struct rcs_relation rf, co, fr;	   /* initial writes are not events */
	struct rcs_relation rfe, coe, fre; /* between threads */
	struct rcs_relation rfi, coi, fri; /* within one */
};

/* The execution without what SRCU does in it: see rcs_skeleton_for_machines(). */
static inline void rcs_execution_for_machines(const struct rcs_execution *x,
					      const struct rcs_skeleton *machine,
					      struct rcs_execution *seen)
{
	*seen = *x;
	seen->skeleton = machine;
	seen->rf = rel_from(machine->memory, x->rf);
	seen->rfe = rel_from(machine->memory, x->rfe);
	seen->rfi = rel_from(machine->memory, x->rfi);
	seen->co = rel_from(machine->memory, x->co);
	seen->coe = rel_from(machine->memory, x->coe);
	seen->coi = rel_from(machine->memory, x->coi);
	seen->fr = rel_from(machine->memory, x->fr);
	seen->fre = rel_from(machine->memory, x->fre);
	seen->fri = rel_from(machine->memory, x->fri);
}

#endif
