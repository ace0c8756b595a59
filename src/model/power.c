/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * POWER (J. Alglave, L. Maranget, M. Tautschnig, "Herding cats: modelling, simulation,
 * testing, and data mining for weak memory", TOPLAS 2014), in the form of herd's
 * ppc.cat, ppo.cat and ppc-checks.cat.
 *
 * What the kernel makes of the primitives on POWER (arch/powerpc/include/asm/barrier.h,
 * synch.h, atomic.h, cmpxchg.h, simple_spinlock.h):
 *
 *   READ_ONCE(), WRITE_ONCE()           ld, std
 *   smp_load_acquire()                  ld; lwsync
 *   smp_store_release(), spin_unlock()  lwsync; std
 *   smp_mb(), smp_mb__before_atomic(), smp_mb__after_atomic(),
 *   smp_mb__after_spinlock(), smp_mb__after_unlock_lock()
 *                                       sync
 *   smp_rmb(), smp_wmb()                lwsync
 *   RMWs that give a value              sync; loop of ldarx, stdcx.; sync;
 *                                       _acquire: loop; lwsync; _release: lwsync; loop;
 *                                       _relaxed: loop
 *   RMWs that give none                 loop
 *   spin_lock(), spin_trylock()         loop; lwsync
 *   those that fail                     as far as the ldarx and its branch
 *   RCU and SRCU sides                  nothing
 *   smp_memb(), synchronize_rcu() and its kin
 *                                       sync when they begin and end
 *
 * Behind a loop the source of the kernel has isync (PPC_ACQUIRE_BARRIER), which it
 * patches to lwsync when it boots on a CPU that has it: all 64-bit ones. So there is no
 * isync here, and no eieio.
 */
#include "model/mapping.h"
#include "model/model.h"

/*
 * Of an access the init part, where it reads or is ready to write, and the commit part:
 * ic is from init to commit, and so on.
 */
struct parts {
	struct rcs_relation ii, ic, ci, cc;
};

/* What each execution has. */
struct prepared {
	struct parts parts; /* as far as that goes without looking at values */
	struct rcs_relation ppo;
	struct rcs_relation sync, lwsync;
	struct rcs_relation xx; /* [X] ; po ; [X] */
	bool visits_again;	/* a thread accesses some location twice */
};

/* The least ones that contain those given: the mutual recursion of ppo. */
static struct parts complete(struct parts p)
{
	for (;;) {
		const struct parts n = {
			.ci = REL_OR(p.ci, rel_then(p.ci, p.ii), rel_then(p.cc, p.ci)),
			.ii = REL_OR(p.ii, p.ci, rel_then(p.ic, p.ci),
				     rel_then(p.ii, p.ii)),
			.cc = REL_OR(p.cc, p.ci, rel_then(p.ci, p.ic),
				     rel_then(p.cc, p.cc)),
			.ic = REL_OR(p.ic, p.ii, p.cc, rel_then(p.ic, p.cc),
				     rel_then(p.ii, p.ic)),
		};

		if (rel_same(n.ci, p.ci) && rel_same(n.ii, p.ii) &&
		    rel_same(n.cc, p.cc) && rel_same(n.ic, p.ic))
			return n;
		p = n;
	}
}

/* ii & (R * R) | ic & (R * W) */
static struct rcs_relation preserved(const struct rcs_skeleton *s,
				     const struct parts *p)
{
	return rel_or(rel_between(s->reads, p->ii, s->reads),
		      rel_between(s->reads, p->ic, s->writes));
}

static void prepare(const struct rcs_skeleton *s, void *prepared)
{
	struct prepared *p = prepared;
	const rcs_set m = s->memory, exclusive = rcs_rmw_events(s);
	const struct rcs_relation po_location = rel_between(m, s->po_location, m);
	const struct rcs_relation dd = REL_OR(s->address, s->data, s->computed);
	/* A loop that compares has a branch behind its load. */
	const struct rcs_relation branch = rel_from(
		s->reads & (rcs_comparing(s) | rcs_accesses(s, RCS_ACTION_TRYLOCK)),
		s->po);
	const struct rcs_relation ctrl = rel_or(s->control_after, branch);
	const struct rcs_relation addrpo = rel_then(s->address, s->po_memory);
	const struct parts zero = {
		.ii = rel_between(m, dd, m),
		.ic = rel_none(s->events),
		.ci = rel_none(s->events),
		.cc = rel_between(m, REL_OR(dd, po_location, ctrl, addrpo), m),
	};
	const struct rcs_relation sync = REL_OR(
		rcs_fenced(s, rcs_full_fences(s) |
				      rcs_fences(s, RCS_ORDER_AFTER_UNLOCK_LOCK)),
		rcs_fenced_in_front(s, RCS_ORDER_FULL),
		rcs_fenced_behind(s, rcs_ordered(s, RCS_ORDER_FULL)));
	const struct rcs_relation lwsync =
		REL_OR(rcs_fenced(s, rcs_fences(s, RCS_ORDER_RMB) |
					     rcs_fences(s, RCS_ORDER_WMB)),
		       rcs_fenced_in_front(s, RCS_ORDER_RELEASE),
		       rcs_fenced_behind(s, rcs_ordered(s, RCS_ORDER_ACQUIRE)));

	p->parts = complete(zero);
	p->ppo = preserved(s, &p->parts);
	p->sync = rel_between(m, sync, m);
	p->lwsync = rel_minus(rel_between(m, lwsync, m),
			      rel_cross(s->events, s->writes, s->reads));
	p->xx = rel_between(exclusive, s->po, exclusive);
	p->visits_again = !rel_is_empty(po_location);
}

static struct rcs_relation ppo(const struct rcs_execution *x, const struct prepared *p)
{
	const struct rcs_skeleton *s = x->skeleton;
	struct rcs_relation rdw, detour;
	struct parts parts;

	if (!p->visits_again)
		return p->ppo;
	rdw = rel_and(s->po_location, rel_then(x->fre, x->rfe));
	detour = rel_and(s->po_location, rel_then(x->coe, x->rfe));
	if (rel_is_empty(REL_OR(x->rfi, rdw, detour)))
		return p->ppo;
	parts = p->parts;
	parts.ii = REL_OR(parts.ii, x->rfi, rdw);
	parts.ci = rel_or(parts.ci, detour);
	parts = complete(parts);
	return preserved(s, &parts);
}

/* What an execution has to be asked about. */
struct derived {
	struct rcs_relation hb, hb_star, prop;
};

static struct derived derive(const struct rcs_execution *x, const struct prepared *p,
			     const struct rcs_relation *given)
{
	const struct rcs_skeleton *s = x->skeleton;
	const struct rcs_relation strong = rel_or(p->sync, *given);
	const struct rcs_relation fence = rel_or(strong, p->lwsync);
	struct rcs_relation chapo, propbase;
	struct derived d;

	d.hb = REL_OR(ppo(x, p), fence, x->rfe);
	d.hb_star = rel_star(d.hb);
	propbase = rel_then(rel_or(fence, rel_then(x->rfe, fence)), d.hb_star);
	d.prop = rel_between(s->writes, propbase, s->writes);
	if (rel_is_empty(strong))
		return d;
	chapo = REL_OR(x->rfe, x->fre, x->coe, rel_then(x->fre, x->rfe),
		       rel_then(x->coe, x->rfe));
	d.prop = rel_or(d.prop, REL_THEN(rel_maybe(chapo), rel_star(propbase), strong,
					 d.hb_star));
	return d;
}

static struct rcs_model_verdict allows(const struct rcs_execution *x,
				       const void *prepared,
				       const struct rcs_relation *strong)
{
	const struct prepared *p = prepared;
	const struct derived d = derive(x, p, strong);
	const char *axiom = NULL;

	if (!rel_acyclic(d.hb))
		axiom = "thinair";
	else if (!rel_acyclic(rel_or(x->co, d.prop)))
		axiom = "propagation";
	else if (!rel_irreflexive(REL_THEN(x->fre, d.prop, d.hb_star)))
		axiom = "observation";
	else if (!rel_acyclic(rel_or(x->co, p->xx)))
		axiom = "scXX";
	return (struct rcs_model_verdict){axiom == NULL, axiom};
}

/*
 * There is no one order that all see: hb, prop and co together can have a cycle in what
 * is allowed. So hb comes first, and of the others what does not contradict it.
 */
static struct rcs_relation order(const struct rcs_execution *x, const void *prepared,
				 const struct rcs_relation *strong)
{
	const struct derived d = derive(x, prepared, strong);
	struct rcs_relation all = rel_or(d.hb, d.prop);

	if (!rel_acyclic(all))
		all = d.hb;
	return rel_acyclic(rel_or(all, x->co)) ? rel_or(all, x->co) : all;
}

const struct rcs_model_row rcs_model_power = {
	.follows =
		"Herding cats, Alglave, Maranget and Tautschnig 2014; herd's ppc.cat",
	.prepared_size = sizeof(struct prepared),
	.prepare = prepare,
	.allows = allows,
	.order = order,
};
