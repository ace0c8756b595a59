/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The Armv8 application-level memory model (Arm Architecture Reference Manual, DDI
 * 0487, B2.3), in the form of herd's aarch64.cat and aarch64hwreqs.cat, without what
 * user-level code does not meet (translation tables, tags, instruction fetch) and
 * without pick dependencies, which have no form in C.
 *
 * What the kernel makes of the primitives on arm64 (arch/arm64/include/asm/barrier.h,
 * atomic_lse.h, cmpxchg.h), on CPUs with LSE atomics:
 *
 *   READ_ONCE(), WRITE_ONCE()           ldr, str
 *   smp_load_acquire()                  ldar; not ldapr, which is weaker
 *   smp_store_release(), spin_unlock()  stlr
 *   smp_mb(), smp_mb__before_atomic(), smp_mb__after_atomic(),
 *   smp_mb__after_spinlock()            dmb ish
 *   smp_rmb(), smp_wmb()                dmb ishld, dmb ishst
 *   smp_mb__after_unlock_lock()         nothing: stlr and a later ldar stay in order
 *   RMWs that give a value              ldaddal, swpal, casal, …; _acquire: …a;
 *                                       _release: …l; _relaxed: neither
 *   RMWs that give none                 stadd, …: dmb ishld does not order its load
 *   cmpxchg(), _acquire that fail       the load still acquires
 *   spin_lock()                         casa
 *   atomic_add_unless()                 ldr, and casal if there is to be added
 *   spin_trylock()                      ldr, and casa if it is free
 *   RCU and SRCU sides                  nothing
 *   smp_memb(), synchronize_rcu() and its kin
 *                                       dmb ish when they begin and end
 *
 * Without LSE the kernel has loops of ldxr and stlxr, with a dmb ish behind full ones.
 * That is weaker in two things: a cmpxchg() that fails acquires nothing, and the load
 * of a full RMW may come before an earlier stlr. Native code has ldaxr there, and is
 * not.
 */
#include "model/mapping.h"
#include "model/model.h"

/* What each execution has: lob, locally-ordered-before. */
struct prepared {
	struct rcs_relation lob;
};

/* Local read successor: a write and the reads that can still read from it. */
static struct rcs_relation local_read_successor(const struct rcs_skeleton *s)
{
	const struct rcs_relation intervening =
		rel_then(rel_to(s->po_location, s->writes), s->po_location);

	return rel_between(s->writes, rel_minus(s->po_location, intervening), s->reads);
}

/* dob. There is no ISB here. */
static struct rcs_relation dependency_ordered(const struct rcs_skeleton *s,
					      struct rcs_relation lrs)
{
	return REL_OR(s->address, s->data, rel_to(s->control_after, s->writes),
		      rel_to(rel_then(s->address, s->po_memory), s->writes),
		      rel_then(rel_or(s->address, s->data), lrs));
}

/* bob */
static struct rcs_relation barrier_ordered(const struct rcs_skeleton *s,
					   rcs_set acquire)
{
	const rcs_set full = rcs_ordered(s, RCS_ORDER_FULL);
	const rcs_set release = s->writes & (full | rcs_ordered(s, RCS_ORDER_RELEASE));
	const rcs_set no_return = rcs_accesses(s, RCS_ACTION_UPDATE);

	return REL_OR(
		rcs_fenced(s, rcs_full_fences(s)),
		rel_from(s->reads & ~no_return,
			 rcs_fenced(s, rcs_fences(s, RCS_ORDER_RMB))),
		rel_between(s->writes, rcs_fenced(s, rcs_fences(s, RCS_ORDER_WMB)),
			    s->writes),
		/* range([A] ; amo ; [L]) */
		rel_from(s->writes & full, s->po), rel_between(release, s->po, acquire),
		rel_from(acquire, s->po), rel_to(s->po, release));
}

static void prepare(const struct rcs_skeleton *s, void *prepared)
{
	struct prepared *p = prepared;
	const rcs_set acquire =
		s->reads & ~rcs_only_looked(s) &
		(rcs_ordered(s, RCS_ORDER_FULL) | rcs_ordered(s, RCS_ORDER_ACQUIRE));
	const struct rcs_relation lrs = local_read_successor(s);
	const struct rcs_relation lws = rel_to(s->po_location, s->writes);
	const struct rcs_relation aob =
		rel_or(s->rmw, rel_to(rel_then(s->rmw, lrs), acquire));
	const struct rcs_relation lob = REL_OR(lws, dependency_ordered(s, lrs), aob,
					       barrier_ordered(s, acquire));

	p->lob = rel_between(s->memory, lob, s->memory);
}

/* ob: ordered-before. */
static struct rcs_relation order(const struct rcs_execution *x, const void *prepared,
				 const struct rcs_relation *strong)
{
	const struct prepared *p = prepared;

	return REL_OR(x->rfe, x->fre, x->coe, p->lob, *strong);
}

static struct rcs_model_verdict allows(const struct rcs_execution *x,
				       const void *prepared,
				       const struct rcs_relation *strong)
{
	const bool external = rel_acyclic(order(x, prepared, strong));

	return (struct rcs_model_verdict){external, external ? NULL : "external"};
}

const struct rcs_model_row rcs_model_armv8 = {
	.prepared_size = sizeof(struct prepared),
	.prepare = prepare,
	.allows = allows,
	.order = order,
};
