/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sets of events and relations between them, as bits: the language that memory models
 * are written in (J. Alglave, L. Maranget, M. Tautschnig, "Herding cats", TOPLAS 2014).
 * An event is a number below RCS_EVENTS; a set is a word; a relation is a row of
 * words: bit b of row[a] says that it holds from a to b.
 *
 * Relations go by value: a model then reads as its published definition does. Those
 * that are put together are of one execution, and so of one size.
 */
#ifndef RCS_MODEL_RELATION_H
#define RCS_MODEL_RELATION_H

#include <stdbool.h>
#include <stdint.h>

#define RCS_EVENTS 64 /* of one execution */

typedef uint64_t rcs_set;

struct rcs_relation {
	int events; /* rows in use; the others are not looked at */
	rcs_set row[RCS_EVENTS];
};

/* Runs the statement that follows for each event of a set, in order: `event` is the
 * name of an int. */
#define RCS_EACH(event, set)                                                           \
	for (rcs_set left_of_##event = (set);                                          \
	     left_of_##event != 0 &&                                                   \
	     ((event) = __builtin_ctzll(left_of_##event), true);                       \
	     left_of_##event &= left_of_##event - 1)

static inline rcs_set rcs_one(int event)
{
	return (rcs_set)1 << event;
}

static inline bool rcs_in(int event, rcs_set set)
{
	return (set >> event & 1) != 0;
}

/* All events below `events`. */
static inline rcs_set rcs_below(int events)
{
	return events >= RCS_EVENTS ? ~(rcs_set)0 : rcs_one(events) - 1;
}

/* The relation that never holds. */
static inline struct rcs_relation rel_none(int events)
{
	struct rcs_relation r;

	r.events = events;
	for (int i = 0; i < events; i++)
		r.row[i] = 0;
	return r;
}

/* [set]: every event of it to itself. */
static inline struct rcs_relation rel_self(int events, rcs_set set)
{
	struct rcs_relation r;

	r.events = events;
	for (int i = 0; i < events; i++)
		r.row[i] = set & rcs_one(i);
	return r;
}

/* from * to: the Cartesian product. */
static inline struct rcs_relation rel_cross(int events, rcs_set from, rcs_set to)
{
	struct rcs_relation r;

	r.events = events;
	for (int i = 0; i < events; i++)
		r.row[i] = rcs_in(i, from) ? to : 0;
	return r;
}

/* a | b */
static inline struct rcs_relation rel_or(struct rcs_relation a, struct rcs_relation b)
{
	for (int i = 0; i < a.events; i++)
		a.row[i] |= b.row[i];
	return a;
}

/* a & b */
static inline struct rcs_relation rel_and(struct rcs_relation a, struct rcs_relation b)
{
	for (int i = 0; i < a.events; i++)
		a.row[i] &= b.row[i];
	return a;
}

/* a \ b */
static inline struct rcs_relation rel_minus(struct rcs_relation a,
					    struct rcs_relation b)
{
	for (int i = 0; i < a.events; i++)
		a.row[i] &= ~b.row[i];
	return a;
}

/* a ; b: a step of a, then one of b. */
static inline struct rcs_relation rel_then(struct rcs_relation a, struct rcs_relation b)
{
	struct rcs_relation r;

	r.events = a.events;
	for (int i = 0; i < a.events; i++) {
		rcs_set row = 0;
		int j;

		RCS_EACH(j, a.row[i])
		row |= b.row[j];
		r.row[i] = row;
	}
	return r;
}

/* a^-1 */
static inline struct rcs_relation rel_inverse(struct rcs_relation a)
{
	struct rcs_relation r = rel_none(a.events);

	for (int i = 0; i < a.events; i++) {
		int j;

		RCS_EACH(j, a.row[i])
		r.row[j] |= rcs_one(i);
	}
	return r;
}

/* [set] ; a */
static inline struct rcs_relation rel_from(rcs_set set, struct rcs_relation a)
{
	for (int i = 0; i < a.events; i++) {
		if (!rcs_in(i, set))
			a.row[i] = 0;
	}
	return a;
}

/* a ; [set] */
static inline struct rcs_relation rel_to(struct rcs_relation a, rcs_set set)
{
	for (int i = 0; i < a.events; i++)
		a.row[i] &= set;
	return a;
}

/* [from] ; a ; [to] */
static inline struct rcs_relation rel_between(rcs_set from, struct rcs_relation a,
					      rcs_set to)
{
	return rel_to(rel_from(from, a), to);
}

/* a? : a step of a, or none. */
static inline struct rcs_relation rel_maybe(struct rcs_relation a)
{
	for (int i = 0; i < a.events; i++)
		a.row[i] |= rcs_one(i);
	return a;
}

/* a+ : the transitive closure. */
static inline struct rcs_relation rel_plus(struct rcs_relation a)
{
	for (int k = 0; k < a.events; k++) {
		const rcs_set row = a.row[k], bit = rcs_one(k);

		if (row == 0)
			continue;
		for (int i = 0; i < a.events; i++)
			a.row[i] |= (a.row[i] & bit) != 0 ? row : 0;
	}
	return a;
}

/* a* */
static inline struct rcs_relation rel_star(struct rcs_relation a)
{
	return rel_maybe(rel_plus(a));
}

static inline rcs_set rel_domain(struct rcs_relation a)
{
	rcs_set set = 0;

	for (int i = 0; i < a.events; i++)
		set |= a.row[i] != 0 ? rcs_one(i) : 0;
	return set;
}

static inline rcs_set rel_range(struct rcs_relation a)
{
	rcs_set set = 0;

	for (int i = 0; i < a.events; i++)
		set |= a.row[i];
	return set;
}

static inline bool rel_is_empty(struct rcs_relation a)
{
	return rel_range(a) == 0;
}

static inline bool rel_same(struct rcs_relation a, struct rcs_relation b)
{
	rcs_set different = 0;

	for (int i = 0; i < a.events; i++)
		different |= a.row[i] ^ b.row[i];
	return different == 0;
}

static inline bool rel_irreflexive(struct rcs_relation a)
{
	for (int i = 0; i < a.events; i++) {
		if (rcs_in(i, a.row[i]))
			return false;
	}
	return true;
}

/* Takes away what leads nowhere until nothing is left, or only cycles. */
static inline bool rel_acyclic(struct rcs_relation a)
{
	rcs_set left = rcs_below(a.events), before;

	do {
		int i;

		before = left;
		RCS_EACH(i, before)
		{
			if ((a.row[i] & left) == 0)
				left &= ~rcs_one(i);
		}
	} while (left != before);
	return left == 0;
}

/* For more than two: a | b | … and a ; b ; … */
static inline struct rcs_relation rel_or_all(int count, const struct rcs_relation *a)
{
	struct rcs_relation r = a[0];

	for (int i = 1; i < count; i++)
		r = rel_or(r, a[i]);
	return r;
}

static inline struct rcs_relation rel_then_all(int count, const struct rcs_relation *a)
{
	struct rcs_relation r = a[0];

	for (int i = 1; i < count; i++)
		r = rel_then(r, a[i]);
	return r;
}

#define RCS_RELATIONS_(...)                                                            \
	(const struct rcs_relation[])                                                  \
	{                                                                              \
		__VA_ARGS__                                                            \
	}
#define RCS_COUNT_(...)                                                                \
	(int)(sizeof((const struct rcs_relation[]){__VA_ARGS__}) /                     \
	      sizeof(struct rcs_relation))
#define REL_OR(...)   rel_or_all(RCS_COUNT_(__VA_ARGS__), RCS_RELATIONS_(__VA_ARGS__))
#define REL_THEN(...) rel_then_all(RCS_COUNT_(__VA_ARGS__), RCS_RELATIONS_(__VA_ARGS__))

#endif
