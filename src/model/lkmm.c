/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The Linux-kernel memory model: tools/memory-model/linux-kernel.{bell,cat} and
 * lock.cat of Linux 6.17, by J. Alglave, L. Maranget, P. McKenney, A. Parri, A. Stern
 * and others
 * ("Frightening small children and disconcerting grown-ups", ASPLOS 2018, explains it).
 * Definitions stand in that order and have those names, with _ for - ; what lock.cat
 * does comes for free here, as a lock is a location that is 0 or 1 (a spin_lock() reads
 * the 0 that the initial value or the last unlock left).
 *
 * It has one thing more: smp_memb() is a full fence of its thread, and what it orders
 * between threads (`strong`) is a strong-fence.
 */
#include "model/model.h"
#include "model/srcu.h"

/* What follows from the skeleton. */
struct prepared {
	rcs_set plain, marked, noreturn;
	rcs_set unlock, lock_read; /* UL, LKR */
	rcs_set unlock_fences;	   /* After-unlock-lock */
	struct rcs_relation po_maybe;
	struct rcs_relation rmb, wmb, po_rel, acq_po;
	struct rcs_relation
		mb; /* without After-unlock-lock, which asks who locked next */
	struct rcs_relation gp;
	struct rcs_relation rmb_before, rmb_after; /* of plain reads on one side */
	rcs_set rcu_gp, srcu_gp;
	struct rcs_relation rcu_rscsi;
	/* Grace periods with sections, or with plain accesses, which two of them may
	 * order: else strong_fence has all that they do. */
	bool asks_rcu, has_rmw;
};

/* What follows from the execution: as far as an axiom that fails. */
struct derived {
	struct rcs_relation addr, data, ctrl; /* carried through memory */
	struct rcs_relation mb, strong_fence, nonrw_fence, fence;
	struct rcs_relation cumul_fence, rmw_sequence, prop, hb, pb, rb;
};

static struct rcs_relation fence_between(const struct rcs_skeleton *s, rcs_set from,
					 enum rcs_ordering which, rcs_set to)
{
	return rel_between(from, rcs_fenced(s, rcs_fences(s, which)), to);
}

/* RMW: of those that failed as well, but not of locks. */
static rcs_set rmw_accesses(const struct rcs_skeleton *s)
{
	rcs_set set = 0;

	for (int a = RCS_ACTION_EXCHANGE; a <= RCS_ACTION_ADD_UNLESS; a++)
		set |= rcs_accesses(s, (enum rcs_action)a);
	return set;
}

static void prepare_fences(const struct rcs_skeleton *s, struct prepared *p)
{
	const rcs_set m = s->memory, r = s->reads, w = s->writes;
	const rcs_set succeeded = ~rcs_failures(s);
	const rcs_set acquire = s->of_ordering[RCS_ORDER_ACQUIRE] & r & succeeded;
	const rcs_set release = s->of_ordering[RCS_ORDER_RELEASE] & w;
	const rcs_set full = s->of_ordering[RCS_ORDER_FULL] & succeeded;
	const rcs_set locks = (rcs_accesses(s, RCS_ACTION_LOCK) |
			       rcs_accesses(s, RCS_ACTION_TRYLOCK)) &
			      succeeded;
	const rcs_set r4rmb = r & ~p->noreturn;
	const rcs_set mb = rcs_fences(s, RCS_ORDER_MB) |
			   rcs_events_of(s, RCS_EVENT_MEMB_ENTRY) |
			   rcs_events_of(s, RCS_EVENT_MEMB_EXIT);
	const rcs_set rmb = rcs_fences(s, RCS_ORDER_RMB);
	const rcs_set rmw = rmw_accesses(s);
	const rcs_set srcu_unlocks = rcs_accesses(s, RCS_ACTION_SRCU_UNLOCK);

	p->acq_po = rel_between(acquire, s->po, m);
	p->po_rel = rel_between(m, s->po, release);
	p->unlock = rcs_accesses(s, RCS_ACTION_UNLOCK);
	p->lock_read = locks & r;
	p->unlock_fences = rcs_fences(s, RCS_ORDER_AFTER_UNLOCK_LOCK);
	p->rmb = rel_between(r4rmb, rcs_fenced(s, rmb), r4rmb);
	p->wmb = fence_between(s, w, RCS_ORDER_WMB, w);
	p->mb = REL_OR(
		rel_between(m, rcs_fenced(s, mb), m), rel_between(m, s->po, full & r),
		rel_between(full & w, s->po, m),
		rel_to(rel_then(fence_between(s, m, RCS_ORDER_BEFORE_ATOMIC, rmw),
				p->po_maybe),
		       m),
		rel_from(m, rel_then(p->po_maybe,
				     fence_between(s, rmw, RCS_ORDER_AFTER_ATOMIC, m))),
		rel_from(m, rel_then(p->po_maybe,
				     fence_between(s, locks & w,
						   RCS_ORDER_AFTER_SPINLOCK, m))),
		rel_from(m,
			 rel_then(p->po_maybe,
				  fence_between(s, srcu_unlocks,
						RCS_ORDER_AFTER_SRCU_READ_UNLOCK, m))));
	p->gp = REL_THEN(s->po, rel_self(s->events, p->rcu_gp | p->srcu_gp),
			 p->po_maybe);
	if (p->plain != 0) {
		p->rmb_before = rel_between(r4rmb, rcs_fenced(s, rmb), ~p->noreturn);
		p->rmb_after = rel_between(~p->noreturn, rcs_fenced(s, rmb), r4rmb);
	}
}

