/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A report over a fleet: what speaks against it, node by node or folded to what such
 * nodes have in common; tables by CPU model, microcode and kernel; machines that are
 * not like their equals; and what the campaign as a whole says.
 *
 * A machine is a node by its name, in a group: those without a name are one. Equal are
 * machines of the same architecture, CPU model, microcode, kernel and emulator.
 */
#ifndef RCS_REPORT_FLEET_H
#define RCS_REPORT_FLEET_H

#include "report/matrix.h"

/* What machines of a group have in common. */
enum rcs_fleet_part {
	RCS_FLEET_ALL,	      /* nothing: one group */
	RCS_FLEET_MODELS,     /* architecture, emulator, CPU model */
	RCS_FLEET_MICROCODES, /* and microcode */
	RCS_FLEET_KERNELS,    /* architecture, emulator, kernel */
	RCS_FLEET_RELEASES,   /* architecture, emulator, CPU model, kernel */
	RCS_FLEET_EQUALS,     /* all of that */
	RCS_FLEET_PARTS,
};

/* A barrier on a group of machines, over all tests. */
struct rcs_fleet_entry {
	const char *barrier;
	uint32_t cells; /* 0: never run there */
	uint32_t count[RCS_VERDICTS];
	uint32_t known;	  /* BROKEN, and expected to be, or a self-test */
	uint32_t against; /* FAULT, BROKEN or another verdict than was expected */
	size_t machines;  /* that have a cell which was not SKIPPED */
	size_t bad;	  /* of them, with a cell that speaks against them */
	/*
	 * The rest is of HOLDS which were to be, self-tests apart: see
	 * verdict/campaign.h. Of INCONCLUSIVE cells nothing is taken, though they were
	 * not hit either: their evidence may be that of a twin which backs nothing.
	 */
	size_t holding_machines; /* with such a cell, and none that was hit */
	struct rcs_family holding;
	double log2_p_joint; /* of P(missed) of all of them together: it is negative */
	double p_weakest;    /* P(missed) of the machine that knows least; 0: none */
	bool hit;	     /* some subject was, that was to hold or not */
	double hits;	     /* lower bound of the sum of h; 0 where it was hit */
	double sensitivity;  /* one failing call in so many, at RCS_CAMPAIGN_P; 0 */
	double bad_share;    /* at most so large, at 95 %; 1: nothing is known */
};

struct rcs_fleet_group {
	const struct rcs_machine *machine; /* one of them */
	size_t machines, runs;
	size_t undecided; /* machines that told nothing: see rcs_fleet_decided() */
	const struct rcs_fleet_entry *entry; /* by barrier */
};

#define RCS_FLEET_NAMES 3

/* What speaks against the fleet: a barrier on a machine, or on most of a group. */
struct rcs_fleet_finding {
	enum rcs_run_end weight; /* FAULT, BROKEN, UNEXPECTED */
	enum rcs_fleet_part scope;
	bool alone;	 /* one machine; scope is RCS_FLEET_EQUALS */
	bool outlier;	 /* and most of its equals, of two or more, do not show it */
	size_t machines; /* bad ones: of one machine, those among its equals */
	size_t of;	 /* machines there that ran it */
	size_t tests;	 /* different ones in which it was seen */
	size_t names;	 /* the first so many of the nodes */
	const char *name[RCS_FLEET_NAMES];
	const struct rcs_record_cell *cell; /* the first, … */
	const struct rcs_record_run *run;   /* … and its run */
};

enum rcs_fleet_oddity {
	RCS_FLEET_VERDICT,	 /* another than most of its equals have */
	RCS_FLEET_NEVER_HIT,	 /* its control, where most of its equals HOLD */
	RCS_FLEET_UNDECIDED,	 /* it told nothing where most of its equals did */
	RCS_FLEET_HEAVY,	 /* median of the heavy call, ns */
	RCS_FLEET_INTERRUPTS,	 /* per exposed call */
	RCS_FLEET_CONTROL_DELAY, /* hits of that twin, per exposed call */
	RCS_FLEET_CONTROL_ABSENT,
	RCS_FLEET_TIME, /* to a HOLDS, ns */
	RCS_FLEET_ODDITIES,
};

#define RCS_FLEET_FIRST_QUANTITY RCS_FLEET_HEAVY

/* Fewer equals say nothing of what is usual. */
#define RCS_FLEET_EQUALS_LEAST 8

/* A machine that is not like its equals, by what is oddest about it. */
struct rcs_fleet_outlier {
	enum rcs_fleet_oddity oddity;
	size_t equals;		/* it is compared with */
	size_t more;		/* other oddities of it */
	enum rcs_verdict usual; /* of VERDICT, NEVER_HIT, UNDECIDED */
	double value, median;	/* of quantities */
	double distance;	/* in robust standard deviations; infinite: they are all
				   the same */
	const struct rcs_record_cell *cell;
	const struct rcs_record_run *run;
};

/* What is to be there. */
enum rcs_fleet_item_kind {
	RCS_FLEET_NODE,
	RCS_FLEET_CPU,
	RCS_FLEET_MICROCODE,
	RCS_FLEET_KERNEL,
	RCS_FLEET_ITEM_KINDS,
};

/* "node", "cpu", "microcode", "kernel", as an inventory has them. */
extern const char *const rcs_fleet_item_names[RCS_FLEET_ITEM_KINDS];

struct rcs_fleet_item {
	enum rcs_fleet_item_kind kind;
	const char *name; /* a kernel with or without "Linux " */
	bool seen;	  /* there is a run of it … */
	bool decided;	  /* … in which a barrier HOLDS or is BROKEN */
};

/* Begins as {0}. */
struct rcs_fleet_inventory {
	size_t items;
	struct rcs_fleet_item *item;
};

struct rcs_fleet {
	size_t barriers;
	size_t groups[RCS_FLEET_PARTS];
	/* in the order of first appearance */
	const struct rcs_fleet_group *group[RCS_FLEET_PARTS];
	size_t findings;
	const struct rcs_fleet_finding *finding; /* worst first, then rarest */
	size_t outliers;
	const struct rcs_fleet_outlier *outlier; /* oddest first */
	size_t compared;			 /* machines that have enough equals */
	const struct rcs_fleet_inventory *inventory; /* NULL: none was given */
};

/*
 * In the report's pool; what is said of the inventory, which may be NULL, goes into it.
 * NULL when there is no memory.
 */
const struct rcs_fleet *rcs_fleet_of(const struct rcs_report *report,
				     struct rcs_fleet_inventory *inventory);

/* Whether it told something of a barrier: a HOLDS, or a BROKEN that was not known
 * before; of no self-test. */
bool rcs_fleet_decided(const struct rcs_record_cell *cell);

#endif
