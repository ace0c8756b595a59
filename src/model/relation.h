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

/*
 * Operators are inlined, and leave their arguments as they are: then a compiler need
 * not copy those, which would take longer than most of the work.
 */
#define RCS_RELATION static inline __attribute__((always_inline)) struct rcs_relation

/* The relation that never holds. */
RCS_RELATION rel_none(int events)
{
	struct rcs_relation r;

	r.events = events;
	for (int i = 0; i < events; i++)
		r.row[i] = 0;
	return r;
}

/* [set]: every event of it to itself. */
RCS_RELATION rel_self(int events, rcs_set set)
{
	struct rcs_relation r;

	r.events = events;
	for (int i = 0; i < events; i++)
		r.row[i] = set & rcs_one(i);
	return r;
}

/* from * to: the Cartesian product. */
RCS_RELATION rel_cross(int events, rcs_set from, rcs_set to)
{
	struct rcs_relation r;

	r.events = events;
	for (int i = 0; i < events; i++)
		r.row[i] = rcs_in(i, from) ? to : 0;
	return r;
}

/* a | b */
RCS_RELATION rel_or(const struct rcs_relation a, const struct rcs_relation b)
{
	struct rcs_relation r;

	r.events = a.events;
	for (int i = 0; i < a.events; i++)
		r.row[i] = a.row[i] | b.row[i];
	return r;
}

/* a & b */
RCS_RELATION rel_and(const struct rcs_relation a, const struct rcs_relation b)
{
	struct rcs_relation r;

	r.events = a.events;
	for (int i = 0; i < a.events; i++)
		r.row[i] = a.row[i] & b.row[i];
	return r;
}

/* a \ b */
RCS_RELATION rel_minus(const struct rcs_relation a, const struct rcs_relation b)
{
	struct rcs_relation r;

	r.events = a.events;
	for (int i = 0; i < a.events; i++)
		r.row[i] = a.row[i] & ~b.row[i];
	return r;
}

/* a ; b: a step of a, then one of b. */
RCS_RELATION rel_then(const struct rcs_relation a, const struct rcs_relation b)
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
RCS_RELATION rel_inverse(const struct rcs_relation a)
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
RCS_RELATION rel_from(rcs_set set, const struct rcs_relation a)
{
	struct rcs_relation r;

	r.events = a.events;
	for (int i = 0; i < a.events; i++)
		r.row[i] = rcs_in(i, set) ? a.row[i] : 0;
	return r;
}

/* a ; [set] */
RCS_RELATION rel_to(const struct rcs_relation a, rcs_set set)
{
	struct rcs_relation r;

	r.events = a.events;
	for (int i = 0; i < a.events; i++)
		r.row[i] = a.row[i] & set;
	return r;
}

/* [from] ; a ; [to] */
RCS_RELATION rel_between(rcs_set from, const struct rcs_relation a, rcs_set to)
{
	struct rcs_relation r;

	r.events = a.events;
	for (int i = 0; i < a.events; i++)
		r.row[i] = rcs_in(i, from) ? a.row[i] & to : 0;
	return r;
}

/* a? : a step of a, or none. */
RCS_RELATION rel_maybe(const struct rcs_relation a)
{
	struct rcs_relation r;

	r.events = a.events;
	for (int i = 0; i < a.events; i++)
		r.row[i] = a.row[i] | rcs_one(i);
	return r;
}

/* a+ : the transitive closure. */
RCS_RELATION rel_plus(const struct rcs_relation a)
{
	struct rcs_relation r;

	r.events = a.events;
	for (int i = 0; i < a.events; i++)
		r.row[i] = a.row[i];
	for (int k = 0; k < r.events; k++) {
		const rcs_set row = r.row[k], bit = rcs_one(k);

		if (row == 0)
			continue;
		for (int i = 0; i < r.events; i++)
			r.row[i] |= (r.row[i] & bit) != 0 ? row : 0;
	}
	return r;
}

/* a* */
RCS_RELATION rel_star(const struct rcs_relation a)
{
	return rel_maybe(rel_plus(a));
}

static inline __attribute__((always_inline)) rcs_set
rel_domain(const struct rcs_relation a)
{
	rcs_set set = 0;

	for (int i = 0; i < a.events; i++)
		set |= a.row[i] != 0 ? rcs_one(i) : 0;
	return set;
}

