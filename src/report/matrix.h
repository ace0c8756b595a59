/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The matrix of a report: barriers by kinds of machine, each of which folds the tests.
 * Machines are of one kind when architecture, kernel, CPU model and emulator are the
 * same; and with a baseline, what has changed.
 */
#ifndef RCS_REPORT_MATRIX_H
#define RCS_REPORT_MATRIX_H

#include "report/record.h"

#define RCS_VERDICTS (RCS_FAULT + 1)

/* A column. */
struct rcs_matrix_kind {
	const struct rcs_machine *machine; /* one of them */
	size_t machines;		   /* different nodes, by name */
	size_t runs;
};

/* What all runs on one kind of machine came to, of a barrier, or of it and one test. */
struct rcs_matrix_entry {
	uint32_t cells; /* 0: never run there */
	uint32_t count[RCS_VERDICTS];
	uint32_t unexpected; /* another verdict was expected */
	uint32_t expected;   /* this verdict was */
	uint32_t self_tests; /* a control, BROKEN as it must be */
	/*
	 * The verdict that stands for all of them. What speaks against a run goes
	 * before what does not: FAULT, BROKEN, one that was not expected, INCONCLUSIVE
	 * or a control that was not caught. One BROKEN among ten thousand HOLDS is
	 * BROKEN; a BROKEN that was expected, or a control's, hides nothing of this.
	 * Among those that are alike in that, and where nothing speaks against
	 * anything: FAULT before BROKEN, INCONCLUSIVE, HOLDS, ALLOWED, SKIPPED, since
	 * what is known to fail is not to be read as HOLDS. The first cell of equals.
	 */
	enum rcs_verdict verdict;
	struct rcs_standing standing; /* of the cell it was taken from */
	struct rcs_family holding;
	double sensitivity_least; /* of those that HOLD and state one; 0: none */
	const struct rcs_record_cell *worst;	/* the cell it was taken from, … */
	const struct rcs_record_run *worst_run; /* … and its run */
};

struct rcs_matrix_test {
	const char *name;
	const struct rcs_matrix_entry *entry; /* by kind */
};

/* A row. */
struct rcs_matrix_row {
	const char *barrier;		      /* "-": tests in which none has a part */
	const struct rcs_matrix_entry *entry; /* by kind, over all tests */
	size_t tests;
	const struct rcs_matrix_test *test; /* in the order of first appearance */
};

struct rcs_matrix {
	size_t kinds;
	const struct rcs_matrix_kind *kind;
	size_t rows;
	const struct rcs_matrix_row *row;
	enum rcs_run_end end; /* what all cells of all runs come to together */
	bool interrupted;     /* some run was */
};

/*
 * What one verdict comes to if nothing else is there, by the rules of rcs_run_end();
 * and whether that speaks against a run.
 */
enum rcs_run_end rcs_matrix_weight(enum rcs_verdict verdict,
				   const struct rcs_standing *standing);
bool rcs_matrix_speaks_against(enum rcs_verdict verdict,
			       const struct rcs_standing *standing);

/* In the report's pool. NULL when there is no memory. */
const struct rcs_matrix *rcs_matrix_of(const struct rcs_report *report);

/* A (barrier, test, kind) whose verdict is another than it was. */
struct rcs_matrix_change {
	const char *barrier, *test;
	const struct rcs_matrix_kind *kind;
	const struct rcs_matrix_entry *before, *after; /* NULL: not run */
	/* It speaks against a run now, and more so than it did before. What was not run
	 * before is worse if it is FAULT, BROKEN or another than was expected now; what
	 * HELD is if it is SKIPPED, which nobody expected, or not run any more. */
	bool worse;
};

struct rcs_matrix_changes {
	size_t count;
	const struct rcs_matrix_change *change; /* those for the worse first */
	size_t worse;
	size_t same; /* compared, and not changed */
};

/*
 * What has changed from one to the other, row by row. A kind of machine that the
 * baseline does not have is compared with the one nearest to it: same CPU model and
 * other kernel, then same architecture, and the same emulator always. Kinds that only
 * the baseline has are left out, since nothing was run there. NULL when there is no
 * memory.
 */
const struct rcs_matrix_changes *rcs_matrix_changes_of(struct rcs_pool *pool,
						       const struct rcs_matrix *before,
						       const struct rcs_matrix *after);

#endif
