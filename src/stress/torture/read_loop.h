/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The readers' loop, for inlining read sides into it: RCS_TORTURE_READ_FUNCTIONS makes
 * the loop of one. A side is a constant, of which the compiler makes direct calls and
 * then none: what it inlines grows with the sides of a file, where a switch over all of
 * them would grow with their square.
 */
#ifndef RCS_STRESS_TORTURE_READ_LOOP_H
#define RCS_STRESS_TORTURE_READ_LOOP_H

#include "rcu/tsan.h"
#include "stress/torture/environment.h"
#include "stress/torture/lists.h"
#include "stress/torture/section.h"

/* A read side: its functions, all of them inline. */
struct rcs_torture_read_side {
	void (*lock)(struct rcs_rcu_thread *self, bool fence);
	void (*unlock)(struct rcs_rcu_thread *self, bool fence);
	void *(*load)(struct rcs_rcu_thread *self, void *const *pointer);
};

/*
 * As anyone writes it who trusts the read side to keep the compiler from loading too
 * early, or from using again what it has loaded before. Of a type of its own, so that
 * no other store keeps it from that.
 */
RCS_TORTURE_INLINE unsigned short load_plainly(const unsigned short *number)
{
#if RCS_TSAN
	return __atomic_load_n(number, __ATOMIC_RELAXED);
#else
	return *number;
#endif
}

RCS_TORTURE_INLINE void hold(struct rcs_torture_reader *r,
			     struct rcs_torture_section *s,
			     const struct rcs_torture_read_side *side)
{
	/* First, and next to the look ahead: atomic loads between would keep them
	 * apart. */
	s->plain = load_plainly(&s->stamp[0]->plain);
	/* At once: the fewer nanoseconds after entering, the more is seen to fail. */
	for (unsigned k = 0; k < s->stamps; k++)
		s->started[k] = rcs_torture_load(&s->stamp[k]->started);
	for (unsigned k = 0; k < RCS_TORTURE_HELD_OBJECTS; k++) {
		s->object[k] = side->load(r->self, s->slot[k]);
		if (s->object[k] != NULL)
			s->sequence[k] = rcs_torture_load(&s->object[k]->sequence);
	}
}

/* Reading the counter would be a barrier to the compiler. */
RCS_TORTURE_INLINE void pass_turns(unsigned turns)
{
	for (unsigned n = turns; n > 0; n--)
		__asm__ __volatile__("" : : "r"(n));
}

/* A look, and then time for a grace period, all before the section. */
RCS_TORTURE_INLINE void look_ahead(const struct rcs_torture_section *s)
{
	unsigned short seen = load_plainly(&s->stamp[0]->plain);

	pass_turns(s->ahead);
	__asm__ __volatile__("" : : "r"(seen));
}

/*
 * Holds back the store that leaves, by stores to another line: with its own gone, the
 * look at a mark that is next to the word would wait as long as the store does.
 */
RCS_TORTURE_INLINE void amplify_aside(struct rcs_torture_reader *r)
{
	struct rcs_amplify aside = r->amplify;

	aside.own = aside.refill = (rcs_seq *)(void *)r->spare;
	r->amplifier(&aside, rcs_seq_load(aside.own));
	r->amplify.random = aside.random;
}

RCS_TORTURE_INLINE void begin_section(struct rcs_torture_reader *r, bool fence)
{
	r->amplifier(&r->amplify, rcs_seq_load(r->amplify.own));
	if (r->quiesces)
		r->torture->flavour->quiescent(r->self);
	if (fence && r->guarded) {
		rcs_torture_store(&r->guard, r->guard + 1);
		/* Pairs with the fence in wait_for_guards(). */
		ck_pr_fence_memory();
	}
}

RCS_TORTURE_INLINE void end_section(struct rcs_torture_reader *r, bool fence)
{
	if (fence && r->guarded) {
		ck_pr_fence_memory(); /* as above */
		rcs_torture_store(&r->guard, r->guard + 1);
	}
}

