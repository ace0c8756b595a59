/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The prover: which final states of a litmus test are allowed, by which memory model,
 * and whether its target is among them. It looks at every candidate execution.
 *
 * After a call nothing is kept. Any thread; calls do not know of each other.
 */
#ifndef RCS_MODEL_PROVE_H
#define RCS_MODEL_PROVE_H

#include "host/error.h"
#include "model/model.h"

/* What stands in the place of smp_memb(), and of everything else. */
enum rcs_prove_barrier {
	RCS_PROVE_IDEAL, /* what a barrier should be: cuts.h */
	RCS_PROVE_NONE,	 /* it does nothing */
	RCS_PROVE_LOCAL, /* it is a full fence of its caller, and nothing to others */
	/* No fence, no side and no RCU call does anything, no access is ordered:
	 * what the lines `Stripped:` of a test's file speak of. */
	RCS_PROVE_STRIPPED,
};

struct rcs_prove_options {
	unsigned int models; /* bits by enum rcs_model */
	enum rcs_prove_barrier barrier;
	double seconds;	     /* to give up after; 0: no limit */
	uint64_t executions; /* the same, in candidates that were looked at */
	bool witness;	     /* keep one, per model */
};

/* The values that a state is of: what the conditions name and what `locations` shows.
 */
struct rcs_state_column {
	int32_t thread; /* RCS_NONE: a location */
	int32_t index;	/* register of that thread, or location */
};

struct rcs_state {
	const struct rcs_litmus_value *value; /* by column */
	bool target;	      /* the condition after the quantifier holds */
	unsigned int allowed; /* bits by model */
};

/* An execution that stands on its own. */
struct rcs_proof_witness {
	struct rcs_skeleton skeleton;
	struct rcs_execution execution; /* points to the skeleton beside it */
	struct rcs_relation strong;	/* as model.h has it, for the cuts chosen */
	struct rcs_relation order;	/* the model's */
	unsigned int flags;
	/* In which it ends: of the proof. NULL: it was one too many. */
	const struct rcs_state *state;
};

struct rcs_answers {
	/* UNKNOWN: it was not asked for, or the prover gave up before it could tell.
	 * SOMETIMES is told even then, when both was seen. */
	enum rcs_answer answer;
	uint64_t allowed;     /* executions that the model allows, … */
	uint64_t with_target; /* … and of them those in which the condition holds */
	int states;
	unsigned int flags; /* enum rcs_flag, of allowed executions */
	/*
	 * With the target, when one is allowed; NULL otherwise, or when not asked for.
	 * (forall: one in which the condition fails.)
	 */
	struct rcs_proof_witness *witness;
};

struct rcs_proof {
	struct rcs_answers model[RCS_MODELS];
	uint64_t candidates; /* that were looked at: coherent ones */
	/* Of these, those that the test's `filter` drops; no model was asked about
	 * them. */
	uint64_t filtered;
	/* No execution comes to its end in any model that was asked: a deadlock, such
	 * as a thread that takes a lock it holds. All answers are Never then. */
	bool deadlock;
	/* A run of a thread follows what is no address, or computes with addresses what
	 * has no value; its own values may or may not come together. Such executions
	 * are dropped. */
	bool strayed;
	bool gave_up;
	char why[160]; /* it gave up: "gave up after 9 candidate executions" */
	double seconds;

	int columns;
	struct rcs_state_column *column; /* in the order of the file */
	int states;
	struct rcs_state *state; /* in the order of their values */
};

/*
 * Fills *proof, to be released with rcs_proof_release(). -1 and *e: USAGE, the test is
 * beyond what the prover takes (more than RCS_EVENTS events in one
 * execution), and the text says what; RESOURCE.
 */
int rcs_prove(const struct rcs_litmus *test, const struct rcs_prove_options *options,
	      struct rcs_proof *proof, struct rcs_error *e);
void rcs_proof_release(struct rcs_proof *proof);

/* Does the answer say that the target (with forall: a state that is none) is not
 * allowed? */
bool rcs_answer_forbids(const struct rcs_litmus *test, enum rcs_answer answer);

/* The memory model of this machine, or -1: there is none here. */
int rcs_model_of_host(void);

#endif
