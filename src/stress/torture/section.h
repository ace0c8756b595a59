/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a section holds and how it is checked. Nothing here has a fence, a locked
 * instruction or a system call, which could mend what is broken.
 */
#ifndef RCS_STRESS_TORTURE_SECTION_H
#define RCS_STRESS_TORTURE_SECTION_H

#include "stress/torture/rig.h"

#define RCS_TORTURE_HELD_STAMPS	 4
#define RCS_TORTURE_HELD_OBJECTS 2
#define RCS_TORTURE_NESTING	 8

struct rcs_torture_section {
	rcs_torture_word begun; /* cycles */
	unsigned depth, deepest;
	unsigned segments;
	unsigned ahead; /* turns of a loop to wait for after a look, before entering */
	bool late;	/* leaving is held back */
	bool disturbed; /* it loses its CPU in the midst of it */
	bool list, table; /* it goes through one of these: see lists.h */
	/* Chosen before it began: … */
	unsigned stamps;
	const struct rcs_torture_stamp *stamp[RCS_TORTURE_HELD_STAMPS];
	unsigned updater[RCS_TORTURE_HELD_STAMPS];
	bool called[RCS_TORTURE_HELD_STAMPS];
	void *const *slot[RCS_TORTURE_HELD_OBJECTS];
	/* … and what was seen in them as it did. */
	rcs_torture_word started[RCS_TORTURE_HELD_STAMPS];
	unsigned short plain; /* the lowest bits of the first one */
	struct rcs_torture_object *object[RCS_TORTURE_HELD_OBJECTS];
	rcs_torture_word sequence[RCS_TORTURE_HELD_OBJECTS];
	/* Violated, and said so: a bit each. */
	unsigned stamps_told, objects_told;
};

/* Draws what the next section is to be like. */
void rcs_torture_section_draw(struct rcs_torture_reader *r,
			      struct rcs_torture_section *s);

/* Holds all that it holds against what is there now. */
void rcs_torture_section_check(struct rcs_torture_reader *r,
			       struct rcs_torture_section *s);

/* Holds one more, in place of another; and checks that one. */
void rcs_torture_section_hold(struct rcs_torture_section *s,
			      struct rcs_torture_object *object);
void rcs_torture_section_check_object(struct rcs_torture_reader *r,
				      struct rcs_torture_section *s);

/* Notes a violation down, with what is known of the section. */
void rcs_torture_section_tell(struct rcs_torture_reader *r,
			      const struct rcs_torture_section *s,
			      struct rcs_torture_note *note);

/* The same at its end, and counts it. */
void rcs_torture_section_end(struct rcs_torture_reader *r,
			     struct rcs_torture_section *s);

/* Lets one segment's time pass; cut short when the round ends. */
void rcs_torture_section_stay(struct rcs_torture_reader *r);

/*
 * All are about to stay away: leaves the section when a grace period that waits for it
 * may be about to sleep, which nobody after this one would wake it from.
 */
void rcs_torture_section_linger(struct rcs_torture_reader *r,
				const struct rcs_torture_section *s);

/* One that only loads: so many turns of a loop between two looks at a stamp. */
struct rcs_torture_leaf {
	const struct rcs_torture_stamp *stamp;
	rcs_torture_word updater, begun;
	bool called;
	unsigned turns;
};

struct rcs_torture_leaf rcs_torture_section_leaf(struct rcs_torture_reader *r);
void rcs_torture_section_leaf_fails(struct rcs_torture_reader *r,
				    const struct rcs_torture_leaf *leaf,
				    unsigned short started, unsigned short done);

/* For a moment between sections. */
void rcs_torture_section_pause(struct rcs_torture_reader *r);

#endif
