/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a memory model is to the prover: one file each, which says at its top which
 * publication it follows, in which version, and a row in catalogue.c.
 *
 * prepare() works out what depends on the skeleton alone, once for all its executions;
 * allows() says whether an execution may be. It is called on executions that are not
 * complete as well, to drop early what no completion can save: adding an edge to rf,
 * co, fr or `strong` must never make a forbidden execution allowed.
 *
 * `strong` are edges between accesses that have the strength of the model's strongest
 * fence: what smp_memb() and, in the models of machines, grace periods order between
 * threads (cuts.h). It is empty where nothing of the kind is there.
 */
#ifndef RCS_MODEL_MODEL_H
#define RCS_MODEL_MODEL_H

#include <stddef.h>

#include "model/execution.h"

/* Why it is forbidden, or that it is not; the words are the axioms' of the models. */
struct rcs_model_verdict {
	bool allowed;
	const char *axiom; /* that forbids it; NULL if it is allowed */
};

struct rcs_model_row {
	/* It has the grace-period rule among its own axioms; else cuts.h adds it. */
	bool knows_rcu;
	size_t prepared_size;
	/* prepared: prepared_size bytes, zero. */
	void (*prepare)(const struct rcs_skeleton *skeleton, void *prepared);
	struct rcs_model_verdict (*allows)(const struct rcs_execution *execution,
					   const void *prepared,
					   const struct rcs_relation *strong);
	/*
	 * Of an execution that it allows: an acyclic relation that orders accesses as
	 * they take effect, as far as the model has such an order. For telling stories.
	 */
	struct rcs_relation (*order)(const struct rcs_execution *execution,
				     const void *prepared,
				     const struct rcs_relation *strong);
	/* Of an execution that it allows: bits of enum rcs_flag. May be NULL. */
	unsigned int (*flags)(const struct rcs_execution *execution,
			      const void *prepared, const struct rcs_relation *strong);
};

/* What is wrong with a test, though an answer was found. */
enum rcs_flag {
	RCS_FLAG_DATA_RACE = 1,
	RCS_FLAG_RCU_UNBALANCED = 2,
	RCS_FLAG_SRCU_UNBALANCED = 4,
	RCS_FLAG_SLEEP = 8,   /* synchronize_srcu() in an RCU read-side section */
	RCS_FLAG_UNLOCK = 16, /* spin_unlock() of a lock that was not taken */
	RCS_FLAG_MIXED = 32,  /* plain writes and marked accesses in one region */
};

/* By enum rcs_model. Each is in a file of its name. */
extern const struct rcs_model_row *const rcs_models[RCS_MODELS];
extern const struct rcs_model_row rcs_model_lkmm, rcs_model_sc, rcs_model_tso,
	rcs_model_armv8, rcs_model_riscv, rcs_model_power;

#endif