static inline __attribute__((always_inline)) rcs_set
rel_range(const struct rcs_relation a)
{
	rcs_set set = 0;

	for (int i = 0; i < a.events; i++)
		set |= a.row[i];
	return set;
}

static inline __attribute__((always_inline)) bool
rel_is_empty(const struct rcs_relation a)
{
	return rel_range(a) == 0;
}

static inline __attribute__((always_inline)) bool rel_same(const struct rcs_relation a,
							   const struct rcs_relation b)
{
	rcs_set different = 0;

	for (int i = 0; i < a.events; i++)
		different |= a.row[i] ^ b.row[i];
	return different == 0;
}

static inline __attribute__((always_inline)) bool
rel_irreflexive(const struct rcs_relation a)
{
	for (int i = 0; i < a.events; i++) {
		if (rcs_in(i, a.row[i]))
			return false;
	}
	return true;
}

/* Takes away what leads nowhere until nothing is left, or only cycles. */
static inline __attribute__((always_inline)) bool
rel_acyclic(const struct rcs_relation a)
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

/* For more than two, and up to sixteen: a | b | … and a ; b ; … */
#define RCS_FOLD_2_(f, a, b)	   f(a, b)
#define RCS_FOLD_3_(f, a, ...)	   f(a, RCS_FOLD_2_(f, __VA_ARGS__))
#define RCS_FOLD_4_(f, a, b, ...)  f(f(a, b), RCS_FOLD_2_(f, __VA_ARGS__))
#define RCS_FOLD_5_(f, a, b, ...)  f(f(a, b), RCS_FOLD_3_(f, __VA_ARGS__))
#define RCS_FOLD_6_(f, a, b, ...)  f(f(a, b), RCS_FOLD_4_(f, __VA_ARGS__))
#define RCS_FOLD_7_(f, a, b, ...)  f(f(a, b), RCS_FOLD_5_(f, __VA_ARGS__))
#define RCS_FOLD_8_(f, a, b, ...)  f(f(a, b), RCS_FOLD_6_(f, __VA_ARGS__))
#define RCS_FOLD_9_(f, a, b, ...)  f(f(a, b), RCS_FOLD_7_(f, __VA_ARGS__))
#define RCS_FOLD_10_(f, a, b, ...) f(f(a, b), RCS_FOLD_8_(f, __VA_ARGS__))
#define RCS_FOLD_11_(f, a, b, ...) f(f(a, b), RCS_FOLD_9_(f, __VA_ARGS__))
#define RCS_FOLD_12_(f, a, b, ...) f(f(a, b), RCS_FOLD_10_(f, __VA_ARGS__))
#define RCS_FOLD_13_(f, a, b, ...) f(f(a, b), RCS_FOLD_11_(f, __VA_ARGS__))
#define RCS_FOLD_14_(f, a, b, ...) f(f(a, b), RCS_FOLD_12_(f, __VA_ARGS__))
#define RCS_FOLD_15_(f, a, b, ...) f(f(a, b), RCS_FOLD_13_(f, __VA_ARGS__))
#define RCS_FOLD_16_(f, a, b, ...) f(f(a, b), RCS_FOLD_14_(f, __VA_ARGS__))
#define RCS_SEVENTEENTH_(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14,  \
			 a15, a16, a17, ...)                                           \
	a17
#define RCS_FOLD_OF_(...)                                                              \
	RCS_SEVENTEENTH_(__VA_ARGS__, RCS_FOLD_16_, RCS_FOLD_15_, RCS_FOLD_14_,        \
			 RCS_FOLD_13_, RCS_FOLD_12_, RCS_FOLD_11_, RCS_FOLD_10_,       \
			 RCS_FOLD_9_, RCS_FOLD_8_, RCS_FOLD_7_, RCS_FOLD_6_,           \
			 RCS_FOLD_5_, RCS_FOLD_4_, RCS_FOLD_3_, RCS_FOLD_2_, none)
#define REL_OR(...)   RCS_FOLD_OF_(__VA_ARGS__)(rel_or, __VA_ARGS__)
#define REL_THEN(...) RCS_FOLD_OF_(__VA_ARGS__)(rel_then, __VA_ARGS__)

#endif
