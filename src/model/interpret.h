/* SPDX-License-Identifier: BSD-2-Clause */
/* Runs one thread, in program order, with reads that give what they are told to. */
#ifndef RCS_MODEL_INTERPRET_H
#define RCS_MODEL_INTERPRET_H

#include "model/path.h"

/* The choices of one run: which of the values that it could find each read gave. */
#define RCS_CHOICES RCS_EVENTS

enum rcs_interpret_end {
	RCS_RUN_DONE,
	RCS_RUN_STRAYED,  /* it followed what is no address, or computed with one */
	RCS_RUN_TOO_LONG, /* more than RCS_EVENTS events */
};

struct rcs_run {
	struct rcs_path path; /* runs, value and reg unused */
	rcs_word value[RCS_EVENTS];
	rcs_word reg[RCS_LITMUS_REGISTERS];
	int choices;
	int chosen[RCS_CHOICES]; /* in: by choice, which of them */
	int of[RCS_CHOICES];	 /* out: how many there were */
};

/*
 * chosen[0 .. choices-1] are given; the run takes the first value where it needs more,
 * and leaves all of them there, with their number in `choices`.
 */
enum rcs_interpret_end rcs_interpret(const struct rcs_litmus *test, int thread,
				     enum rcs_prove_barrier barrier,
				     const struct rcs_domain *domain,
				     struct rcs_run *run);

#endif
