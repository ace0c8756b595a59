/* SPDX-License-Identifier: BSD-2-Clause */
/* The order in which a witness is told. */
#ifndef RCS_REPORT_SEQUENCE_H
#define RCS_REPORT_SEQUENCE_H

#include "model/prove.h"

struct rcs_sequence {
	int steps;
	int event[RCS_EVENTS]; /* by step */
	int step[RCS_EVENTS];  /* by event; -1: it is not told */
};

/*
 * In the model's order; as for what that leaves open, as nearly as can be: fences where
 * they stand in their threads, everything read after it was written and before it was
 * overwritten, program order, and few changes of thread. barrier() is not told: nothing
 * happens there.
 */
void rcs_sequence_of(const struct rcs_proof_witness *witness,
		     struct rcs_sequence *sequence);

/*
 * Where a call of smp_memb() makes another thread issue its fence: behind the accesses
 * in *before, ahead of those in *behind. False: what it orders does not tell.
 */
bool rcs_sequence_cut(const struct rcs_proof_witness *witness, int entry, int thread,
		      rcs_set *before, rcs_set *behind);

#endif
