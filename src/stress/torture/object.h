/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The objects that updaters replace and readers hold. Their memory is never unmapped:
 * a reader that holds one for too long reads what it can recognise as wrong.
 */
#ifndef RCS_STRESS_TORTURE_OBJECT_H
#define RCS_STRESS_TORTURE_OBJECT_H

#include <ck_queue.h>

#include "stress/torture/word.h"

#define RCS_TORTURE_SLOTS 8
/* Of each updater. Freed ones are used again last. */
#define RCS_TORTURE_OBJECTS 64

struct rcs_torture_object {
	rcs_torture_word canary;
	rcs_torture_word sequence; /* another each time it is used */
	rcs_torture_word payload[2];
	rcs_torture_word checksum;
	/* Grace periods since it was removed, and one: 0 is published. */
	rcs_torture_word pipe;
	/* Whose grace period let it be freed, stored before pipe is 2. */
	rcs_torture_word updater, number, way, call;
	struct rcs_torture_object *next; /* of those that are not published */
} RCS_TORTURE_ALIGNED;

/* Where one is published. */
struct rcs_torture_slot {
	void *object;
} RCS_TORTURE_ALIGNED;

#define RCS_TORTURE_CANARY_VALUE 0x5ca1ab1eUL

RCS_TORTURE_INLINE rcs_torture_word rcs_torture_sum(rcs_torture_word sequence,
						    rcs_torture_word a,
						    rcs_torture_word b)
{
	return (sequence * 31 + a) * 31 + b;
}

#define RCS_TORTURE_NODES 16 /* of each list and table */

/* An object in a list or a table. */
struct rcs_torture_node {
	CK_LIST_ENTRY(rcs_torture_node) entry;
	rcs_torture_word key;
	struct rcs_torture_object object;
};

struct rcs_torture_list {
	CK_LIST_HEAD(rcs_torture_nodes, rcs_torture_node) head;
	rcs_torture_word serial;
	struct rcs_torture_node node[RCS_TORTURE_NODES];
};

/* A first in, first out list. All zero: empty. */
struct rcs_torture_fifo {
	struct rcs_torture_object *first, **end;
};

void rcs_torture_fifo_put(struct rcs_torture_fifo *fifo,
			  struct rcs_torture_object *object);
/* NULL: it is empty. */
struct rcs_torture_object *rcs_torture_fifo_take(struct rcs_torture_fifo *fifo);

/* What a published object is like, before it is. */
void rcs_torture_object_fill(struct rcs_torture_object *object,
			     rcs_torture_word sequence);

/* Freed: nothing of it is as it was. */
void rcs_torture_object_poison(struct rcs_torture_object *object);

#endif
