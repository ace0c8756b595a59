/* SPDX-License-Identifier: BSD-2-Clause */
/* The table of `rcustress prove`: a line for each test and model, as they are known. */
#ifndef RCS_REPORT_PROOF_H
#define RCS_REPORT_PROOF_H

#include <stdio.h>

#include "report/answer.h"

struct rcs_proof_table {
	FILE *out;
	bool colored;
	bool quiet;  /* only what is not as its file says */
	bool states; /* the final states as well, however many */
	bool alone;  /* of one test: says more of it */
	int width;   /* of the names of tests */
	/* In the order of printing. */
	int models;
	enum rcs_model model[RCS_MODELS];
	enum rcs_prove_barrier barrier;
};

/* What all tests came to, so far. */
struct rcs_proof_count {
	int tests;
	int answers;
	int expected, contradicted, unstated,
		gave_up; /* which together are all answers */
	int failed;	 /* tests that were not understood, or not taken */
	double seconds;
};

void rcs_proof_head(const struct rcs_proof_table *t);

/* One test, and counts its answers. Whether anything was said of it. */
bool rcs_proof_test(const struct rcs_proof_table *t, const struct rcs_litmus *test,
		    const struct rcs_proof *proof, struct rcs_proof_count *count);

/* The last line, of several tests. */
void rcs_proof_foot(const struct rcs_proof_table *t,
		    const struct rcs_proof_count *count);

#endif