static void prepare(const struct rcs_skeleton *s, void *prepared)
{
	struct prepared *p = prepared;

	p->plain = s->of_ordering[RCS_ORDER_PLAIN] & s->memory;
	p->marked = rcs_below(s->events) & ~p->plain;
	p->noreturn = rcs_accesses(s, RCS_ACTION_UPDATE) & s->reads;
	p->po_maybe = rel_maybe(s->po);
	/* A grace period is one event here. */
	p->rcu_gp = rcs_events_of(s, RCS_EVENT_RCU_ENTRY);
	p->srcu_gp = rcs_events_of(s, RCS_EVENT_SRCU_ENTRY);
	p->rcu_rscsi = rel_inverse(s->rcu_section);
	p->asks_rcu = (p->rcu_gp | p->srcu_gp) != 0 &&
		      (rcs_events_of(s, RCS_EVENT_RCU_LOCK) |
		       rcs_accesses(s, RCS_ACTION_SRCU_LOCK) | p->plain) != 0;
	p->has_rmw = !rel_is_empty(s->rmw);
	prepare_fences(s, p);
}

static struct rcs_relation marked(const struct prepared *p, struct rcs_relation r)
{
	return p->plain == 0 ? r : rel_between(p->marked, r, p->marked);
}

/* Dependencies that go through memory within a thread count as well. */
static void carry(const struct rcs_execution *x, struct derived *d)
{
	const struct rcs_skeleton *s = x->skeleton;
	struct rcs_relation steps;

	d->addr = s->address;
	d->ctrl = s->control;
	d->data = rel_or(s->data, s->computed);
	steps = rel_then(rel_to(d->data, ~rcs_accesses(s, RCS_ACTION_SRCU_UNLOCK)),
			 x->rfi);
	if (rel_is_empty(steps))
		return;
	steps = rel_star(steps);
	d->addr = rel_then(steps, d->addr);
	d->ctrl = rel_then(steps, d->ctrl);
	d->data = rel_then(steps, d->data);
}

static void derive_fences(const struct rcs_execution *x, const struct prepared *p,
			  const struct rcs_relation *strong, struct derived *d,
			  struct rcs_relation *po_unlock_lock_po)
{
	const struct rcs_skeleton *s = x->skeleton;

	*po_unlock_lock_po = rel_none(s->events);
	d->mb = p->mb;
	if (p->unlock != 0 && p->lock_read != 0) {
		*po_unlock_lock_po =
			REL_THEN(rel_to(s->po, p->unlock),
				 rel_to(rel_or(s->po, x->rf), p->lock_read), s->po);
		if (p->unlock_fences != 0)
			d->mb = rel_or(d->mb,
				       rel_between(s->memory,
						   rel_then(rel_to(*po_unlock_lock_po,
								   p->unlock_fences),
							    s->po),
						   s->memory));
	}
	d->strong_fence = REL_OR(d->mb, p->gp, *strong);
	d->nonrw_fence = REL_OR(d->strong_fence, p->po_rel, p->acq_po);
	d->fence = REL_OR(d->nonrw_fence, p->wmb, p->rmb);
}

