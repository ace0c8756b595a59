/* SPDX-License-Identifier: BSD-2-Clause */
/* Final states: what they are of, whether a condition holds in one, and the set seen.
 */
#ifndef RCS_MODEL_STATE_H
#define RCS_MODEL_STATE_H

#include "model/path.h"

/* The end of an execution. */
struct rcs_final {
	rcs_word memory[RCS_LITMUS_LOCATIONS];
	const rcs_word *reg[RCS_LITMUS_THREADS];
};

bool rcs_condition_holds(const struct rcs_litmus *test, int32_t condition,
			 const struct rcs_final *final);

/* Columns of the states of that test, each once; NULL: no memory. */
struct rcs_state_column *rcs_state_columns(const struct rcs_litmus *test, int *columns);

struct rcs_state_set {
	int columns, states, room;
	rcs_word *word; /* states × columns */
	unsigned int *allowed;
	bool *target;
	int *slot; /* hashed: place + 1, twice as many as room */
};

#define RCS_STATES_MAX	     (1 << 17)
#define RCS_STATES_NO_MEMORY (-1)
#define RCS_STATES_TOO_MANY  (-2)

/* The place of the state that is the end of an execution, or one of these. */
int rcs_state_note(struct rcs_state_set *set, const struct rcs_state_column *column,
		   const struct rcs_final *final);
void rcs_state_set_release(struct rcs_state_set *set);

/*
 * All that are allowed, sorted by their values, as proofs have them; of_place[place] is
 * where each has come to. -1: no memory.
 */
int rcs_states_hand_over(const struct rcs_state_set *set, struct rcs_proof *proof,
			 int *of_place);

#endif