RCS_TORTURE_INLINE void read_section(struct rcs_torture_reader *r,
				     const struct rcs_torture_read_side *side,
				     bool fence)
{
	struct rcs_torture_section s;

	rcs_torture_section_draw(r, &s);
	begin_section(r, fence);
	look_ahead(&s);
	side->lock(r->self, fence);
	hold(r, &s, side);
	if (s.list)
		rcs_torture_list_walk(r, &s);
	else if (s.table)
		rcs_torture_table_look(r, &s);
	for (unsigned n = 0; n < s.segments && ck_pr_load_uint(&r->torture->pause) == 0;
	     n++) {
		rcs_torture_section_stay(r);
		rcs_torture_section_check(r, &s);
		if (s.disturbed) {
			rcs_torture_disturb(r);
			rcs_torture_section_check(r, &s);
		}
		if (s.depth < s.deepest) {
			side->lock(r->self, fence);
			s.depth++;
		} else if (s.depth > 1) {
			side->unlock(r->self, fence);
			s.depth--;
			rcs_torture_section_check(r, &s);
		}
	}
	/* All the way down, and up again with a check at each level. */
	for (; s.depth < s.deepest; s.depth++)
		side->lock(r->self, fence);
	for (; s.depth > 1; s.depth--) {
		rcs_torture_section_check(r, &s);
		side->unlock(r->self, fence);
	}
	rcs_torture_section_end(r, &s);
	/*
	 * Now and then the store that leaves is held back: a grace period that is about
	 * to sleep must not miss it, and all the less if it is the last one for a
	 * while.
	 */
	if (ck_pr_load_uint(&r->torture->pause) != 0) {
		rcs_torture_section_linger(r, &s);
		s.late = true;
	}
	if (s.late)
		amplify_aside(r);
	side->unlock(r->self, fence);
	end_section(r, fence);
}

/*
 * A section of loads alone, without anything that a compiler cannot see through: if the
 * read side lets it, it does away with entering, as leaving undoes that.
 */
RCS_TORTURE_INLINE void read_leaf(struct rcs_torture_reader *r,
				  const struct rcs_torture_read_side *side, bool fence)
{
	struct rcs_torture_leaf leaf = rcs_torture_section_leaf(r);
	unsigned short started, done;

	begin_section(r, fence);
	side->lock(r->self, fence);
	started = load_plainly(&leaf.stamp->plain);
	pass_turns(leaf.turns);
	done = load_plainly(&leaf.stamp->plain_done);
	side->unlock(r->self, fence);
	end_section(r, fence);
	if (__builtin_expect((short)((unsigned short)(done - started)) > 0, 0))
		rcs_torture_section_leaf_fails(r, &leaf, started, done);
}

RCS_TORTURE_INLINE void read_sections(struct rcs_torture_reader *r, unsigned sections,
				      const struct rcs_torture_read_side *side,
				      bool fence)
{
	for (unsigned n = 0; n < sections; n++) {
		if (n % 8 == 7)
			read_leaf(r, side, fence);
		read_section(r, side, fence);
		if (ck_pr_load_uint(&r->torture->pause) != 0)
			break;
		rcs_torture_section_pause(r);
	}
}

/*
 * The functions read_NAME and read_fenced_NAME, of the side whose functions are
 * rcs_read_lock_SIDE(), rcs_read_unlock_SIDE() and rcs_read_SIDE().
 */
#define RCS_TORTURE_READ_FUNCTIONS(name, side)                                         \
	static const struct rcs_torture_read_side side_##name = {                      \
		.lock = rcs_read_lock_##side,                                          \
		.unlock = rcs_read_unlock_##side,                                      \
		.load = rcs_read_##side,                                               \
	};                                                                             \
	static void read_##name(struct rcs_torture_reader *r, unsigned sections)       \
	{                                                                              \
		read_sections(r, sections, &side_##name, false);                       \
	}                                                                              \
	static void read_fenced_##name(struct rcs_torture_reader *r,                   \
				       unsigned sections)                              \
	{                                                                              \
		read_sections(r, sections, &side_##name, true);                        \
	}

#endif
