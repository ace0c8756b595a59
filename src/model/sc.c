/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sequential consistency (L. Lamport, "How to make a multiprocessor computer that
 * correctly executes multiprocess programs", 1979): some interleaving of the threads.
 * Every primitive is its accesses, one after the other; fences are nothing.
 */
#include "model/model.h"

static void prepare(const struct rcs_skeleton *s, void *prepared)
{
	(void)s;
	(void)prepared;
}

static struct rcs_relation order(const struct rcs_execution *x, const void *prepared,
				 const struct rcs_relation *strong)
{
	(void)prepared;
	return REL_OR(x->skeleton->po_memory, x->rf, x->fr, x->co, *strong);
}

static struct rcs_model_verdict allows(const struct rcs_execution *x,
				       const void *prepared,
				       const struct rcs_relation *strong)
{
	const bool sc = rel_acyclic(order(x, prepared, strong));

	return (struct rcs_model_verdict){sc, sc ? NULL : "sc"};
}

const struct rcs_model_row rcs_model_sc = {
	.prepare = prepare,
	.allows = allows,
	.order = order,
};
