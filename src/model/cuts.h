/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What calls that wait for other threads do for them, as choices that an execution may
 * make. It is allowed if some way to choose is, and forbidden if none is.
 *
 * smp_memb() is two full fences in its own thread, entry and exit. In every other
 * thread there is one place for each call, the cut, where the thread is interrupted and
 * issues a full fence: anywhere, before or between or after its instructions, whether
 * or not a barrier() stands there. So what stands before the entry is ordered before
 * what stands behind the cut, what stands before the cut before what stands behind the
 * exit, and what stands before the cut before what stands behind it, each as by the
 * model's strongest fence. The cuts of one call in different threads are chosen
 * independently, and nothing is ordered between them: a call does not make the others
 * meet. What one call orders and what another does add up, at the points of the calls
 * as well: what is ordered before an exit is ordered before what a later call of that
 * thread orders behind its entry.
 *
 * A grace period (in models without a rule of their own for it): each read-side section
 * of another thread either begins after it began or ends before it ends. What stands
 * before the entry is then ordered before what stands behind rcu_read_lock(), or what
 * stands before rcu_read_unlock() before what stands behind the exit. That is the
 * fundamental law of RCU ("Frightening small children", ASPLOS 2018). For SRCU the
 * same, for sections of the same srcu_struct; a section ends where the value is used
 * that its beginning gave.
 */
#ifndef RCS_MODEL_CUTS_H
#define RCS_MODEL_CUTS_H

#include "model/model.h"

#define RCS_CUTS 512 /* of an execution */

/* Edges from all of one set to all of another; the points of calls are among them. */
struct rcs_cut_edges {
	rcs_set from, to;
};

/* One way to choose: what is ordered then. Empty ones are at the end. */
struct rcs_cut_way {
	struct rcs_cut_edges edges[3];
};

enum rcs_cut_kind {
	RCS_CUT_CALL,	 /* ways by place in the other thread, first to last */
	RCS_CUT_SECTION, /* it begins later, or it ends earlier */
};

struct rcs_cut {
	enum rcs_cut_kind kind;
	int first, ways; /* way[first …] */
};

struct rcs_cuts {
	int cuts, ways, room;
	struct rcs_cut cut[RCS_CUTS];
	struct rcs_cut_way *way;
	rcs_set points; /* entries and exits of these calls */
};

/*
 * For executions of a skeleton. rcu: with those of grace periods; srcu: the sections of
 * SRCU (srcu.h), which are an execution's own, or NULL where there are none. -1: there
 * are too many, or no memory. *cuts was zero or filled before; rcs_cuts_release() at
 * last.
 */
int rcs_cuts_find(struct rcs_cuts *cuts, const struct rcs_skeleton *skeleton, bool rcu,
		  const struct rcs_relation *srcu);
void rcs_cuts_release(struct rcs_cuts *cuts);

enum rcs_cuts_end {
	RCS_CUTS_FORBIDDEN,
	RCS_CUTS_ALLOWED,
	RCS_CUTS_ENDED, /* by `tick` */
};

/*
 * Is there a way to choose that the model allows, and with which it raises that flag,
 * if it is not 0? It has to be one that only fewer edges can raise. *strong is what it
 * then orders. There can be many ways: tick is called now and then, and gives false to
 * end the search.
 */
enum rcs_cuts_end rcs_cuts_allow(const struct rcs_cuts *cuts,
				 const struct rcs_model_row *model,
				 const void *prepared,
				 const struct rcs_execution *execution,
				 unsigned int flag, bool (*tick)(void *data),
				 void *data, struct rcs_relation *strong);

#endif
