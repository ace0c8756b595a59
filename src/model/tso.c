/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * x86-TSO (S. Owens, S. Sarkar, P. Sewell, "A better x86 memory model: x86-TSO", 2009),
 * in the form of herd's x86tso.cat: a store may come after a later load of another
 * location, and nothing else changes places.
 *
 * What the kernel makes of the primitives on x86 (arch/x86/include/asm/barrier.h,
 * atomic.h, cmpxchg.h):
 *
 *   smp_load_acquire(), READ_ONCE()      mov
 *   smp_store_release(), spin_unlock()   mov
 *   smp_store_mb()                       xchg: as mov and mfence
 *   smp_mb()                             lock; addl: as mfence
 *   smp_rmb(), smp_wmb(), smp_mb__before_atomic() and the other smp_mb__*()
 *                                        nothing: what they stand by is locked
 *   RMWs of any ordering, locks          lock; …: as mfence before and after
 *   cmpxchg() that fails                 the same
 *   atomic_add_unless(), spin_trylock() that fail
 *                                        mov: they look before they try
 *   RCU and SRCU sides                   nothing
 *   smp_memb(), synchronize_rcu() and its kin
 *                                        mfence when they begin and end
 *
 * smp_mb__after_srcu_read_unlock() makes a fence of srcu_read_unlock(), which is none
 * here by itself: so it is mfence.
 */
#include "model/mapping.h"
#include "model/model.h"

/* What each execution has: mfence | implied | po_ghb. */
struct prepared {
	struct rcs_relation local;
};

static void prepare(const struct rcs_skeleton *s, void *prepared)
{
	struct prepared *p = prepared;
	const rcs_set atomic = rcs_rmw_events(s) |
			       (rcs_failures(s) & rcs_accesses(s, RCS_ACTION_COMPARE));
	const struct rcs_relation po_wr = rel_between(s->writes, s->po, s->reads);
	const struct rcs_relation mfence =
		rcs_fenced(s, rcs_fences(s, RCS_ORDER_MB) |
				      rcs_fences(s, RCS_ORDER_AFTER_SRCU_READ_UNLOCK) |
				      rcs_calls(s));
	const struct rcs_relation implied =
		rel_or(rel_to(po_wr, atomic), rel_from(atomic, po_wr));
	const struct rcs_relation po_ghb = rel_minus(s->po_memory, po_wr);

	p->local = REL_OR(rel_between(s->memory, mfence, s->memory), implied, po_ghb);
}

/* ghb: the order in which accesses reach memory. */
static struct rcs_relation order(const struct rcs_execution *x, const void *prepared,
				 const struct rcs_relation *strong)
{
	const struct prepared *p = prepared;

	return REL_OR(p->local, x->rfe, x->fr, x->co, *strong);
}

static struct rcs_model_verdict allows(const struct rcs_execution *x,
				       const void *prepared,
				       const struct rcs_relation *strong)
{
	const bool tso = rel_acyclic(order(x, prepared, strong));

	return (struct rcs_model_verdict){tso, tso ? NULL : "tso"};
}

const struct rcs_model_row rcs_model_tso = {
	.prepared_size = sizeof(struct prepared),
	.prepare = prepare,
	.allows = allows,
	.order = order,
};
