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
	rcs_set held_back;	/* what starts a path of ppo, or is on one */
};

/* ([set] ; r), as the set where it leads. */
static rcs_set after(rcs_set set, const struct rcs_relation *r)
{
	rcs_set row = 0;
	int event;

	RCS_EACH(event, set)
	row |= r->row[event];
	return row;
}

/*
 * The least ones that contain those given: the mutual recursion of ppo. It goes from
 * the last event to the first, as most edges lead forwards: then one round is enough,
 * and another to see it.
 */
static void complete(struct parts *p)
{
	bool changed;

	do {
		changed = false;
		for (int a = p->ii.events - 1; a >= 0; a--) {
			rcs_set ci = p->ci.row[a], ii = p->ii.row[a];
			rcs_set cc = p->cc.row[a], ic = p->ic.row[a];

			ci |= after(ci, &p->ii) | after(cc, &p->ci);
			ii |= ci | after(ic, &p->ci) | after(ii, &p->ii);
			cc |= ci | after(ci, &p->ic) | after(cc, &p->cc);
			ic |= ii | cc | after(ic, &p->cc) | after(ii, &p->ic);
			changed = changed || ci != p->ci.row[a] || ii != p->ii.row[a] ||
				  cc != p->cc.row[a] || ic != p->ic.row[a];
			p->ci.row[a] = ci;
			p->ii.row[a] = ii;
			p->cc.row[a] = cc;
			p->ic.row[a] = ic;
		}
	} while (changed);
}

/* ii & (R * R) | ic & (R * W) */
static struct rcs_relation preserved(const struct rcs_skeleton *s,
				     const struct parts *p)
{
	return rel_or(rel_between(s->reads, p->ii, s->reads),
		      rel_between(s->reads, p->ic, s->writes));
}

/* ii0, ic0, ci0 and cc0, as far as they go without values. */
static struct parts dependencies(const struct rcs_skeleton *s)
{
	const struct rcs_relation dd = REL_OR(s->address, s->data, s->computed);
	const struct rcs_relation addrpo = rel_then(s->address, s->po_memory);
	/* A loop that compares has a branch behind its load, whether it fails or not.
	 */
	const rcs_set compared =
		s->reads & (rcs_comparing(s) | rcs_accesses(s, RCS_ACTION_TRYLOCK));
	const struct rcs_relation ctrl =
		rel_or(s->control_after, rel_from(compared, s->po));
	const struct rcs_relation cc = REL_OR(dd, s->po_location, ctrl, addrpo);

	return (struct parts){
		.ii = rel_between(s->memory, dd, s->memory),
		.ic = rel_none(s->events),
		.ci = rel_none(s->events),
		.cc = rel_between(s->memory, cc, s->memory),
	};
}

static struct rcs_relation sync(const struct rcs_skeleton *s)
{
	const rcs_set fences =
		rcs_full_fences(s) | rcs_fences(s, RCS_ORDER_AFTER_UNLOCK_LOCK);

	return REL_OR(rcs_fenced(s, fences), rcs_fenced_in_front(s, RCS_ORDER_FULL),
		      rcs_fenced_behind(s, rcs_ordered(s, RCS_ORDER_FULL)));
}

static struct rcs_relation lwsync(const struct rcs_skeleton *s)
{
	const rcs_set fences =
		rcs_fences(s, RCS_ORDER_RMB) | rcs_fences(s, RCS_ORDER_WMB);
	const struct rcs_relation all =
		REL_OR(rcs_fenced(s, fences), rcs_fenced_in_front(s, RCS_ORDER_RELEASE),
		       rcs_fenced_behind(s, rcs_ordered(s, RCS_ORDER_ACQUIRE)));

	return rel_minus(all, rel_cross(s->events, s->writes, s->reads));
}

static void prepare(const struct rcs_skeleton *s, void *prepared)
{
	struct prepared *p = prepared;
	const rcs_set m = s->memory, exclusive = rcs_rmw_events(s);

	p->parts = dependencies(s);
	complete(&p->parts);
	p->ppo = preserved(s, &p->parts);
	p->held_back = s->reads | rel_range(rel_from(s->reads, p->parts.ic));
	p->sync = rel_between(m, sync(s), m);
	p->lwsync = rel_between(m, lwsync(s), m);
	p->xx = rel_between(exclusive, s->po, exclusive);
}

static struct rcs_relation ppo(const struct rcs_execution *x, const struct prepared *p)
{
	const struct rcs_skeleton *s = x->skeleton;
	const struct rcs_relation rdw =
		rel_and(s->po_location, rel_then(x->fre, x->rfe));
	const struct rcs_relation detour =
		rel_and(s->po_location, rel_then(x->coe, x->rfe));
	const struct rcs_relation ii = rel_or(x->rfi, rdw);
	struct parts parts;

	/* An edge is of no use to ppo where no read leads to its start. */
	if (((rel_domain(ii) | rel_domain(detour)) & p->held_back) == 0)
		return p->ppo;
	parts = p->parts;
	parts.ii = rel_or(parts.ii, ii);
	parts.ci = rel_or(parts.ci, detour);
	complete(&parts);
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
	.prepared_size = sizeof(struct prepared),
	.prepare = prepare,
	.allows = allows,
	.order = order,
};
