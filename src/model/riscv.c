/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * RVWMO (The RISC-V Instruction Set Manual, volume I: unprivileged, v2.3, chapter
 * "RVWMO memory consistency model"), in the form of herd's riscv-defs.cat and
 * riscv.cat.
 *
 * What the kernel makes of the primitives on RISC-V (arch/riscv/include/asm/barrier.h,
 * fence.h, atomic.h, cmpxchg.h):
 *
 *   READ_ONCE(), WRITE_ONCE()           l, s
 *   smp_load_acquire()                  l; fence r,rw
 *   smp_store_release(), spin_unlock()  fence rw,w; s
 *   smp_mb(), smp_mb__before_atomic(), smp_mb__after_atomic(),
 *   smp_mb__after_spinlock(), smp_mb__after_unlock_lock()
 *                                       fence rw,rw
 *   smp_rmb(), smp_wmb()                fence r,r; fence w,w
 *   RMWs that give a value              amo.aqrl; _acquire: amo; fence r,rw;
 *                                       _release: fence rw,w; amo; _relaxed: amo
 *   RMWs that give none                 amo
 *   cmpxchg(), atomic_add_unless()      lr; branch; sc.rl; fence rw,rw
 *   cmpxchg_acquire(), _release()       the same with lr, sc and the fences of above
 *   spin_lock(), spin_trylock()         as cmpxchg_acquire()
 *   those that fail                     lr, behind the fence rw,w of _release
 *   RCU and SRCU sides                  nothing
 *   smp_memb(), synchronize_rcu() and its kin
 *                                       fence rw,rw when they begin and end
 *
 * The branch of cmpxchg() is not counted on: with Zacas it is one instruction.
 * Ticket locks are full fences, and smp_mb__after_unlock_lock() nothing, where the
 * kernel has them instead: this is the weaker of both.
 *
 * As in herd, an AMO is a load and a store. The manual's text has it as one operation
 * that is both, which gives an AMO between fences a little more order.
 */
#include "model/mapping.h"
#include "model/model.h"

/* What each execution has of ppo, and what the rules take that look at values. */
struct prepared {
	struct rcs_relation ppo;
	struct rcs_relation reads_again; /* r2, but for `\ rsw` */
	rcs_set amo_or_sc;		 /* r3 */
	struct rcs_relation before_data; /* r12: what comes before the rfi */
};

/* r4 */
static struct rcs_relation fences(const struct rcs_skeleton *s)
{
	const rcs_set r = s->reads, w = s->writes, m = s->memory;
	const struct rcs_relation r_r = rcs_fenced(s, rcs_fences(s, RCS_ORDER_RMB));
	const struct rcs_relation w_w = rcs_fenced(s, rcs_fences(s, RCS_ORDER_WMB));
	const struct rcs_relation r_rw =
		rcs_fenced_behind(s, rcs_ordered(s, RCS_ORDER_ACQUIRE));
	const struct rcs_relation rw_w = rcs_fenced_in_front(s, RCS_ORDER_RELEASE);
	const struct rcs_relation rw_rw = rel_or(
		rcs_fenced(s, rcs_full_fences(s) |
				      rcs_fences(s, RCS_ORDER_AFTER_UNLOCK_LOCK)),
		rcs_fenced_behind(s,
				  rcs_comparing(s) & rcs_ordered(s, RCS_ORDER_FULL)));

	return REL_OR(rel_between(r, r_r, r), rel_between(w, w_w, w),
		      rel_between(r, r_rw, m), rel_between(m, rw_w, w),
		      rel_between(m, rw_rw, m));
}

/* po-loc-no-w, of reads. */
static struct rcs_relation no_write_between(const struct rcs_skeleton *s)
{
	const struct rcs_relation through =
		rel_then(rel_to(s->po_location, s->writes), s->po_location);

	return rel_between(s->reads, rel_minus(s->po_location, through), s->reads);
}

static void prepare(const struct rcs_skeleton *s, void *prepared)
{
	struct prepared *p = prepared;
	const rcs_set full = rcs_ordered(s, RCS_ORDER_FULL) & rcs_rmw_events(s);
	const rcs_set aq = full & ~rcs_comparing(s);
	const rcs_set rl = aq | (full & s->writes);
	const rcs_set rcsc = rl;
	const struct rcs_relation po = s->po_memory;
	const struct rcs_relation r1 = rel_to(s->po_location, s->writes);
	const struct rcs_relation r4 = fences(s), r5 = rel_from(aq, po);
	const struct rcs_relation r6 = rel_to(po, rl);
	const struct rcs_relation r7 = rel_between(rcsc, po, rcsc), r8 = s->rmw;
	const struct rcs_relation r9 = s->address, r10 = s->data;
	const struct rcs_relation r11 = rel_to(s->control_after, s->writes);
	const struct rcs_relation r13 =
		rel_to(rel_then(s->address, s->po_memory), s->writes);

	p->ppo = rel_between(s->memory,
			     REL_OR(r1, r4, r5, r6, r7, r8, r9, r10, r11, r13),
			     s->memory);
	p->reads_again = no_write_between(s);
	p->amo_or_sc = rel_range(s->rmw);
	p->before_data = rel_between(s->memory, rel_or(s->address, s->data), s->writes);
}

/*
 * r2: reads of different writes, or of the initial value and a write. Those that were
 * not decided yet may still read from the same, and are left out.
 */
static struct rcs_relation reads_of_others(const struct rcs_execution *x,
					   const struct prepared *p)
{
	struct rcs_relation r2 = rel_between(x->decided, p->reads_again, x->decided);

	for (int a = 0; a < r2.events; a++) {
		int b;

		RCS_EACH(b, r2.row[a])
		{
			if (x->source[a] == x->source[b])
				r2.row[a] &= ~rcs_one(b);
		}
	}
	return r2;
}

/* The global memory order. */
static struct rcs_relation order(const struct rcs_execution *x, const void *prepared,
				 const struct rcs_relation *strong)
{
	const struct prepared *p = prepared;
	const struct rcs_relation r2 = reads_of_others(x, p);
	const struct rcs_relation r3 = rel_from(p->amo_or_sc, x->rfi);
	const struct rcs_relation r12 = rel_then(p->before_data, x->rfi);

	return REL_OR(x->co, x->rfe, x->fr, p->ppo, r2, r3, r12, *strong);
}

static struct rcs_model_verdict allows(const struct rcs_execution *x,
				       const void *prepared,
				       const struct rcs_relation *strong)
{
	const bool model = rel_acyclic(order(x, prepared, strong));

	return (struct rcs_model_verdict){model, model ? NULL : "Model"};
}

const struct rcs_model_row rcs_model_riscv = {
	.prepared_size = sizeof(struct prepared),
	.prepare = prepare,
	.allows = allows,
	.order = order,
};
