/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Lists: each updater has one, takes nodes out of it, waits, and puts them in again;
 * readers go along it within sections. Nodes are never anything else, and walks are
 * bounded, so that readers who are too late go astray and no further.
 */
#include "stress/torture/lists.h"
#include "stress/torture/section.h"

void rcs_torture_list_set_up(struct rcs_torture_updater *u)
{
	CK_LIST_INIT(&u->list.head);
	for (unsigned n = 0; n < RCS_TORTURE_NODES; n++) {
		struct rcs_torture_node *node = &u->list.node[n];

		rcs_torture_object_fill(&node->object, ++u->list.serial);
		CK_LIST_INSERT_HEAD(&u->list.head, node, entry);
	}
}

void rcs_torture_list_walk(struct rcs_torture_reader *r, struct rcs_torture_section *s)
{
	struct rcs_torture *t = r->torture;
	const struct rcs_torture_updater *u =
		&t->updater[rcs_random_below(&r->random, (uint32_t)t->runner.writers)];
	unsigned held = (unsigned)rcs_random_below(&r->random, RCS_TORTURE_NODES),
		 n = 0;
	struct rcs_torture_node *node;

	CK_LIST_FOREACH(node, &u->list.head, entry)
	{
		if (n >= 2 * RCS_TORTURE_NODES)
			break;
		/* The one that it holds is looked at again, as all that it holds. */
		if (n++ <= held)
			rcs_torture_section_hold(s, &node->object);
		rcs_torture_section_check_object(r, s);
	}
}

void rcs_torture_list_turn(struct rcs_torture_updater *u)
{
	struct rcs_torture_node *node =
		&u->list.node[rcs_random_below(&u->random, RCS_TORTURE_NODES)];
	enum rcs_torture_way way = (rcs_random_next(&u->random) & 1) != 0
					   ? RCS_TORTURE_EXPEDITED
					   : RCS_TORTURE_SYNCHRONIZE;
	rcs_torture_word number;

	/* Its own link to the next one stays, for those who are at it. */
	CK_LIST_REMOVE(node, entry);
	rcs_torture_store(&node->object.pipe, 1);
	number = rcs_torture_wait_for_period(u, way);
	if (number != 0)
		rcs_torture_object_free(&node->object, u, way, number);
	/* Without one the round ends, and nobody is told anything of it. */
	rcs_torture_object_fill(&node->object, ++u->list.serial);
	CK_LIST_INSERT_HEAD(&u->list.head, node, entry);
}