static void derive_hb(const struct rcs_execution *x, const struct prepared *p,
		      const struct rcs_relation *strong, struct derived *d)
{
	const struct rcs_skeleton *s = x->skeleton;
	struct rcs_relation po_unlock_lock_po, dep, rwdep, to_w, to_r, ppo, order;

	derive_fences(x, p, strong, d, &po_unlock_lock_po);
	carry(x, d);
	dep = rel_or(d->addr, d->data);
	rwdep = rel_to(rel_or(dep, d->ctrl), s->writes);
	to_w = REL_OR(rwdep, x->coi, x->fri);
	to_r = rel_or(rel_to(d->addr, s->reads),
		      rel_then(rel_to(dep, p->marked), x->rfi));
	if (p->plain != 0)
		to_w = rel_or(to_w, rel_then(rel_to(d->addr, p->plain), p->wmb));
	ppo = REL_OR(to_r, to_w,
		     rel_and(rel_or(d->fence, po_unlock_lock_po), s->inside));

	/* A-cumul(r): (rfe ; [Marked])? ; r */
	order = rel_or(d->strong_fence, p->po_rel);
	order = REL_OR(order, rel_then(rel_to(x->rfe, p->marked), order), p->wmb,
		       po_unlock_lock_po);
	d->cumul_fence = marked(p, order);
	d->rmw_sequence = rel_self(s->events, rcs_below(s->events));
	if (p->has_rmw) {
		d->rmw_sequence = rel_star(rel_then(x->rf, s->rmw));
		d->cumul_fence = rel_then(d->cumul_fence, d->rmw_sequence);
	}
	order = rel_star(d->cumul_fence);
	order = marked(p, rel_or(order, rel_then(rel_or(x->coe, x->fre), order)));
	d->prop = marked(p, rel_or(order, rel_then(order, x->rfe)));
	d->hb = marked(p, REL_OR(ppo, x->rfe,
				 rel_minus(rel_and(d->prop, s->inside),
					   rel_self(s->events, rcs_below(s->events)))));
}

/* rcu-order: as many grace periods as sections, and where they begin and end. */
static struct rcs_relation rcu_order(const struct rcs_execution *x,
				     const struct prepared *p,
				     const struct rcs_relation *link)
{
	const struct rcs_skeleton *s = x->skeleton;
	const struct rcs_relation rcu_gp = rel_self(s->events, p->rcu_gp);
	const struct rcs_relation srcu_gp = rel_self(s->events, p->srcu_gp);
	const struct rcs_relation rcu_rscsi = p->rcu_rscsi;
	const struct rcs_relation srcu_rscsi = rel_inverse(rcs_srcu_sections(x));
	struct rcs_relation order = rel_or(rcu_gp, srcu_gp), before;

	do {
		/* link, or link ; rcu-order ; link */
		struct rcs_relation way = rel_or(*link, REL_THEN(*link, order, *link));

		before = order;
		order = REL_OR(order, REL_THEN(rcu_gp, way, rcu_rscsi),
			       REL_THEN(rcu_rscsi, way, rcu_gp),
			       rel_and(REL_THEN(srcu_gp, way, srcu_rscsi), s->location),
			       rel_and(REL_THEN(srcu_rscsi, way, srcu_gp), s->location),
			       REL_THEN(order, *link, order));
	} while (!rel_same(order, before));
	return order;
}

static void derive_rb(const struct rcs_execution *x, const struct prepared *p,
		      struct derived *d)
{
	const struct rcs_skeleton *s = x->skeleton;
	const struct rcs_relation then = rel_then(rel_star(d->hb), rel_star(d->pb));
	const rcs_set calls = p->rcu_gp | p->srcu_gp |
			      rcs_events_of(s, RCS_EVENT_RCU_LOCK) |
			      rcs_events_of(s, RCS_EVENT_RCU_UNLOCK) |
			      rcs_accesses(s, RCS_ACTION_SRCU_LOCK) |
			      rcs_accesses(s, RCS_ACTION_SRCU_UNLOCK);
	const struct rcs_relation link = REL_THEN(rel_from(calls, p->po_maybe), then,
						  d->prop, rel_to(s->po, calls));
	const struct rcs_relation rcu_fence =
		REL_THEN(s->po, rcu_order(x, p, &link), p->po_maybe);

	d->rb = rel_to(REL_THEN(d->prop, rcu_fence, then), p->marked);
	d->fence = rel_or(d->fence, rcu_fence);
	d->strong_fence = rel_or(d->strong_fence, rcu_fence);
}

/* What plain accesses may be seen to do, and where they race. */
struct plain {
	struct rcs_relation pre_race, ww_vis, wr_vis, rw_xbstar;
};

