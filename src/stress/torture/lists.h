/* SPDX-License-Identifier: BSD-2-Clause */
/* Data structures that readers go through while an updater changes them; a file each.
 */
#ifndef RCS_STRESS_TORTURE_LISTS_H
#define RCS_STRESS_TORTURE_LISTS_H

#include "stress/torture/rig.h"

struct rcs_torture_section;

/* All nodes are in the list. */
void rcs_torture_list_set_up(struct rcs_torture_updater *u);
/* Within a section, which may hold one of the nodes from then on. */
void rcs_torture_list_walk(struct rcs_torture_reader *r, struct rcs_torture_section *s);
/* Takes one out, waits, and puts it in again as another. */
void rcs_torture_list_turn(struct rcs_torture_updater *u);

/* The same for a hash set of libck, which grows and shrinks. 0, or -1 and *e. */
int rcs_torture_table_set_up(struct rcs_torture_updater *u, struct rcs_error *e);
void rcs_torture_table_take_down(struct rcs_torture_updater *u);
/* Looks some keys up. */
void rcs_torture_table_look(struct rcs_torture_reader *r,
			    struct rcs_torture_section *s);
void rcs_torture_table_turn(struct rcs_torture_updater *u);

/* One of its nodes, and what is in front of its map: for tests. */
struct rcs_torture_node *rcs_torture_table_node(struct rcs_torture_updater *u,
						unsigned n);
struct rcs_torture_object *rcs_torture_table_map(struct rcs_torture_updater *u);

#endif