static void derive_plain(const struct rcs_execution *x, const struct prepared *p,
			 const struct derived *d, struct plain *v)
{
	const struct rcs_skeleton *s = x->skeleton;
	const struct rcs_relation xbstar = rel_star(REL_OR(d->hb, d->pb, d->rb));
	const struct rcs_relation vis =
		rel_then(rel_to(rel_then(rel_star(d->cumul_fence), rel_maybe(x->rfe)),
				p->marked),
			 rel_or(rel_then(rel_to(d->strong_fence, p->marked), xbstar),
				rel_and(xbstar, s->inside)));
	const struct rcs_relation w_pre_bounded =
		rel_from(p->marked, rel_maybe(rel_or(d->addr, d->fence)));
	const struct rcs_relation r_pre_bounded = rel_from(
		p->marked, rel_maybe(REL_OR(d->addr, d->nonrw_fence, p->rmb_before)));
	const struct rcs_relation w_post_bounded =
		rel_then(rel_to(rel_maybe(d->fence), p->marked), d->rmw_sequence);
	const struct rcs_relation r_post_bounded =
		rel_to(rel_maybe(rel_or(d->nonrw_fence, p->rmb_after)), p->marked);
	const struct rcs_relation strongly = rel_then(d->strong_fence, xbstar);

	v->ww_vis = REL_OR(d->fence, rel_then(strongly, w_pre_bounded),
			   REL_THEN(w_post_bounded, vis, w_pre_bounded));
	v->wr_vis = REL_OR(d->fence, rel_then(strongly, r_pre_bounded),
			   REL_THEN(w_post_bounded, vis, r_pre_bounded));
	v->rw_xbstar =
		rel_or(d->fence, REL_THEN(r_post_bounded, xbstar, w_pre_bounded));
	v->pre_race =
		rel_and(s->outside, rel_or(rel_cross(s->events, p->plain, s->memory),
					   rel_cross(s->events, s->memory, p->plain)));
}

static bool plain_coherence(const struct rcs_execution *x, const struct plain *v)
{
	const struct rcs_relation wr_incoh = rel_and(x->rf, rel_inverse(v->rw_xbstar));
	const struct rcs_relation rw_incoh = rel_and(x->fr, rel_inverse(v->wr_vis));
	const struct rcs_relation ww_incoh = rel_and(x->co, rel_inverse(v->ww_vis));

	return rel_is_empty(rel_and(v->pre_race, REL_OR(wr_incoh, rw_incoh, ww_incoh)));
}

static bool races(const struct rcs_execution *x, const struct prepared *p,
		  const struct plain *v)
{
	const struct rcs_skeleton *s = x->skeleton;
	const int n = s->events;
	const struct rcs_relation ww_nonrace = rel_and(
		v->ww_vis,
		rel_and(rel_or(rel_cross(n, p->marked, s->writes), v->rw_xbstar),
			rel_or(rel_cross(n, s->writes, p->marked), v->wr_vis)));
	const struct rcs_relation ww_race =
		rel_minus(rel_and(v->pre_race, x->co), ww_nonrace);
	const struct rcs_relation wr_race = rel_minus(
		rel_minus(rel_and(v->pre_race, rel_then(rel_maybe(x->co), x->rf)),
			  v->wr_vis),
		rel_inverse(v->rw_xbstar));
	const struct rcs_relation rw_race =
		rel_minus(rel_and(v->pre_race, x->fr), v->rw_xbstar);

	return !rel_is_empty(REL_OR(ww_race, wr_race, rw_race));
}

/* The axiom that forbids it, or NULL. */
static const char *derive(const struct rcs_execution *x, const struct prepared *p,
			  const struct rcs_relation *strong, struct derived *d,
			  struct plain *v)
{
	derive_hb(x, p, strong, d);
	if (!rel_acyclic(d->hb))
		return "happens-before";
	d->pb = rel_then(d->prop, d->strong_fence);
	if (!rel_is_empty(d->pb))
		d->pb = rel_to(rel_then(d->pb, rel_star(d->hb)), p->marked);
	if (!rel_acyclic(d->pb))
		return "propagation";
	d->rb = rel_none(x->skeleton->events);
	if (p->asks_rcu)
		derive_rb(x, p, d);
	if (!rel_irreflexive(d->rb))
		return "rcu";
	if (p->plain == 0)
		return NULL;
	derive_plain(x, p, d, v);
	return plain_coherence(x, v) ? NULL : "plain-coherence";
}

static struct rcs_model_verdict allows(const struct rcs_execution *x,
				       const void *prepared,
				       const struct rcs_relation *strong)
{
	struct derived d;
	struct plain v;
	const char *axiom = derive(x, prepared, strong, &d, &v);

	return (struct rcs_model_verdict){.allowed = axiom == NULL, .axiom = axiom};
}

/* executes-before */
static struct rcs_relation order(const struct rcs_execution *x, const void *prepared,
				 const struct rcs_relation *strong)
{
	struct derived d;
	struct plain v;

	(void)derive(x, prepared, strong, &d, &v);
	return REL_OR(d.hb, d.pb, d.rb);
}

/* What keeps the compiler from moving plain accesses past it. */
static struct rcs_relation barrier(const struct rcs_skeleton *s)
{
	const rcs_set succeeded = ~rcs_failures(s);
	const rcs_set acquire =
		s->of_ordering[RCS_ORDER_ACQUIRE] & s->reads & succeeded;
	const rcs_set release = s->of_ordering[RCS_ORDER_RELEASE] & s->writes;
	const rcs_set mb = s->of_ordering[RCS_ORDER_FULL] & s->memory & succeeded;
	const rcs_set others = (rcs_below(s->events) & ~s->memory &
				~rcs_fences(s, RCS_ORDER_AFTER_SPINLOCK) &
				~rcs_fences(s, RCS_ORDER_AFTER_UNLOCK_LOCK) &
				~rcs_fences(s, RCS_ORDER_AFTER_SRCU_READ_UNLOCK)) |
			       rcs_accesses(s, RCS_ACTION_SRCU_LOCK) |
			       rcs_accesses(s, RCS_ACTION_SRCU_UNLOCK);

	return REL_OR(rcs_fenced(s, others | acquire | release | mb),
		      rel_to(s->po, release), rel_from(acquire, s->po));
}

static bool mixes(const struct rcs_skeleton *s, const struct prepared *p)
{
	const rcs_set plain_writes = p->plain & s->writes;
	const struct rcs_relation region = rel_minus(s->po_location, barrier(s));

	return !rel_is_empty(rel_or(rel_between(plain_writes, region, p->marked),
				    rel_between(p->marked, region, plain_writes)));
}

static bool sleeps(const struct rcs_skeleton *s)
{
	return !rel_is_empty(rel_and(
		s->rcu_section, rcs_fenced(s, rcs_events_of(s, RCS_EVENT_SRCU_ENTRY))));
}

static bool srcu_unbalanced(const struct rcs_execution *x)
{
	const struct rcs_skeleton *s = x->skeleton;
	const struct rcs_relation section = rcs_srcu_sections(x);
	const struct rcs_relation others = rel_then(rel_inverse(section), section);

	return rel_domain(section) != rcs_accesses(s, RCS_ACTION_SRCU_LOCK) ||
	       rel_range(section) != rcs_accesses(s, RCS_ACTION_SRCU_UNLOCK) ||
	       !rel_is_empty(
		       rel_minus(others, rel_self(s->events, rcs_below(s->events))));
}

/* The lock that an unlock gives back is the one that its thread took last, and has not
 * given back since. */
static bool unlocks_free(const struct rcs_skeleton *s, const struct prepared *p)
{
	const rcs_set locks = rel_range(rel_from(p->lock_read, s->rmw));
	const struct rcs_relation held = rel_between(locks, s->po_location, p->unlock);
	const struct rcs_relation again =
		rel_then(rel_to(s->po_location, locks | p->unlock), s->po_location);

	return (p->unlock & ~rel_range(rel_minus(held, again))) != 0;
}

static unsigned int flags(const struct rcs_execution *x, const void *prepared,
			  const struct rcs_relation *strong)
{
	const struct rcs_skeleton *s = x->skeleton;
	const struct prepared *p = prepared;
	unsigned int bits = 0;
	struct derived d;
	struct plain v;

	if (s->rcu_unbalanced)
		bits |= RCS_FLAG_RCU_UNBALANCED;
	if (srcu_unbalanced(x))
		bits |= RCS_FLAG_SRCU_UNBALANCED;
	if (sleeps(s))
		bits |= RCS_FLAG_SLEEP;
	if (p->unlock != 0 && unlocks_free(s, p))
		bits |= RCS_FLAG_UNLOCK;
	if (p->plain == 0)
		return bits;
	if (mixes(s, p))
		bits |= RCS_FLAG_MIXED;
	if (derive(x, p, strong, &d, &v) == NULL && races(x, p, &v))
		bits |= RCS_FLAG_DATA_RACE;
	return bits;
}

const struct rcs_model_row rcs_model_lkmm = {
	.knows_rcu = true,
	.prepared_size = sizeof(struct prepared),
	.prepare = prepare,
	.allows = allows,
	.order = order,
	.flags = flags,
};
